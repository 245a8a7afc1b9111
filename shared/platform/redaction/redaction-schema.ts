import type { JsonObject, JsonValue } from '../json.ts';
import { pointer } from '../json-pointer.ts';
import { LinearRegExp } from '../linear-regexp.ts';
import { isObject, resolveLocalRef } from '../schema-properties.ts';
import { redactionMark } from './redaction-mark.ts';

export interface SchemaRedaction {
  value: JsonValue;
  /** The marked texts, so that they can be redacted elsewhere too. */
  secrets: string[];
  /** JSON Pointers of the replaced values. */
  paths: string[];
}

/**
 * Replaces what the schema marks as secret (`writeOnly`, `format: password`, `x-secret`). Where a schema has
 * branches (`anyOf`, `if` …), a mark in any of them counts: redacting too much is safer than too little.
 */
export function redactBySchema(value: JsonValue, schema: unknown): SchemaRedaction {
  const walk: Walk = { root: schema, secrets: new Set(), paths: [], patterns: new Map() };
  const redacted = hasMarks(schema) ? visit(value, [schema], '', walk) : value;
  return { value: redacted, secrets: [...walk.secrets], paths: walk.paths };
}

interface Walk {
  root: unknown;
  secrets: Set<string>;
  paths: string[];
  /** Compiled `patternProperties`; null for one that does not compile, which then counts for every name. */
  patterns: Map<string, LinearRegExp | null>;
}

const marksKnown = new WeakMap<object, boolean>();

/** Most schemas mark nothing: one test of the whole document finds out, once per document. */
function hasMarks(schema: unknown): boolean {
  if (schema === null || typeof schema !== 'object') return false;
  const known = marksKnown.get(schema);
  if (known !== undefined) return known;
  const found = containsMark(schema);
  marksKnown.set(schema, found);
  return found;
}

function containsMark(root: object): boolean {
  const stack: unknown[] = [root];
  const seen = new Set<unknown>();
  while (stack.length > 0) {
    const node = stack.pop();
    if (node === null || typeof node !== 'object' || seen.has(node)) continue;
    seen.add(node);
    if (isMarked(node as Record<string, unknown>)) return true;
    stack.push(...Object.values(node));
  }
  return false;
}

function isMarked(schema: Record<string, unknown>): boolean {
  return schema.writeOnly === true || schema.format === 'password' || schema['x-secret'] === true;
}

function visit(value: JsonValue, schemas: unknown[], path: string, walk: Walk): JsonValue {
  const all = expand(schemas, walk.root);
  if (all.some(isMarked)) {
    collect(value, walk.secrets);
    walk.paths.push(path);
    return redactionMark;
  }
  if (all.length === 0 || value === null || typeof value !== 'object') return value;
  return Array.isArray(value) ? visitItems(value, all, path, walk) : visitProperties(value, all, path, walk);
}

/** Every schema that applies to the same place, through references and branches, each once. */
function expand(schemas: unknown[], root: unknown): Record<string, unknown>[] {
  const found = new Set<Record<string, unknown>>();
  const stack = [...schemas];
  while (stack.length > 0) {
    const schema = stack.pop();
    if (!isObject(schema) || found.has(schema)) continue;
    found.add(schema);
    for (const key of ['$ref', '$dynamicRef', '$recursiveRef']) {
      if (typeof schema[key] === 'string') stack.push(resolveLocalRef(root, schema[key]));
    }
    for (const key of ['allOf', 'anyOf', 'oneOf']) if (Array.isArray(schema[key])) stack.push(...schema[key]);
    stack.push(schema.if, schema.then, schema.else);
    for (const key of ['dependentSchemas', 'dependencies']) {
      if (isObject(schema[key])) stack.push(...Object.values(schema[key]));
    }
  }
  return [...found];
}

function visitItems(
  items: JsonValue[],
  schemas: Record<string, unknown>[],
  path: string,
  walk: Walk,
): JsonValue[] {
  const redacted = items.map((item, index) => {
    const inner = schemas.flatMap((schema) => itemSchemas(schema, index));
    return inner.length === 0 ? item : visit(item, inner, pointer(path, index), walk);
  });
  return redacted.some((item, index) => item !== items[index]) ? redacted : items;
}

function itemSchemas(schema: Record<string, unknown>, index: number): unknown[] {
  const { prefixItems, items, additionalItems, contains, unevaluatedItems } = schema;
  const found: unknown[] = [contains, unevaluatedItems];
  const tuple = Array.isArray(prefixItems) ? prefixItems : Array.isArray(items) ? items : [];
  if (index < tuple.length) found.push(tuple[index]);
  else found.push(Array.isArray(items) ? additionalItems : items);
  return found.filter((each) => each !== undefined);
}

function visitProperties(
  object: JsonObject,
  schemas: Record<string, unknown>[],
  path: string,
  walk: Walk,
): JsonObject {
  let changed = false;
  const entries = Object.entries(object).map(([name, item]): [string, JsonValue] => {
    const inner = schemas.flatMap((schema) => propertySchemas(schema, name, walk));
    const redacted = inner.length === 0 ? item : visit(item, inner, pointer(path, name), walk);
    changed ||= redacted !== item;
    return [name, redacted];
  });
  return changed ? Object.fromEntries(entries) : object;
}

function propertySchemas(schema: Record<string, unknown>, name: string, walk: Walk): unknown[] {
  const found: unknown[] = [];
  if (isObject(schema.properties) && Object.hasOwn(schema.properties, name))
    found.push(schema.properties[name]);
  if (isObject(schema.patternProperties)) {
    for (const [pattern, inner] of Object.entries(schema.patternProperties)) {
      if (matches(pattern, name, walk)) found.push(inner);
    }
  }
  if (found.length === 0) found.push(schema.additionalProperties);
  found.push(schema.unevaluatedProperties);
  return found.filter((each) => each !== undefined);
}

function matches(pattern: string, name: string, walk: Walk): boolean {
  let compiled = walk.patterns.get(pattern);
  if (compiled === undefined) {
    try {
      compiled = new LinearRegExp(pattern);
    } catch {
      compiled = null;
    }
    walk.patterns.set(pattern, compiled);
  }
  return compiled === null || compiled.test(name);
}

function collect(value: JsonValue, secrets: Set<string>): void {
  if (typeof value === 'string') {
    if (value !== '') secrets.add(value);
  } else if (typeof value === 'number') secrets.add(String(value));
  else if (value !== null && typeof value === 'object')
    for (const item of Object.values(value)) collect(item, secrets);
}
