import { fileInputSchema } from '../../../shared/artifacts/artifact-schemas.ts';
import { isObject } from '../../../shared/platform/schema-properties.ts';
import { t } from '../../words/words.ts';
import { moveItem } from '../schema-form/json-edit.ts';
import { isSecretSchema, type JsonSchema } from '../schema-form/schema-field.ts';

/**
 * The rows of the property table. The schema is the only document: rows are read from it, and every change makes a new
 * schema that keeps whatever a row does not show.
 */
export const propertyKinds = {
  text: t('Text'),
  integer: t('Whole number'),
  number: t('Number'),
  boolean: t('Yes or no'),
  date: t('Date'),
  'date-time': t('Date and time'),
  email: t('Email'),
  uri: t('URL'),
  choice: t('Choice'),
  list: t('List'),
  object: t('Group of fields'),
  file: t('File'),
  any: t('Any value'),
  json: t('JSON Schema'),
} as const;
export type PropertyKind = keyof typeof propertyKinds;

export interface PropertyRow {
  name: string;
  schema: JsonSchema;
  kind: PropertyKind;
  required: boolean;
  nullable: boolean;
  secret: boolean;
}

const composing = [
  '$ref',
  'oneOf',
  'anyOf',
  'allOf',
  'not',
  'if',
  'const',
  'patternProperties',
  'propertyNames',
  'prefixItems',
  'dependentSchemas',
  'dependencies',
];
const textKinds = ['date', 'date-time', 'email', 'uri'] as const;

const typesOf = (schema: JsonSchema): unknown[] =>
  Array.isArray(schema.type) ? schema.type : schema.type === undefined ? [] : [schema.type];
const isNullable = (schema: JsonSchema) => Array.isArray(schema.type) && schema.type.includes('null');

/** How a row shows a schema; `json` when it is too complex for a row. */
export function kindOf(schema: JsonSchema): PropertyKind {
  if (composing.some((keyword) => keyword in schema)) return 'json';
  if (schema['x-file'] === true) return 'file';
  const types = typesOf(schema).filter((type) => type !== 'null');
  if (types.length > 1) return 'json';
  const [type] = types;
  if (Array.isArray(schema.enum)) {
    const plain = schema.enum.every(
      (value) => typeof value === 'string' || (value === null && isNullable(schema)),
    );
    return plain && (type === undefined || type === 'string') ? 'choice' : 'json';
  }
  switch (type) {
    case 'string':
      return textKinds.find((kind) => kind === schema.format) ?? 'text';
    case 'integer':
    case 'number':
    case 'boolean':
      return type;
    case 'object':
      return isObject(schema.additionalProperties) ? 'json' : 'object';
    case 'array':
      return schema.items === undefined || isObject(schema.items) ? 'list' : 'json';
    case undefined:
      return Object.keys(schema).some((key) => !annotations.has(key)) ? 'json' : 'any';
    default:
      return 'json';
  }
}

/** Keywords that do not limit the values; they survive a change of kind. */
const annotations = new Set([
  'title',
  'description',
  'default',
  'examples',
  'writeOnly',
  'readOnly',
  'deprecated',
  'x-secret',
  'x-pii',
]);

/** The rows of a schema; null when a table cannot show it. */
export function rowsOf(schema: unknown): PropertyRow[] | null {
  if (!isObject(schema) || composing.some((keyword) => keyword in schema)) return null;
  const [type, ...others] = typesOf(schema);
  if (others.length > 0 || (type !== undefined && type !== 'object')) return null;
  if (schema.properties !== undefined && !isObject(schema.properties)) return null;
  if (schema.additionalProperties !== undefined && typeof schema.additionalProperties !== 'boolean')
    return null;
  const required = requiredOf(schema);
  const entries = Object.entries(schema.properties ?? {});
  // Required, but not among the properties: only the JSON shows that.
  if (required.some((name) => !entries.some(([each]) => each === name))) return null;
  const rows: PropertyRow[] = [];
  for (const [name, property] of entries) {
    if (!isObject(property)) return null;
    rows.push({
      name,
      schema: property,
      kind: kindOf(property),
      required: required.includes(name),
      nullable: isNullable(property),
      secret: isSecretSchema(property),
    });
  }
  return rows;
}

const requiredOf = (schema: JsonSchema): string[] =>
  Array.isArray(schema.required) ? schema.required.filter((name) => typeof name === 'string') : [];
const propertiesOf = (schema: JsonSchema): [string, unknown][] =>
  isObject(schema.properties) ? Object.entries(schema.properties) : [];

function withProperties(schema: JsonSchema, entries: readonly (readonly [string, unknown])[]): JsonSchema {
  return { ...schema, type: schema.type ?? 'object', properties: Object.fromEntries(entries) };
}

function withRequired(schema: JsonSchema, required: string[]): JsonSchema {
  const { required: _before, ...rest } = schema;
  // In its old position where it has one, so that a diff shows no move.
  if (required.length === 0) return rest;
  return 'required' in schema ? { ...schema, required } : { ...rest, required };
}

/** Adds a text property under a free name. */
export function addProperty(schema: JsonSchema): { schema: JsonSchema; name: string } {
  const used = new Set(propertiesOf(schema).map(([name]) => name));
  let name = 'field';
  for (let count = 2; used.has(name); count += 1) name = `field${count}`;
  return { name, schema: withProperties(schema, [...propertiesOf(schema), [name, { type: 'string' }]]) };
}

export function removeProperty(schema: JsonSchema, name: string): JsonSchema {
  const rest = propertiesOf(schema).filter(([each]) => each !== name);
  return withRequired(
    withProperties(schema, rest),
    requiredOf(schema).filter((each) => each !== name),
  );
}

/** Why a property cannot have this name; null when it can. */
export function nameProblem(schema: JsonSchema, from: string, to: string): string | null {
  if (to === '') return t('Enter a name.');
  if (/[{}]/.test(to)) return t('A name cannot contain braces.');
  return to !== from && propertiesOf(schema).some(([name]) => name === to)
    ? t`The name “${to}” is already used.`
    : null;
}

/** Renames in place, in `required` as well. The same schema when the name is already used or empty. */
export function renameProperty(schema: JsonSchema, from: string, to: string): JsonSchema {
  if (nameProblem(schema, from, to) || from === to) return schema;
  const entries = propertiesOf(schema).map(([name, each]) => [name === from ? to : name, each] as const);
  return withRequired(
    withProperties(schema, entries),
    requiredOf(schema).map((name) => (name === from ? to : name)),
  );
}

export function moveProperty(schema: JsonSchema, name: string, by: -1 | 1): JsonSchema {
  const entries = propertiesOf(schema);
  const index = entries.findIndex(([each]) => each === name);
  return index < 0 ? schema : withProperties(schema, moveItem(entries, index, by));
}

export function setRequired(schema: JsonSchema, name: string, required: boolean): JsonSchema {
  const others = requiredOf(schema).filter((each) => each !== name);
  if (!required) return withRequired(schema, others);
  // In the order of the properties, so that clearing it and setting it again changes nothing.
  const wanted = new Set([...others, name]);
  const ordered = propertiesOf(schema).flatMap(([each]) => (wanted.has(each) ? [each] : []));
  return withRequired(schema, ordered);
}

/** Replaces one property's schema. */
export function setProperty(schema: JsonSchema, name: string, property: unknown): JsonSchema {
  return withProperties(
    schema,
    propertiesOf(schema).map(([each, before]) => [each, each === name ? property : before] as const),
  );
}

/** Sets one keyword; `undefined`, an empty text and an empty list remove it. */
export function setKeyword(schema: JsonSchema, keyword: string, value: unknown): JsonSchema {
  const { [keyword]: _before, ...rest } = schema;
  const empty = value === undefined || value === '' || (Array.isArray(value) && value.length === 0);
  return empty ? rest : keyword in schema ? { ...schema, [keyword]: value } : { ...rest, [keyword]: value };
}

const startOf: Record<PropertyKind, JsonSchema> = {
  text: { type: 'string' },
  integer: { type: 'integer' },
  number: { type: 'number' },
  boolean: { type: 'boolean' },
  date: { type: 'string', format: 'date' },
  'date-time': { type: 'string', format: 'date-time' },
  email: { type: 'string', format: 'email' },
  uri: { type: 'string', format: 'uri' },
  choice: { type: 'string', enum: ['first', 'second'] },
  list: { type: 'array', items: { type: 'string' } },
  object: { type: 'object', properties: {} },
  file: fileInputSchema,
  any: {},
  json: {},
};

/** The property as another kind: keeps what describes it, drops the limits of the old kind. */
export function setKind(schema: JsonSchema, kind: PropertyKind): JsonSchema {
  if (kind === 'json' || kind === kindOf(schema)) return schema;
  const kept = Object.entries(schema).filter(
    ([key]) => annotations.has(key) && key !== 'default' && key !== 'examples',
  );
  const bounds =
    isNumeric(kind) && isNumeric(kindOf(schema)) ? ['minimum', 'maximum', 'exclusiveMinimum'] : [];
  const carried = Object.entries(schema).filter(([key]) => bounds.includes(key));
  const next = { ...startOf[kind], ...Object.fromEntries([...carried, ...kept]) };
  return isNullable(schema) ? setNullable(next, true) : next;
}
const isNumeric = (kind: PropertyKind) => kind === 'integer' || kind === 'number';

/** Marks a property as secret (`writeOnly`), or removes every such mark. */
export function setSecret(schema: JsonSchema, secret: boolean): JsonSchema {
  if (secret) return { ...schema, writeOnly: true };
  const { writeOnly: _w, 'x-secret': _x, ...rest } = schema;
  return rest.format === 'password' ? setKeyword(rest, 'format', undefined) : rest;
}

export function setNullable(schema: JsonSchema, nullable: boolean): JsonSchema {
  const types = typesOf(schema).filter((type) => type !== 'null');
  const [type] = types;
  if (type === undefined) return schema;
  const next: JsonSchema = { ...schema, type: nullable ? [type, 'null'] : type };
  if (Array.isArray(schema.enum)) {
    const values = schema.enum.filter((value) => value !== null);
    next.enum = nullable ? [...values, null] : values;
  }
  return next;
}
