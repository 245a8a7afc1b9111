import { formatNames } from 'ajv-formats/dist/formats.js';
import { LinearRegExp } from '../../../../platform/linear-regexp.ts';
import { isObject, resolveLocalRef } from '../../../../platform/schema-properties.ts';

type Schema = Record<string, unknown>;

/** `input`: what is sent, checked as strictly as the document says. `output`: what comes back, described more than checked. */
export type Side = 'input' | 'output';

/** Of schemas in a tool, so that a page can show it. */
const maxNodes = 1_500;
const maxDepth = 24;
/** Of one list of allowed values. */
const maxValues = 5_000;

/**
 * Turns schemas of OpenAPI 2.0, 3.0 and 3.1 into JSON Schema of draft-07: `nullable`, boolean limits and examples are
 * written as JSON Schema has them, references within the document become `$defs`, and what no validator knows is left out.
 * One converter serves one schema.
 */
export interface SchemaConverter {
  convert(schema: unknown): Schema;
  /** What the references point to; undefined: there are none. */
  defs(): Schema | undefined;
  /** Whether parts were left out because there are too many. */
  shortened(): boolean;
  /** References to other documents, which are not read. */
  foreign(): string[];
}

/** Which patterns of a document are regular expressions that are safe: they repeat, and each takes a while to find out. */
export type KnownPatterns = Map<string, boolean>;

export function createSchemaConverter(root: unknown, side: Side, patterns: KnownPatterns): SchemaConverter {
  const names = new Map<string, string>();
  const taken = new Set<string>();
  const defs: Record<string, Schema> = {};
  const foreign = new Set<string>();
  let nodes = 0;
  let shortened = false;

  const nameFor = (ref: string): string => {
    const last = ref.split('/').at(-1) ?? 'schema';
    const base = last.replace(/[^A-Za-z0-9_-]/g, '_').slice(0, 60) || 'schema';
    let name = base;
    for (let number = 2; taken.has(name); number++) name = `${base}_${number}`;
    taken.add(name);
    return name;
  };

  const refer = (ref: string, depth: number): Schema => {
    const known = names.get(ref);
    if (known !== undefined) return { $ref: `#/$defs/${known}` };
    const target = resolveLocalRef(root, ref);
    if (target === undefined) {
      foreign.add(ref);
      return {};
    }
    if (nodes > maxNodes) {
      shortened = true;
      return {};
    }
    const name = nameFor(ref);
    names.set(ref, name);
    defs[name] = walk(target, depth + 1);
    return { $ref: `#/$defs/${name}` };
  };

  const walk = (schema: unknown, depth: number): Schema => {
    if (!isObject(schema)) return {};
    nodes++;
    if (nodes > maxNodes || depth > maxDepth) {
      shortened = true;
      return {};
    }
    if (typeof schema.$ref === 'string') return refer(schema.$ref, depth);
    const made: Schema = {};
    const type = typeOf(schema);
    const nullable = isNullable(schema) || (side === 'output' && type !== undefined);
    if (type !== undefined) made.type = nullable ? [...new Set([...type, 'null'])] : single(type);
    if (typeof schema.title === 'string') made.title = schema.title.slice(0, 200);
    if (typeof schema.description === 'string') made.description = schema.description.slice(0, 1_000);
    if (side === 'input') {
      Object.assign(made, limitsOf(schema, patterns));
      const values = valuesOf(schema, nullable);
      if (values !== undefined && values.length > maxValues) shortened = true;
      else if (values !== undefined) made.enum = values;
    }
    for (const key of ['allOf', 'anyOf', 'oneOf'] as const) {
      const branches = schema[key];
      if (!Array.isArray(branches) || branches.length === 0) continue;
      const converted = branches.map((branch) => walk(branch, depth + 1));
      // Documents rarely mean "exactly one": their branches overlap.
      made[key === 'oneOf' ? 'anyOf' : key] =
        nullable && key !== 'allOf' ? [...converted, { type: 'null' }] : converted;
    }
    if (isObject(schema.properties)) made.properties = propertiesOf(schema.properties, depth);
    const required = requiredOf(schema, made.properties);
    if (side === 'input' && required.length > 0) made.required = required;
    if (isObject(schema.items)) made.items = walk(schema.items, depth + 1);
    if (isObject(schema.additionalProperties)) {
      made.additionalProperties = walk(schema.additionalProperties, depth + 1);
    } else if (schema.additionalProperties === false && side === 'input' && !schema.allOf) {
      made.additionalProperties = false;
    }
    return made;
  };

  const propertiesOf = (properties: Schema, depth: number): Schema =>
    Object.fromEntries(
      Object.entries(properties)
        .filter(([, each]) => side === 'output' || !isReadOnly(root, each))
        .map(([name, each]) => [name, walk(each, depth + 1)]),
    );

  return {
    convert: (schema) => walk(schema, 0),
    defs: () => (Object.keys(defs).length === 0 ? undefined : defs),
    shortened: () => shortened,
    foreign: () => [...foreign],
  };
}

const types = new Set(['string', 'number', 'integer', 'boolean', 'object', 'array', 'null']);

/** Undefined: any. */
function typeOf(schema: Schema): string[] | undefined {
  const named = [schema.type].flat().filter((each) => typeof each === 'string');
  const known = named.filter((each) => types.has(each));
  if (named.includes('file')) return ['string'];
  if (known.length > 0) return known;
  if (isObject(schema.properties)) return ['object'];
  return isObject(schema.items) ? ['array'] : undefined;
}

const single = (type: string[]): unknown => (type.length === 1 ? type[0] : type);

const isNullable = (schema: Schema): boolean => schema.nullable === true || schema['x-nullable'] === true;

function isReadOnly(root: unknown, schema: unknown): boolean {
  if (!isObject(schema)) return false;
  if (schema.readOnly === true) return true;
  if (typeof schema.$ref !== 'string') return false;
  const target = resolveLocalRef(root, schema.$ref);
  return isObject(target) && target.readOnly === true;
}

/** Those that are there: a name that `readOnly` has taken away cannot be required. */
function requiredOf(schema: Schema, properties: unknown): string[] {
  if (!Array.isArray(schema.required)) return [];
  const names = schema.required.filter((each): each is string => typeof each === 'string');
  const known = isObject(schema.properties) ? schema.properties : {};
  const left = isObject(properties) ? properties : {};
  return [...new Set(names)].filter((name) => !Object.hasOwn(known, name) || Object.hasOwn(left, name));
}

/** The values that an input may have: texts, numbers and the like. Undefined: any. */
function valuesOf({ enum: listed }: Schema, nullable: boolean): unknown[] | undefined {
  if (!Array.isArray(listed) || listed.length === 0) return undefined;
  const values = new Set<unknown>(listed);
  if (nullable) values.add(null);
  return [...values].every((each) => each === null || isScalar(each)) ? [...values] : undefined;
}

const counts = ['minLength', 'maxLength', 'minItems', 'maxItems', 'minProperties', 'maxProperties'] as const;
const knownFormats = new Set<string>([
  ...formatNames.filter((each) => !/^u?int|^float|^double|^byte|^binary/.test(each)),
  'password',
]);

function limitsOf(schema: Schema, patterns: KnownPatterns): Schema {
  const made: Schema = {};
  if (schema.const === null || isScalar(schema.const)) made.const = schema.const;
  if (isScalar(schema.default)) made.default = schema.default;
  for (const key of counts) {
    const value = schema[key];
    if (typeof value === 'number' && Number.isInteger(value) && value >= 0) made[key] = value;
  }
  for (const [limit, exclusive] of [
    ['minimum', 'exclusiveMinimum'],
    ['maximum', 'exclusiveMaximum'],
  ] as const) {
    const [value, strict] = [schema[limit], schema[exclusive]];
    if (typeof strict === 'number') made[exclusive] = strict;
    if (typeof value === 'number') made[strict === true ? exclusive : limit] = value;
  }
  if (typeof schema.multipleOf === 'number' && schema.multipleOf > 0) made.multipleOf = schema.multipleOf;
  if (schema.uniqueItems === true) made.uniqueItems = true;
  if (typeof schema.pattern === 'string' && isPattern(schema.pattern, patterns))
    made.pattern = schema.pattern;
  if (typeof schema.format === 'string' && knownFormats.has(schema.format)) made.format = schema.format;
  if (schema.writeOnly === true) made.writeOnly = true;
  return made;
}

const isScalar = (value: unknown): boolean =>
  value !== undefined && value !== null && typeof value !== 'object';

function isPattern(pattern: string, patterns: KnownPatterns): boolean {
  if (pattern.length > 1_000) return false;
  const known = patterns.get(pattern) ?? compiles(pattern);
  patterns.set(pattern, known);
  return known;
}

function compiles(pattern: string): boolean {
  try {
    new RegExp(pattern, 'u');
    new LinearRegExp(pattern);
    return true;
  } catch {
    return false;
  }
}
