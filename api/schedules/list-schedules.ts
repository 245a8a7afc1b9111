import { pageOf } from '../../shared/platform/page-schemas.ts';
import { scheduleListInputSchema, scheduleSummarySchema } from '../../shared/schedules/schedule-schemas.ts';
import { procedure } from '../trpc.ts';

export const listSchedules = procedure('schedules.read', {
  method: 'GET',
  path: '/api/schedules',
  summary: 'List schedules, newest first; archived ones only when they are asked for',
  tags: ['schedules'],
})
  .input(scheduleListInputSchema)
  .output(pageOf(scheduleSummarySchema))
  .query(({ ctx, input }) => ctx.services.schedules.list(ctx, input));
