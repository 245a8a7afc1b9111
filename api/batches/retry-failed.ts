import { z } from 'zod';
import { batchSchema } from '../../shared/batches/batch-schemas.ts';
import { refuseBatchWhileStepDecides } from '../../shared/playbooks/server/settle-linked.ts';
import { procedure } from '../trpc.ts';
import { batchHttpStatus } from './batch-status.ts';

export const retryFailed = procedure('tools.execute', {
  method: 'POST',
  path: '/api/batches/{id}/retry-failed',
  summary: 'Make the calls of a batch again that have not succeeded',
  tags: ['batches'],
  status: batchHttpStatus,
})
  .input(z.object({ id: z.string(), waitMs: z.coerce.number().int().min(0).max(120_000).optional() }))
  .output(batchSchema)
  .mutation(async ({ ctx, input: { id, waitMs } }) => {
    await refuseBatchWhileStepDecides(ctx, id);
    return ctx.services.batches.retryFailed(ctx, id, waitMs);
  });
