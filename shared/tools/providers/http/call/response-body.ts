import type { JsonObject, JsonValue } from '../../../../platform/json.ts';
import { JsonLimitError, readJson } from '../../../../platform/read-json.ts';
import { isTooDeep } from '../../../../platform/server/json-schema/storable.ts';
import type { HttpConfig } from '../config.ts';

/** The body does not match its type; `message` is for people. */
export class ResponseBodyError extends Error {}

type Kind = 'json' | 'text' | 'form' | 'binary' | 'guess';

/** The body of a response, read by the tool's `responseType` or its content type. @throws ResponseBodyError */
export function parseResponseBody(
  body: Buffer,
  contentType: string | undefined,
  responseType: HttpConfig['responseType'],
): JsonValue {
  if (body.length === 0) return null;
  const kind = responseType === 'auto' ? kindOf(mediaType(contentType)) : responseType;
  return parsers[kind](body, contentType);
}

const parsers: Record<Kind, (body: Buffer, contentType: string | undefined) => JsonValue> = {
  json: (body, contentType) => parseJson(textOf(body, contentType)),
  text: textOf,
  form: (body) => formObject(body.toString('utf8')),
  binary: (body, contentType) => ({
    base64: body.toString('base64'),
    contentType: mediaType(contentType) || 'application/octet-stream',
  }),
  guess: (body, contentType) => {
    const text = utf8(body);
    if (text === null) return parsers.binary(body, contentType);
    if (!/^\s*[[{]/.test(text)) return text;
    try {
      return parseJson(text);
    } catch {
      return text;
    }
  },
};

function kindOf(type: string): Kind {
  // Missing, or not a media type: Temporal's own HTTP API sends `*`.
  if (!/^[\w!#$&^.+-]+\/[\w!#$&^.+-]+$/.test(type)) return 'guess';
  if (/^(?:application|text)\/(?:[\w.-]+\+)?json$/.test(type) || type.endsWith('+json')) return 'json';
  if (type === 'application/x-www-form-urlencoded') return 'form';
  if (type.startsWith('text/') || type.endsWith('+xml') || textTypes.has(type)) return 'text';
  return 'binary';
}

const textTypes = new Set([
  'application/xml',
  'application/javascript',
  'application/x-ndjson',
  'application/jsonl',
  'application/graphql',
  'application/yaml',
  'application/x-yaml',
  'application/toml',
  'application/sql',
]);

function mediaType(contentType: string | undefined): string {
  return (contentType ?? '').split(';')[0]!.trim().toLowerCase();
}

function parseJson(text: string): JsonValue {
  if (text.trim() === '') return null;
  let value: JsonValue;
  try {
    value = readJson(text);
  } catch (error) {
    const problem =
      error instanceof JsonLimitError
        ? `The response cannot be read: ${error.message}`
        : 'The response is not valid JSON';
    throw new ResponseBodyError(problem);
  }
  if (isTooDeep(value)) throw new ResponseBodyError('The response is nested too deeply');
  return value;
}

/** A body as text, in the charset of its content type. */
export function textOf(body: Buffer, contentType: string | undefined): string {
  const charset = /charset\s*=\s*"?([\w.:-]+)/i.exec(contentType ?? '')?.[1] ?? 'utf-8';
  try {
    return new TextDecoder(charset).decode(body);
  } catch {
    return new TextDecoder().decode(body);
  }
}

function utf8(body: Buffer): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(body);
  } catch {
    return null;
  }
}

function formObject(text: string): JsonObject {
  const fields = new Map<string, string | string[]>();
  for (const [key, value] of new URLSearchParams(text)) {
    const before = fields.get(key);
    fields.set(key, before === undefined ? value : [before, value].flat());
  }
  return Object.fromEntries(fields);
}
