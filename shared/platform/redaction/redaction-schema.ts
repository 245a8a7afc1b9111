import { numberText } from '../exact-number.ts';
import { isNumber, isScalar, type JsonObject, type JsonValue } from '../json.ts';
import { pointer } from '../json-pointer.ts';
import { LinearRegExp } from '../linear-regexp.ts';
import { isObject, resolveLocalRef } from '../schema-properties.ts';
import type { PiiKind } from './pii/pii-kinds.ts';
import type { PiiRedactor } from './pii/pii-redactor.ts';
import { redactionMark } from './redaction-mark.ts';
import { isMarked, partsWithMarks, piiMarkOf, references } from './schema-marks.ts';

export interface SchemaRedaction {
  value: JsonValue;
  /** The marked texts, so that they can be redacted elsewhere too. */
  secrets: string[];
  /** JSON Pointers of the replaced values. */
  paths: string[];
}

/** Steps through a schema that one value may take; only crafted schemas and values need more. */
const budget = 2_000_000;

/**
 * Replaces what the schema marks as secret (`writeOnly`, `format: password`, `x-secret`), and with `pii` what it marks as
 * personal (`x-pii`). A secret is never treated as personal. Where a schema has
 * branches (`anyOf`, `if` …), a mark in any of them counts: redacting too much is safer than too little. For the same
 * reason a value that takes too long is replaced as a whole, and everything in it counts as a secret.
 */
export function redactBySchema(
  value: JsonValue,
  schema: unknown,
  pii: PiiRedactor | null = null,
): SchemaRedaction {
  const marks = partsWithMarks(schema, pii !== null);
  if (marks.size === 0) return { value, secrets: [], paths: [] };
  const walk: Walk = {
    root: schema,
    marks,
    pii,
    secrets: new Set(),
    paths: [],
    patterns: new Map(),
    left: budget,
  };
  const place = placeOf([schema], walk);
  const redacted = place === null ? value : visit(value, place, '', walk);
  if (walk.left >= 0) return { value: redacted, secrets: [...walk.secrets], paths: walk.paths };
  collect(value, walk.secrets);
  return { value: redactionMark, secrets: [...walk.secrets], paths: [''] };
}

interface Walk {
  root: unknown;
  /** Parts of the schema that are worth a walk. */
  marks: ReadonlySet<unknown>;
  pii: PiiRedactor | null;
  secrets: Set<string>;
  paths: string[];
  /** Compiled `patternProperties`; null for one that does not compile, which then counts for every name. */
  patterns: Map<string, LinearRegExp | null>;
  /** Of the budget. */
  left: number;
}

/** Every schema that applies to one kind of place, and the places below it: all items of a list share one. */
interface Place {
  schemas: Record<string, unknown>[];
  marked: boolean;
  pii: PiiKind | false | undefined;
  properties: Map<string, Place | null>;
  items: Map<number, Place | null>;
  /** Items from this index on have the same schemas. */
  tupleLength: number;
}

/** @returns null where nothing is marked, nor below: that part of the value is not walked */
function placeOf(schemas: unknown[], walk: Walk): Place | null {
  if (!schemas.some((schema) => walk.marks.has(schema))) return null;
  const all = expand(schemas, walk);
  const tupleLength = Math.max(0, ...all.map((schema) => tupleOf(schema).length));
  const said = walk.pii ? all.map(piiMarkOf) : [];
  return {
    schemas: all,
    marked: all.some(isMarked),
    // A kind in any branch counts before "no personal data" in another.
    pii: said.find((each) => each !== false && each !== undefined) ?? said.find((each) => each === false),
    properties: new Map(),
    items: new Map(),
    tupleLength,
  };
}

function visit(value: JsonValue, place: Place, path: string, walk: Walk): JsonValue {
  walk.left -= 1;
  if (place.marked) {
    collect(value, walk.secrets);
    walk.paths.push(path);
    return redactionMark;
  }
  const inside = isScalar(value) || walk.left < 0 ? value : visitInner(value, place, path, walk);
  if (!walk.pii || place.pii === undefined) return inside;
  if (place.pii !== false) return walk.pii.marked(inside, place.pii);
  walk.pii.exclude(inside);
  return inside;
}

function visitInner(value: JsonValue[] | JsonObject, place: Place, path: string, walk: Walk): JsonValue {
  return Array.isArray(value)
    ? visitItems(value, place, path, walk)
    : visitProperties(value, place, path, walk);
}

/** Every schema that applies to the same place, through references and branches, each once. */
function expand(schemas: unknown[], walk: Walk): Record<string, unknown>[] {
  const found = new Set<Record<string, unknown>>();
  const stack = [...schemas];
  while (stack.length > 0 && walk.left >= 0) {
    walk.left -= 1;
    const schema = stack.pop();
    if (!isObject(schema) || found.has(schema)) continue;
    found.add(schema);
    for (const key of references) {
      if (typeof schema[key] === 'string') stack.push(resolveLocalRef(walk.root, schema[key]));
    }
    for (const key of ['allOf', 'anyOf', 'oneOf']) if (Array.isArray(schema[key])) stack.push(...schema[key]);
    stack.push(schema.if, schema.then, schema.else);
    for (const key of ['dependentSchemas', 'dependencies']) {
      if (isObject(schema[key])) stack.push(...Object.values(schema[key]));
    }
  }
  return [...found];
}

function visitItems(items: JsonValue[], place: Place, path: string, walk: Walk): JsonValue[] {
  let redacted = items;
  for (let index = 0; index < items.length; index++) {
    const inner = itemPlace(place, index, walk);
    // All further items are alike.
    if (inner === null && index >= place.tupleLength) break;
    if (inner === null) continue;
    const item = visit(items[index]!, inner, pointer(path, index), walk);
    if (item === items[index]) continue;
    if (redacted === items) redacted = [...items];
    redacted[index] = item;
  }
  return redacted;
}

function itemPlace(place: Place, index: number, walk: Walk): Place | null {
  const key = Math.min(index, place.tupleLength);
  let found = place.items.get(key);
  if (found === undefined) {
    walk.left -= place.schemas.length;
    found = placeOf(
      place.schemas.flatMap((schema) => itemSchemas(schema, index)),
      walk,
    );
    place.items.set(key, found);
  }
  return found;
}

function itemSchemas(schema: Record<string, unknown>, index: number): unknown[] {
  const { items, additionalItems, contains, unevaluatedItems } = schema;
  const found: unknown[] = [contains, unevaluatedItems];
  const tuple = tupleOf(schema);
  if (index < tuple.length) found.push(tuple[index]);
  else found.push(Array.isArray(items) ? additionalItems : items);
  return found.filter((each) => each !== undefined);
}

function tupleOf({ prefixItems, items }: Record<string, unknown>): unknown[] {
  return Array.isArray(prefixItems) ? prefixItems : Array.isArray(items) ? items : [];
}

function visitProperties(object: JsonObject, place: Place, path: string, walk: Walk): JsonObject {
  let redacted = object;
  for (const [name, item] of Object.entries(object)) {
    const inner = propertyPlace(place, name, walk);
    const visited = inner === null ? item : visit(item, inner, pointer(path, name), walk);
    if (visited === item) continue;
    if (redacted === object) redacted = Object.fromEntries(Object.entries(object));
    redacted[name] = visited;
  }
  return redacted;
}

function propertyPlace(place: Place, name: string, walk: Walk): Place | null {
  let found = place.properties.get(name);
  if (found === undefined) {
    const inner = walk.left < 0 ? [] : place.schemas.flatMap((schema) => propertySchemas(schema, name, walk));
    found = placeOf(inner, walk);
    place.properties.set(name, found);
  }
  return found;
}

function propertySchemas(schema: Record<string, unknown>, name: string, walk: Walk): unknown[] {
  walk.left -= 1;
  const found: unknown[] = [];
  if (isObject(schema.properties) && Object.hasOwn(schema.properties, name))
    found.push(schema.properties[name]);
  if (isObject(schema.patternProperties)) {
    for (const [pattern, inner] of Object.entries(schema.patternProperties)) {
      // Matching a name takes about ten times as long as anything else here.
      walk.left -= 10;
      if (walk.left >= 0 && matches(pattern, name, walk)) found.push(inner);
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
  } else if (isNumber(value)) secrets.add(numberText(value));
  else if (!isScalar(value)) for (const item of Object.values(value)) collect(item, secrets);
}
