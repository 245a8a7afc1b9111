import { isObject } from '../../../shared/platform/schema-properties.ts';
import { type Json, list, object, resolve } from './documented-operations.ts';

/**
 * How a value differs from what a schema of an OpenAPI document says: names that it does not have, required ones that are
 * missing, other types, values that are not in an `enum`. Where there are alternatives, of the one that fits best.
 */
export function schemaProblems(root: Json, schema: unknown, value: unknown, at = '', depth = 0): string[] {
  if (depth > 30) return [];
  const whole = merged(root, schema);
  const alternatives = [...list(whole.oneOf), ...list(whole.anyOf)];
  if (alternatives.length > 0) {
    const { oneOf: _one, anyOf: _any, ...rest } = whole;
    return alternatives
      .map((each) => schemaProblems(root, { allOf: [rest, each] }, value, at, depth + 1))
      .reduce((best, next) => (next.length < best.length ? next : best));
  }
  if (Array.isArray(value)) {
    if (hasType(whole, ['object', 'string', 'number', 'integer', 'boolean']))
      return [`${at}: a list is sent`];
    return value.flatMap((item, index) =>
      schemaProblems(root, whole.items, item, `${at}/${index}`, depth + 1),
    );
  }
  if (isObject(value)) return objectProblems(root, whole, value, at, depth);
  if (hasType(whole, ['object', 'array'])) return [`${at}: ${JSON.stringify(value)} is sent`];
  const allowed = list(whole.enum);
  if (allowed.length > 0 && !allowed.map(String).includes(String(value)))
    return [`${at}: ${JSON.stringify(value)} is none of ${allowed.slice(0, 8).join(', ')}`];
  const isText = typeof value === 'string';
  if (isText ? hasType(whole, ['number', 'integer', 'boolean']) : hasType(whole, ['string']))
    return [`${at}: ${JSON.stringify(value)} is no ${String(whole.type)}`];
  return [];
}

function objectProblems(root: Json, schema: Json, value: Json, at: string, depth: number): string[] {
  if (hasType(schema, ['array', 'string', 'number', 'integer', 'boolean']))
    return [`${at}: an object is sent`];
  const properties = object(schema.properties);
  const others = schema.additionalProperties;
  const isClosed = Object.keys(properties).length > 0 && (others === undefined || others === false);
  const required = list(schema.required).map(String);
  const missing = required.filter(
    (name) =>
      // What a service adds by itself.
      !name.startsWith('@odata.') &&
      !Object.hasOwn(value, name) &&
      object(resolve(root, properties[name])).readOnly !== true,
  );
  return [
    ...missing.map((name) => `${at}/${name}: required, not sent`),
    ...Object.entries(value).flatMap(([name, inner]) => {
      if (Object.hasOwn(properties, name))
        return schemaProblems(root, properties[name], inner, `${at}/${name}`, depth + 1);
      if (isClosed && !required.includes(name)) return [`${at}/${name}: not documented`];
      return schemaProblems(root, others, inner, `${at}/${name}`, depth + 1);
    }),
  ];
}

/** Of a type that is said, and is one of these alone. */
const hasType = (schema: Json, types: readonly string[]): boolean => {
  const said = [schema.type].flat().filter((type) => type !== 'null' && type !== undefined);
  return said.length > 0 && said.every((type) => types.includes(String(type)));
};

/** A schema with its `$ref` and `allOf` folded in. */
function merged(root: Json, schema: unknown, depth = 0): Json {
  const { allOf, ...own } = object(resolve(root, schema));
  if (allOf === undefined || depth > 10) return own;
  const parts = [own, ...list(allOf).map((part) => merged(root, part, depth + 1))];
  // Of several sets of alternatives the first is compared; of the others, the names are known.
  const others = parts
    .map(alternativesOf)
    .filter((each) => each.length > 0)
    .slice(1);
  const known = others.flat().map((each) => merged(root, each, depth + 1));
  return {
    ...Object.assign({}, ...parts.toReversed()),
    properties: Object.assign({}, ...[...known, ...parts].map(({ properties }) => object(properties))),
    required: parts.flatMap(({ required }) => list(required)),
  };
}

const alternativesOf = (schema: Json): unknown[] => [...list(schema.oneOf), ...list(schema.anyOf)];
