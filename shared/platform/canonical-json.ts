import { canonicalNumber } from './exact-number.ts';
import { isNumber, isScalar, type JsonValue } from './json.ts';

/** The same text for equal values, whatever the order of their keys; 1.50 equals 1.5. */
export function canonicalJson(value: JsonValue): string {
  if (isNumber(value)) return canonicalNumber(value);
  if (isScalar(value)) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  const entries = Object.keys(value)
    .sort()
    .map((key) => `${JSON.stringify(key)}:${canonicalJson(value[key] ?? null)}`);
  return `{${entries.join(',')}}`;
}
