import type { FastifyInstance } from 'fastify';
import type { WebSocket } from 'ws';
import { z } from 'zod';
import { tailNow } from '../../shared/events/db/events.ts';
import { formatPosition, parsePosition, tailOf } from '../../shared/events/server/event-tail.ts';
import { chunkListInputSchema } from '../../shared/executions/output-chunks.ts';
import { authorize } from '../../shared/identity/roles.ts';
import { InterlockError } from '../../shared/platform/error-codes.ts';
import { writeJson } from '../../shared/platform/json-text.ts';
import type { KnownContext } from '../trpc.ts';
import { eventStreamQuerySchema } from './event-stream.ts';
import { followOutput } from './follow-output.ts';
import { sharedMessages } from './shared-frames.ts';
import { type ContextOf, closeCodes, closeSocket, type Sockets, sendTo } from './sockets.ts';

const path = '/api/live';
/** How often a listener learns how far the log has been read: a page also notices a broken connection by it. */
const pingMs = 15_000;

const liveSocketQuerySchema = eventStreamQuerySchema.omit({ pings: true, lastEventId: true }).extend({
  /** What this execution shows while it runs, instead of events. */
  executionId: z.string().max(128).optional(),
  /** The `id` of the last message that the listener has. */
  after: z.string().max(64).optional(),
});
type LiveQuery = z.output<typeof liveSocketQuerySchema>;

/** What a WebSocket tells: runs until there is no more, or `signal` aborts. */
type Tell = (socket: WebSocket, signal: AbortSignal) => Promise<void>;

/** `GET /api/live`: the streams of server-sent events as messages of a WebSocket. What the client sends is ignored. */
export function registerLiveSocket(scope: FastifyInstance, contextOf: ContextOf, sockets: Sockets): void {
  const tells = new WeakMap<object, { tell: Tell; permission: 'events.read' | 'executions.read' }>();
  scope.route({
    method: 'GET',
    url: path,
    // Whatever is refused is refused as everywhere, before there is a WebSocket.
    preHandler: async (request) => {
      if (!request.ws) throw new InterlockError('bad_request', 'Connect to this path with a WebSocket.');
      const context = await sockets.admit(request, contextOf);
      const permission =
        (request.query as { executionId?: unknown }).executionId === undefined
          ? 'events.read'
          : 'executions.read';
      authorize(context.identity, permission);
      const query = liveSocketQuerySchema.parse(request.query);
      const tell =
        query.executionId === undefined
          ? await events(context, query)
          : await output(context, query.executionId, query.after);
      tells.set(request, { tell, permission });
    },
    handler: () => {},
    wsHandler: async (socket, request) => {
      const { tell, permission } = tells.get(request)!;
      const { signal } = sockets.open(socket, request, [permission]);
      try {
        await tell(socket, signal);
        closeSocket(socket, 1000, 'There is no more.');
      } catch (error) {
        if (signal.aborted || socket.readyState !== socket.OPEN) return;
        request.log.error({ err: error }, 'A live stream broke off');
        closeSocket(socket, closeCodes.failed, 'The stream broke off. Connect again.');
      }
    },
  });
}

async function events({ services, identity }: KnownContext, { after, ...filter }: LiveQuery): Promise<Tell> {
  const given = parsePosition(after);
  if (after !== undefined && !given)
    throw new InterlockError('invalid_input', 'Invalid position.', {
      issues: [{ path: '/after', message: 'is not a position of this log', keyword: 'position' }],
    });
  const start = given ?? (await services.db.system(tailNow));
  return async (socket, signal) => {
    let position = formatPosition(start);
    await sendTo(socket, JSON.stringify({ event: 'connected', id: position }));
    const ping = setInterval(() => {
      if (socket.bufferedAmount === 0) void tellPing(socket, position);
    }, pingMs);
    try {
      for await (const batch of tailOf(services).follow(identity.tenantId, start, signal)) {
        for (const message of sharedMessages(batch, filter)) await sendTo(socket, message);
        position = formatPosition(batch.until);
      }
    } finally {
      clearInterval(ping);
    }
    signal.throwIfAborted();
  };
}

async function output(
  { services, identity }: KnownContext,
  id: string,
  after: string | undefined,
): Promise<Tell> {
  const read = (from: string | undefined) =>
    services.executor.chunks(identity, chunkListInputSchema.parse({ id, after: from }));
  const first = await read(after);
  return async (socket, signal) => {
    await sendTo(socket, JSON.stringify({ event: 'connected', id: after ?? '0.0' }));
    for await (const { items, ended } of followOutput(first, read, signal)) {
      for (const chunk of items)
        await sendTo(socket, writeJson({ id: `${chunk.attempt}.${chunk.number}`, data: chunk }));
      if (ended) await sendTo(socket, JSON.stringify({ event: 'end' }));
    }
  };
}

/** A connection that has broken meanwhile is noticed elsewhere. */
const tellPing = (socket: WebSocket, id: string): Promise<void> =>
  sendTo(socket, JSON.stringify({ event: 'ping', id })).catch(() => {});
