import { InterlockError } from '../error-codes.ts';
import type { JsonValue } from '../json.ts';
import { type Redacted, redact } from '../redaction/redact.ts';
import { BudgetError, isolated } from './isolates/isolated.ts';
import { sizeOf } from './json-schema/weight.ts';

const cpuMs = 1000;
/** In units of `sizeOf`: a text of 64 kB, or 4,000 values. */
const smallSize = 4096;

const redactThere = isolated(redactHere, import.meta.url);

/**
 * A value without its secrets: a small one is redacted here, a large one in an isolate.
 * @throws BudgetError
 */
export async function redactLarge(
  value: JsonValue,
  schema: unknown,
  known: readonly string[],
  tenantId: string,
): Promise<Redacted> {
  if (sizeOf(value, smallSize) + known.length <= smallSize) return redact(value, schema, known);
  const budget = { cpuMs, maxBytes: Number.POSITIVE_INFINITY, tenantId };
  const { clean, secrets } = await redactThere(budget, value, schema ?? null, known);
  return clean === undefined ? { value, secrets, changed: false } : { value: clean, secrets, changed: true };
}

/** The same for what someone sends. @throws InterlockError `invalid_input` */
export async function redactSent(...work: Parameters<typeof redactLarge>): Promise<Redacted> {
  try {
    return await redactLarge(...work);
  } catch (error) {
    if (!(error instanceof BudgetError)) throw error;
    throw new InterlockError('invalid_input', 'The input takes too long to redact. Nothing was sent.', {
      issues: [{ path: '', message: 'takes too long to redact', keyword: 'secret' }],
    });
  }
}

/** What has not changed is not sent back. */
export function redactHere(
  value: JsonValue,
  schema: unknown,
  known: readonly string[],
): { clean?: JsonValue; secrets: string[] } {
  const { value: clean, secrets, changed } = redact(value, schema, known);
  return changed ? { clean, secrets } : { secrets };
}
