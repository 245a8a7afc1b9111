import { redactItems } from '../../platform/redaction/redact-parts.ts';
import type { SecretRedactor } from '../../platform/redaction/redaction.ts';
import { redactionMark } from '../../platform/redaction/redaction-mark.ts';
import type { SentResponse } from '../execution-schemas.ts';

const maxHeaders = 50;
const longestValue = 2048;

/** Headers that carry a secret of their own, whatever their value. */
const secretNames = /auth|cookie|token(?!s)|secret|session|api-?key|password|credential/i;

/** Status and headers of a response as they are stored: without secrets, at most 50 headers of 2 kB. With what the call printed. */
export function shownResponse(
  status: number,
  headers: Record<string, string | string[] | undefined>,
  redactor: SecretRedactor,
  log?: readonly string[],
): SentResponse {
  const shown = Object.entries(headers)
    .slice(0, maxHeaders)
    .map(([name, value = '']): [string, string] => [
      redactor.text(name),
      secretNames.test(name) ? redactionMark : shownValue([value].flat().join(', '), redactor),
    ]);
  const lines = log && redactItems(redactor, [...log]).map((line) => String(line).replaceAll('\0', ''));
  return { status, headers: Object.fromEntries(shown), ...(lines && { log: lines }) };
}

/** @param value its bytes, read as Latin-1; the provider may have meant UTF-8 */
function shownValue(value: string, redactor: SecretRedactor): string {
  const redacted = redactor.text(value);
  const decoded = Buffer.from(value, 'latin1').toString('utf8');
  const hidden = decoded !== value && redactor.text(decoded) !== decoded;
  return hidden ? redactionMark : redacted.slice(0, longestValue).replaceAll('\0', '');
}
