import { parse as parseArray } from 'postgres-array';
import { numberText } from '../../../../platform/exact-number.ts';
import { isNumber, isScalar, type JsonValue } from '../../../../platform/json.ts';
import { readNumber, readStoredJson } from './read-values.ts';

/** A parameter as text, which the server reads as the type of its place; null is NULL. */
export function postgresText(value: JsonValue): string | null {
  if (value === null || typeof value === 'string') return value;
  if (isNumber(value)) return numberText(value);
  if (typeof value === 'boolean') return String(value);
  // A list is an array, as in `= ANY({ids})`; one that holds objects is JSON.
  if (Array.isArray(value) && value.every(isScalar)) return arrayText(value);
  return JSON.stringify(value);
}

function arrayText(items: JsonValue[]): string {
  const texts = items.map((item) => {
    const text = postgresText(item);
    return text === null ? 'NULL' : `"${text.replace(/["\\]/g, '\\$&')}"`;
  });
  return `{${texts.join(',')}}`;
}

const readTime = (text: string): string =>
  text.replace(
    /^(\d{4,}-\d\d-\d\d) (\d\d:\d\d:\d\d(?:\.\d+)?)([+-]\d\d)?(:\d\d)?(?::\d\d)?$/,
    (_, date, time, hours, minutes = ':00') => `${date}T${time}${hours ? hours + minutes : ''}`,
  );

const readBytes = (text: string): string =>
  text.startsWith('\\x') ? Buffer.from(text.slice(2), 'hex').toString('base64') : text;

/** By the object id of the type; every other type is the text that PostgreSQL writes. */
const readers: Record<number, (text: string) => JsonValue> = {
  16: (text) => text === 't',
  17: readBytes,
  20: readNumber,
  21: readNumber,
  23: readNumber,
  26: readNumber,
  700: readNumber,
  701: readNumber,
  1700: readNumber,
  114: readStoredJson,
  3802: readStoredJson,
  1114: readTime,
  1184: readTime,
};

/** The type of the items of an array type. */
const items: Record<number, number> = {
  1000: 16,
  1001: 17,
  1005: 21,
  1007: 23,
  1016: 20,
  1021: 700,
  1022: 701,
  1231: 1700,
  1009: 25,
  1015: 25,
  1014: 25,
  1182: 25,
  1183: 25,
  2951: 25,
  1115: 1114,
  1185: 1184,
  199: 114,
  3807: 3802,
};

/** A value of a row as JSON: numbers keep their digits. */
export function postgresValue(type: number, text: string | null): JsonValue {
  if (text === null) return null;
  const item = items[type];
  if (item === undefined) return (readers[type] ?? String)(text);
  try {
    return parseArray(text, (each): JsonValue => (each === null ? null : (readers[item] ?? String)(each)));
  } catch {
    return text;
  }
}
