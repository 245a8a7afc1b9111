import { z } from 'zod';
import { timelineItemSchema } from '../../shared/exceptions/exception-schemas.ts';
import { readTimeline } from '../../shared/exceptions/server/read-timeline.ts';
import { pageOf } from '../../shared/platform/page-schemas.ts';
import { byId } from '../common-inputs.ts';
import { procedure } from '../trpc.ts';

export const getTimeline = procedure('exceptions.read', {
  method: 'GET',
  path: '/api/exceptions/{id}/timeline',
  summary: 'List the timeline of an exception: events, comments, steps and executions, oldest first',
  tags: ['exceptions'],
})
  .input(
    byId.extend({
      limit: z.coerce.number().int().min(1).max(500).default(200),
      /** Items older than this one. */
      cursor: z.string().max(512).optional(),
    }),
  )
  .output(pageOf(timelineItemSchema))
  .query(({ ctx, input }) => readTimeline(ctx, input));
