import { diffArrays } from 'diff';

export interface DiffLine {
  kind: 'same' | 'added' | 'removed';
  text: string;
  /** Line numbers from 1; undefined where the line is not on that side. */
  before?: number;
  after?: number;
}

/** So many lines in a row are the same, or only on one side. */
export type DiffRun = [kind: DiffLine['kind'], lines: number];

/** About a second of work. Beyond it every line counts as replaced. */
const maxEdits = 5000;

/** Compares two texts line by line. The result is short, so that a worker can hand it over. */
export function diffRuns(before: string, after: string): DiffRun[] {
  const left = before.split('\n');
  const right = after.split('\n');
  const changes = diffArrays(left, right, { maxEditLength: maxEdits });
  if (!changes)
    return [
      ['removed', left.length],
      ['added', right.length],
    ];
  return changes.map(({ value, added, removed }) => [
    removed ? 'removed' : added ? 'added' : 'same',
    value.length,
  ]);
}

/** The lines of both texts, in the order of `runs`. */
export function diffLines(
  before: string,
  after: string,
  runs: readonly DiffRun[] = diffRuns(before, after),
): DiffLine[] {
  const left = before.split('\n');
  const right = after.split('\n');
  const lines: DiffLine[] = [];
  const at = { before: 0, after: 0 };
  for (const [kind, length] of runs)
    for (let i = 0; i < length; i++) {
      if (kind === 'removed') lines.push({ kind, text: left[at.before]!, before: ++at.before });
      else if (kind === 'added') lines.push({ kind, text: right[at.after]!, after: ++at.after });
      else lines.push({ kind, text: right[at.after]!, before: ++at.before, after: ++at.after });
    }
  return lines;
}

export interface DiffPart {
  /** Unchanged and far from any change. */
  folded: boolean;
  lines: DiffLine[];
}

/** Folds unchanged lines, except for `context` lines around each change. */
export function foldDiff(lines: readonly DiffLine[], context = 3): DiffPart[] {
  const near = new Set(
    lines.flatMap(({ kind }, index) =>
      kind === 'same' ? [] : Array.from({ length: 2 * context + 1 }, (_, k) => index - context + k),
    ),
  );
  const parts: DiffPart[] = [];
  for (const [index, line] of lines.entries()) {
    const folded = !near.has(index);
    const last = parts.at(-1);
    if (last?.folded === folded) last.lines.push(line);
    else parts.push({ folded, lines: [line] });
  }
  // A fold of one or two lines saves nothing.
  return parts.map((part) => (part.lines.length <= 2 ? { ...part, folded: false } : part));
}
