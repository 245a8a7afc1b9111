import { ExactNumber, maxDigits, plainDigits } from './exact-number.ts';
import type { JsonObject, JsonValue } from './json.ts';
import { pointer } from './json-pointer.ts';

/** JSON that is valid and cannot be read. `message` is for people. */
export class JsonLimitError extends Error {
  /** Where, as a JSON Pointer. */
  readonly path: string;

  constructor(message: string, path = '') {
    super(message);
    this.path = path;
  }
}

/**
 * Numbers that JavaScript may write in another way: 16 digits or more, a fraction that is very small or ends with 0, an
 * exponent, -0. A text that contains such a number matches too, which costs time only.
 */
const unusual =
  /(?:^|[[:,\s])-?(?:\d{16}|\d[\d.]{16}|0\.0{6}|(?:\d+\.\d*0|\d+(?:\.\d+)?[eE][+-]?\d+|(?<=-)0)(?=[\],}\s]|$))/;

/** Of all numbers of a text, by writing out exponents: a million digits. */
const maxGrown = 1_000_000;

/** Older browsers know doubles only, and round. */
const keepsDigits = 'rawJSON' in JSON;

export const hasUnusualNumbers = (text: string): boolean => keepsDigits && unusual.test(text);

/**
 * JSON with numbers that keep their digits. A text without unusual numbers takes the native parser and one search, which
 * takes less time than the parser; another takes three to five times as long.
 * @throws SyntaxError for a text that is not JSON
 * @throws JsonLimitError
 */
export function readJson(text: string): JsonValue {
  const doubles = JSON.parse(text) as JsonValue;
  if (!hasUnusualNumbers(text)) return doubles;
  try {
    return readValid(text);
  } catch (error) {
    if (error instanceof RangeError) throw new JsonLimitError('The JSON is nested too deeply');
    throw error;
  }
}

const quote = 0x22;
const backslash = 0x5c;

/** What the native parser has accepted. A reviver that gets the source of numbers takes up to ten times as long. */
function readValid(text: string): JsonValue {
  let at = 0;
  /** Digits that writing out exponents has added. */
  let grown = 0;
  const path: (string | number)[] = [];

  const skip = (): number => {
    while (text.charCodeAt(at) <= 0x20) at += 1;
    return text.charCodeAt(at);
  };
  const readString = (): string => {
    const from = at;
    do at = text.indexOf('"', at + 1);
    while (isEscaped(text, at));
    at += 1;
    const inner = text.slice(from + 1, at - 1);
    return inner.includes('\\') ? (JSON.parse(text.slice(from, at)) as string) : inner;
  };
  const readNumber = (): number | ExactNumber => {
    const from = at;
    while (isOfNumber(text.charCodeAt(at))) at += 1;
    const source = text.slice(from, at);
    const plain = plainDigits(source);
    if (plain === null)
      throw new JsonLimitError(`A number has more than ${maxDigits} digits`, pointer('', ...path));
    grown += plain.length - source.length;
    if (grown > maxGrown) throw new JsonLimitError('Too many numbers have large exponents');
    if (endsWithZero(plain)) return new ExactNumber(plain);
    const double = Number(plain);
    return String(double) === plain ? double : new ExactNumber(plain);
  };
  const readList = (): JsonValue[] => {
    const items: JsonValue[] = [];
    at += 1;
    while (skip() !== 0x5d) {
      path.push(items.length);
      items.push(read());
      path.pop();
      if (skip() === 0x2c) at += 1;
    }
    at += 1;
    return items;
  };
  const readObject = (): JsonObject => {
    const object: JsonObject = {};
    at += 1;
    while (skip() !== 0x7d) {
      const key = readString();
      skip();
      at += 1;
      path.push(key);
      const value = read();
      path.pop();
      if (key === '__proto__')
        Object.defineProperty(object, key, { value, enumerable: true, writable: true, configurable: true });
      else object[key] = value;
      if (skip() === 0x2c) at += 1;
    }
    at += 1;
    return object;
  };
  const readLiteral = <T extends boolean | null>(value: T): T => {
    at += value === false ? 5 : 4;
    return value;
  };
  const read = (): JsonValue => {
    switch (skip()) {
      case 0x7b:
        return readObject();
      case 0x5b:
        return readList();
      case quote:
        return readString();
      case 0x74:
        return readLiteral(true);
      case 0x66:
        return readLiteral(false);
      case 0x6e:
        return readLiteral(null);
      default:
        return readNumber();
    }
  };
  return read();
}

/** An odd number of backslashes before a quote. */
function isEscaped(text: string, at: number): boolean {
  let before = at - 1;
  while (text.charCodeAt(before) === backslash) before -= 1;
  return (at - before) % 2 === 0;
}

/** Digits, `+`, `-`, `.`, `e` and `E`. */
function isOfNumber(code: number): boolean {
  return (
    (code >= 0x30 && code <= 0x39) ||
    code === 0x2b ||
    code === 0x2d ||
    code === 0x2e ||
    code === 0x45 ||
    code === 0x65
  );
}

const endsWithZero = (plain: string): boolean => plain.endsWith('0') && plain.includes('.');
