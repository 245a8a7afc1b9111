/** What one part of the drill has found. */
export interface Finding {
  title: string;
  /** For the report, as Markdown. */
  lines: string[];
  /** Each a sentence; none: all promises hold. */
  wrong: string[];
}
