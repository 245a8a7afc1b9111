import { batchSchema } from '../../shared/batches/batch-schemas.ts';
import { byId } from '../common-inputs.ts';
import { procedure } from '../trpc.ts';

export const cancelBatch = procedure('executions.control', {
  method: 'POST',
  path: '/api/batches/{id}/cancel',
  summary: 'Cancel a batch and its calls in progress',
  tags: ['batches'],
})
  .input(byId)
  .output(batchSchema)
  .mutation(({ ctx, input }) => ctx.services.batches.cancel(ctx, input.id));
