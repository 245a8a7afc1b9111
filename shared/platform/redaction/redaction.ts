import { numberText } from '../exact-number.ts';
import { isNumber, isScalar, type JsonValue, mapInner } from '../json.ts';
import type { PiiRedactor } from './pii/pii-redactor.ts';
import { isMark, redactionMark } from './redaction-mark.ts';
import { openPatternFrom, openPrivateKeyFrom, redactPatterns } from './redaction-patterns.ts';
import { createSecretFinder, type SecretFinder } from './secret-finder.ts';
import { longestKey } from './secret-keys.ts';

export { redactionMark } from './redaction-mark.ts';
export { redactBySchema } from './redaction-schema.ts';

export interface SecretRedactor {
  text(text: string): string;
  /** Keys and values; returns the same object when nothing was found. */
  json<T extends JsonValue>(value: T): JsonValue;
  /**
   * Where something begins that may be redacted otherwise when more text follows; the length of the text where nothing
   * does. `secretsOnly`: only the given secrets count.
   */
  openFrom(text: string, secretsOnly?: boolean): number;
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
 * known kind of secret. Base64 is searched decoded too. A redactor is for one call: all its
 * texts share one budget, and a text beyond it is redacted as a whole.
 * @param pii what the tenant wants done with personal data; what is secret is replaced before, and wins
 */
export function createSecretRedactor(
  secrets: readonly string[],
  pii: PiiRedactor | null = null,
): SecretRedactor {
  if (areTooMany(secrets)) return { text: () => redactionMark, json: () => redactionMark, openFrom: () => 0 };
  const all = [...new Set(secrets.flatMap((secret) => [secret, secret.trim()]))].filter(
    (each) => each !== '',
  );
  const whole = new Set(all.filter((secret) => secret.length < minLength));
  const long = all.filter((secret) => secret.length >= minLength);
  const finder = long.length === 0 ? null : createSecretFinder(long);

  const known = pii?.known().values ?? [];
  const personal = known.length === 0 ? null : createSecretFinder(known);

  const withoutSecrets = (original: string): string => {
    if (whole.has(original)) return redactionMark;
    if (!finder) return redactPatterns(original, redactionMark);
    return redactPatterns(redactInBase64(finder, finder.redact(original)), redactionMark);
  };
  const text = (original: string): string => {
    const clean = withoutSecrets(original);
    if (!pii) return clean;
    const detected = pii.text(clean);
    return personal ? redactInBase64(personal, personal.redact(detected)) : detected;
  };
  const json = (value: JsonValue): JsonValue => {
    if (typeof value === 'string') return text(value);
    if (isNumber(value)) {
      const digits = numberText(value);
      const redacted = text(digits);
      if (redacted === digits) return value;
      return isMark(redacted) ? redacted : redactionMark;
    }
    return isScalar(value) ? value : mapInner(value, text, json);
  };
  const openFrom = (text: string, secretsOnly = false): number => {
    const secret = finder?.openFrom(text) ?? text.length;
    const known = personal ? Math.min(secret, personal.openFrom(text)) : secret;
    if (secretsOnly) return known;
    // A secret behind a private key may take its end along: the key is then looked for without the secrets.
    const begin = finder === null ? -1 : text.indexOf('-----BEGIN ');
    if (finder && begin >= 0) {
      const clean = redactInBase64(finder, finder.redact(text));
      if (openPrivateKeyFrom(clean) < clean.length) return begin;
    }
    const read = pii ? Math.max(0, text.length - longestPii) : text.length;
    return Math.min(known, openPatternFrom(text), openBase64From(text), wordStart(text, read));
  };
  return { text, json, openFrom };
}

/** What a detector of personal data reads at most, with what is before and behind it. */
const longestPii = 400;

/** The place of the white space before. */
function wordStart(text: string, before: number): number {
  if (before >= text.length) return text.length;
  let at = before;
  while (at > 0 && !/\s/.test(text[at - 1]!)) at -= 1;
  return at;
}

/** Where base64 in lines begins that may go on behind the end of the text. Its last line is a word: others hold it back. */
function openBase64From(text: string): number {
  let open = text.length;
  let end = text.length;
  while (end > 0 && isBase64(text.charCodeAt(end - 1))) end -= 1;
  for (;;) {
    if (text[end - 1] === '\n') end -= 1;
    else if (end < text.length || text[end - 1] !== '\r') return open;
    if (text[end - 1] === '\r') end -= 1;
    let begin = end;
    while (begin > 0 && isBase64(text.charCodeAt(begin - 1))) begin -= 1;
    if (begin === end) return open;
    if (end - begin >= 16) open = begin;
    end = begin;
  }
}

/** Base64 in a text, also in lines as in MIME. */
const base64Run = /(?<![\w+/-])[\w+/-]{16}[\w+/-]*(?:\r?\n[\w+/-]+)*={0,2}/g;

/**
 * Redacts base64 that holds a secret in another encoding, such as JSON in a token, or a file. Where the bytes of the secret
 * themselves are in it, the finder has replaced them already.
 */
function redactInBase64(finder: SecretFinder, text: string): string {
  if (!hasBase64Run(text)) return text;
  return text.replace(base64Run, (run) => {
    const compact = run
      .replace(/[\r\n=]/g, '')
      .replaceAll('-', '+')
      .replaceAll('_', '/');
    const bytes = atob(compact.slice(0, compact.length - (compact.length % 4 === 1 ? 1 : 0)));
    return finder.redact(bytes) === bytes ? run : redactionMark;
  });
}

/** Whether 16 characters of base64 follow each other: words are shorter, so most texts need no more than this. */
function hasBase64Run(text: string): boolean {
  let last = 15;
  while (last < text.length) {
    let at = last;
    while (at > last - 16 && isBase64(text.charCodeAt(at))) at -= 1;
    if (at === last - 16) return true;
    last = at + 16;
  }
  return false;
}

function isBase64(code: number): boolean {
  return (
    (code >= 0x61 && code <= 0x7a) ||
    (code >= 0x41 && code <= 0x5a) ||
    (code >= 0x2f && code <= 0x39) ||
    code === 0x2b ||
    code === 0x2d ||
    code === 0x5f
  );
}
