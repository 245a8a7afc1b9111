import type { JsonValue } from '../../shared/platform/json.ts';
import {
  createSecretRedactor,
  redactBySchema,
  redactionMark,
} from '../../shared/platform/redaction/redaction.ts';
import { BudgetError, isolated } from '../../shared/platform/server/isolates/isolated.ts';
import { makeStorable } from '../../shared/platform/server/json-schema/storable.ts';
import { sizeOf } from '../../shared/platform/server/json-schema/weight.ts';

export interface RedactedResponse {
  /** As it may be stored and shown. */
  value: JsonValue;
  /** The known secrets, and those that the schema marks in the response. */
  secrets: string[];
}

const cpuMs = 1000;
/** In units of `sizeOf`: a text of 64 kB, or 4,000 values. */
const smallSize = 4096;

const redactThere = isolated(redactHere, import.meta.url);

/** A response without its secrets: a small one is redacted here, a large one in an isolate, or replaced as a whole. */
export async function redactResponse(
  value: JsonValue,
  schema: unknown,
  known: readonly string[],
  tenantId: string,
): Promise<RedactedResponse> {
  if (sizeOf(value, smallSize) + known.length <= smallSize) return redactHere(value, schema, known);
  try {
    const budget = { cpuMs, maxBytes: Number.POSITIVE_INFINITY, tenantId };
    return await redactThere(budget, value, schema ?? null, known);
  } catch (error) {
    if (!(error instanceof BudgetError)) throw error;
    return { value: redactionMark, secrets: [...known] };
  }
}

export function redactHere(value: JsonValue, schema: unknown, known: readonly string[]): RedactedResponse {
  const marked = redactBySchema(value, schema);
  const secrets = [...known, ...marked.secrets];
  return { value: makeStorable(createSecretRedactor(secrets).json(marked.value)), secrets };
}
