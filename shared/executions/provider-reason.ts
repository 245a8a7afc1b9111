import { isScalar, type JsonObject, type JsonValue } from '../platform/json.ts';
import { isObject } from '../platform/schema-properties.ts';

/** Of a body, in characters: what is beyond is not looked at. */
const longestText = 65_536;
/** Of the sentence; with host and status, a message stays below 300. */
const longestSentence = 240;

/**
 * Why a provider refused or failed, in its own words: "The provider refused: Card expired."
 * @param body of the response, redacted
 * @param redact removes secrets from a text: one may appear when an encoding is undone
 * @param lead how the sentence begins
 * @returns null when the body has no message
 */
export function providerReason(
  httpStatus: number,
  body: JsonValue,
  redact: (text: string) => string,
  lead: string = httpStatus < 500 ? 'The provider refused: ' : 'The provider failed: ',
): string | null {
  const found = messageIn(body, 4);
  const text = found && redact(plain(found)).trim().replace(/\.+$/, '');
  if (!text) return null;
  const room = longestSentence - lead.length - 1;
  const cut = text.length > room ? `${text.slice(0, room - 1).replace(/[\ud800-\udbff]$/, '')}…` : text;
  return `${lead}${cut}${/[.!?…]$/.test(cut) ? '' : '.'}`;
}

/** In this order: the message of a person before the name of an error. */
const keys = [
  'error_description',
  'message',
  'detail',
  'error',
  'errors',
  'description',
  'errorMessage',
  'error_message',
  'Message',
  'faultstring',
  'fault',
  'msg',
  'reason',
  'title',
  'code',
] as const;

/**
 * RFC 9457 (`detail`, `title`), OAuth 2 (`error_description`), JSON:API and GraphQL (`errors[0]`), Google, Stripe and others
 * (`error.message`). Reads a fixed number of places, however large the body is.
 */
function messageIn(value: JsonValue | undefined, depth: number): string | null {
  if (typeof value === 'string') return inText(value.slice(0, longestText), depth);
  if (depth === 0 || value === undefined || isScalar(value)) return null;
  if (Array.isArray(value)) return messageIn(value[0], depth - 1);
  return inObject(value, depth);
}

function inObject(object: JsonObject, depth: number): string | null {
  for (const key of keys) {
    if (!Object.hasOwn(object, key)) continue;
    const found = messageIn(object[key], depth - 1);
    if (found) return found;
  }
  return null;
}

function inText(text: string, depth: number): string | null {
  const start = text.trimStart();
  if (start.startsWith('<')) return inMarkup(start);
  if (depth > 0 && /^[[{]/.test(start)) {
    try {
      const parsed = JSON.parse(start) as JsonValue;
      return isObject(parsed) || Array.isArray(parsed) ? messageIn(parsed as JsonValue, depth - 1) : null;
    } catch {
      // Not JSON after all.
    }
  }
  return start === '' ? null : start;
}

/** A SOAP fault, an XML error, or the title of an HTML page. */
function inMarkup(text: string): string | null {
  const found =
    /<(?:[\w-]{1,20}:)?(?:faultstring|text|message|title|h1)(?:\s[^<>]{0,200})?>([^<]{1,2000})</i.exec(text);
  return found?.[1]
    ? found[1].replace(/&(amp|lt|gt|quot|#39|apos);/g, (_, name) => entities[name] ?? '')
    : null;
}

const entities: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'", apos: "'" };

/** One line, without control characters and without those that hide or reorder text. */
function plain(text: string): string {
  return text
    .toWellFormed()
    .replace(/[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]/g, '')
    .replace(/[\p{Cc}\s]+/gu, ' ');
}
