import { z } from 'zod';
import { scheduleBodySchema, scheduleOf } from '../../shared/schedules/schedule-body.ts';
import { scheduleSchema } from '../../shared/schedules/schedule-schemas.ts';
import { ifMatch } from '../common-inputs.ts';
import { procedure } from '../trpc.ts';
import { scheduleState } from './schedule-state.ts';

export const updateSchedule = procedure('schedules.write', {
  method: 'PUT',
  path: '/api/schedules/{id}',
  summary: 'Replace a schedule; for its owner',
  tags: ['schedules'],
  headers: { 'if-match': 'ifMatch' },
  state: scheduleState,
})
  .input(scheduleBodySchema.omit({ paused: true }).extend({ id: z.string(), ifMatch }))
  .output(scheduleSchema)
  .mutation(({ ctx, input: { id, ifMatch, ...input } }) =>
    ctx.services.schedules.update(ctx, id, scheduleOf(input), ifMatch),
  );
