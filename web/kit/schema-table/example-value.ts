import { isNumber } from '../../../shared/platform/json.ts';
import { resolveRef } from './schema-rows.ts';

type Schema = Record<string, unknown>;

const isSchema = (value: unknown): value is Schema =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A value that fits the schema, for a copied command: the schema's own example, else an empty value of its type. */
export function exampleValue(schema: unknown): unknown {
  return isSchema(schema) ? exampleOf(schema, schema, 0) : null;
}

function exampleOf(root: Schema, reference: unknown, depth: number): unknown {
  if (!isSchema(reference)) return null;
  const schema = resolveRef(root, reference);
  if (Array.isArray(schema.examples) && schema.examples.length > 0) return schema.examples[0];
  for (const key of ['example', 'default', 'const'] as const)
    if (schema[key] !== undefined) return schema[key];
  if (Array.isArray(schema.enum) && schema.enum.length > 0) return schema.enum[0];
  const type = Array.isArray(schema.type) ? schema.type[0] : schema.type;
  switch (type) {
    case 'string':
      return '';
    case 'integer':
    case 'number':
      return isNumber(schema.minimum) ? schema.minimum : 1;
    case 'boolean':
      return false;
    case 'array':
      return [];
    case 'null':
      return null;
    default:
      break;
  }
  if (depth > 5 || !isSchema(schema.properties)) return {};
  const required = Array.isArray(schema.required) ? schema.required : [];
  return Object.fromEntries(
    Object.entries(schema.properties)
      .filter(([name]) => required.includes(name))
      .map(([name, property]) => [name, exampleOf(root, property, depth + 1)]),
  );
}
