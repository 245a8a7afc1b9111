import { InterlockError } from '../../platform/error-codes.ts';
import type { JsonObject, JsonValue } from '../../platform/json.ts';
import { readJson } from '../../platform/read-json.ts';
import { isTooDeep, maxJsonDepth } from '../../platform/server/json-schema/storable.ts';

const utf8 = new TextDecoder('utf-8', { fatal: true });

export type BodyKind = 'json' | 'form';

/** @returns null for a content type that is not received */
export function kindOf(contentType: string): BodyKind | null {
  const [type = ''] = contentType.toLowerCase().split(';');
  if (/^application\/(?:[\w.-]+\+)?json$/.test(type.trim())) return 'json';
  return type.trim() === 'application/x-www-form-urlencoded' ? 'form' : null;
}

/** @throws InterlockError `bad_request` */
export function textOf(bytes: Buffer): string {
  try {
    return utf8.decode(bytes);
  } catch {
    throw new InterlockError('bad_request', 'The body is not UTF-8. Nothing was stored.');
  }
}

/** A body as expressions see it. @throws InterlockError `bad_request` */
export function readBody(kind: BodyKind, text: string): JsonValue {
  const body = kind === 'form' ? readForm(text) : readDocument(text);
  if (!isTooDeep(body)) return body;
  throw new InterlockError(
    'bad_request',
    `The body is nested deeper than ${maxJsonDepth} levels. Nothing was stored.`,
  );
}

function readDocument(text: string): JsonValue {
  try {
    return readJson(text);
  } catch {
    throw new InterlockError('bad_request', 'The body is not valid JSON. Nothing was stored.');
  }
}

/** A field that occurs more than once is a list. GitHub and Slack send JSON in the field `payload`. */
function readForm(text: string): JsonObject {
  const fields = new Map<string, string[]>();
  for (const [name, value] of new URLSearchParams(text)) {
    const values = fields.get(name);
    if (values) values.push(value);
    else fields.set(name, [value]);
  }
  return Object.fromEntries(
    [...fields].map(([name, values]) => [name, values.length === 1 ? fieldValue(name, values[0]!) : values]),
  );
}

function fieldValue(name: string, value: string): JsonValue {
  if (name !== 'payload') return value;
  try {
    return readJson(value);
  } catch {
    return value;
  }
}
