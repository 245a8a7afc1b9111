import { isObject, resolveLocalRef } from '../../shared/platform/schema-properties.ts';

/** A JSON Schema that clients of the Model Context Protocol read. */
export type OfferedSchema = { type: 'object' } & Record<string, unknown>;

/** Of one schema. What is beyond them is offered without saying more. */
const limits = { parts: 3_000, depth: 24 };

/** Where a keyword holds one schema, a list of them, or one for each name. */
const single = ['additionalProperties', 'contains', 'else', 'if', 'not', 'propertyNames', 'then'];
const lists = ['allOf', 'anyOf', 'oneOf', 'prefixItems'];
const maps = ['patternProperties', 'properties'];
/** Dialects differ in these, or they only help to find other parts. */
const dropped = new Set([
  '$anchor',
  '$comment',
  '$defs',
  '$dynamicAnchor',
  '$dynamicRef',
  '$id',
  '$recursiveAnchor',
  '$recursiveRef',
  '$ref',
  '$schema',
  '$vocabulary',
  'additionalItems',
  'definitions',
  'dependencies',
  'dependentSchemas',
  'unevaluatedItems',
  'unevaluatedProperties',
]);
/** Of an output: clients compile it, and some refuse the whole list for a pattern or a format that they do not know. */
const kept = new Set([
  'allOf',
  'anyOf',
  'description',
  'items',
  'oneOf',
  'properties',
  'required',
  'title',
  'type',
]);

/**
 * The schema of an input, such as every client reads it: without references, dialects and marks of ours, and with an object
 * at its root. It describes; the execution checks with the schema of the tool.
 */
export function offeredInput(schema: Record<string, unknown>): OfferedSchema {
  const root = rootOf(copyOf(schema, 'input'));
  return takesObject(schema)
    ? root
    : { type: 'object', properties: { input: copyOf(schema, 'input') }, required: ['input'] };
}

/** The input of a tool as its caller wrote the arguments: those of a tool that takes no object hold it as `input`. */
export const inputOf = (schema: Record<string, unknown>, sent: Record<string, unknown>): unknown =>
  takesObject(schema) ? sent : sent.input;

/** The same of an output; null when it is not an object. */
export function offeredOutput(schema: Record<string, unknown>): OfferedSchema | null {
  return takesObject(schema) ? rootOf(copyOf(schema, 'output')) : null;
}

/** A part of an output as its readers see it. */
export const offeredPart = (schema: Record<string, unknown>): Record<string, unknown> =>
  copyOf(schema, 'output');

function takesObject(schema: Record<string, unknown>): boolean {
  const { type } = typeof schema.$ref === 'string' ? copyOf(schema, 'output') : schema;
  return type === undefined || [type].flat().includes('object');
}

/** An object with the properties of all branches: clients refuse a root that is a choice. */
function rootOf(copied: Record<string, unknown>): OfferedSchema {
  const { allOf, anyOf, oneOf, if: _if, then, else: otherwise, not: _not, enum: _enum, ...own } = copied;
  const all = [own, ...branchesOf(allOf)];
  const some = [...branchesOf(anyOf), ...branchesOf(oneOf), ...branchesOf([then, otherwise])];
  const properties: Record<string, unknown> = Object.create(null);
  for (const { properties: inside } of [...all, ...some].flatMap(withBranches))
    if (isObject(inside)) for (const [name, part] of Object.entries(inside)) properties[name] ??= part;
  const required = [...new Set(all.flatMap(({ required }) => (Array.isArray(required) ? required : [])))];
  for (const name of required) properties[name] ??= {};
  const { additionalProperties, properties: _properties, required: _required, ...rest } = own;
  // A branch may have properties that the root does not allow by itself.
  const closes = additionalProperties !== undefined && all.length === 1 && some.length === 0;
  return {
    ...rest,
    type: 'object',
    properties: { ...properties },
    ...(required.length > 0 && { required }),
    ...(closes && { additionalProperties }),
  };
}

const branchesOf = (branches: unknown): Record<string, unknown>[] =>
  Array.isArray(branches) ? branches.filter(isObject) : [];

/** A branch and those inside it. Copies are not deep, and refer to nothing. */
function withBranches(branch: Record<string, unknown>): Record<string, unknown>[] {
  const inside = [branch.allOf, branch.anyOf, branch.oneOf, [branch.then, branch.else]].flatMap(branchesOf);
  return [branch, ...inside.flatMap(withBranches)];
}

function copyOf(root: Record<string, unknown>, as: 'input' | 'output'): Record<string, unknown> {
  let parts = 0;

  const keeps = (keyword: string) =>
    as === 'output' ? kept.has(keyword) : !dropped.has(keyword) && !keyword.startsWith('x-');

  /** @param within what is being copied around it: a schema inside itself says no more */
  function copy(schema: unknown, within: readonly unknown[]): Record<string, unknown> {
    parts += 1;
    if (schema === false) return { not: {} };
    if (!isObject(schema) || within.includes(schema)) return {};
    if (parts > limits.parts || within.length >= limits.depth) return {};
    const inside = [...within, schema];
    const copied: Record<string, unknown> = {};
    if (typeof schema.$ref === 'string')
      Object.assign(copied, copy(resolveLocalRef(root, schema.$ref), inside));
    for (const [keyword, value] of Object.entries(schema)) {
      if (!keeps(keyword)) continue;
      if (keyword === 'items') Object.assign(copied, itemsOf(schema, inside));
      else if (single.includes(keyword))
        copied[keyword] = typeof value === 'boolean' ? value : copy(value, inside);
      else if (lists.includes(keyword))
        copied[keyword] = Array.isArray(value) ? value.map((each) => copy(each, inside)) : [];
      else if (maps.includes(keyword)) copied[keyword] = eachOf(value, inside);
      else copied[keyword] = value;
    }
    if (as === 'output' && Array.isArray(copied.oneOf)) {
      // Without patterns and formats, more than one of them may fit.
      copied.anyOf ??= copied.oneOf;
      delete copied.oneOf;
    }
    return copied;
  }

  const eachOf = (schemas: unknown, inside: readonly unknown[]) =>
    Object.fromEntries(
      Object.entries(isObject(schemas) ? schemas : {}).map(([name, part]) => [name, copy(part, inside)]),
    );

  /** A list of schemas for the first items is written in two ways; clients know the newer one. */
  function itemsOf({ items, additionalItems }: Record<string, unknown>, inside: readonly unknown[]): object {
    if (!Array.isArray(items)) return { items: copy(items, inside) };
    if (as === 'output') return {};
    return {
      prefixItems: items.map((each) => copy(each, inside)),
      ...(additionalItems !== undefined && { items: copy(additionalItems, inside) }),
    };
  }

  return copy(root, []);
}
