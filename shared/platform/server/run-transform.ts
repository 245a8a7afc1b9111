import jsonata from 'jsonata';
import { LRUCache } from 'lru-cache';
import type { JsonValue } from '../json.ts';
import { LinearRegExp } from '../linear-regexp.ts';

/** A transform without a result. `message` names the rule and the place, never a value. */
export class TransformError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'TransformError';
  }
}

const limits = {
  timeout: 1000,
  stack: 500,
  sequence: 1_000_000,
  RegexEngine: LinearRegExp as unknown as RegExpConstructor,
};
/** Longest text that one built-in may create: `$pad("", 1e9)` would block everyone. */
const maxText = 16_777_216;

const compiled = new LRUCache<string, jsonata.Expression>({ max: 500 });

/**
 * Applies a JSONata expression, for at most a second. Regular expressions run in linear time. `$eval` is removed, so
 * data never becomes code.
 * @throws TransformError
 */
export async function runTransform(expression: string, input: JsonValue): Promise<JsonValue> {
  try {
    const result: unknown = await compile(expression).evaluate(input);
    // This drops functions and JSONata's own marks on lists.
    const json = JSON.stringify(result ?? null) as string | undefined;
    if (json === undefined) return null;
    if (json.length > maxText) throw new TransformError('The result of the transform is too large');
    return JSON.parse(json) as JsonValue;
  } catch (error) {
    if (error instanceof TransformError) throw error;
    throw new TransformError(inWords(error));
  }
}

function compile(expression: string): jsonata.Expression {
  const known = compiled.get(expression);
  if (known) return known;
  const made = jsonata(expression, limits);
  made.registerFunction('eval', () => refuse('$eval is not available in a transform'));
  made.registerFunction('pad', pad, '<s-ns?:s>');
  compiled.set(expression, made);
  return made;
}

function pad(text: string | undefined, width: number, char = ' '): string | undefined {
  if (text === undefined) return undefined;
  if (Math.abs(width) > 1_000_000) refuse('$pad is limited to a million characters');
  const length = Array.from(text).length;
  const missing = Math.max(0, Math.abs(width) - length);
  const fill = Array.from(char.repeat(Math.ceil(missing / Math.max(1, Array.from(char).length))))
    .slice(0, missing)
    .join('');
  return width < 0 ? fill + text : text + fill;
}

function refuse(message: string): never {
  throw new TransformError(message);
}

const words: Record<string, string> = {
  D1011: 'it calls itself too deeply',
  D1012: 'it took longer than a second',
  D2014: 'it makes a list that is too long',
  D2015: 'it makes a list that is too long',
};

/** JSONata's own messages may quote values, so only the code and the place are shown. */
function inWords(error: unknown): string {
  const { code, position } = error as { code?: unknown; position?: unknown };
  if (typeof code !== 'string') return 'The transform failed';
  const where = typeof position === 'number' ? ` at character ${position}` : '';
  return `The transform failed: ${words[code] ?? `JSONata error ${code}`}${where}`;
}
