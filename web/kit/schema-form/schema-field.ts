import type { ExactNumber } from '../../../shared/platform/exact-number.ts';
import { isNumber } from '../../../shared/platform/json.ts';
import { isObject, resolveLocalRef } from '../../../shared/platform/schema-properties.ts';
import { t } from '../../words/words.ts';
import { sameJson } from './json-edit.ts';

export type JsonSchema = Record<string, unknown>;

/** What every field has, whatever its kind. */
interface FieldBase {
  title: string | undefined;
  description: string | undefined;
  /** `null` is allowed. */
  nullable: boolean;
  default: unknown;
  examples: unknown[];
  deprecated: boolean;
  /** Marked `writeOnly`, `format: password` or `x-secret`: masked, and never kept in the browser. */
  secret: boolean;
}

export interface PropertyOf {
  name: string;
  schema: JsonSchema;
  required: boolean;
}

export type StringFormat =
  | 'plain'
  | 'date'
  | 'time'
  | 'date-time'
  | 'email'
  | 'uri'
  | 'password'
  | 'multiline';

/** How a schema is shown. Made one level at a time, so that a schema may refer to itself. */
export type SchemaField = FieldBase &
  (
    | { kind: 'string'; format: StringFormat; minLength?: number; maxLength?: number; pattern?: string }
    | {
        kind: 'number';
        integer: boolean;
        minimum?: number | ExactNumber;
        maximum?: number | ExactNumber;
        exclusiveMinimum?: number | ExactNumber;
        exclusiveMaximum?: number | ExactNumber;
        multipleOf?: number | ExactNumber;
      }
    | { kind: 'boolean' }
    | { kind: 'enum'; options: { value: unknown; label: string }[] }
    | { kind: 'const'; value: unknown }
    | { kind: 'object'; properties: PropertyOf[]; values: JsonSchema | null }
    | { kind: 'array'; items: JsonSchema; minItems: number; maxItems?: number; itemTitle: string }
    | { kind: 'file' }
    | { kind: 'choice'; options: { title: string; schema: JsonSchema }[] }
    | { kind: 'json'; why: string }
  );

const number = (value: unknown) => (isNumber(value) ? Number(value) : undefined);
const anyNumber = (value: unknown) => (isNumber(value) ? value : undefined);
const text = (value: unknown) => (typeof value === 'string' && value !== '' ? value : undefined);
const schemaOr = (value: unknown): JsonSchema => (isObject(value) ? value : {});

/** Merges two schemas of one value: `$ref` with its siblings, the members of `allOf`. */
function mergeSchemas(a: JsonSchema, b: JsonSchema): JsonSchema {
  const merged: JsonSchema = { ...a, ...b };
  if (isObject(a.properties) && isObject(b.properties))
    merged.properties = { ...a.properties, ...b.properties };
  if (Array.isArray(a.required) && Array.isArray(b.required)) {
    merged.required = [...new Set([...a.required, ...b.required])];
  }
  return merged;
}

/** Follows local `$ref`s and folds `allOf` in. Null when it cannot: a remote, missing or circular reference. */
export function resolveSchema(root: JsonSchema, schema: JsonSchema, depth = 0): JsonSchema | null {
  if (depth > 24) return null;
  let resolved = schema;
  if (typeof schema.$ref === 'string') {
    const { $ref, ...siblings } = schema;
    const target = resolveLocalRef(root, $ref);
    if (!isObject(target)) return null;
    const inner = resolveSchema(root, target, depth + 1);
    if (!inner) return null;
    resolved = mergeSchemas(inner, siblings);
  }
  if (Array.isArray(resolved.allOf)) {
    const { allOf, ...rest } = resolved;
    let merged: JsonSchema = rest;
    for (const part of allOf) {
      const inner = resolveSchema(root, schemaOr(part), depth + 1);
      if (!inner) return null;
      merged = mergeSchemas(merged, inner);
    }
    return merged;
  }
  return resolved;
}

const isNullSchema = (schema: unknown) =>
  isObject(schema) && (schema.type === 'null' || schema.const === null || sameJson(schema.enum, [null]));

export const isSecretSchema = (schema: JsonSchema) =>
  schema.writeOnly === true || schema.format === 'password' || schema['x-secret'] === true;

/** The words for a value in a list of choices. */
export const valueLabel = (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value));

/** How `schema`, a part of `root`, is shown. */
export function fieldOf(root: JsonSchema, schema: JsonSchema): SchemaField {
  const resolved = resolveSchema(root, schema);
  if (!resolved) return { ...baseOf(schema, false), kind: 'json', why: t('Its schema is not available.') };

  const types = Array.isArray(resolved.type)
    ? resolved.type
    : resolved.type === undefined
      ? []
      : [resolved.type];
  const nullable = resolved.nullable === true || (types.length > 1 && types.includes('null'));
  const real = types.filter((type) => type !== 'null');
  const base = baseOf(resolved, nullable);

  if (resolved['x-file'] === true) return { ...base, kind: 'file' };
  if ('const' in resolved) return { ...base, kind: 'const', value: resolved.const };
  if (Array.isArray(resolved.enum)) return enumField(base, resolved);

  const alternatives = Array.isArray(resolved.oneOf) ? resolved.oneOf : resolved.anyOf;
  if (Array.isArray(alternatives)) return choiceField(root, resolved, alternatives, base);

  if (real.length > 1) {
    const options = real.map((type) => ({ title: String(type), schema: { ...resolved, type } }));
    return { ...base, kind: 'choice', options };
  }
  const [type] = real.length === 1 ? real : [impliedType(resolved)];
  switch (type) {
    case 'string':
      return stringField(base, resolved);
    case 'number':
    case 'integer':
      return {
        ...base,
        kind: 'number',
        integer: type === 'integer',
        minimum: anyNumber(resolved.minimum),
        maximum: anyNumber(resolved.maximum),
        exclusiveMinimum: anyNumber(resolved.exclusiveMinimum),
        exclusiveMaximum: anyNumber(resolved.exclusiveMaximum),
        multipleOf: anyNumber(resolved.multipleOf),
      };
    case 'boolean':
      return { ...base, kind: 'boolean' };
    case 'object':
      return objectField(base, resolved);
    case 'array':
      return arrayField(root, base, resolved);
    default:
      return types.length === 1 && types[0] === 'null'
        ? { ...base, kind: 'const', value: null }
        : { ...base, kind: 'json', why: t('Any value is allowed.') };
  }
}

function baseOf(schema: JsonSchema, nullable: boolean): FieldBase {
  return {
    title: text(schema.title),
    description: text(schema.description),
    nullable,
    default: schema.default,
    examples: Array.isArray(schema.examples) ? schema.examples : [],
    deprecated: schema.deprecated === true,
    secret: isSecretSchema(schema),
  };
}

/** The type that the keywords of a schema imply when it names none. */
function impliedType(schema: JsonSchema): string | undefined {
  if (isObject(schema.properties) || isObject(schema.additionalProperties)) return 'object';
  if ('items' in schema || 'prefixItems' in schema) return 'array';
  if ('minLength' in schema || 'maxLength' in schema || 'pattern' in schema || 'format' in schema)
    return 'string';
  if ('minimum' in schema || 'maximum' in schema || 'multipleOf' in schema) return 'number';
  return undefined;
}

function enumField(base: FieldBase, schema: JsonSchema): SchemaField {
  const values: unknown[] = Array.isArray(schema.enum) ? schema.enum : [];
  const nullable = base.nullable || values.includes(null);
  const options = values
    .filter((value) => value !== null)
    .map((value) => ({ value, label: valueLabel(value) }));
  return { ...base, nullable, kind: 'enum', options };
}

function choiceField(
  root: JsonSchema,
  schema: JsonSchema,
  alternatives: unknown[],
  base: FieldBase,
): SchemaField {
  const { oneOf: _one, anyOf: _any, ...outer } = schema;
  const some = alternatives.filter((each) => !isNullSchema(each)).map(schemaOr);
  const nullable = base.nullable || some.length < alternatives.length;

  // `oneOf: [{const, title}…]` is the usual way to label the values of an enum.
  const constants = some.map((each) => resolveSchema(root, each));
  if (some.length > 0 && constants.every((each) => each && 'const' in each)) {
    const options = constants.map((each) => ({
      value: each?.const,
      label: text(each?.title) ?? valueLabel(each?.const),
    }));
    return { ...base, nullable, kind: 'enum', options };
  }
  // Title and description are the choice's own; the branches carry the rest.
  const { title: _t, description: _d, default: _def, ...shared } = outer;
  const [only] = some;
  if (some.length === 1 && only) {
    const inner = fieldOf(root, mergeSchemas(shared, resolveSchema(root, only) ?? only));
    return {
      ...inner,
      title: base.title ?? inner.title,
      description: base.description ?? inner.description,
      default: base.default ?? inner.default,
      nullable: nullable || inner.nullable,
    };
  }
  const options = some.map((each, index) => {
    const resolved = resolveSchema(root, each) ?? each;
    return { title: branchTitle(resolved, index), schema: mergeSchemas(shared, resolved) };
  });
  return { ...base, nullable, kind: 'choice', options };
}

/** A name for a branch: its title, its constant, its required properties, its type, or its number. */
function branchTitle(schema: JsonSchema, index: number): string {
  const title = text(schema.title);
  if (title) return title;
  if (isObject(schema.properties)) {
    for (const property of Object.values(schema.properties)) {
      if (isObject(property) && 'const' in property) return valueLabel(property.const);
    }
    const required = Array.isArray(schema.required) ? schema.required : [];
    if (required.length > 0) return required.join(', ');
  }
  return text(schema.description) ?? text(schema.type) ?? t`Option ${index + 1}`;
}

const stringFormats: Record<string, StringFormat> = {
  date: 'date',
  time: 'time',
  'date-time': 'date-time',
  email: 'email',
  uri: 'uri',
  'uri-reference': 'plain',
  password: 'password',
};

function stringField(base: FieldBase, schema: JsonSchema): SchemaField {
  const maxLength = number(schema.maxLength);
  const named = typeof schema.format === 'string' ? stringFormats[schema.format] : undefined;
  const long =
    schema.format === 'textarea' || schema.contentMediaType !== undefined || (maxLength ?? 0) > 200;
  const format = base.secret ? 'password' : (named ?? (long ? 'multiline' : 'plain'));
  return {
    ...base,
    kind: 'string',
    format,
    minLength: number(schema.minLength),
    maxLength,
    pattern: text(schema.pattern),
  };
}

function objectField(base: FieldBase, schema: JsonSchema): SchemaField {
  const required = new Set(Array.isArray(schema.required) ? schema.required : []);
  const named = isObject(schema.properties) ? Object.entries(schema.properties) : [];
  const properties = named
    .filter(([, property]) => property !== false)
    .map(([name, property]) => ({ name, schema: schemaOr(property), required: required.has(name) }));
  for (const name of required) {
    if (typeof name === 'string' && !properties.some((each) => each.name === name)) {
      properties.push({ name, schema: {}, required: true });
    }
  }
  const extra = schema.additionalProperties;
  const values = isObject(extra) ? extra : extra === true ? {} : null;
  if (properties.length === 0 && values === null && extra !== false) {
    return { ...base, kind: 'json', why: t('Any object is allowed.') };
  }
  return { ...base, kind: 'object', properties, values };
}

function arrayField(root: JsonSchema, base: FieldBase, schema: JsonSchema): SchemaField {
  if (Array.isArray(schema.items) || Array.isArray(schema.prefixItems)) {
    return { ...base, kind: 'json', why: t('A list with a schema for each position.') };
  }
  const items = schemaOr(schema.items);
  return {
    ...base,
    kind: 'array',
    items,
    minItems: number(schema.minItems) ?? 0,
    maxItems: number(schema.maxItems),
    itemTitle: text(resolveSchema(root, items)?.title) ?? 'item',
  };
}
