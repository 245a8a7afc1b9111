import { ExactNumber, maxDigits, plainDigits } from './exact-number.ts';
import type { JsonValue } from './json.ts';

/** JSON that is valid and cannot be read. `message` is for people. */
export class JsonLimitError extends Error {}

/**
 * Numbers that JavaScript may write in another way: 16 digits or more, a fraction that is very small or ends with 0, an
 * exponent, -0. A text that contains such a number matches too, which costs time only.
 */
const unusual =
  /(?:^|[[:,\s])-?(?:\d{16}|\d[\d.]{16}|0\.0{6}|(?:\d+\.\d*0|\d+(?:\.\d+)?[eE][+-]?\d+|(?<=-)0)(?=[\],}\s]|$))/;

/** Older browsers know doubles only, and round. */
const keepsDigits = 'rawJSON' in JSON;

export const hasUnusualNumbers = (text: string): boolean => keepsDigits && unusual.test(text);

/**
 * JSON with numbers that keep their digits. A text without unusual numbers takes the native parser and one search, which
 * takes less time than the parser; another takes five to eight times as long.
 * @throws SyntaxError for a text that is not JSON
 * @throws JsonLimitError
 */
export function readJson(text: string): JsonValue {
  if (!hasUnusualNumbers(text)) return JSON.parse(text) as JsonValue;
  const revive: Reviver = (_key, value, { source }) =>
    typeof value === 'number' && source !== undefined ? numberOf(source, value) : value;
  try {
    return (JSON.parse as ParseWithSource)(text, revive);
  } catch (error) {
    if (error instanceof RangeError) throw new JsonLimitError('The JSON is nested too deeply');
    throw error;
  }
}

function numberOf(source: string, double: number): number | ExactNumber {
  const plain = plainDigits(source);
  if (plain === null) throw new JsonLimitError(`A number has more than ${maxDigits} digits`);
  return String(double) === plain ? double : new ExactNumber(plain);
}

type Reviver = (key: string, value: JsonValue, context: { source?: string }) => JsonValue;
/** ES2026; TypeScript does not know the third parameter. */
type ParseWithSource = (text: string, reviver: Reviver) => JsonValue;
