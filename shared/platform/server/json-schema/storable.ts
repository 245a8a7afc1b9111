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
  const stack: { value: JsonValue; path: string; depth: number }[] = [{ value, path: '', depth: 0 }];
  for (let entry = stack.pop(); entry !== undefined && issues.length < 20; entry = stack.pop()) {
    const { value: node, path, depth } = entry;
    if (typeof node === 'string') {
      const problem = textProblem(node);
      if (problem) add(path, problem);
    } else if (typeof node === 'number') {
      if (!Number.isFinite(node)) add(path, 'The number is out of range');
    } else if (node !== null && typeof node === 'object') {
      if (depth >= maxDepth) {
        add('', `The value is nested deeper than ${maxDepth} levels`);
        return issues;
      }
      for (const [key, inner] of Object.entries(node)) {
        const problem = textProblem(key);
        if (problem) add(path, `A property name: ${problem}`);
        stack.push({ value: inner, path: pointer(path, key), depth: depth + 1 });
      }
    }
  }
  if (issues.length > 0) return issues;
  const bytes = Buffer.byteLength(JSON.stringify(value) ?? '');
  if (bytes > maxBytes) add('', `The value has ${bytes} bytes as JSON; at most ${maxBytes} are accepted`);
  return issues;
}

/** Is a value nested too deeply for recursive code? */
export function isTooDeep(value: unknown, maxDepth = maxJsonDepth): boolean {
  let level: unknown[] = [value];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > maxDepth) return true;
    level = level.flatMap((node) => (node !== null && typeof node === 'object' ? Object.values(node) : []));
  }
  return false;
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
