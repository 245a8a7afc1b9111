import type { JsonObject, JsonValue } from '../../../../platform/json.ts';
import { readJson } from '../../../../platform/read-json.ts';

/** A number with all its digits; `NaN` and `Infinity`, which JSON does not have, stay texts. */
export function readNumber(text: string): JsonValue {
  return /^-?\d/.test(text) ? readStoredJson(text) : text;
}

/** The JSON of a column; what cannot be read stays a text. */
export function readStoredJson(text: string): JsonValue {
  try {
    return readJson(text);
  } catch {
    return text;
  }
}

/** A row as an object. Columns with one name are numbered: `id`, `id_2`. */
export function rowReader<V>(columns: readonly string[], read: (value: V, column: number) => JsonValue) {
  const names: string[] = [];
  const taken = new Set<string>(columns);
  for (const column of columns) {
    let name = column;
    for (let at = 2; names.includes(name); at++) {
      const next = `${column}_${at}`;
      name = taken.has(next) ? column : next;
      if (at > columns.length + 1) break;
    }
    names.push(name);
  }
  return (values: readonly V[]): JsonObject =>
    Object.fromEntries(names.map((name, column) => [name, read(values[column]!, column)]));
}
