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
