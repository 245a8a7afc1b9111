import { isScalar, type JsonValue } from '../platform/json.ts';
import { pointer } from '../platform/json-pointer.ts';
import { type Json, JsonText, jsonValue } from '../platform/json-text.ts';
import { holdsMark, isPiiMark } from '../platform/redaction/redaction-mark.ts';

/** JSON Pointers of the values that contain a redaction mark. */
export const redactedPaths = (value: JsonValue): string[] => pathsOf(value, holdsMark, '');

/** JSON Pointers of the values that are nothing but the mark of personal data. */
export function piiMarkPaths(value: Json): string[] {
  // Most large values have none, and reading one takes milliseconds.
  if (value instanceof JsonText && !value.text.includes('[redacted:')) return [];
  return pathsOf(jsonValue(value), isPiiMark, '');
}

function pathsOf(value: JsonValue, isFound: (text: string) => boolean, at: string): string[] {
  if (typeof value === 'string') return isFound(value) ? [at] : [];
  if (isScalar(value)) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    isFound(key) ? [at] : pathsOf(inner as JsonValue, isFound, pointer(at, key)),
  );
}
