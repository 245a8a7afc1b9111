import { stringify } from 'csv-stringify/sync';

type Json = Readonly<Record<string, unknown>>;

export function csvHead(columns: string[]): string {
  return csv([columns]);
}

export function csvRows(items: Json[], columns: string[]): string {
  return csv(items.map((item) => columns.map((path) => cell(valueAt(item, path)))));
}

/** RFC 4180. A text that a spreadsheet would run as a formula is escaped. */
const csv = (rows: unknown[][]): string =>
  stringify(rows, { record_delimiter: 'windows', escape_formulas: true });

const cell = (value: unknown): string => {
  if (value === null || value === undefined) return '';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
};

const valueAt = (item: Json, path: string): unknown =>
  path.split('.').reduce<unknown>((at, key) => (at as Json | null | undefined)?.[key], item);

/** Rows of different kinds as one table: its columns are those that any of them has, in the order in which they come. */
export function csvText(rows: readonly Json[]): string {
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  return csv([columns, ...rows.map((row) => columns.map((column) => cell(row[column])))]);
}
