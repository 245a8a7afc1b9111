import { ExactNumber } from './exact-number.ts';

/** A number is a `number` where JavaScript writes it as it was read, and an `ExactNumber` otherwise (decision 0020). */
export type JsonScalar = string | number | boolean | null | ExactNumber;
export type JsonValue = JsonScalar | JsonValue[] | { [key: string]: JsonValue };
export type JsonObject = { [key: string]: JsonValue };

/** Neither a list nor an object. */
export function isScalar(value: JsonValue): value is JsonScalar {
  return value === null || typeof value !== 'object' || value instanceof ExactNumber;
}

export function isNumber(value: unknown): value is number | ExactNumber {
  return typeof value === 'number' || value instanceof ExactNumber;
}

/** Does the value hold a number that is no double? */
export function holdsExact(value: JsonValue): boolean {
  if (isScalar(value)) return value instanceof ExactNumber;
  return Array.isArray(value) ? value.some(holdsExact) : Object.values(value).some(holdsExact);
}

/** A value with other scalars; the same value when none is another one. */
export function mapScalars(value: JsonValue, map: (value: JsonScalar) => JsonScalar): JsonValue {
  if (isScalar(value)) return map(value);
  if (Array.isArray(value)) {
    const items = value.map((item) => mapScalars(item, map));
    return items.some((item, index) => item !== value[index]) ? items : value;
  }
  const entries = Object.entries(value).map(([key, item]): [string, JsonValue] => [
    key,
    mapScalars(item, map),
  ]);
  return entries.some(([key, item]) => item !== value[key]) ? Object.fromEntries(entries) : value;
}

/** A copy that shares no list and no object with the value. */
export function copyJson<T>(value: T): T;
export function copyJson(value: JsonValue): JsonValue {
  if (isScalar(value)) return value;
  if (Array.isArray(value)) return value.map((item) => copyJson(item));
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, copyJson(item)]));
}
