/** JSON Pointers (RFC 6901) over immutable documents. "" is the whole document. */

export const escapeSegment = (segment: string) => segment.replaceAll('~', '~0').replaceAll('/', '~1');
const unescapeSegment = (segment: string) => segment.replaceAll('~1', '/').replaceAll('~0', '~');

export const parsePointer = (pointer: string): string[] =>
  pointer === '' ? [] : pointer.slice(1).split('/').map(unescapeSegment);

export const formatPointer = (segments: readonly (string | number)[]): string =>
  segments.map((segment) => `/${escapeSegment(String(segment))}`).join('');

export const childPointer = (pointer: string, segment: string | number) =>
  `${pointer}/${escapeSegment(String(segment))}`;

export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The value at a pointer; undefined where the document does not reach. */
export function getAt(document: unknown, pointer: string): unknown {
  let at: unknown = document;
  for (const segment of parsePointer(pointer)) {
    if (Array.isArray(at)) at = at[Number(segment)];
    else if (isRecord(at) && Object.hasOwn(at, segment)) at = at[segment];
    else return undefined;
  }
  return at;
}

/** A copy with the value at a pointer replaced; `undefined` removes it. Missing parents are made objects. */
export function setAt(document: unknown, pointer: string, value: unknown): unknown {
  return setSegments(document, parsePointer(pointer), value);
}

function setSegments(at: unknown, [head, ...rest]: string[], value: unknown): unknown {
  if (head === undefined) return value;
  if (Array.isArray(at)) {
    const copy: unknown[] = [...at];
    const index = Number(head);
    if (rest.length === 0 && value === undefined) copy.splice(index, 1);
    else copy[index] = setSegments(copy[index], rest, value);
    return copy;
  }
  const before = isRecord(at) ? at : {};
  const next = setSegments(Object.hasOwn(before, head) ? before[head] : undefined, rest, value);
  if (next !== undefined) {
    // Defined, not assigned: a property named `__proto__` is data like any other.
    return Object.defineProperty({ ...before }, head, {
      value: next,
      enumerable: true,
      writable: true,
      configurable: true,
    });
  }
  return Object.fromEntries(Object.entries(before).filter(([key]) => key !== head));
}

/** Is `pointer` the place `ancestor` or inside of it? */
export const isWithin = (pointer: string, ancestor: string) =>
  pointer === ancestor || pointer.startsWith(`${ancestor}/`);

/** Moves an array element by one place; the same array when there is no such place. */
export function moveItem<T>(items: readonly T[], from: number, by: -1 | 1): readonly T[] {
  const to = from + by;
  if (to < 0 || to >= items.length) return items;
  const copy = [...items];
  const [moved] = copy.splice(from, 1);
  copy.splice(to, 0, moved as T);
  return copy;
}

/** Structural equality of JSON values. */
export function sameJson(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (Array.isArray(a) && Array.isArray(b)) {
    return a.length === b.length && a.every((item, index) => sameJson(item, b[index]));
  }
  if (!isRecord(a) || !isRecord(b)) return false;
  const keys = Object.keys(a);
  return (
    keys.length === Object.keys(b).length &&
    keys.every((key) => Object.hasOwn(b, key) && sameJson(a[key], b[key]))
  );
}
