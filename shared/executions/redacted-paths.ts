import { isScalar, type JsonValue } from '../platform/json.ts';
import { pointer } from '../platform/json-pointer.ts';
import { holdsMark } from '../platform/redaction/redaction-mark.ts';

/** JSON Pointers of the values that contain a redaction mark. */
export function redactedPaths(value: JsonValue, at = ''): string[] {
  if (typeof value === 'string') return holdsMark(value) ? [at] : [];
  if (isScalar(value)) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    holdsMark(key) ? [at] : redactedPaths(inner as JsonValue, pointer(at, key)),
  );
}
