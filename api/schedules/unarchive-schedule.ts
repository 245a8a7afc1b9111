import { scheduleSchema } from '../../shared/schedules/schedule-schemas.ts';
import { byId } from '../common-inputs.ts';
import { procedure } from '../trpc.ts';
import { scheduleState } from './schedule-state.ts';

export const unarchiveSchedule = procedure('schedules.write', {
  method: 'POST',
  path: '/api/schedules/{id}/restore',
  summary: 'Restore an archived schedule, paused; for its owner and tenant admins',
  tags: ['schedules'],
  state: scheduleState,
  errors: [409],
})
  .input(byId)
  .output(scheduleSchema)
  .mutation(({ ctx, input }) => ctx.services.schedules.restore(ctx, input.id));
