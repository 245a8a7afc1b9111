import { batchSchema } from '../../shared/batches/batch-schemas.ts';
import { byId } from '../common-inputs.ts';
import { procedure } from '../trpc.ts';

export const getBatch = procedure('executions.read', {
  method: 'GET',
  path: '/api/batches/{id}',
  summary: 'Get a batch with its calls',
  tags: ['batches'],
})
  .input(byId)
  .output(batchSchema)
  .query(({ ctx, input }) => ctx.services.batches.get(ctx, input.id));
