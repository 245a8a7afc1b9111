import { batchPreviewSchema } from '../../shared/batches/batch-schemas.ts';
import { procedure } from '../trpc.ts';
import { stepAddress, stepOf } from './run-inputs.ts';

export const previewStepBatch = procedure('runs.read', {
  method: 'POST',
  path: '/api/playbook-runs/{id}/steps/{stepId}/preview-batch',
  summary:
    'Show every request that completing a for_each or batch step would send, redacted, with one digest',
  tags: ['playbook runs'],
})
  .input(stepAddress)
  .output(batchPreviewSchema)
  .mutation(({ ctx, input }) => ctx.services.runs.previewBatch(ctx, stepOf(input)));
