import { z } from 'zod';
import { scheduleBodySchema, scheduleOf } from '../../shared/schedules/schedule-body.ts';
import { scheduleSchema } from '../../shared/schedules/schedule-schemas.ts';
import { procedure } from '../trpc.ts';
import { scheduleState } from './schedule-state.ts';

export const createSchedule = procedure('schedules.write', {
  method: 'POST',
  path: '/api/schedules',
  summary: 'Create a schedule; what it starts is done as whoever creates it',
  tags: ['schedules'],
  headers: { 'idempotency-key': 'idempotencyKey' },
  state: scheduleState,
  status: 201,
  errors: [409],
})
  .input(scheduleBodySchema.extend({ idempotencyKey: z.string().min(1).max(255).optional() }))
  .output(scheduleSchema)
  .mutation(({ ctx, input: { idempotencyKey, ...body } }) =>
    ctx.services.schedules.create(ctx, { ...scheduleOf(body), paused: body.paused, idempotencyKey }),
  );
