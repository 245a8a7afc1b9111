import mysql, { type TypeCastField, type TypeCastNext } from 'mysql2';
import { isIntegral, numberText } from '../../../../platform/exact-number.ts';
import { isNumber, type JsonValue } from '../../../../platform/json.ts';
import { readNumber, readStoredJson } from './read-values.ts';

/** A parameter with its type: whole numbers and decimals keep their digits; lists and objects are JSON. */
export function mysqlParameter(value: JsonValue): unknown {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
  if (!isNumber(value)) return JSON.stringify(value);
  const text = numberText(value);
  const whole = typeof value === 'number' ? Number.isSafeInteger(value) : isIntegral(value);
  if (!whole) return mysql.TypedParameter.DECIMAL(text);
  const number = BigInt(text.replace(/\..*$/, ''));
  if (number >= -(2n ** 63n) && number < 2n ** 63n) return mysql.TypedParameter.BIGINT(number);
  return mysql.TypedParameter.DECIMAL(text);
}

/** A value of a row as JSON: numbers keep their digits, bytes are base64, times are ISO 8601. */
export function mysqlValue(field: TypeCastField & { type: string }, next: TypeCastNext): JsonValue {
  const value = next();
  if (value === null || value === undefined) return null;
  if (Buffer.isBuffer(value)) return field.type === 'BIT' ? readBits(value) : value.toString('base64');
  const { type } = field;
  if (type === 'DECIMAL' || type === 'NEWDECIMAL' || type === 'LONGLONG') return readNumber(String(value));
  if (type === 'JSON' || field.extendedFormat === 'json') return readStoredJson(String(value));
  if (type === 'FLOAT' && typeof value === 'number') return shortest(value);
  if (type === 'DATETIME' || type === 'TIMESTAMP') return String(value).replace(' ', 'T');
  return typeof value === 'object' ? JSON.parse(JSON.stringify(value)) : (value as JsonValue);
}

const readBits = (bytes: Buffer): JsonValue =>
  bytes.length === 0 ? null : readNumber(BigInt(`0x${bytes.toString('hex')}`).toString());

/** The shortest number with the same 32 bits: 1.1 instead of 1.100000023841858. */
function shortest(value: number): number {
  for (let digits = 6; digits < 9; digits++) {
    const short = Number(value.toPrecision(digits));
    if (Math.fround(short) === value) return short;
  }
  return value;
}
