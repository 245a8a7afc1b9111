import { createHash } from 'node:crypto';
import type { ValidateFunction } from 'ajv';
import { LRUCache } from 'lru-cache';
import { InterlockError, type Issue } from '../../error-codes.ts';
import { errorMessage } from '../../error-message.ts';
import { fitNumbers } from '../../fit-numbers.ts';
import { copyJson, type JsonValue } from '../../json.ts';
import { type Json, jsonValue } from '../../json-text.ts';
import { createAjv, draftOf, fuelKeywordName, refuel } from './ajv-instance.ts';
import { schemaProblems } from './check-schema.ts';
import { withDoubles } from './exact-keywords.ts';
import { checkStorable } from './storable.ts';
import { subschemas } from './subschemas.ts';
import { unjudgedKeywords } from './unjudged.ts';
import { toIssues } from './validation-issues.ts';

// Validation on the thread that asks for it: for small work, and inside isolates. Everyone else uses `json-schema.ts`.

/** A compiled schema. */
export interface CompiledSchema {
  /**
   * Located problems of a value; none when it is valid, null when the check takes more than `steps`.
   * @param steps references that may be followed
   */
  validate(value: unknown, steps?: number): Issue[] | null;
}

type Schema = Record<string, unknown>;

const byContent = new LRUCache<string, CompiledSchema>({ max: 1000 });
const byIdentity = new WeakMap<Schema, CompiledSchema>();

/**
 * Compiles a schema of draft-07 (the default) or 2020-12 (by `$schema`). The result is cached by content; patterns run
 * in linear time.
 * @throws InterlockError `invalid_definition` with located issues for a schema that `checkSchema` refuses.
 */
export function compileSchema(schema: Schema): CompiledSchema {
  const known = byIdentity.get(schema);
  if (known) return known;
  const key = createHash('sha256').update(JSON.stringify(schema)).digest('base64');
  const compiled = byContent.get(key) ?? compile(schema);
  byContent.set(key, compiled);
  byIdentity.set(schema, compiled);
  return compiled;
}

/** Located problems of a schema; `basePath` is its own place in the definition (`/inputSchema`). */
export function checkSchemaHere(schema: unknown, basePath = ''): Issue[] {
  const problems = schemaProblems(schema, basePath);
  if (problems.length > 0) return problems;
  try {
    compileChecked(schema as Schema);
    return unjudgedKeywords(subschemas(schema, basePath), draftOf(schema as Schema) ?? 'draft-07');
  } catch (error) {
    return [{ path: basePath, message: `Invalid JSON Schema: ${errorMessage(error)}`, keyword: 'schema' }];
  }
}

/** Located problems of a value under a schema. */
export function validateHere(schema: Schema, value: unknown): Issue[] {
  return compileSchema(schema).validate(value) ?? [tooManySteps];
}

/**
 * The same in an isolate, which can tell of a schema that is not valid but cannot throw.
 * @param storable whether the value must be storable too
 */
export function validateInIsolate(
  schema: Schema,
  sent: Json,
  storable: boolean,
): { issues: Issue[] } | { invalid: Issue[] } {
  try {
    const value = jsonValue(sent);
    const unstorable = storable ? checkStorable(value) : [];
    if (unstorable.length > 0) return { issues: unstorable };
    return { issues: validateHere(schema, value) };
  } catch (error) {
    if (error instanceof InterlockError) return { invalid: error.issues ?? [] };
    throw error;
  }
}

const tooManySteps: Issue = {
  path: '',
  message: 'The value could not be checked: its schema needs too many steps',
  keyword: 'schema',
};

export function invalidSchema(issues: Issue[]): InterlockError {
  return new InterlockError('invalid_definition', 'Invalid JSON Schema', { issues });
}

function compile(schema: Schema): CompiledSchema {
  const issues = schemaProblems(schema, '');
  if (issues.length > 0) throw invalidSchema(issues);
  const validate = compileChecked(schema);
  return { validate: (value, steps) => run(validate, schema, value, steps) };
}

function compileChecked(schema: Schema): ValidateFunction<JsonValue> {
  return createAjv(draftOf(schema) ?? 'draft-07').compile<JsonValue>(withFuel(schema));
}

function run(
  validate: ValidateFunction<JsonValue>,
  schema: Schema,
  value: unknown,
  steps?: number,
): Issue[] | null {
  refuel(steps);
  try {
    return withDoubles(value as JsonValue, (doubles) =>
      validate(doubles) ? [] : toIssues(validate.errors ?? [], schema),
    );
  } catch (error) {
    // Out of fuel, or references that never reach the value: the value may be invalid.
    if (error instanceof RangeError) return null;
    throw error;
  }
}

/** A copy in which each followed reference costs fuel. */
function withFuel(schema: Schema): Schema {
  const copy = copyJson(fitNumbers(schema));
  for (const { schema: inner } of subschemas(copy, '')) {
    if ('$ref' in inner || '$dynamicRef' in inner) inner[fuelKeywordName] = true;
  }
  return copy;
}
