/** `?status=failed&tag=a&tag=b` ↔ `{ status: 'failed', tag: ['a', 'b'] }`, as plain strings. */
export function parseSearch(text: string): Record<string, string | string[]> {
  const search: Record<string, string | string[]> = {};
  for (const [key, value] of new URLSearchParams(text)) {
    const before = search[key];
    search[key] = before === undefined ? value : Array.isArray(before) ? [...before, value] : [before, value];
  }
  return search;
}

export function stringifySearch(search: Record<string, unknown>): string {
  const params = new URLSearchParams();
  for (const [key, value] of Object.entries(search)) {
    for (const each of Array.isArray(value) ? value : [value]) {
      if (each !== undefined && each !== null && each !== '') params.append(key, String(each));
    }
  }
  const text = params.toString();
  return text ? `?${text}` : '';
}

/** What a search parameter means; undefined when it is left out or invalid. */
type Field<T> = (value: unknown) => T | undefined;

export const text: Field<string> = (value) =>
  typeof value === 'string' && value.length <= 200 ? value : undefined;

export const oneOf =
  <const T extends string>(values: readonly T[]): Field<T> =>
  (value) =>
    values.find((each) => each === value);

export const positiveInt: Field<number> = (value) => {
  const number = Number(value);
  return Number.isSafeInteger(number) && number >= 1 ? number : undefined;
};

/**
 * Ignores an invalid value, so that an old or mistyped link still opens. It stays as undefined: the router would keep the
 * original otherwise. No zod: every page would load it before it shows anything.
 */
export const searchOf =
  <F extends Record<string, Field<unknown>>>(fields: F) =>
  (search: Record<string, unknown>): { [K in keyof F]?: ReturnType<F[K]> } => {
    const known: Record<string, unknown> = {};
    for (const [name, field] of Object.entries(fields)) if (name in search) known[name] = field(search[name]);
    return known as { [K in keyof F]?: ReturnType<F[K]> };
  };
