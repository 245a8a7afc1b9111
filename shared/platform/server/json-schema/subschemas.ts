import { pointer } from '../../json-pointer.ts';
import { isObject, resolveLocalRef } from '../../schema-properties.ts';

/** Keywords whose value is a schema, a list of schemas, or schemas by name. */
const one = [
  'additionalItems',
  'additionalProperties',
  'contains',
  'contentSchema',
  'else',
  'if',
  'items',
  'not',
  'propertyNames',
  'then',
  'unevaluatedItems',
  'unevaluatedProperties',
];
const list = ['allOf', 'anyOf', 'items', 'oneOf', 'prefixItems'];
const named = ['$defs', 'definitions', 'dependencies', 'dependentSchemas', 'patternProperties', 'properties'];

export interface Subschema {
  schema: Record<string, unknown>;
  path: string;
}

/**
 * The schema and every schema inside it, each once, with its place. Targets of local `$ref`s are included wherever they
 * are. Data inside `const`, `enum` and `default` is skipped.
 */
export function subschemas(root: unknown, basePath: string): Subschema[] {
  const found = new Map<object, Subschema>();
  const visit = (schema: unknown, path: string): void => {
    if (!isObject(schema) || found.has(schema)) return;
    found.set(schema, { schema, path });
    for (const [inner, innerPath] of children(schema, path)) visit(inner, innerPath);
    for (const key of ['$ref', '$dynamicRef']) {
      const ref = schema[key];
      if (typeof ref === 'string') visit(resolveLocalRef(root, ref), `${basePath}${ref.replace(/^#/, '')}`);
    }
  };
  visit(root, basePath);
  return [...found.values()];
}

function* children(schema: Record<string, unknown>, path: string): Generator<[unknown, string]> {
  for (const key of one) yield [schema[key], pointer(path, key)];
  for (const key of list) {
    const inner = schema[key];
    if (Array.isArray(inner))
      for (const [index, each] of inner.entries()) yield [each, pointer(path, key, index)];
  }
  for (const key of named) {
    const inner = schema[key];
    if (isObject(inner))
      for (const [name, each] of Object.entries(inner)) yield [each, pointer(path, key, name)];
  }
}
