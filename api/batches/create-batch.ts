import { batchSchema, createBatchSchema, maxBatchBytes } from '../../shared/batches/batch-schemas.ts';
import { procedure } from '../trpc.ts';
import { batchHttpStatus } from './batch-status.ts';

export const createBatch = procedure('tools.execute', {
  method: 'POST',
  path: '/api/batches',
  summary: 'Execute many tools as one batch',
  tags: ['batches'],
  headers: { 'idempotency-key': 'idempotencyKey' },
  status: batchHttpStatus,
  // Escaped, a text takes more bytes than it has characters.
  bodyLimit: 2 * maxBatchBytes,
  errors: [409, 413],
})
  .input(createBatchSchema)
  .output(batchSchema)
  .mutation(({ ctx, input }) => ctx.services.batches.create(ctx, input));
