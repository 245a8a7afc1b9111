import { pointerSteps } from './json-pointer.ts';
import { isObject, resolveLocalRef } from './schema-properties.ts';

/** More schemas of one place than that say no more. */
const mostSchemas = 50;

/** What people call the value at a path: its title, or `items[0].amount`. */
export const fieldWords = (schema: unknown, path: string): string => titleAt(schema, path) ?? labelOf(path);

/** `/items/0/amount` as `items[0].amount`. */
export function labelOf(path: string): string {
  if (path === '') return 'The value';
  return pointerSteps(path).reduce((label, step) => {
    if (/^\d+$/.test(step)) return `${label}[${step}]`;
    return label === '' ? step : `${label}.${step}`;
  }, '');
}

/** The title that a schema gives the value at a path: what people know its field by. Undefined: it gives none. */
function titleAt(root: unknown, path: string): string | undefined {
  let schemas = expand([root], root);
  for (const step of pointerSteps(path))
    schemas = expand(
      schemas.flatMap((schema) => inside(schema, step)),
      root,
    );
  for (const { title } of schemas) if (typeof title === 'string' && title.trim() !== '') return title.trim();
  return undefined;
}

/** The schemas of a property or an item. */
function inside(schema: Record<string, unknown>, step: string): unknown[] {
  const { properties, items, prefixItems, additionalProperties } = schema;
  if (isObject(properties) && Object.hasOwn(properties, step)) return [properties[step]];
  if (/^\d+$/.test(step)) {
    const list = Array.isArray(prefixItems) ? prefixItems : items;
    const item = Array.isArray(list) ? list[Number(step)] : list;
    if (isObject(item)) return [item];
  }
  // The title of a table's values is not that of one of them.
  return isObject(additionalProperties) ? [{ ...additionalProperties, title: undefined }] : [];
}

/** With the schemas that count for the same value. */
function expand(schemas: readonly unknown[], root: unknown): Record<string, unknown>[] {
  const found = new Set<Record<string, unknown>>();
  const visit = (schema: unknown): void => {
    if (!isObject(schema) || found.has(schema) || found.size >= mostSchemas) return;
    found.add(schema);
    if (typeof schema.$ref === 'string') visit(resolveLocalRef(root, schema.$ref));
    for (const key of ['allOf', 'anyOf', 'oneOf'])
      if (Array.isArray(schema[key])) for (const branch of schema[key]) visit(branch);
    for (const key of ['then', 'else']) visit(schema[key]);
  };
  for (const schema of schemas) visit(schema);
  return [...found];
}
