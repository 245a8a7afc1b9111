import type { JsonValue } from '../json.ts';
import { redactionMark } from './redaction-mark.ts';
import { redactPatterns } from './redaction-patterns.ts';
import { createSecretFinder } from './secret-finder.ts';
import { longestKey } from './secret-keys.ts';

export { redactionMark } from './redaction-mark.ts';
export { redactBySchema } from './redaction-schema.ts';

export interface SecretRedactor {
  text(text: string): string;
  /** Keys and values; returns the same object when nothing was found. */
  json<T extends JsonValue>(value: T): JsonValue;
}

/** Shorter secrets would match ordinary text: they are replaced only where they are a whole value. */
const minLength = 4;

/** What one redactor searches for. Beyond it, everything is redacted. */
export const secretLimits = { count: 1_000, characters: 262_144 };

/** Whether these are more secrets than a redactor searches for. */
export function areTooMany(secrets: readonly string[]): boolean {
  const distinct = new Set(secrets);
  if (distinct.size > secretLimits.count) return true;
  let characters = 0;
  for (const { length } of distinct) characters += Math.min(length, longestKey);
  return characters > secretLimits.characters;
}

/**
 * Replaces every occurrence of the given secrets in every encoding (raw, base64 at any alignment, percent-, JSON-
 * and HTML-escaped, hexadecimal; as UTF-8, as Latin-1 and as one taken for the other), and every text that looks like a
 * known kind of secret. A text that is base64 as a whole is searched decoded too. A redactor is for one call: all its
 * texts share one budget, and a text beyond it is redacted as a whole.
 */
export function createSecretRedactor(secrets: readonly string[]): SecretRedactor {
  if (areTooMany(secrets)) return { text: () => redactionMark, json: () => redactionMark };
  const all = [...new Set(secrets.flatMap((secret) => [secret, secret.trim()]))].filter(
    (each) => each !== '',
  );
  const whole = new Set(all.filter((secret) => secret.length < minLength));
  const long = all.filter((secret) => secret.length >= minLength);
  const finder = long.length === 0 ? null : createSecretFinder(long);

  const text = (original: string): string => {
    if (whole.has(original)) return redactionMark;
    if (!finder) return redactPatterns(original, redactionMark);
    const redacted = finder.redact(original);
    if (redacted === original) {
      const bytes = decodedBase64(original);
      if (bytes !== null && finder.redact(bytes) !== bytes) return redactionMark;
    }
    return redactPatterns(redacted, redactionMark);
  };
  const json = (value: JsonValue): JsonValue => {
    if (typeof value === 'string') return text(value);
    if (typeof value === 'number') {
      const digits = String(value);
      return text(digits) === digits ? value : redactionMark;
    }
    if (value === null || typeof value !== 'object') return value;
    if (Array.isArray(value)) {
      const items = value.map(json);
      return items.some((item, index) => item !== value[index]) ? items : value;
    }
    let changed = false;
    const entries = Object.entries(value).map(([key, item]): [string, JsonValue] => {
      const entry: [string, JsonValue] = [text(key), json(item)];
      changed ||= entry[0] !== key || entry[1] !== item;
      return entry;
    });
    return changed ? Object.fromEntries(entries) : value;
  };
  return { text, json };
}

/** The bytes of a text that is base64 as a whole, such as a file, one character each; null for any other text. */
function decodedBase64(text: string): string | null {
  const compact = /[\r\n]/.test(text) ? text.replace(/\r?\n/g, '') : text;
  if (compact.length < 16 || compact.length % 4 !== 0) return null;
  const bare = compact.replace(/={1,2}$/, '');
  if (/[^\w+/-]/.test(bare)) return null;
  return atob(bare.replaceAll('-', '+').replaceAll('_', '/'));
}
