import type { EventEmitter } from 'node:events';
import type { OutgoingHttpHeaders, ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { FastifyInstance, FastifyReply } from 'fastify';
import type { Identity, Permission } from '../../shared/identity/roles.ts';
import type { RequestContext } from '../trpc.ts';
import { whileAllowed } from './while-allowed.ts';

/** Then the stream ends, and a listener that reconnects is authorized again. */
const maxDurationMs = 10 * 60_000;

/** The streams of one server: responses that are server-sent events, and WebSockets. */
export interface LiveStreams {
  /**
   * @returns aborts when the stream has to end: its listener is gone or may no longer listen, the server stops, or the stream
   * has lasted for ten minutes
   */
  begin(
    reply: FastifyReply,
    context: Pick<RequestContext, 'identify'>,
    identity: Identity,
    permission: Permission,
  ): AbortSignal;
  /** The same of a connection that is no response. */
  beginOn(
    connection: EventEmitter,
    context: Pick<RequestContext, 'identify'>,
    identity: Identity,
    permissions: Permission | readonly Permission[],
  ): AbortSignal;
}

/** @param stopping ends the streams before the server closes */
export function createLiveStreams(
  app: FastifyInstance,
  stopping: AbortSignal = new AbortController().signal,
): LiveStreams {
  const closing = new AbortController();
  const open = new Set<Promise<unknown>>();
  // Streams end normally, and their listeners reconnect to another server.
  app.addHook('preClose', async () => {
    closing.abort();
    // A listener that does not read is not waited for.
    await Promise.race([Promise.all(open), sleep(1_000, undefined, { ref: false })]);
  });
  const beginOn: LiveStreams['beginOn'] = (connection, context, identity, permissions) => {
    const gone = new AbortController();
    const closed = new Promise<unknown>((resolve) => connection.once('close', resolve));
    // A listener that is gone; without this, the error would end the process.
    connection.on('error', () => gone.abort());
    open.add(closed);
    void closed.then(() => {
      gone.abort();
      open.delete(closed);
    });
    const connected = AbortSignal.any([
      stopping,
      closing.signal,
      gone.signal,
      AbortSignal.timeout(maxDurationMs),
    ]);
    return whileAllowed(context, identity, permissions, connected);
  };
  return { begin: (reply, ...others) => beginOn(reply.raw, ...others), beginOn };
}

/** Begins the response. It is written directly: a stream between the two costs more than an event. */
export function beginEvents(reply: FastifyReply): ServerResponse {
  const headers = reply
    .type('text/event-stream')
    .header('cache-control', 'no-store')
    .header('x-accel-buffering', 'no')
    .getHeaders();
  reply.hijack();
  reply.raw.writeHead(200, headers as OutgoingHttpHeaders);
  return reply.raw;
}
