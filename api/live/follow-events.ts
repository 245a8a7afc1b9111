import { tracked } from '@trpc/server';
import { z } from 'zod';
import { formatPosition, parsePosition, streamEvent, tailOf } from '../../shared/events/server/event-tail.ts';
import { procedure } from '../trpc.ts';
import { whileAllowed } from './while-allowed.ts';

/** The tenant's events from now on. A client that reconnects with `lastEventId` misses nothing. */
export const followEvents = procedure('events.read')
  .input(z.object({ lastEventId: z.string().nullish() }).optional())
  .subscription(async function* ({ ctx, input, signal }) {
    const stop = signal ?? new AbortController().signal;
    const position = parsePosition(input?.lastEventId);
    const allowed = whileAllowed(ctx, ctx.identity, 'events.read', stop);
    for await (const { events } of tailOf(ctx.services).follow(ctx.identity.tenantId, position, allowed)) {
      for (const event of events) yield tracked(formatPosition(event), streamEvent(event));
    }
  });
