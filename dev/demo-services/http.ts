import type { IncomingMessage, ServerResponse } from 'node:http';

export interface Context {
  method: string;
  path: string;
  params: Record<string, string>;
  query: URLSearchParams;
  headers: IncomingMessage['headers'];
  rawBody: Buffer;
  /** The parsed body: JSON or form, undefined when there is none. */
  body: unknown;
  /** For handlers that write the response themselves; they return `null`. */
  response: ServerResponse;
}

export interface Reply {
  status: number;
  /** A Buffer or string is sent as it is, anything else as JSON. */
  body?: unknown;
  headers?: Record<string, string>;
}

export type Handler = (context: Context) => Reply | null | Promise<Reply | null>;

export interface Route {
  method: string;
  /** `/v1/payments/:id`; a final `*` matches the rest. */
  path: string;
  handle: Handler;
}

/** Ends a handler with an error response. */
export class ReplyError extends Error {
  readonly reply: Reply;

  constructor(status: number, code: string, message: string, headers?: Record<string, string>) {
    super(message);
    this.reply = { status, body: { error: { code, message } }, headers };
  }
}

export function route(method: string, path: string, handle: Handler): Route {
  return { method, path, handle };
}

/** The parameters when the path matches the pattern, otherwise null. */
export function matchPath(pattern: string, path: string): Record<string, string> | null {
  const wanted = pattern.split('/');
  const given = path.split('/');
  const params: Record<string, string> = {};
  for (const [index, part] of wanted.entries()) {
    if (part === '*') return params;
    const value = given[index];
    if (value === undefined) return null;
    if (part.startsWith(':')) {
      if (value === '') return null;
      params[part.slice(1)] = value;
    } else if (part !== value) return null;
  }
  return wanted.length === given.length ? params : null;
}

/** The body as an object, or 400. */
export function objectBody(context: Context): Record<string, unknown> {
  if (typeof context.body === 'object' && context.body !== null && !Array.isArray(context.body)) {
    return context.body as Record<string, unknown>;
  }
  throw new ReplyError(400, 'bad_request', 'The body must be a JSON object.');
}

/** A required, non-empty text of the body, or 422. */
export function textField(body: Record<string, unknown>, name: string): string {
  const value = body[name];
  if (typeof value === 'string' && value.trim() !== '') return value;
  throw new ReplyError(422, 'invalid_field', `${name} is required and must be text.`);
}

/** The record with this ID, or 404. */
export function byId<T extends { id: string }>(list: readonly T[], id: string | undefined, what: string): T {
  const found = list.find((each) => each.id === id);
  if (!found) throw new ReplyError(404, 'not_found', `No ${what} with the ID ${id}.`);
  return found;
}

export function ok(body: unknown): Reply {
  return { status: 200, body };
}

/** The query parameter `limit`, or 422. */
export function limit(query: URLSearchParams): number {
  const given = Number(query.get('limit') ?? 20);
  if (!Number.isInteger(given) || given < 1 || given > 100)
    throw new ReplyError(422, 'invalid_limit', 'limit must be 1 to 100.');
  return given;
}

const maxBodyBytes = 2_097_152;

export async function readBody(request: IncomingMessage): Promise<{ rawBody: Buffer; body: unknown }> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > maxBodyBytes)
      throw new ReplyError(413, 'too_large', `At most ${maxBodyBytes} bytes are accepted.`);
    chunks.push(chunk);
  }
  const rawBody = Buffer.concat(chunks);
  return { rawBody, body: parseBody(rawBody, request.headers['content-type'] ?? '') };
}

function parseBody(rawBody: Buffer, contentType: string): unknown {
  if (rawBody.length === 0) return undefined;
  if (contentType.includes('json')) {
    try {
      return JSON.parse(rawBody.toString('utf8'));
    } catch {
      throw new ReplyError(400, 'bad_json', 'The body is not JSON.');
    }
  }
  if (contentType.includes('x-www-form-urlencoded'))
    return Object.fromEntries(new URLSearchParams(rawBody.toString('utf8')));
  return rawBody.toString('utf8');
}

export function sendReply(response: ServerResponse, reply: Reply): void {
  const { status, body, headers } = reply;
  const raw = typeof body === 'string' || Buffer.isBuffer(body);
  const payload = body === undefined ? undefined : raw ? body : JSON.stringify(body);
  const type = raw || body === undefined ? {} : { 'content-type': 'application/json; charset=utf-8' };
  response.writeHead(status, {
    ...type,
    ...(payload !== undefined && { 'content-length': String(Buffer.byteLength(payload)) }),
    ...headers,
  });
  response.end(payload);
}
