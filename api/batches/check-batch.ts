import { batchInputSchema, batchPreviewSchema, maxBatchBytes } from '../../shared/batches/batch-schemas.ts';
import { procedure } from '../trpc.ts';

export const checkBatch = procedure('tools.execute', {
  method: 'POST',
  path: '/api/batches/check',
  summary: 'Check a batch whole and preview its calls; nothing is executed',
  tags: ['batches'],
  bodyLimit: 2 * maxBatchBytes,
  errors: [413],
})
  .input(batchInputSchema)
  .output(batchPreviewSchema)
  .mutation(({ ctx, input }) => ctx.services.batches.preview(ctx, input));
