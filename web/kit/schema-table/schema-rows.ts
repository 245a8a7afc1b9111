import { t } from '../../words/words.ts';
import { formatList } from '../format.ts';

type Schema = Record<string, unknown>;

/** One property of a JSON Schema, in words. */
export interface SchemaRow {
  /** A JSON Pointer into values of the schema; unique in the table. */
  path: string;
  name: string;
  depth: number;
  type: string;
  required: boolean;
  secret: boolean;
  description: string;
  /** "at least 1", "one of EUR, USD", "default 10" */
  rules: string[];
}

const isSchema = (value: unknown): value is Schema =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const maxDepth = 8;

/** Follows local `$ref`s; returns any other schema unchanged. */
export function resolveRef(root: Schema, schema: Schema): Schema {
  let current = schema;
  for (let hops = 0; typeof current.$ref === 'string' && hops < 16; hops++) {
    if (!current.$ref.startsWith('#')) return current;
    let target: unknown = root;
    for (const part of current.$ref.slice(1).split('/').filter(Boolean)) {
      const key = decodeURIComponent(part).replaceAll('~1', '/').replaceAll('~0', '~');
      target = isSchema(target) ? target[key] : undefined;
    }
    if (!isSchema(target)) return current;
    current = target;
  }
  return current;
}

const show = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

function typeOf(root: Schema, schema: Schema): string {
  if (typeof schema.type === 'string') {
    if (schema.type === 'array') {
      const items = isSchema(schema.items) ? typeOf(root, resolveRef(root, schema.items)) : '';
      return items ? t`array of ${items}` : 'array';
    }
    return schema.type;
  }
  if (Array.isArray(schema.type)) return formatList(schema.type.map(String), 'disjunction');
  for (const keyword of ['oneOf', 'anyOf'] as const) {
    const options = schema[keyword];
    if (Array.isArray(options)) {
      return [...new Set(options.filter(isSchema).map((each) => typeOf(root, resolveRef(root, each))))].join(
        ' or ',
      );
    }
  }
  if ('properties' in schema) return 'object';
  if ('enum' in schema || 'const' in schema) return 'value';
  return 'any';
}

function rulesOf(schema: Schema): string[] {
  const rules: string[] = [];
  const rule = (key: string, words: (value: string) => string) => {
    if (schema[key] !== undefined) rules.push(words(show(schema[key])));
  };
  rule('const', (value) => t`always ${value}`);
  if (Array.isArray(schema.enum)) rules.push(t`one of ${schema.enum.map(show).join(', ')}`);
  rule('format', (value) => value);
  rule('minimum', (value) => t`at least ${value}`);
  rule('exclusiveMinimum', (value) => t`more than ${value}`);
  rule('maximum', (value) => t`at most ${value}`);
  rule('exclusiveMaximum', (value) => t`less than ${value}`);
  rule('multipleOf', (value) => t`a multiple of ${value}`);
  rule('minLength', (value) => t`${value} characters or more`);
  rule('maxLength', (value) => t`${value} characters or fewer`);
  rule('minItems', (value) => t`${value} items or more`);
  rule('maxItems', (value) => t`${value} items or fewer`);
  if (schema.uniqueItems === true) rules.push(t('no duplicates'));
  rule('pattern', (value) => t`matches ${value}`);
  rule('default', (value) => t`default ${value}`);
  return rules;
}

const isSecret = (schema: Schema) =>
  schema.writeOnly === true || schema.format === 'password' || schema['x-secret'] === true;

/** All properties of an object schema. Nested properties follow their parent. */
export function schemaRows(schema: unknown): SchemaRow[] {
  if (!isSchema(schema)) return [];
  const rows: SchemaRow[] = [];
  const visit = (holder: Schema, path: string, depth: number) => {
    const object = resolveRef(schema, holder);
    const properties = isSchema(object.properties) ? object.properties : {};
    const required = Array.isArray(object.required) ? object.required : [];
    for (const [name, value] of Object.entries(properties)) {
      if (!isSchema(value)) continue;
      const property = resolveRef(schema, value);
      const at = `${path}/${name}`;
      rows.push({
        path: at,
        name,
        depth,
        type: typeOf(schema, property),
        required: required.includes(name),
        secret: isSecret(property) || isSecret(value),
        description: String(value.description ?? property.description ?? value.title ?? property.title ?? ''),
        rules: rulesOf(property),
      });
      if (depth >= maxDepth) continue;
      visit(property, at, depth + 1);
      if (isSchema(property.items)) visit(property.items, `${at}/0`, depth + 1);
    }
  };
  visit(schema, '', 0);
  return rows;
}
