import type { Json } from '../../shared/platform/json-text.ts';
import { redactionMark } from '../../shared/platform/redaction/redaction.ts';
import { BudgetError } from '../../shared/platform/server/isolates/isolated.ts';
import { redactLarge } from '../../shared/platform/server/redact-large.ts';

export interface RedactedResponse {
  /** As it may be stored and shown. */
  value: Json;
  /** The known secrets, and those that the schema marks in the response. */
  secrets: string[];
}

/** A response without its secrets; one that takes too long to redact is replaced as a whole. */
export async function redactResponse(
  value: Json,
  schema: unknown,
  known: readonly string[],
  tenantId: string,
): Promise<RedactedResponse> {
  try {
    return await redactLarge(value, schema, known, tenantId, true);
  } catch (error) {
    if (!(error instanceof BudgetError)) throw error;
    return { value: redactionMark, secrets: [...known] };
  }
}
