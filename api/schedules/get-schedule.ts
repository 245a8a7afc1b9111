import { scheduleSchema } from '../../shared/schedules/schedule-schemas.ts';
import { byId } from '../common-inputs.ts';
import { procedure } from '../trpc.ts';
import { scheduleState } from './schedule-state.ts';

export const getSchedule = procedure('schedules.read', {
  method: 'GET',
  path: '/api/schedules/{id}',
  summary: 'Get a schedule with its next times and its last runs',
  tags: ['schedules'],
  state: scheduleState,
})
  .input(byId)
  .output(scheduleSchema)
  .query(({ ctx, input }) => ctx.services.schedules.get(ctx, input.id));
