import { eventListInputSchema, eventSchema } from '../../shared/events/event-schemas.ts';
import { eventPage } from '../../shared/events/server/list-events.ts';
import { pageOf } from '../../shared/platform/page-schemas.ts';
import { procedure } from '../trpc.ts';

export const listEvents = procedure('events.read', {
  method: 'GET',
  path: '/api/events',
  summary: 'List the events of the audit trail, newest first',
  tags: ['events'],
})
  .input(eventListInputSchema)
  .output(pageOf(eventSchema))
  .query(({ ctx, input }) => eventPage(ctx, input));
