import { isObject } from '../../../shared/platform/schema-properties.ts';

/** Filters with a name, as browsers kept them before the server did. */
export interface StoredView {
  name: string;
  /** As the query string has them. */
  filters: Record<string, string>;
}

/** What was stored, as far as it can be used. */
export function readViews(stored: unknown): StoredView[] {
  if (!Array.isArray(stored)) return [];
  return stored.flatMap((each: unknown) =>
    isObject(each) && typeof each.name === 'string' && isObject(each.filters)
      ? [{ name: each.name, filters: setFilters(each.filters) }]
      : [],
  );
}

/** Only the filters that are set, as texts. */
export const setFilters = (filters: object): Record<string, string> =>
  Object.fromEntries(
    Object.entries(filters).flatMap(([name, value]) =>
      typeof value === 'string' || typeof value === 'number' ? [[name, String(value)]] : [],
    ),
  );

export function sameFilters(a: Record<string, string>, b: Record<string, string>): boolean {
  const names = Object.keys(a);
  return names.length === Object.keys(b).length && names.every((name) => a[name] === b[name]);
}
