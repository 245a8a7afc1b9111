import { batchListInputSchema, batchSummarySchema } from '../../shared/batches/batch-schemas.ts';
import { pageOf } from '../../shared/platform/page-schemas.ts';
import { procedure } from '../trpc.ts';

export const listBatches = procedure('executions.read', {
  method: 'GET',
  path: '/api/batches',
  summary: 'List batches, newest first',
  tags: ['batches'],
})
  .input(batchListInputSchema)
  .output(pageOf(batchSummarySchema))
  .query(({ ctx, input }) => ctx.services.batches.list(ctx, input));
