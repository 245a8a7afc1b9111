import { once } from 'node:events';
import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { type TailEvent, tailNow } from '../../shared/events/db/events.ts';
import { knownEventTypes } from '../../shared/events/event-types.ts';
import { formatPosition, parsePosition, streamEvent, tailOf } from '../../shared/events/server/event-tail.ts';
import { authorize } from '../../shared/identity/roles.ts';
import { InterlockError } from '../../shared/platform/error-codes.ts';
import { sendError } from '../rest/rest-bridge.ts';
import type { RequestContext } from '../trpc.ts';
import { whileAllowed } from './while-allowed.ts';

const pingMs = 15_000;
/** Then the stream ends, and a listener that reconnects is authorized again. */
const maxDurationMs = 10 * 60_000;

export const eventStreamQuerySchema = z.object({
  /** Only events about this exception. */
  exceptionId: z.string().max(128).optional(),
  /** Only events of this run and its steps. */
  runId: z.string().max(128).optional(),
  /** Types, separated by commas. */
  types: z
    .string()
    .max(4096)
    .transform((list) => list.split(','))
    .pipe(z.array(z.enum(knownEventTypes)))
    .optional(),
  /** For the first connection of a listener that knows its position. Reconnects send it in `Last-Event-ID`. */
  lastEventId: z.string().max(64).optional(),
});
type StreamQuery = z.output<typeof eventStreamQuerySchema>;

/** `GET /api/events/stream`: the events of the caller's tenant, as server-sent events. */
export function registerEventStream(
  app: FastifyInstance,
  contextOf: (request: FastifyRequest) => Promise<RequestContext>,
): void {
  const closing = new AbortController();
  const open = new Set<Promise<unknown>>();
  // Streams end normally, and their listeners reconnect to another server.
  app.addHook('preClose', async () => {
    closing.abort();
    // A listener that does not read is not waited for.
    await Promise.race([Promise.all(open), sleep(1_000, undefined, { ref: false })]);
  });
  app.get('/api/events/stream', async (request, reply) => {
    try {
      const context = await contextOf(request);
      const { services, identity } = context;
      if (!identity) throw new InterlockError('unauthorized', 'Sign in or send an API key.');
      authorize(identity, 'events.read');
      const query = eventStreamQuerySchema.parse(request.query);
      const given = parsePosition([request.headers['last-event-id']].flat()[0] ?? query.lastEventId);
      const start = given ?? (await services.db.system(tailNow));
      const gone = new AbortController();
      const closed = once(reply.raw, 'close');
      open.add(closed);
      void closed.then(() => {
        gone.abort();
        open.delete(closed);
      });
      const connected = AbortSignal.any([closing.signal, gone.signal, AbortSignal.timeout(maxDurationMs)]);
      const signal = whileAllowed(context, identity, 'events.read', connected);
      const events = tailOf(services).follow(identity.tenantId, start, signal);
      return reply
        .type('text/event-stream')
        .header('cache-control', 'no-store')
        .header('x-accel-buffering', 'no')
        .send(Readable.from(framesOf(events, formatPosition(start), query), { highWaterMark: 1 }));
    } catch (error) {
      return sendError(error, request, reply);
    }
  });
}

/**
 * Begins with the position, so that a listener that is cut off before its first event misses nothing. Pings move it past
 * the events that the listener did not ask for.
 */
async function* framesOf(
  events: AsyncGenerator<TailEvent>,
  start: string,
  query: StreamQuery,
): AsyncGenerator<string> {
  let position = start;
  yield `: connected\nid: ${position}\n\n`;
  let next = events.next();
  for (;;) {
    const step = await orPing(next);
    if (step === null) {
      yield `: ping\nid: ${position}\n\n`;
      continue;
    }
    if (step.done) return;
    position = formatPosition(step.value);
    if (isWanted(step.value, query)) {
      yield `id: ${position}\ndata: ${JSON.stringify(streamEvent(step.value))}\n\n`;
    }
    next = events.next();
  }
}

async function orPing<T>(next: Promise<T>): Promise<T | null> {
  const ping = Promise.withResolvers<null>();
  const timer = setTimeout(ping.resolve, pingMs, null);
  try {
    return await Promise.race([next, ping.promise]);
  } finally {
    clearTimeout(timer);
  }
}

function isWanted(event: TailEvent, { exceptionId, runId, types }: StreamQuery): boolean {
  const { type, subjectType, subjectId, data } = event;
  const isOf = (subject: string, id: string) => subjectType === subject && subjectId === id;
  return (
    (types === undefined || (types as string[]).includes(type)) &&
    (exceptionId === undefined || event.exceptionId === exceptionId || isOf('exception', exceptionId)) &&
    (runId === undefined || data.runId === runId || isOf('run', runId))
  );
}
