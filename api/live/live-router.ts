import { tracked } from '@trpc/server';
import { z } from 'zod';
import type { Services } from '../services.ts';
import { procedure, router } from '../trpc.ts';
import { createEventTail, type EventTail, formatPosition, parsePosition } from './event-tail.ts';

const tails = new WeakMap<Services['db'], EventTail>();

/** One tail per process, made when the first page listens. */
function tailOf({ db, log }: Pick<Services, 'db' | 'log'>): EventTail {
  let tail = tails.get(db);
  if (!tail) {
    tail = createEventTail(db, log);
    tails.set(db, tail);
  }
  return tail;
}

export const liveRouter = router({
  /** What happens in the tenant from now on; a reconnect goes on after `lastEventId` without a gap. */
  events: procedure('events.read')
    .input(z.object({ lastEventId: z.string().nullish() }).optional())
    .subscription(async function* ({ ctx, input, signal }) {
      const stop = signal ?? new AbortController().signal;
      const position = parsePosition(input?.lastEventId);
      for await (const event of tailOf(ctx.services).follow(ctx.identity.tenantId, position, stop)) {
        yield tracked(formatPosition(event), {
          id: event.id,
          type: event.type,
          subjectType: event.subjectType,
          subjectId: event.subjectId,
          data: event.data,
        });
      }
    }),
});
