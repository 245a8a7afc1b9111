import { createHmac } from 'node:crypto';
import type { PiiChoices } from '../redaction/pii/pii-kinds.ts';
import { createPiiRedactor, type PiiKnowledge, type PiiRedactor } from '../redaction/pii/pii-redactor.ts';

/** What a tenant wants done with personal data, as plain data: it travels to isolates. */
export interface PiiRules {
  choices: PiiChoices;
  /** Of the tenant's hashes, in hex. */
  key: string;
  /** Only values that a schema marks: nothing is looked for in texts. */
  marksOnly?: true;
  /** What is known of it from the call so far. */
  known?: PiiKnowledge;
}

/** The rules for what follows a redaction that has found this. */
export function knowing(rules: PiiRules | null, known: PiiKnowledge | null): PiiRules | null {
  return rules && known ? { ...rules, known } : rules;
}

/** For one call. */
export function piiRedactor(rules: PiiRules): PiiRedactor;
export function piiRedactor(rules: PiiRules | null): PiiRedactor | null;
export function piiRedactor(rules: PiiRules | null): PiiRedactor | null {
  if (!rules) return null;
  const key = Buffer.from(rules.key, 'hex');
  return createPiiRedactor(
    rules.choices,
    (text) => lettersOf(createHmac('sha256', key).update(text).digest()),
    { before: rules.known, detects: !rules.marksOnly },
  );
}

/** 80 bits: two values of a tenant with one hash are not to be expected. In letters, which no detector finds. */
function lettersOf(digest: Buffer): string {
  let letters = '';
  for (const byte of digest.subarray(0, 10))
    letters += String.fromCharCode(97 + (byte >> 4), 97 + (byte & 15));
  return letters;
}
