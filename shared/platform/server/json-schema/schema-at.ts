import { isObject, resolveLocalRef } from '../../schema-properties.ts';

/** What a schema defines about a place inside a value. */
export type SchemaAt =
  /** Nothing, or that anything is allowed. */
  | { known: false }
  /** It lists the properties, and this is not one of them. */
  | { known: true; exists: false; missing: string; others: string[] }
  | { known: true; exists: true; types: string[] | null; secret: boolean };

interface Applicable {
  schema: Record<string, unknown>;
  /** For every value: it is neither one of several branches nor one of many items. */
  always: boolean;
}

/** Follows names through a schema, into the items of lists as JSONata does. */
export function schemaAt(root: Record<string, unknown>, names: readonly string[]): SchemaAt {
  let applicable = expand([{ schema: root, always: true }], root);
  let secret = applicable.some(({ schema }) => isSecret(schema));
  for (const name of names) {
    const next = applicable.flatMap(({ schema, always }) => {
      const properties = isObject(schema.properties) ? schema.properties : {};
      if (!Object.hasOwn(properties, name)) return [];
      const inner = properties[name];
      return [{ schema: isObject(inner) ? inner : {}, always }];
    });
    if (next.length === 0) {
      const others = applicable.flatMap(({ schema }) =>
        isObject(schema.properties) ? Object.keys(schema.properties) : [],
      );
      if (others.length === 0 || applicable.some(({ schema }) => isOpen(schema)))
        return secret ? { known: true, exists: true, types: null, secret } : { known: false };
      return { known: true, exists: false, missing: name, others: [...new Set(others)] };
    }
    applicable = expand(next, root);
    secret ||= applicable.some(({ schema }) => isSecret(schema));
  }
  return { known: true, exists: true, types: typesOf(applicable), secret };
}

/** Every schema that describes the same place: references, `allOf`, branches and items. */
function expand(start: Applicable[], root: unknown): Applicable[] {
  const found = new Map<object, Applicable>();
  const stack = [...start];
  for (let each = stack.pop(); each !== undefined; each = stack.pop()) {
    const { schema, always } = each;
    if (found.has(schema)) continue;
    found.set(schema, each);
    const add = (inner: unknown, innerAlways: boolean) => {
      if (isObject(inner)) stack.push({ schema: inner, always: innerAlways });
    };
    if (typeof schema.$ref === 'string') add(resolveLocalRef(root, schema.$ref), always);
    if (Array.isArray(schema.allOf)) for (const inner of schema.allOf) add(inner, always);
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

function typesOf(applicable: Applicable[]): string[] | null {
  let types: string[] | null = null;
  for (const { schema, always } of applicable) {
    const own = always ? ownTypes(schema) : null;
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
