/** The same document, with what people read in it (the texts under some keys) said in another language. */
export function mapTexts<T>(document: T, keys: ReadonlySet<string>, say: (text: string) => string): T {
  const map = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(map);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([key, inside]) => [
        key,
        typeof inside === 'string' && keys.has(key) ? say(inside) : map(inside),
      ]),
    );
  };
  return map(document) as T;
}
