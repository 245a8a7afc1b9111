import { backfillInputSchema, backfillSchema } from '../../shared/schedules/schedule-schemas.ts';
import { byId } from '../common-inputs.ts';
import { procedure } from '../trpc.ts';

export const backfillSchedule = procedure('schedules.write', {
  method: 'POST',
  path: '/api/schedules/{id}/backfill',
  summary: 'Make up for times that have passed and have not come; for its owner',
  tags: ['schedules'],
})
  .input(byId.extend(backfillInputSchema.shape))
  .output(backfillSchema)
  .mutation(({ ctx, input: { id, ...range } }) => ctx.services.schedules.backfill(ctx, id, range));
