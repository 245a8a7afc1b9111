import { InterlockError } from '../error-codes.ts';
import type { JsonValue } from '../json.ts';
import { areTooMany, createSecretRedactor, redactBySchema, secretLimits } from './redaction.ts';

export interface Redacted {
  value: JsonValue;
  /** Every clear value that was searched for. */
  secrets: string[];
  changed: boolean;
}

/**
 * A value as it may be stored and shown: without what its schema marks as secret, and without the known secrets,
 * wherever they are. Plain data in and out, so that it can run in another process.
 */
export function redact(value: JsonValue, schema: unknown, known: readonly string[]): Redacted {
  const marked = redactBySchema(value, schema);
  const secrets = [...known, ...marked.secrets];
  const clean = createSecretRedactor(secrets).json(marked.value);
  // Both return the same value when they found nothing.
  return { value: clean, secrets, changed: clean !== value };
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
