import { InterlockError } from '../error-codes.ts';
import type { JsonValue } from '../json.ts';
import type { PiiKnowledge, PiiRedactor } from './pii/pii-redactor.ts';
import { redactParts } from './redact-parts.ts';
import { areTooMany, createSecretRedactor, redactBySchema, secretLimits } from './redaction.ts';

export interface Redacted {
  value: JsonValue;
  /** Every clear value that was searched for. */
  secrets: string[];
  /** Of personal data; null where the tenant has chosen nothing. */
  pii: PiiKnowledge | null;
  changed: boolean;
}

/**
 * A value as it may be stored and shown: without what its schema marks as secret, and without the known secrets,
 * wherever they are; with `pii` also without personal data.
 * @param streamed whether its lists hold what came one after the other
 */
export function redact(
  value: JsonValue,
  schema: unknown,
  known: readonly string[],
  pii: PiiRedactor | null = null,
  streamed = false,
): Redacted {
  const marked = redactBySchema(value, schema, pii);
  const secrets = [...known, ...marked.secrets];
  const redactor = createSecretRedactor(secrets, pii);
  const clean = streamed ? redactParts(redactor, marked.value) : redactor.json(marked.value);
  // Both return the same value when they found nothing.
  return { value: clean, secrets, pii: pii?.known() ?? null, changed: clean !== value };
}

/**
 * Refuses an input with more secrets than redaction searches for: its redacted form would be empty.
 * @throws InterlockError `invalid_input`
 */
export function checkSecretCount(secrets: readonly string[]): void {
  if (!areTooMany(secrets)) return;
  const { count, characters } = secretLimits;
  const message = `has more than ${count} secret values, or more than ${characters} characters of them`;
  throw new InterlockError('invalid_input', 'The input has too many secret values. Nothing was sent.', {
    issues: [{ path: '', message, keyword: 'secret' }],
  });
}
