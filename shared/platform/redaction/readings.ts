/*
 * What the characters at one place of a text may mean: themselves, or one unit that is escaped there. A reading is
 * a unit (or a code point) and the place behind it.
 */

const percent = 0x25;
const ampersand = 0x26;
const plus = 0x2b;
const backslash = 0x5c;
const carriageReturn = 0x0d;
const lineFeed = 0x0a;

/** Texts hold escapes of escapes; deeper ones are not followed. */
const deepest = 8;

/** Whether a character has another reading than itself. */
export function mayEscape(code: number): boolean {
  return (
    code === percent || code === ampersand || code === backslash || code === plus || code === carriageReturn
  );
}

/**
 * Every reading at a place: raw, percent-encoded (UTF-8 or Latin-1, repeatedly), form-encoded, JSON-escaped (nested),
 * HTML-escaped.
 * @param into gets `code, end` pairs
 */
export function readText(text: string, at: number, into: number[]): void {
  const code = text.charCodeAt(at);
  if (Number.isNaN(code)) return;
  into.push(code, at + 1);
  if (code === percent) readPercent(text, at + 1, into);
  else if (code === ampersand) readEntity(text, at + 1, into);
  else if (code === backslash) readBackslash(text, at, into);
  else if (code === plus) into.push(0x20, at + 1);
  else if (code === carriageReturn && text.charCodeAt(at + 1) === lineFeed) into.push(lineFeed, at + 2);
}

/** `41` behind a percent sign, or `2541`, `252541` … */
function readPercent(text: string, from: number, into: number[]): void {
  let at = from;
  for (let depth = 0; depth < deepest; depth++) {
    const byte = readHex(text, at, 2);
    if (byte < 0) return;
    at += 2;
    into.push(byte, at);
    if (byte === percent) continue;
    if (byte >= 0xc2) readContinuation(text, at, byte, into);
    return;
  }
}

/** The rest of a percent-encoded character of several bytes. */
function readContinuation(text: string, from: number, first: number, into: number[]): void {
  const count = first >= 0xf0 ? 3 : first >= 0xe0 ? 2 : 1;
  let code = first & (0x3f >> count);
  let at = from;
  for (let index = 0; index < count; index++) {
    if (text.charCodeAt(at) !== percent) return;
    at += 1;
    for (let depth = 0; depth < deepest && text.startsWith('25', at); depth++) at += 2;
    const byte = readHex(text, at, 2);
    if (byte < 0x80 || byte > 0xbf) return;
    code = code * 64 + (byte & 0x3f);
    at += 2;
  }
  if (code <= 0x10ffff) into.push(code, at);
}

const entities: readonly (readonly [name: string, code: number])[] = [
  ['quot;', 0x22],
  ['apos;', 0x27],
  ['lt;', 0x3c],
  ['gt;', 0x3e],
  ['sol;', 0x2f],
  ['nbsp;', 0x20],
];

/** `lt;` behind an ampersand, or `amp;lt;` … */
function readEntity(text: string, from: number, into: number[]): void {
  let at = from;
  for (let depth = 0; depth < deepest; depth++) {
    for (const [name, code] of entities) if (text.startsWith(name, at)) into.push(code, at + name.length);
    if (text.charCodeAt(at) === 0x23) readNumericEntity(text, at + 1, into);
    if (!text.startsWith('amp;', at)) return;
    at += 4;
    into.push(ampersand, at);
  }
}

/** `65;`, `x41;` */
function readNumericEntity(text: string, from: number, into: number[]): void {
  const hexadecimal = (text.charCodeAt(from) | 0x20) === 0x78;
  const base = hexadecimal ? 16 : 10;
  let code = 0;
  const first = from + (hexadecimal ? 1 : 0);
  for (let at = first; at < first + 10; at++) {
    const unit = text.charCodeAt(at);
    if (unit === 0x3b) {
      if (at > first && code <= 0x10ffff) into.push(code, at + 1);
      return;
    }
    const digit = hexDigit(unit);
    if (digit < 0 || digit >= base) return;
    code = code * base + digit;
  }
}

const jsonEscapes: Record<string, number> = {
  n: 0x0a,
  r: 0x0d,
  t: 0x09,
  b: 0x08,
  f: 0x0c,
  '"': 0x22,
  "'": 0x27,
  '/': 0x2f,
};

/** Several backslashes are one, and with the letter behind them they are another character: JSON inside JSON. */
function readBackslash(text: string, from: number, into: number[]): void {
  let at = from + 1;
  while (at - from < deepest && text.charCodeAt(at) === backslash) {
    at += 1;
    into.push(backslash, at);
  }
  const letter = text[at] ?? '';
  const escaped = Object.hasOwn(jsonEscapes, letter) ? jsonEscapes[letter] : undefined;
  if (escaped !== undefined) into.push(escaped, at + 1);
  if (letter !== 'u') return;
  const unit = readHex(text, at + 1, 4);
  if (unit >= 0) into.push(unit, at + 5);
}

/** The value of so many hexadecimal digits, or -1. */
export function readHex(text: string, at: number, digits: number): number {
  let value = 0;
  for (let index = at; index < at + digits; index++) {
    const digit = hexDigit(text.charCodeAt(index));
    if (digit < 0) return -1;
    value = value * 16 + digit;
  }
  return value;
}

function hexDigit(code: number): number {
  if (code >= 0x30 && code <= 0x39) return code - 0x30;
  const lower = code | 0x20;
  return lower >= 0x61 && lower <= 0x66 ? lower - 0x57 : -1;
}

const base64Escapes: readonly (readonly [spelling: string, code: number])[] = [
  ['%2B', 0x2b],
  ['%2b', 0x2b],
  ['%2F', 0x2f],
  ['%2f', 0x2f],
  ['\\/', 0x2f],
  ['\\u002b', 0x2b],
  ['\\u002B', 0x2b],
  ['\\u002f', 0x2f],
  ['\\u002F', 0x2f],
];

/** Base64 as in MIME has line breaks, which are escaped in JSON. */
const lineBreaks = ['\r\n', '\n', '\\r\\n', '\\n'];

/**
 * The base64 character at a place, with `+` and `/` for every spelling of them, behind a line break if there is one.
 * @returns `code * 8 + length`, or -1: a pair without an allocation, for a hot loop
 */
export function readBase64(text: string, at: number): number {
  const code = text.charCodeAt(at);
  if (isBase64Letter(code)) return code * 8 + 1;
  if (code === 0x2d) return 0x2b * 8 + 1;
  if (code === 0x5f) return 0x2f * 8 + 1;
  if (code !== percent && code !== backslash) return -1;
  for (const [spelling, unit] of base64Escapes)
    if (text.startsWith(spelling, at)) return unit * 8 + spelling.length;
  return -1;
}

/** Length of the line break at a place, or 0. */
export function lineBreakAt(text: string, at: number): number {
  const code = text.charCodeAt(at);
  if (code !== carriageReturn && code !== lineFeed && code !== backslash) return 0;
  return lineBreaks.find((each) => text.startsWith(each, at))?.length ?? 0;
}

function isBase64Letter(code: number): boolean {
  return (
    (code >= 0x30 && code <= 0x39) ||
    (code >= 0x41 && code <= 0x5a) ||
    (code >= 0x61 && code <= 0x7a) ||
    code === plus ||
    code === 0x2f
  );
}
