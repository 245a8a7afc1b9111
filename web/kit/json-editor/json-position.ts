import { pointerSteps, pointer as pointerTo } from '../../../shared/platform/json-pointer.ts';
import { t } from '../../words/words.ts';

/** A range of a text, in UTF-16 code units. */
export interface Range {
  from: number;
  to: number;
}

export interface JsonMap {
  /** Where each value is, by JSON Pointer. */
  values: Map<string, Range>;
  /** Where the key of each property is. */
  keys: Map<string, Range>;
  /** The first thing that makes the text invalid. */
  problem: { at: number; message: string } | null;
}

const literals = ['true', 'false', 'null'];
const numberPattern = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const deepest = 500;

class Stop extends Error {
  readonly at: number;
  constructor(at: number, message: string) {
    super(message);
    this.at = at;
  }
}

/** Reads a JSON text once and records where everything is; an invalid text is mapped up to its problem. */
export function mapJson(text: string): JsonMap {
  const values = new Map<string, Range>();
  const keys = new Map<string, Range>();
  let at = 0;

  const skip = () => {
    while (at < text.length && ' \t\n\r'.includes(text.charAt(at))) at += 1;
  };
  const stringEnd = (): number => {
    for (let index = at + 1; index < text.length; index += 1) {
      const char = text[index];
      if (char === '\\') index += 1;
      else if (char === '"') return index + 1;
      else if (char === '\n') throw new Stop(at, t('This text has no closing quote.'));
    }
    throw new Stop(at, t('This text has no closing quote.'));
  };
  const readString = (): string => {
    const end = stringEnd();
    const raw = text.slice(at, end);
    try {
      const value: unknown = JSON.parse(raw);
      at = end;
      return String(value);
    } catch {
      throw new Stop(at, t('This text has an escape that JSON does not allow.'));
    }
  };
  const members = (close: string, read: (index: number) => void) => {
    at += 1;
    skip();
    for (let index = 0; text[at] !== close; index += 1) {
      if (at >= text.length) throw new Stop(at, t`“${close}” is missing.`);
      read(index);
      skip();
      if (text[at] === ',') {
        const comma = at;
        at += 1;
        skip();
        if (text[at] === close) throw new Stop(comma, t('JSON allows no comma after the last entry.'));
      } else if (text[at] !== close) {
        throw new Stop(
          at,
          at >= text.length ? t`“${close}” is missing.` : t`A comma or “${close}” is missing here.`,
        );
      }
    }
    at += 1;
  };
  const readValue = (pointer: string, depth: number) => {
    if (depth > deepest) throw new Stop(at, t('This is nested too deeply.'));
    skip();
    const from = at;
    const char = text[at];
    if (char === undefined)
      throw new Stop(
        at,
        text.trim() === '' ? t('There is nothing here yet.') : t('A value is missing here.'),
      );
    if (char === '{') {
      members('}', () => {
        if (text[at] !== '"') throw new Stop(at, t('A name in double quotes is expected here.'));
        const keyFrom = at;
        const key = readString();
        const child = pointerTo(pointer, key);
        keys.set(child, { from: keyFrom, to: at });
        skip();
        if (text[at] !== ':') throw new Stop(at, t('A colon is missing after the name.'));
        at += 1;
        readValue(child, depth + 1);
      });
    } else if (char === '[') {
      members(']', (index) => readValue(pointerTo(pointer, index), depth + 1));
    } else if (char === '"') {
      readString();
    } else {
      const literal = literals.find((each) => text.startsWith(each, at));
      numberPattern.lastIndex = at;
      const number = literal ? null : numberPattern.exec(text);
      if (!literal && !number) throw new Stop(at, t('This is not a JSON value. Text goes in double quotes.'));
      at += (literal ?? number?.[0] ?? '').length;
    }
    values.set(pointer, { from, to: at });
  };

  try {
    readValue('', 0);
    skip();
    if (at < text.length) throw new Stop(at, t('Nothing may follow the document.'));
    return { values, keys, problem: null };
  } catch (error) {
    if (error instanceof Stop) return { values, keys, problem: { at: error.at, message: error.message } };
    throw error;
  }
}

/** Where to show an issue at a pointer: at its value, or at the nearest value above where there is none. */
export function rangeOf(map: JsonMap, pointer: string): Range {
  const exact = map.values.get(pointer);
  if (exact) return firstOf(map, pointer, exact);
  const steps = pointerSteps(pointer);
  for (let length = steps.length - 1; length >= 0; length -= 1) {
    const above = pointerTo('', ...steps.slice(0, length));
    const range = map.values.get(above);
    if (range) return firstOf(map, above, range);
  }
  return { from: 0, to: 0 };
}

/** Underlining a whole object is hard to read: its key, or its opening bracket, is enough. */
function firstOf(map: JsonMap, pointer: string, range: Range): Range {
  const isContainer = [...map.values.keys()].some((each) => each.startsWith(`${pointer}/`));
  if (!isContainer) return range;
  return map.keys.get(pointer) ?? { from: range.from, to: range.from + 1 };
}

/** The pointer of the innermost value around a position. */
export function pointerAt(map: JsonMap, position: number): string {
  let best = '';
  let bestSize = Number.POSITIVE_INFINITY;
  for (const [pointer, { from, to }] of map.values) {
    const start = map.keys.get(pointer)?.from ?? from;
    if (start <= position && position <= to && to - start < bestSize) {
      best = pointer;
      bestSize = to - start;
    }
  }
  return best;
}

/** 1-based line and column of a position. */
export function lineOf(text: string, position: number): { line: number; column: number } {
  const before = text.slice(0, position);
  const line = before.split('\n').length;
  return { line, column: position - (before.lastIndexOf('\n') + 1) + 1 };
}

/** Why a text is not JSON, with its place. */
export function problemWords(text: string, problem: { at: number; message: string }): string {
  const { line, column } = lineOf(text, problem.at);
  return t`Line ${line}, column ${column}: ${problem.message}`;
}
