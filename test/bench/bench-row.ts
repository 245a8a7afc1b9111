/** One line of the table that `npm run bench` prints. */
export interface BenchRow {
  /** Of the list of benches in the documentation. */
  number: number | string;
  name: string;
  /** A ratio within one run. */
  value: number;
  quartiles?: [number, number];
  /** Null: published as it is. */
  aim: { op: '<=' | '>='; value: number } | null;
  /** Details below the main table. */
  table?: { head: string[]; rows: (string | number)[][] };
}

export interface BenchOptions {
  quick: boolean;
  log(line: string): void;
}
