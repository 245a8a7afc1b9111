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
  return isScalar(value)
    ? map(value)
    : mapInner(
        value,
        (name) => name,
        (inner) => mapScalars(inner, map),
      );
}

/** A list or an object with other keys and values; the same one, without a copy on the way, when none is another one. */
export function mapInner(
  value: JsonValue[] | JsonObject,
  mapName: (name: string) => string,
  mapValue: (inner: JsonValue) => JsonValue,
): JsonValue {
  if (Array.isArray(value)) {
    let items = value;
    for (let at = 0; at < value.length; at++) {
      const mapped = mapValue(value[at]!);
      if (mapped === value[at]) continue;
      if (items === value) items = [...value];
      items[at] = mapped;
    }
    return items;
  }
  let changed = false;
  const names = Object.keys(value);
  const entries: [string, JsonValue][] = [];
  for (let at = 0; at < names.length; at++) {
    const name = names[at]!;
    const before = value[name]!;
    const [newName, after] = [mapName(name), mapValue(before)];
    if (!changed && (newName !== name || after !== before)) {
      changed = true;
      for (const earlier of names.slice(0, at)) entries.push([earlier, value[earlier]!]);
    }
    if (changed) entries.push([newName, after]);
  }
  return changed ? Object.fromEntries(entries) : value;
}

/** A copy that shares no list and no object with the value. */
export function copyJson<T>(value: T): T;
export function copyJson(value: JsonValue): JsonValue {
  if (isScalar(value)) return value;
  if (Array.isArray(value)) return value.map((item) => copyJson(item));
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, copyJson(item)]));
}
