import { LRUCache } from 'lru-cache';
import type { JsonObject } from '../../../platform/json.ts';
import { readJson } from '../../../platform/read-json.ts';
import { isObject } from '../../../platform/schema-properties.ts';
import { initializeRequest, type RpcRequest } from '../../providers/mcp/rpc-request.ts';
import { createMessageReader } from './read-messages.ts';

/** What a request of a session carries: servers of revisions before 2026-07-28 ask for it. */
export type SessionHeaders = Record<string, string>;

/** A response to a JSON-RPC request, as far as a handshake needs it. */
export interface RpcExchange {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  body: Buffer;
}

/** The server did not open a session; `message` completes "HOST …". */
export class HandshakeError extends Error {
  readonly status: number;

  constructor(message: string, status: number) {
    super(message);
    this.status = status;
  }
}

const offeredVersion = '2025-11-25';

/**
 * Opens a session: initialize, and the notification that it was understood.
 * @throws HandshakeError, or what `send` throws
 */
export async function openSession(
  send: (request: RpcRequest) => Promise<RpcExchange>,
): Promise<SessionHeaders> {
  const { headers, body } = initializeRequest(offeredVersion);
  const response = await send({ headers, body: { ...body, id: 'initialize' } });
  const result = resultOf(response, 'initialize');
  if (!result)
    throw new HandshakeError(`returned ${response.status} to the opening of a session`, response.status);
  const { protocolVersion: version } = result;
  if (typeof version !== 'string' || !/^\d{4}-\d\d-\d\d$/.test(version))
    throw new HandshakeError('opened a session of no known revision of the protocol', response.status);
  const id = [response.headers['mcp-session-id']].flat()[0];
  const session = {
    'mcp-protocol-version': version,
    ...(id !== undefined && { 'mcp-session-id': id }),
  };
  await send({
    headers: { ...headers, ...session },
    body: { jsonrpc: '2.0', method: 'notifications/initialized' },
  });
  return session;
}

/** The result in a response, whether it came as JSON or as an event; null: it has none. */
export function resultOf({ status, headers, body }: RpcExchange, id: string): JsonObject | null {
  if (status < 200 || status > 299) return null;
  const text = responseText(headers['content-type'], body, id);
  try {
    const message = text === null ? null : readJson(text);
    const result = isObject(message) ? message.result : null;
    return isObject(result) ? (result as JsonObject) : null;
  } catch {
    return null;
  }
}

/** The text of the response to a request: the body, or an event of it. */
export function responseText(
  contentType: string | string[] | undefined,
  body: Buffer,
  id: string,
): string | null {
  if (!isEventStream(contentType)) return body.toString('utf8');
  const reader = createMessageReader(id, { onNotification: () => {}, onResponse: () => {} });
  reader.push(body);
  return reader.response();
}

export const isEventStream = (contentType: string | string[] | undefined): boolean =>
  /^text\/event-stream\b/i.test([contentType].flat()[0] ?? '');

/** The sessions of this process, by what they belong to. */
export interface Sessions {
  /** The session of a key, opened once for all who ask for it meanwhile. */
  get(key: string, open: () => Promise<SessionHeaders>): Promise<SessionHeaders>;
  /** Forgets a session that the server does not know any more. */
  forget(key: string, session: SessionHeaders): void;
}

export function createSessions(): Sessions {
  const kept = new LRUCache<string, SessionHeaders>({ max: 1_000, ttl: 30 * 60_000 });
  const opening = new Map<string, Promise<SessionHeaders>>();
  return {
    async get(key, open) {
      const known = kept.get(key) ?? opening.get(key);
      if (known) return known;
      const opened = open().finally(() => opening.delete(key));
      opening.set(key, opened);
      const session = await opened;
      kept.set(key, session);
      return session;
    },
    forget(key, session) {
      if (kept.peek(key) === session) kept.delete(key);
    },
  };
}
