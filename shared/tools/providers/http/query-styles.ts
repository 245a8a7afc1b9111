import { z } from 'zod';
import type { Issue } from '../../../platform/error-codes.ts';
import type { JsonObject, JsonValue } from '../../../platform/json.ts';
import { pointer } from '../../../platform/json-pointer.ts';
import { isObject } from '../../../platform/schema-properties.ts';
import { type QueryPair, UrlValueError } from '../../http/url.ts';
import { asText } from '../../template.ts';

/**
 * How lists and objects stand in a query. `repeat`: `a=1&a=2`; `comma`, `space`, `pipe`, `tab`: one parameter with the values
 * between separators; `brackets`: `a[]=1&a[k]=2`, nested as deep as the value; `deepObject`: `a[k]=1`; `properties`: each
 * property of an object is a parameter of its own; `json`: JSON text.
 */
export const queryStyles = [
  'repeat',
  'comma',
  'space',
  'pipe',
  'tab',
  'brackets',
  'deepObject',
  'properties',
  'json',
] as const;
export type QueryStyle = (typeof queryStyles)[number];

/** By the name of the parameter. Without one, lists repeat it and objects become JSON. */
export const queryStylesSchema = z.record(z.string(), z.enum(queryStyles)).optional();

/** Every name must be one of a query parameter of the request. */
export function checkQueryStyles(
  styles: Record<string, QueryStyle>,
  parameters: ReadonlySet<string>,
): Issue[] {
  return Object.keys(styles)
    .filter((name) => !parameters.has(name))
    .map((name) => ({
      path: pointer('/config/queryStyles', name),
      message: `The request has no query parameter "${name}"`,
      keyword: 'query',
    }));
}

/**
 * The parameters that a value becomes; none for null, absent and empty lists.
 * @param taken parameters that the definition sets: no property may become one of them
 * @throws UrlValueError
 */
export function styledPairs(
  name: string,
  value: JsonValue | undefined,
  style: QueryStyle | undefined,
  taken: ReadonlySet<string>,
): QueryPair[] {
  if (value === undefined || value === null) return [];
  return writers[style ?? 'repeat'](name, value, taken);
}

type Writer = (name: string, value: JsonValue, taken: ReadonlySet<string>) => QueryPair[];

const isRecord = (value: JsonValue): value is JsonObject => isObject(value);

const writers: Record<QueryStyle, Writer> = {
  repeat: (name, value) => [value].flat().flatMap((item) => (item === null ? [] : [[name, asText(item)]])),
  comma: (name, value) => {
    const values = valuesOf(value);
    return values.length === 0 ? [] : [[name, values]];
  },
  space: separated(' ', 'a space'),
  pipe: separated('|', '"|"'),
  tab: separated('\t', 'a tab'),
  brackets: nested('[]'),
  deepObject: nested(''),
  properties: (name, value, taken) => {
    if (!isRecord(value)) return writers.repeat(name, value, taken);
    return Object.entries(value).flatMap(([key, each]) => {
      if (taken.has(key)) throw new UrlValueError(name, `must not set the query parameter "${key}"`);
      return each === null ? [] : writers.repeat(key, each, taken);
    });
  },
  json: (name, value) => [[name, typeof value === 'string' ? value : JSON.stringify(value)]],
};

/** The items of a list; of an object, its keys and values in turn. */
function valuesOf(value: JsonValue): string[] {
  const items = isRecord(value)
    ? Object.entries(value).flatMap(([key, each]) => (each === null ? [] : [key, each]))
    : [value].flat();
  return items.filter((item) => item !== null).map(asText);
}

/** A value that holds the separator would be read as two. */
function separated(separator: string, words: string): Writer {
  return (name, value) => {
    const values = valuesOf(value);
    if (values.some((each) => each.includes(separator)))
      throw new UrlValueError(name, `must not contain ${words}, which separates its values in the query`);
    return values.length === 0 ? [] : [[name, values.join(separator)]];
  };
}

/** @param list what stands behind the name of a list */
function nested(list: string): Writer {
  const write = (name: string, value: JsonValue): QueryPair[] => {
    if (value === null) return [];
    if (Array.isArray(value))
      return value.flatMap((item) =>
        Array.isArray(item) ? [[name + list, asText(item)] as QueryPair] : write(name + list, item),
      );
    if (isRecord(value))
      return Object.entries(value).flatMap(([key, each]) => write(`${name}[${key}]`, each));
    return [[name, asText(value)]];
  };
  return write;
}
