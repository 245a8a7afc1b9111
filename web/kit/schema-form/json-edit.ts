import { compareNumbers } from '../../../shared/platform/exact-number.ts';
import { isNumber } from '../../../shared/platform/json.ts';
import { pointerSteps } from '../../../shared/platform/json-pointer.ts';
import { isObject } from '../../../shared/platform/schema-properties.ts';

/** Reading and changing JSON documents by pointer. Every change makes a copy. */

/** The value at a pointer; undefined where there is none. */
export function getAt(document: unknown, pointer: string): unknown {
  let at: unknown = document;
  for (const step of pointerSteps(pointer)) {
    if (Array.isArray(at)) at = at[Number(step)];
    else if (isObject(at) && Object.hasOwn(at, step)) at = at[step];
    else return undefined;
  }
  return at;
}

/** A copy with the value at a pointer replaced; `undefined` removes it. Missing parents are made objects. */
export function setAt(document: unknown, pointer: string, value: unknown): unknown {
  return setSteps(document, pointerSteps(pointer), value);
}

function setSteps(at: unknown, [head, ...rest]: string[], value: unknown): unknown {
  if (head === undefined) return value;
  if (Array.isArray(at)) {
    const copy: unknown[] = [...at];
    const index = Number(head);
    if (rest.length === 0 && value === undefined) copy.splice(index, 1);
    else copy[index] = setSteps(copy[index], rest, value);
    return copy;
  }
  const before = isObject(at) ? at : {};
  const next = setSteps(Object.hasOwn(before, head) ? before[head] : undefined, rest, value);
  if (next !== undefined) {
    // Defined, not assigned, so that a property named `__proto__` is plain data.
    return Object.defineProperty({ ...before }, head, {
      value: next,
      enumerable: true,
      writable: true,
      configurable: true,
    });
  }
  return Object.fromEntries(Object.entries(before).filter(([key]) => key !== head));
}

/** Is `pointer` equal to `ancestor` or inside it? */
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

/** Structural equality of JSON values; 1.0 equals 1. */
export function sameJson(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (isNumber(a) && isNumber(b)) return compareNumbers(a, b) === 0;
  if (Array.isArray(a) && Array.isArray(b)) {
    return a.length === b.length && a.every((item, index) => sameJson(item, b[index]));
  }
  if (!isObject(a) || !isObject(b)) return false;
  const keys = Object.keys(a);
  return (
    keys.length === Object.keys(b).length &&
    keys.every((key) => Object.hasOwn(b, key) && sameJson(a[key], b[key]))
  );
}
