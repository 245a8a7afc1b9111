import { type Json, JsonText } from '../../platform/json-text.ts';
import { readPath } from '../../platform/server/expressions/read-path.ts';

const comparison =
  /^([A-Za-z_][\w.]*)\s*(>=|<=|!=|>|<|=)\s*(-?\d{1,15}(?:\.\d{1,15})?|"[^"\\]{0,500}"|true|false)$/;

const comparing: Record<string, (one: number, other: number) => boolean> = {
  '>': (one, other) => one > other,
  '>=': (one, other) => one >= other,
  '<': (one, other) => one < other,
  '<=': (one, other) => one <= other,
};

/**
 * One field compared with a literal (`amount > 500`), here and not in an isolate: most conditions are no more than this, and
 * a job costs a millisecond and more on a busy machine. Undefined where JSONata would do more than compare two numbers, or
 * two values of one type for equality.
 */
export function compareHere(expression: string, input: Json): boolean | undefined {
  const [, path, operator, text] = comparison.exec(expression) ?? [];
  if (path === undefined || operator === undefined || text === undefined) return undefined;
  if (input instanceof JsonText || input === null || typeof input !== 'object') return undefined;
  const value = readPath(path, input)?.value;
  const literal: unknown = JSON.parse(text);
  if (value === undefined || value === null || typeof value !== typeof literal) return undefined;
  if (operator === '=') return value === literal;
  if (operator === '!=') return value !== literal;
  return typeof value === 'number' && typeof literal === 'number'
    ? comparing[operator]?.(value, literal)
    : undefined;
}
