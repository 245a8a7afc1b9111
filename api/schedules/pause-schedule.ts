import { scheduleSchema } from '../../shared/schedules/schedule-schemas.ts';
import { byId } from '../common-inputs.ts';
import { procedure } from '../trpc.ts';
import { scheduleState } from './schedule-state.ts';

export const pauseSchedule = procedure('schedules.write', {
  method: 'POST',
  path: '/api/schedules/{id}/pause',
  summary: 'Pause a schedule: no time of it comes; what is in progress goes on',
  tags: ['schedules'],
  state: scheduleState,
})
  .input(byId)
  .output(scheduleSchema)
  .mutation(({ ctx, input }) => ctx.services.schedules.pause(ctx, input.id));
