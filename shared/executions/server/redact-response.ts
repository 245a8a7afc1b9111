import type { Json } from '../../platform/json-text.ts';
import { redactionMark } from '../../platform/redaction/redaction.ts';
import { BudgetError } from '../../platform/server/isolates/isolated.ts';
import { knowing, type PiiRules } from '../../platform/server/pii-rules.ts';
import { redactLarge } from '../../platform/server/redact-large.ts';

export interface RedactedResponse {
  /** As it may be stored and shown. */
  value: Json;
  /** The known secrets, and those that the schema marks in the response. */
  secrets: string[];
  /** With what is known by now. */
  pii: PiiRules | null;
}

/**
 * A response without its secrets, and without the personal data that the tenant does not want stored; one that takes too
 * long to redact is replaced as a whole.
 * @param streamed whether its lists hold what came one after the other
 */
export async function redactResponse(
  value: Json,
  schema: unknown,
  known: readonly string[],
  tenantId: string,
  pii: PiiRules | null,
  streamed: boolean,
): Promise<RedactedResponse> {
  try {
    const redacted = await redactLarge(value, schema, known, tenantId, pii, { storable: true, streamed });
    return { ...redacted, pii: knowing(pii, redacted.pii) };
  } catch (error) {
    if (!(error instanceof BudgetError)) throw error;
    return { value: redactionMark, secrets: [...known], pii };
  }
}
