import { scheduleSchema } from '../../shared/schedules/schedule-schemas.ts';
import { byId } from '../common-inputs.ts';
import { procedure } from '../trpc.ts';
import { scheduleState } from './schedule-state.ts';

export const resumeSchedule = procedure('schedules.write', {
  method: 'POST',
  path: '/api/schedules/{id}/resume',
  summary: 'Go on with a paused schedule; for its owner',
  tags: ['schedules'],
  state: scheduleState,
})
  .input(byId)
  .output(scheduleSchema)
  .mutation(({ ctx, input }) => ctx.services.schedules.resume(ctx, input.id));
