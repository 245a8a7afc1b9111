import { isObject } from '../../../shared/platform/schema-properties.ts';

/** A table of rows as the API has them: a column for every field, `owner.name` for what is inside one. */
export function rowsCsv(rows: readonly unknown[]): string {
  const flat = rows.map((row) => new Map(fieldsOf(row, '')));
  const heads = [...new Set(flat.flatMap((row) => [...row.keys()]))];
  const lines = [heads, ...flat.map((row) => heads.map((head) => row.get(head) ?? ''))];
  return `${lines.map((line) => line.map(cell).join(',')).join('\r\n')}\r\n`;
}

function fieldsOf(value: unknown, name: string): [string, string][] {
  if (value === null || value === undefined) return [];
  if (Array.isArray(value)) return [[name, value.map(textOf).join(' ')]];
  if (!isObject(value)) return [[name, textOf(value)]];
  return Object.entries(value).flatMap(([key, inner]) =>
    fieldsOf(inner, name === '' ? key : `${name}.${key}`),
  );
}

const textOf = (value: unknown): string => (isObject(value) ? JSON.stringify(value) : String(value));

/** A program for tables would take a text that begins so as a formula. */
const formula = /^[=+\-@\t\r]/;

function cell(text: string): string {
  const safe = formula.test(text) && !/^-?\d+(\.\d+)?$/.test(text) ? `'${text}` : text;
  return `"${safe.replaceAll('"', '""')}"`;
}
