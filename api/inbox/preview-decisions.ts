import { decisionsPreviewSchema, previewDecisionsInputSchema } from '../../shared/playbooks/bulk-schemas.ts';
import { procedure } from '../trpc.ts';

export const previewDecisions = procedure('runs.read', {
  method: 'POST',
  path: '/api/inbox/preview-decisions',
  summary:
    'Show what approving or rejecting up to 100 executions would do: each with its exact request and a digest, and why the others are left out',
  tags: ['inbox'],
})
  .input(previewDecisionsInputSchema)
  .output(decisionsPreviewSchema)
  .mutation(({ ctx, input }) => ctx.services.runs.previewDecisions(ctx, input));
