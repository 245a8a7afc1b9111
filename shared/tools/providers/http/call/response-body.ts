import type { JsonObject, JsonValue } from '../../../../platform/json.ts';
import { JsonLimitError, readJson } from '../../../../platform/read-json.ts';
import { isTooDeep } from '../../../../platform/server/json-schema/storable.ts';
import { XmlError } from '../../../../platform/server/xml/read-xml.ts';
import type { HttpConfig } from '../config.ts';
import { createStreamReader, StreamItemError, type StreamKind } from './stream-reader.ts';
import { xmlBody } from './xml-body.ts';

/** The body does not match its type; `message` is for people. */
export class ResponseBodyError extends Error {}

type Kind = 'json' | 'text' | 'xml' | 'form' | 'binary' | 'guess' | StreamKind;

/** How a body is read: as the tool says, or as the stream that it is. */
export type BodyType = Exclude<HttpConfig['responseType'], 'file'> | StreamKind;

/**
 * The body of a response, read by this type or, with `auto`, its content type.
 * @param schema of the output, by which XML is read
 * @throws ResponseBodyError
 */
export function parseResponseBody(
  body: Buffer,
  contentType: string | undefined,
  responseType: BodyType,
  schema?: unknown,
): JsonValue {
  if (body.length === 0) return responseType === 'sse' || responseType === 'ndjson' ? [] : null;
  const kind = responseType === 'auto' ? kindOf(mediaType(contentType)) : responseType;
  return parsers[kind](body, contentType, schema);
}

const parsers: Record<Kind, (body: Buffer, contentType: string | undefined, schema: unknown) => JsonValue> = {
  json: (body, contentType) => parseJson(textOf(body, contentType)),
  text: textOf,
  xml: (body, contentType, schema) => parseXml(textOf(body, xmlType(body, contentType)), schema),
  sse: (body, contentType) => streamItems('sse', body, contentType),
  ndjson: (body, contentType) => streamItems('ndjson', body, contentType),
  form: (body) => formObject(body.toString('utf8')),
  binary: (body, contentType) => ({
    base64: body.toString('base64'),
    contentType: mediaType(contentType) || 'application/octet-stream',
  }),
  guess: (body, contentType) => {
    const text = utf8(body);
    if (text === null) return parsers.binary(body, contentType, undefined);
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

/** The items of a stream that has ended. */
function streamItems(kind: StreamKind, body: Buffer, contentType: string | undefined): JsonValue {
  const items: JsonValue[] = [];
  const reader = createStreamReader(kind, { contentType, onItem: (item) => items.push(item) });
  try {
    reader.push(body);
    reader.end();
  } catch (error) {
    if (error instanceof StreamItemError) throw new ResponseBodyError(error.message);
    throw error;
  }
  if (isTooDeep(items)) throw new ResponseBodyError('The response is nested too deeply');
  return items;
}

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

/** The declaration of a document names its encoding where its content type does not. */
function xmlType(body: Buffer, contentType = ''): string {
  if (/charset/i.test(contentType)) return contentType;
  const declared = /^[^>]{0,100}\bencoding\s*=\s*["']([\w.:-]+)["']/.exec(body.toString('latin1', 0, 200));
  return declared ? `${contentType}; charset=${declared[1]}` : contentType;
}

function parseXml(text: string, schema: unknown): JsonValue {
  let value: JsonValue;
  try {
    value = xmlBody(text, schema);
  } catch (error) {
    if (error instanceof XmlError)
      throw new ResponseBodyError(`The response is not XML that is read: ${error.message}`);
    throw error;
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
