import type { Issue } from '../../error-codes.ts';
import { copyJson, isScalar, type JsonObject, type JsonValue } from '../../json.ts';
import { pointer } from '../../json-pointer.ts';
import { validateAgainst } from '../json-schema.ts';
import { subschemas } from './subschemas.ts';

/** A place whose value is unknown: the types it may have (null: any), or `text` for text that holds expressions. */
export type Hole = { types: string[] | null } | 'text';

/**
 * Problems of an input that remain whatever values its holes get. Paths are those of the input.
 * @param holes by JSON Pointer
 */
export async function inputIssues(
  schema: Record<string, unknown>,
  input: JsonValue,
  holes: ReadonlyMap<string, Hole>,
  tenantId: string,
): Promise<Issue[]> {
  if (holes.size === 0) return validateAgainst(schema, input, tenantId);
  const lenient = lenientSchema(schema);
  const rounds = Math.max(...[...holes.values()].map((hole) => samplesOf(hole).length));
  const found = await Promise.all(
    Array.from({ length: rounds }, async (_, round) =>
      withoutHoleIssues(await validateAgainst(lenient, fill(input, holes, '', round), tenantId), holes),
    ),
  );
  // A hole of several types is a problem only when every type is.
  return found[0]!.filter((issue) => found.every((others) => others.some((other) => isSame(issue, other))));
}

const isSame = (a: Issue, b: Issue): boolean => a.path === b.path && a.message === b.message;

const samples: Record<string, JsonValue> = {
  string: '',
  number: 1,
  integer: 1,
  boolean: true,
  object: {},
  array: [],
};

function samplesOf(hole: Hole): JsonValue[] {
  if (hole === 'text') return [''];
  // An expression that gives null leaves its property out.
  const types = (hole.types ?? []).filter((type) => type in samples);
  return types.length === 0 ? [''] : types.map((type) => samples[type]!);
}

function fill(value: JsonValue, holes: ReadonlyMap<string, Hole>, path: string, round: number): JsonValue {
  const hole = holes.get(path);
  if (hole) {
    const values = samplesOf(hole);
    return values[round % values.length]!;
  }
  if (Array.isArray(value)) return value.map((item, index) => fill(item, holes, pointer(path, index), round));
  if (isScalar(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, fill(item, holes, pointer(path, key), round)]),
  ) as JsonObject;
}

/** The issues that no hole can have caused. */
function withoutHoleIssues(issues: Issue[], holes: ReadonlyMap<string, Hole>): Issue[] {
  const places = [...holes.keys()];
  const holds = (path: string) => places.some((place) => isInside(place, path));
  const undecided = issues
    .filter(({ keyword, path }) => (keyword === 'anyOf' || keyword === 'oneOf') && holds(path))
    .map(({ path }) => path);
  return issues.filter(({ path, keyword }) => {
    if (undecided.some((branch) => isInside(path, branch))) return false;
    const place = places.find((each) => isInside(path, each));
    if (place !== undefined) {
      const hole = holes.get(place)!;
      return keyword === 'type' && path === place && (hole === 'text' || knowsTypes(hole.types));
    }
    return !(['enum', 'const', 'maxProperties'].includes(keyword) && holds(path));
  });
}

const knowsTypes = (types: string[] | null): boolean => types?.some((type) => type in samples) ?? false;

const isInside = (path: string, outer: string): boolean => path === outer || path.startsWith(`${outer}/`);

const leftOut = [
  'if',
  'then',
  'else',
  'not',
  'contains',
  'minContains',
  'maxContains',
  'uniqueItems',
  'dependencies',
  'dependentSchemas',
  'dependentRequired',
  'unevaluatedProperties',
  'unevaluatedItems',
];
const lenientSchemas = new WeakMap<object, Record<string, unknown>>();

/** The schema without the keywords that need the whole value. */
function lenientSchema(schema: Record<string, unknown>): Record<string, unknown> {
  const known = lenientSchemas.get(schema);
  if (known) return known;
  const copy = copyJson(schema);
  for (const { schema: inner } of subschemas(copy, '')) for (const key of leftOut) delete inner[key];
  lenientSchemas.set(schema, copy);
  return copy;
}
