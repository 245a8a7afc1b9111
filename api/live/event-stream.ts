import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { tailNow } from '../../shared/events/db/events.ts';
import { knownEventTypes } from '../../shared/events/event-types.ts';
import {
  formatPosition,
  parsePosition,
  type TailBatch,
  tailOf,
} from '../../shared/events/server/event-tail.ts';
import { authorize } from '../../shared/identity/roles.ts';
import { InterlockError } from '../../shared/platform/error-codes.ts';
import { idText } from '../../shared/platform/id-text.ts';
import { presenceWatchOf } from '../../shared/presence/server/presence-watch.ts';
import { sendError } from '../rest/rest-bridge.ts';
import type { RequestContext } from '../trpc.ts';
import { beginEvents, type LiveStreams } from './live-streams.ts';
import { sharedFrames } from './shared-frames.ts';

const pingMs = 15_000;
/** A page notices by them that its connection has broken without a sign. */
const visiblePingMs = 1_500;
export const eventStreamQuerySchema = z.object({
  /** Only events about this exception. */
  exceptionId: idText.max(128).optional(),
  /** Only events of this run and its steps. */
  runId: idText.max(128).optional(),
  /** Types, separated by commas. */
  types: z
    .string()
    .max(4096)
    .transform((list) => list.split(','))
    .pipe(z.array(z.enum(knownEventTypes)))
    .optional(),
  /** For the first connection of a listener that knows its position. Reconnects send it in `Last-Event-ID`. */
  lastEventId: z.string().max(64).optional(),
  /** The organization of a person, by its slug, for an EventSource: it sends no `x-tenant`. */
  tenant: z.string().max(128).optional(),
  /**
   * `event`: pings are events of the type `ping`, which a page sees, and it hears of other people by events of the type
   * `presence`; else pings are comments.
   */
  pings: z.enum(['event']).optional(),
});
type StreamQuery = z.output<typeof eventStreamQuerySchema>;

/** `GET /api/events/stream`: the events of the caller's tenant, as server-sent events. */
export function registerEventStream(
  app: FastifyInstance,
  contextOf: (request: FastifyRequest, tenantSlug?: string) => Promise<RequestContext>,
  streams: LiveStreams,
): void {
  app.get('/api/events/stream', async (request, reply) => {
    try {
      const asked = eventStreamQuerySchema.safeParse(request.query);
      const context = await contextOf(request, asked.data?.tenant);
      const { services, identity } = context;
      if (!identity) throw new InterlockError('unauthorized', 'Sign in or send an API key.');
      authorize(identity, 'events.read');
      if (!asked.success) throw asked.error;
      const query = asked.data;
      const given = parsePosition([request.headers['last-event-id']].flat()[0] ?? query.lastEventId);
      const start = given ?? (await services.db.system(tailNow));
      const signal = streams.begin(reply, context, identity, 'events.read');
      const batches = tailOf(services).follow(identity.tenantId, start, signal);
      const response = beginEvents(reply);
      const { type, id } = identity.actor;
      // A page also learns that others have come to what it shows, or have left.
      const leave =
        query.pings === 'event' && type === 'user'
          ? presenceWatchOf(services).follow(identity.tenantId, id, () => {
              if (!response.writableNeedDrain) response.write('event: presence\ndata:\n\n');
            })
          : () => {};
      write(response, batches, formatPosition(start), query, signal)
        .catch((error: unknown) => {
          if (!signal.aborted) request.log.error({ err: error }, 'A live stream broke off');
        })
        .finally(leave);
    } catch (error) {
      return sendError(error, request, reply);
    }
  });
}

/**
 * Begins with the position, so that a listener that is cut off before its first event misses nothing. Pings move it past
 * the events that the listener did not ask for.
 */
async function write(
  response: ServerResponse,
  batches: AsyncGenerator<TailBatch>,
  start: string,
  query: StreamQuery,
  signal: AbortSignal,
): Promise<void> {
  const framesOf = sharedFrames(query);
  let position = start;
  response.write(`: connected\nid: ${position}\n\n`);
  const visible = query.pings === 'event';
  const ping = setInterval(
    () => {
      if (response.writableNeedDrain) return;
      response.write(visible ? `event: ping\nid: ${position}\ndata:\n\n` : `: ping\nid: ${position}\n\n`);
    },
    visible ? visiblePingMs : pingMs,
  );
  try {
    for await (const batch of batches) {
      position = formatPosition(batch.until);
      const frames = framesOf(batch);
      if (frames && !response.write(frames)) await once(response, 'drain', { signal });
    }
  } finally {
    clearInterval(ping);
    response.end();
  }
}
