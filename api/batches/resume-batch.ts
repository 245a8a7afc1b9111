import { batchSchema } from '../../shared/batches/batch-schemas.ts';
import { byId } from '../common-inputs.ts';
import { procedure } from '../trpc.ts';

export const resumeBatch = procedure('tools.execute', {
  method: 'POST',
  path: '/api/batches/{id}/resume',
  summary: 'Go on with a paused batch',
  tags: ['batches'],
})
  .input(byId)
  .output(batchSchema)
  .mutation(({ ctx, input }) => ctx.services.batches.resume(ctx, input.id));
