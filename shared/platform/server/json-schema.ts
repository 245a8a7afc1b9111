import type { Issue } from '../error-codes.ts';
import type { JsonValue } from '../json.ts';
import { type Json, JsonText } from '../json-text.ts';
import { BudgetError, isolated } from './isolates/isolated.ts';
import { checkStorable } from './json-schema/storable.ts';
import * as here from './json-schema/validate-here.ts';
import { sizeOf, weightOf } from './json-schema/weight.ts';

export { checkStorable, makeStorable } from './json-schema/storable.ts';

const module = new URL('./json-schema/validate-here.ts', import.meta.url).href;
const validateThere = isolated(here.validateInIsolate, module);
const checkThere = isolated(here.checkSchemaHere, module);

const cpuMs = 1000;
/** Compiling a heavier schema takes more than 20 ms. */
const maxWeight = 300;
/** Weight × size that is checked here: 20 ms at most, and some microseconds for a usual payload. */
const maxWork = 30_000;

/**
 * Located problems of a value under a schema of draft-07 (the default) or 2020-12 (by `$schema`); at most 100. Patterns run
 * in linear time. Small work is done here; everything else, and every `JsonText`, in an isolate with a second of CPU time.
 * @throws InterlockError `invalid_definition` with located issues for a schema that `checkSchema` refuses
 */
export async function validateAgainst(
  schema: Record<string, unknown>,
  value: unknown,
  tenantId = '',
): Promise<Issue[]> {
  const weight = weightOf(schema);
  const room = maxWork / weight;
  if (!(value instanceof JsonText) && weight <= maxWeight && sizeOf(value, room) <= room) {
    const issues = here.compileSchema(schema).validate(value, room);
    if (issues) return issues;
  }
  return validateElsewhere(schema, value as JsonValue, tenantId, false);
}

/** The same for what someone sends: it must be storable as well, see `checkStorable`. */
export async function validateSent(
  schema: Record<string, unknown>,
  sent: Json,
  tenantId: string,
): Promise<Issue[]> {
  if (sent instanceof JsonText) return validateElsewhere(schema, sent, tenantId, true);
  const unstorable = checkStorable(sent);
  return unstorable.length > 0 ? unstorable : validateAgainst(schema, sent, tenantId);
}

async function validateElsewhere(
  schema: Record<string, unknown>,
  value: Json,
  tenantId: string,
  storable: boolean,
): Promise<Issue[]> {
  try {
    const found = await validateThere({ cpuMs, tenantId }, schema, value, storable);
    if ('invalid' in found) throw here.invalidSchema(found.invalid);
    return found.issues;
  } catch (error) {
    if (!(error instanceof BudgetError)) throw error;
    const message = 'The value takes too long to check against its schema';
    return [{ path: '', message, keyword: 'schema' }];
  }
}

/** Located problems of a schema; `basePath` is its own place in the definition (`/inputSchema`). */
export async function checkSchema(schema: unknown, basePath = '', tenantId = ''): Promise<Issue[]> {
  try {
    return await checkThere({ cpuMs, tenantId }, schema, basePath);
  } catch (error) {
    if (!(error instanceof BudgetError)) throw error;
    return [{ path: basePath, message: 'The schema takes too long to check', keyword: 'schema' }];
  }
}
