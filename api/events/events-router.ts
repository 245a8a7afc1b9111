import { listEvents } from '../../shared/events/db/events.ts';
import { eventListInputSchema, eventSchema } from '../../shared/events/event-schemas.ts';
import { eventView } from '../../shared/events/server/event-view.ts';
import { pageOf } from '../../shared/platform/page-schemas.ts';
import { invalidCursor } from '../../shared/platform/server/paging.ts';
import { procedure, router } from '../trpc.ts';

export const eventsRouter = router({
  list: procedure('events.read', {
    method: 'GET',
    path: '/api/events',
    summary: 'The audit trail, newest first',
    tags: ['events'],
  })
    .input(eventListInputSchema)
    .output(pageOf(eventSchema))
    .query(async ({ ctx, input }) => {
      const { limit, cursor, from, to, ...filter } = input;
      if (cursor !== undefined && !/^\d{1,19}$/.test(cursor)) throw invalidCursor();
      const rows = await ctx.services.db.tenant(ctx.identity.tenantId, (connection) =>
        listEvents(connection, {
          ...filter,
          limit: limit + 1,
          ...(from ? { from: new Date(from) } : {}),
          ...(to ? { to: new Date(to) } : {}),
          ...(cursor ? { before: BigInt(cursor) } : {}),
        }),
      );
      const items = rows.slice(0, limit);
      return {
        items: items.map(eventView),
        nextCursor: rows.length > limit ? items.at(-1)!.id.toString() : null,
      };
    }),
});
