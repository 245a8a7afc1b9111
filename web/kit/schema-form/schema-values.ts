import { isMultipleOf } from '../../../shared/platform/exact-number.ts';
import { copyJson, isNumber } from '../../../shared/platform/json.ts';
import { pointer as pointerTo } from '../../../shared/platform/json-pointer.ts';
import { isObject } from '../../../shared/platform/schema-properties.ts';
import { sameJson } from './json-edit.ts';
import { fieldOf, isSecretSchema, type JsonSchema, resolveSchema } from './schema-field.ts';

/** The first value of a field: defaults and constants; undefined where there are none. */
export function initialValue(root: JsonSchema, schema: JsonSchema, depth = 0): unknown {
  const field = fieldOf(root, schema);
  if (field.default !== undefined) return copyJson(field.default);
  if (depth > 6) return undefined;
  switch (field.kind) {
    case 'const':
      return copyJson(field.value);
    case 'object': {
      const entries = field.properties
        .map(({ name, schema: property, required }) => {
          const value = initialValue(root, property, depth + 1);
          // An optional object is included only when it has content.
          return required || !isObject(value) || Object.keys(value).length > 0
            ? [name, value]
            : [name, undefined];
        })
        .filter(([, value]) => value !== undefined);
      return Object.fromEntries(entries);
    }
    case 'array':
      return field.minItems > 0
        ? Array.from({ length: field.minItems }, () => emptyItem(root, field.items, depth))
        : undefined;
    case 'choice': {
      const [first] = field.options;
      return first ? initialValue(root, first.schema, depth + 1) : undefined;
    }
    default:
      return undefined;
  }
}

/** The first value of a new array element; there always is one, because an array has no holes. */
export function emptyItem(root: JsonSchema, schema: JsonSchema, depth = 0): unknown {
  const initial = initialValue(root, schema, depth + 1);
  if (initial !== undefined) return initial;
  const field = fieldOf(root, schema);
  switch (field.kind) {
    case 'string':
      return '';
    case 'boolean':
      return false;
    case 'object':
      return {};
    case 'array':
      return [];
    case 'enum':
      return field.options[0]?.value ?? null;
    default:
      return null;
  }
}

const typeOf = (value: unknown) =>
  value === null
    ? 'null'
    : Array.isArray(value)
      ? 'array'
      : isNumber(value)
        ? 'number'
        : typeof value === 'object'
          ? 'object'
          : typeof value;

/** How well a value fits a branch: constants and names score, a wrong type rules it out. */
function fitness(root: JsonSchema, schema: JsonSchema, value: unknown): number {
  const resolved = resolveSchema(root, schema);
  if (!resolved) return 0;
  if ('const' in resolved) return sameJson(resolved.const, value) ? 8 : -100;
  if (Array.isArray(resolved.enum)) return resolved.enum.some((each) => sameJson(each, value)) ? 6 : -100;
  const types = Array.isArray(resolved.type) ? resolved.type : resolved.type ? [resolved.type] : [];
  const actual = typeOf(value);
  const typed =
    types.length === 0 ||
    types.includes(actual) ||
    (types.includes('integer') && isNumber(value) && isMultipleOf(value, 1));
  if (!typed) return -100;
  let score = types.length > 0 ? 1 : 0;
  if (!isObject(value)) return score;
  const properties = isObject(resolved.properties) ? resolved.properties : {};
  for (const [name, property] of Object.entries(properties)) {
    if (!isObject(property) || !Object.hasOwn(value, name)) continue;
    const inner = fitness(root, property, value[name]);
    // A different constant means another branch; any other issue may be a value that is still being typed.
    score += inner < 0 ? ('const' in property ? -50 : 0) : 1 + inner;
  }
  for (const name of Array.isArray(resolved.required) ? resolved.required : []) {
    if (!Object.hasOwn(value, String(name))) score -= 1;
  }
  if (resolved.additionalProperties === false) {
    score -= 3 * Object.keys(value).filter((name) => !Object.hasOwn(properties, name)).length;
  }
  return score;
}

/** Could a value, perhaps incomplete, belong to this branch? */
export const fits = (root: JsonSchema, schema: JsonSchema, value: unknown): boolean =>
  value === undefined || value === null || fitness(root, schema, value) > -40;

/** The index of the branch that fits a value best; the first when several fit equally. */
export function branchOf(
  root: JsonSchema,
  branches: readonly { schema: JsonSchema }[],
  value: unknown,
): number {
  if (value === undefined) return 0;
  let best = 0;
  let bestScore = Number.NEGATIVE_INFINITY;
  branches.forEach((branch, index) => {
    const score = fitness(root, branch.schema, value);
    if (score > bestScore) {
      best = index;
      bestScore = score;
    }
  });
  return best;
}

/** What remains of a value when its branch changes: the properties that the new branch has too. */
export function carryOver(root: JsonSchema, schema: JsonSchema, value: unknown): unknown {
  const start = initialValue(root, schema) ?? emptyItem(root, schema);
  const resolved = resolveSchema(root, schema);
  if (!isObject(value) || !isObject(start) || !isObject(resolved?.properties)) return start;
  const kept = Object.entries(resolved.properties).flatMap(([name, property]) =>
    Object.hasOwn(value, name) && isObject(property) && fitness(root, property, value[name]) >= 0
      ? [[name, value[name]] as const]
      : [],
  );
  return { ...start, ...Object.fromEntries(kept) };
}

/**
 * The value without its secret parts, for the browser's storage. A mark in any branch counts, and parts whose schema is
 * not available are left out: keeping too little is safe.
 */
export function withoutSecrets(root: JsonSchema, schema: JsonSchema, value: unknown, depth = 0): unknown {
  const views = viewsOf(root, schema);
  if (!views || depth > 32 || views.some(isSecretSchema)) return undefined;
  if (isObject(value)) {
    const entries = Object.entries(value).map(([name, each]) => {
      const places = views.flatMap((view) => propertySchemas(view, name));
      return [name, passing(root, places, each, depth)] as const;
    });
    return Object.fromEntries(entries.filter(([, each]) => each !== undefined));
  }
  if (Array.isArray(value)) {
    const items = views.flatMap((view) =>
      [view.items, view.prefixItems, view.additionalItems, view.contains].flat().filter(isObject),
    );
    return value.map((each) => passing(root, items, each, depth) ?? null);
  }
  return value;
}

/** What remains of a value after every schema that may apply to it. */
function passing(root: JsonSchema, schemas: readonly JsonSchema[], value: unknown, depth: number): unknown {
  return schemas.reduce<unknown>(
    (kept, schema) => (kept === undefined ? undefined : withoutSecrets(root, schema, kept, depth + 1)),
    value,
  );
}

/** A schema and all its branches; null when one is not available. */
function viewsOf(root: JsonSchema, schema: JsonSchema, depth = 0): JsonSchema[] | null {
  const resolved = resolveSchema(root, schema);
  if (!resolved || depth > 8) return null;
  const branches = [
    resolved.oneOf,
    resolved.anyOf,
    resolved.if,
    resolved.then,
    resolved.else,
    ...(isObject(resolved.dependentSchemas) ? Object.values(resolved.dependentSchemas) : []),
    ...(isObject(resolved.dependencies) ? Object.values(resolved.dependencies) : []),
  ].flat();
  const views = [resolved];
  for (const branch of branches.filter(isObject)) {
    const inner = viewsOf(root, branch, depth + 1);
    if (!inner) return null;
    views.push(...inner);
  }
  return views;
}

/** Every schema that may apply to a property. A pattern applies to every name. */
function propertySchemas(schema: JsonSchema, name: string): JsonSchema[] {
  const named = isObject(schema.properties) ? schema.properties[name] : undefined;
  const patterns = isObject(schema.patternProperties) ? Object.values(schema.patternProperties) : [];
  return [named ?? schema.additionalProperties, schema.unevaluatedProperties, ...patterns].filter(isObject);
}

/** The pointers of every secret place that a schema names, for messages ("enter these again"). */
export function secretPointers(root: JsonSchema, schema: JsonSchema, pointer = '', depth = 0): string[] {
  const resolved = resolveSchema(root, schema);
  if (!resolved || depth > 8) return [];
  if (isSecretSchema(resolved)) return [pointer];
  if (!isObject(resolved.properties)) return [];
  return Object.entries(resolved.properties).flatMap(([name, property]) =>
    isObject(property) ? secretPointers(root, property, pointerTo(pointer, name), depth + 1) : [],
  );
}
