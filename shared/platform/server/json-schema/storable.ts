import type { Issue } from '../../error-codes.ts';
import type { JsonValue } from '../../json.ts';
import { pointer } from '../../json-pointer.ts';

export interface StorableLimits {
  maxBytes?: number;
  maxDepth?: number;
}

/** PostgreSQL and recursive code handle this depth easily. */
export const maxJsonDepth = 256;

/**
 * Reasons why a value cannot be stored in a jsonb column: `\u0000`, half a surrogate pair, numbers out of range, too
 * deep, too large.
 */
export function checkStorable(
  value: JsonValue,
  { maxBytes = 1_048_576, maxDepth = maxJsonDepth }: StorableLimits = {},
): Issue[] {
  const issues: Issue[] = [];
  const add = (path: string, message: string) => issues.push({ path, message, keyword: 'storable' });
  // Places are put into words only for a problem: 100,000 pointers take the event loop 50 ms.
  const stack: Place[] = [{ value, depth: 0, key: '', inside: null }];
  for (let at = stack.pop(); at !== undefined && issues.length < 20; at = stack.pop()) {
    const { value: node, depth } = at;
    if (node === null || typeof node !== 'object') {
      const problem = scalarProblem(node);
      if (problem) add(pathOf(at), problem);
      continue;
    }
    if (depth >= maxDepth) {
      add('', `The value is nested deeper than ${maxDepth} levels`);
      return issues;
    }
    const inside = at;
    const visit = (inner: JsonValue, key: string | number): void => {
      if (typeof inner === 'string' || typeof inner === 'number' ? scalarProblem(inner) : inner !== null)
        stack.push({ value: inner, depth: depth + 1, key, inside });
    };
    if (Array.isArray(node)) for (let index = 0; index < node.length; index++) visit(node[index]!, index);
    else
      for (const [key, inner] of Object.entries(node)) {
        const problem = textProblem(key);
        if (problem) add(pathOf(at), `A property name: ${problem}`);
        visit(inner, key);
      }
  }
  if (issues.length > 0) return issues;
  const bytes = Buffer.byteLength(JSON.stringify(value) ?? '');
  if (bytes > maxBytes) add('', `The value has ${bytes} bytes as JSON; at most ${maxBytes} are accepted`);
  return issues;
}

interface Place {
  value: JsonValue;
  depth: number;
  key: string | number;
  inside: Place | null;
}

function pathOf({ key, inside }: Place): string {
  return inside === null ? '' : pointer(pathOf(inside), key);
}

function scalarProblem(value: string | number | boolean | null): string | null {
  if (typeof value === 'string') return textProblem(value);
  return typeof value === 'number' && !Number.isFinite(value) ? 'The number is out of range' : null;
}

/** Is a value nested too deeply for recursive code? */
export function isTooDeep(value: unknown, maxDepth = maxJsonDepth): boolean {
  if (value === null || typeof value !== 'object') return false;
  if (maxDepth === 0) return Object.keys(value).length > 0;
  return Object.values(value).some((inner) => isTooDeep(inner, maxDepth - 1));
}

/** The value with characters that cannot be stored replaced by U+FFFD; for keeping an invalid response. */
export function makeStorable(value: JsonValue): JsonValue {
  if (typeof value === 'string') return storableText(value);
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  if (value === null || typeof value !== 'object') return value;
  if (Array.isArray(value)) return value.map(makeStorable);
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [storableText(key), makeStorable(inner)]),
  );
}

function textProblem(text: string): string | null {
  if (text.includes('\0')) return 'The character \\u0000 cannot be stored';
  return text.isWellFormed() ? null : 'Half of a surrogate pair cannot be stored';
}

function storableText(text: string): string {
  return text.replaceAll('\0', '\ufffd').toWellFormed();
}
