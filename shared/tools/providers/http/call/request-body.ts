import { randomBytes } from 'node:crypto';
import { isArtifactReference } from '../../../../artifacts/artifact-references.ts';
import { fromBase64 } from '../../../../platform/base64.ts';
import { isScalar, type JsonObject, type JsonValue } from '../../../../platform/json.ts';
import { isObject } from '../../../../platform/schema-properties.ts';
import { asText } from '../../../template.ts';
import type { RenderedRequest } from '../../rendered-request.ts';

type BodyType = NonNullable<RenderedRequest['bodyType']>;
interface EncodedBody {
  body: string | Buffer;
  /** Set when only the encoder knows it. */
  contentType?: string;
}

/** The body type cannot carry this body; `message` is for people. */
export class RequestBodyError extends Error {
  /** A later attempt may send it. */
  readonly transient: boolean;

  constructor(message: string, transient = false) {
    super(message);
    this.transient = transient;
  }
}

type Files = ReadonlyMap<string, Buffer>;

const encoders: Record<BodyType, (body: JsonValue, files: Files) => EncodedBody> = {
  json: (body) => ({ body: JSON.stringify(body) }),
  text: (body) => ({ body: asText(body) }),
  form: (body) => ({ body: formFields(objectOf(body, 'form')).toString() }),
  multipart: (body, files) => multipart(objectOf(body, 'multipart'), files),
  binary: (body, files) => ({ body: storedIn(files, body) ?? binary(body) }),
};

/** The bytes of a rendered body. @param files stored ones that it names @throws RequestBodyError */
export function encodeBody(
  body: JsonValue,
  bodyType: BodyType = 'json',
  files: Files = new Map(),
): EncodedBody {
  return encoders[bodyType](body, files);
}

function objectOf(body: JsonValue, type: BodyType): JsonObject {
  if (isObject(body)) return body as JsonObject;
  throw new RequestBodyError(`A ${type} body must be an object`);
}

/** Lists repeat their key, objects become `outer[inner]`, null is left out. */
function formFields(fields: JsonObject): URLSearchParams {
  const form = new URLSearchParams();
  const add = (key: string, value: JsonValue): void => {
    if (value === null) return;
    if (Array.isArray(value)) for (const item of value) add(key, item);
    else if (!isScalar(value)) for (const [name, item] of Object.entries(value)) add(`${key}[${name}]`, item);
    else form.append(key, asText(value));
  };
  for (const [key, value] of Object.entries(fields)) add(key, value);
  return form;
}

/** A field `{data, filename?, contentType?}` with base64 in `data`, or a stored file, is a file; everything else is text. */
function multipart(fields: JsonObject, files: Files): EncodedBody {
  const boundary = `interlock-${randomBytes(16).toString('hex')}`;
  const parts: (string | Buffer)[] = [];
  const add = (name: string, value: JsonValue): void => {
    if (value === null) return;
    if (Array.isArray(value)) {
      for (const item of value) add(name, item);
      return;
    }
    const file = fileOf(value, files);
    const disposition = `--${boundary}\r\nContent-Disposition: form-data; name="${quoted(name)}"`;
    if (file) {
      parts.push(
        `${disposition}; filename="${quoted(file.filename)}"\r\nContent-Type: ${file.contentType}\r\n\r\n`,
        file.data,
        '\r\n',
      );
    } else {
      parts.push(`${disposition}\r\n\r\n${asText(value)}\r\n`);
    }
  };
  for (const [name, value] of Object.entries(fields)) add(name, value);
  parts.push(`--${boundary}--\r\n`);
  return {
    body: Buffer.concat(parts.map((part) => Buffer.from(part as string))),
    contentType: `multipart/form-data; boundary=${boundary}`,
  };
}

interface FilePart {
  data: Buffer;
  filename: string;
  contentType: string;
}

function fileOf(value: JsonValue, files: Files): FilePart | null {
  const stored = storedIn(files, value);
  if (stored && isArtifactReference(value))
    return { data: stored, filename: value.name, contentType: value.contentType };
  if (!isObject(value) || typeof value.data !== 'string') return null;
  const { filename, contentType } = value;
  const type =
    typeof contentType === 'string' && /^[\w.+/-]+(?:; ?[\w-]+=[\w-]+)?$/.test(contentType)
      ? contentType
      : 'application/octet-stream';
  return {
    data: binary(value.data),
    filename: typeof filename === 'string' ? filename : 'file',
    contentType: type,
  };
}

/** The bytes of a stored file. */
const storedIn = (files: Files, value: JsonValue): Buffer | undefined =>
  isArtifactReference(value) ? files.get(value.artifact) : undefined;

/** As browsers do: line breaks and quotes would end the header. */
function quoted(text: string): string {
  return text.replaceAll('"', '%22').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function binary(body: JsonValue): Buffer {
  const bytes = typeof body === 'string' ? fromBase64(body) : null;
  if (!bytes) throw new RequestBodyError('A binary body must be base64 text');
  return bytes;
}
