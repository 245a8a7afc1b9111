import { z } from 'zod';
import { scheduleSchema } from '../../shared/schedules/schedule-schemas.ts';
import { byId, ifMatch } from '../common-inputs.ts';
import { procedure } from '../trpc.ts';
import { scheduleState } from './schedule-state.ts';

export const assignSchedule = procedure('schedules.assign', {
  method: 'POST',
  path: '/api/schedules/{id}/assign',
  summary: 'Make a member the owner of a schedule; it is paused until they resume it',
  tags: ['schedules'],
  headers: { 'if-match': 'ifMatch' },
  state: scheduleState,
})
  .input(byId.extend({ userId: z.string().min(1).max(128), ifMatch }))
  .output(scheduleSchema)
  .mutation(({ ctx, input }) => ctx.services.schedules.assign(ctx, input.id, input.userId, input.ifMatch));
