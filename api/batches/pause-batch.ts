import { batchSchema } from '../../shared/batches/batch-schemas.ts';
import { byId } from '../common-inputs.ts';
import { procedure } from '../trpc.ts';

export const pauseBatch = procedure('executions.control', {
  method: 'POST',
  path: '/api/batches/{id}/pause',
  summary: 'Pause a batch: calls in progress end, and no further one begins',
  tags: ['batches'],
})
  .input(byId)
  .output(batchSchema)
  .mutation(({ ctx, input }) => ctx.services.batches.pause(ctx, input.id));
