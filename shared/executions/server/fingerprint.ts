import { canonicalJson } from '../../platform/canonical-json.ts';
import { InterlockError, type Issue } from '../../platform/error-codes.ts';
import type { JsonValue } from '../../platform/json.ts';
import { type Json, JsonText, jsonValue } from '../../platform/json-text.ts';
import { BudgetError, isolated } from '../../platform/server/isolates/isolated.ts';
import { checkStorable } from '../../platform/server/json-schema/storable.ts';
import { CanonicalJson } from '../../platform/server/keyed-digest.ts';
import { carried } from '../../platform/server/redact-large.ts';
import type { ExecutionContext } from './execution-context.ts';

const cpuMs = 1000;

const canonicalThere = isolated(storableCanonical, import.meta.url);

/**
 * What an Idempotency-Key is bound to: the tool and the payload, whose keys may have any order.
 * @throws InterlockError `invalid_input` for values that PostgreSQL cannot store
 */
export async function fingerprintOf(
  { digest }: Pick<ExecutionContext, 'digest'>,
  { toolId, payload, tenantId }: { toolId: string; payload: JsonValue; tenantId: string },
): Promise<string> {
  const { issues, canonical } = await canonicalOf(carried(payload), tenantId);
  if (issues.length > 0)
    throw new InterlockError('invalid_input', 'The payload cannot be stored.', { issues });
  // As the canonical JSON of a list of both.
  return digest('idempotency', new CanonicalJson(`[${canonicalJson(toolId)},${canonical.text}]`));
}

/** Of a large payload it is made in an isolate. */
async function canonicalOf(payload: Json, tenantId: string): Promise<StorableCanonical> {
  if (!(payload instanceof JsonText)) return storableCanonical(payload);
  try {
    return await canonicalThere({ cpuMs, maxBytes: Number.POSITIVE_INFINITY, tenantId }, payload);
  } catch (error) {
    if (!(error instanceof BudgetError)) throw error;
    const message = 'takes too long to read';
    throw new InterlockError('invalid_input', 'The payload takes too long to read. Nothing was sent.', {
      issues: [{ path: '', message, keyword: 'storable' }],
    });
  }
}

interface StorableCanonical {
  issues: Issue[];
  canonical: JsonText;
}

export function storableCanonical(payload: Json): StorableCanonical {
  const value = jsonValue(payload);
  const issues = checkStorable(value);
  return { issues, canonical: new JsonText(issues.length > 0 ? 'null' : canonicalJson(value)) };
}
