import { isObject, resolveLocalRef } from '../../../platform/schema-properties.ts';

/** What a schema says about a place inside a value. */
export type SchemaAt =
  /** Nothing, or that anything is allowed. */
  | { known: false }
  /** It lists the properties, and this is not one of them. */
  | { known: true; exists: false; missing: string; others: string[] }
  | { known: true; exists: true; types: string[] | null; secret: boolean };

interface Speaking {
  schema: Record<string, unknown>;
  /** It applies to every value: it is neither one of several branches nor one of many items. */
  sure: boolean;
}

/** Follows names through a schema, into the items of lists as JSONata does. */
export function schemaAt(root: Record<string, unknown>, names: readonly string[]): SchemaAt {
  let speaking = expand([{ schema: root, sure: true }], root);
  let secret = speaking.some(({ schema }) => isSecret(schema));
  for (const name of names) {
    const next = speaking.flatMap(({ schema, sure }) => {
      const properties = isObject(schema.properties) ? schema.properties : {};
      if (!Object.hasOwn(properties, name)) return [];
      const inner = properties[name];
      return [{ schema: isObject(inner) ? inner : {}, sure }];
    });
    if (next.length === 0) {
      const others = speaking.flatMap(({ schema }) =>
        isObject(schema.properties) ? Object.keys(schema.properties) : [],
      );
      if (others.length === 0 || speaking.some(({ schema }) => isOpen(schema)))
        return secret ? { known: true, exists: true, types: null, secret } : { known: false };
      return { known: true, exists: false, missing: name, others: [...new Set(others)] };
    }
    speaking = expand(next, root);
    secret ||= speaking.some(({ schema }) => isSecret(schema));
  }
  return { known: true, exists: true, types: typesOf(speaking), secret };
}

/** Every schema that describes the same place: references, `allOf`, branches and items. */
function expand(start: Speaking[], root: unknown): Speaking[] {
  const found = new Map<object, Speaking>();
  const stack = [...start];
  for (let each = stack.pop(); each !== undefined; each = stack.pop()) {
    const { schema, sure } = each;
    if (found.has(schema)) continue;
    found.set(schema, each);
    const add = (inner: unknown, innerSure: boolean) => {
      if (isObject(inner)) stack.push({ schema: inner, sure: innerSure });
    };
    if (typeof schema.$ref === 'string') add(resolveLocalRef(root, schema.$ref), sure);
    if (Array.isArray(schema.allOf)) for (const inner of schema.allOf) add(inner, sure);
    for (const key of ['anyOf', 'oneOf'])
      if (Array.isArray(schema[key])) for (const inner of schema[key]) add(inner, false);
    for (const key of ['if', 'then', 'else', 'items', 'additionalItems']) add(schema[key], false);
    for (const key of ['items', 'prefixItems'])
      if (Array.isArray(schema[key])) for (const inner of schema[key]) add(inner, false);
    if (isObject(schema.dependentSchemas))
      for (const inner of Object.values(schema.dependentSchemas)) add(inner, false);
  }
  return [...found.values()];
}

function isOpen(schema: Record<string, unknown>): boolean {
  const { additionalProperties: more, patternProperties, $dynamicRef } = schema;
  return more === true || isObject(more) || isObject(patternProperties) || $dynamicRef !== undefined;
}

function isSecret(schema: Record<string, unknown>): boolean {
  return schema.writeOnly === true || schema.format === 'password' || schema['x-secret'] === true;
}

function typesOf(speaking: Speaking[]): string[] | null {
  let types: string[] | null = null;
  for (const { schema, sure } of speaking) {
    const own = sure ? ownTypes(schema) : null;
    if (own) types = types ? types.filter((type) => own.includes(type)) : own;
  }
  return types;
}

function ownTypes({ type, enum: values, const: only }: Record<string, unknown>): string[] | null {
  if (typeof type === 'string') return [type];
  if (Array.isArray(type)) return type.filter((each) => typeof each === 'string');
  if (Array.isArray(values)) return [...new Set(values.map(typeOfValue))];
  return only === undefined ? null : [typeOfValue(only)];
}

function typeOfValue(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  return Number.isInteger(value) ? 'integer' : typeof value;
}
