import { z } from 'zod';
import { canonicalJson } from './canonical-json.ts';
import { isScalar, type JsonValue } from './json.ts';
import { pointer } from './json-pointer.ts';
import { writeJson } from './json-text.ts';

/** A difference between two values. `before` is left out where something was added, `after` where it was removed. */
export const valueChangeSchema = z.object({
  /** JSON Pointer. */
  path: z.string(),
  before: z.unknown().optional(),
  after: z.unknown().optional(),
});

export const valueDiffSchema = z.object({
  changes: z.array(valueChangeSchema),
  /** So many more changes are not shown. */
  more: z.int(),
});
export type ValueDiff = z.infer<typeof valueDiffSchema>;

const maxChanges = 20;
/** Of a value as JSON; of a longer one, the beginning is shown. */
const longestValue = 1_000;

/** What differs between two values, the first 20 places of it; null when they are equal. Numbers are compared as numbers. */
export function diffJson(before: JsonValue | undefined, after: JsonValue | undefined): ValueDiff | null {
  const found: ValueDiff = { changes: [], more: 0 };
  compare(found, '', before, after);
  return found.changes.length === 0 ? null : found;
}

function compare(
  found: ValueDiff,
  path: string,
  before: JsonValue | undefined,
  after: JsonValue | undefined,
): void {
  if (before === undefined && after === undefined) return;
  if (before !== undefined && after !== undefined) {
    if (!isScalar(before) && !isScalar(after) && Array.isArray(before) === Array.isArray(after)) {
      for (const key of new Set([...Object.keys(before), ...Object.keys(after)]))
        compare(found, pointer(path, key), own(before, key), own(after, key));
      return;
    }
    if (isScalar(before) && isScalar(after) && canonicalJson(before) === canonicalJson(after)) return;
  }
  if (found.changes.length === maxChanges) {
    found.more += 1;
    return;
  }
  found.changes.push({
    path,
    ...(before !== undefined && { before: shown(before) }),
    ...(after !== undefined && { after: shown(after) }),
  });
}

const own = (holder: object, key: string): JsonValue | undefined =>
  Object.hasOwn(holder, key) ? (holder as Record<string, JsonValue>)[key] : undefined;

function shown(value: JsonValue): JsonValue {
  const text = writeJson(value);
  return text.length <= longestValue ? value : `${text.slice(0, longestValue).toWellFormed()}…`;
}
