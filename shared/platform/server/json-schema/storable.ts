import type { Issue } from '../../error-codes.ts';
import { ExactNumber } from '../../exact-number.ts';
import { isScalar, type JsonScalar, type JsonValue, mapInner } from '../../json.ts';
import { pointer } from '../../json-pointer.ts';

export interface StorableLimits {
  maxBytes?: number;
  maxDepth?: number;
}

/** PostgreSQL and recursive code handle this depth easily. */
export const maxJsonDepth = 256;
const maxIssues = 20;

/**
 * Reasons why a value cannot be stored in a jsonb column: `\u0000`, half a surrogate pair, numbers out of range, too
 * deep, too large.
 */
export function checkStorable(
  value: JsonValue,
  { maxBytes = 1_048_576, maxDepth = maxJsonDepth }: StorableLimits = {},
): Issue[] {
  const issues: Issue[] = [];
  // A place is put into words only for a problem: 100,000 pointers take the event loop 50 ms.
  const steps: (string | number)[] = [];
  const add = (message: string) => issues.push({ path: pointer('', ...steps), message, keyword: 'storable' });
  const visit = (node: JsonValue): void => {
    if (isScalar(node)) {
      const problem = scalarProblem(node);
      if (problem) add(problem);
    } else if (steps.length >= maxDepth) throw new TooDeep();
    else if (Array.isArray(node)) for (let at = 0; at < node.length; at++) inside(at, node[at]!);
    else
      for (const key of Object.keys(node)) {
        const problem = textProblem(key);
        if (problem) add(`A property name: ${problem}`);
        inside(key, node[key]!);
      }
  };
  const inside = (step: string | number, inner: JsonValue): void => {
    if (issues.length >= maxIssues) return;
    steps.push(step);
    visit(inner);
    steps.pop();
  };
  try {
    visit(value);
  } catch (error) {
    if (!(error instanceof TooDeep)) throw error;
    return [{ path: '', message: `The value is nested deeper than ${maxDepth} levels`, keyword: 'storable' }];
  }
  if (issues.length > 0) return issues;
  const bytes = Buffer.byteLength(JSON.stringify(value) ?? '');
  if (bytes > maxBytes) add(`The value has ${bytes} bytes as JSON; at most ${maxBytes} are accepted`);
  return issues;
}

class TooDeep extends Error {}

function scalarProblem(value: JsonScalar): string | null {
  if (typeof value === 'string') return textProblem(value);
  return typeof value === 'number' && !Number.isFinite(value) ? 'The number is out of range' : null;
}

/** Is a value nested too deeply for recursive code? */
export function isTooDeep(value: unknown, maxDepth = maxJsonDepth): boolean {
  if (value === null || typeof value !== 'object' || value instanceof ExactNumber) return false;
  // Every request is looked at: to make lists of what is inside would take ten times as long.
  if (Array.isArray(value)) {
    for (let at = 0; at < value.length; at++)
      if (maxDepth === 0 || isTooDeep(value[at], maxDepth - 1)) return true;
    return false;
  }
  for (const key in value)
    if (maxDepth === 0 || isTooDeep((value as Record<string, unknown>)[key], maxDepth - 1)) return true;
  return false;
}

/**
 * The value with characters that cannot be stored replaced by U+FFFD, for keeping an invalid response; the same value when
 * it has none.
 */
export function makeStorable(value: JsonValue): JsonValue {
  if (typeof value === 'string') return storableText(value);
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  return isScalar(value) ? value : mapInner(value, storableText, makeStorable);
}

function textProblem(text: string): string | null {
  if (text.includes('\0')) return 'The character \\u0000 cannot be stored';
  return text.isWellFormed() ? null : 'Half of a surrogate pair cannot be stored';
}

function storableText(text: string): string {
  return textProblem(text) ? text.replaceAll('\0', '\ufffd').toWellFormed() : text;
}
