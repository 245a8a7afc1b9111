import type { SQL } from 'drizzle-orm';

/** A condition of a filter that may be absent. */
export function when<T>(value: T | undefined, condition: (value: T) => SQL | undefined): SQL | undefined {
  return value === undefined ? undefined : condition(value);
}
