import { z } from 'zod';
import { scheduleRunSchema } from '../../shared/schedules/schedule-schemas.ts';
import { byId } from '../common-inputs.ts';
import { procedure } from '../trpc.ts';

export const triggerSchedule = procedure('schedules.write', {
  method: 'POST',
  path: '/api/schedules/{id}/trigger',
  summary: 'Run a schedule at once, as whoever asks',
  tags: ['schedules'],
  headers: { 'idempotency-key': 'idempotencyKey' },
})
  .input(byId.extend({ idempotencyKey: z.string().min(1).max(255).optional() }))
  .output(scheduleRunSchema)
  .mutation(({ ctx, input }) => ctx.services.schedules.trigger(ctx, input.id, input.idempotencyKey));
