import { z } from 'zod';
import { ExactNumber, fittingDouble } from './exact-number.ts';
import { type JsonValue, mapScalars } from './json.ts';

/** Any JSON value. Schemas that use it see values that were JSON. */
export const anyJson = z.custom<JsonValue>((value) => value !== undefined, 'is required');

/** What was JSON, with a `number` for every exact number that a double holds; the same value when there is none. */
export function fitNumbers<T>(value: T): T;
export function fitNumbers(value: JsonValue): JsonValue {
  return mapScalars(value, (each) => (each instanceof ExactNumber ? (fittingDouble(each) ?? each) : each));
}

/** What was JSON, as this schema accepts it: a number field may have been written as 1.0; where any JSON may be, it stays 1.0. */
export function fitTo<T>(schema: z.ZodType, sent: T): T {
  const { error } = schema.safeParse(sent);
  return error ? fitRefused(sent, error) : sent;
}

/** The value with fitting numbers at the places that a schema refused; the same value when there are none. */
export function fitRefused<T>(sent: T, { issues }: z.ZodError): T {
  return issues
    .filter(({ code }) => code === 'invalid_type' || code === 'invalid_union')
    .reduce((value, { path }) => fitAt(value, path) as T, sent);
}

function fitAt(value: unknown, path: PropertyKey[]): unknown {
  const [step, ...rest] = path;
  if (value === undefined) return value;
  if (step === undefined) return fitNumbers(value);
  if (value === null || typeof value !== 'object' || !Object.hasOwn(value, step)) return value;
  const before = (value as Record<PropertyKey, unknown>)[step];
  const fitted = fitAt(before, rest);
  if (fitted === before) return value;
  return Array.isArray(value) ? value.with(Number(step), fitted) : { ...value, [step]: fitted };
}
