import { bulkClaimInputSchema, bulkResultSchema } from '../../shared/playbooks/bulk-schemas.ts';
import { procedure } from '../trpc.ts';

export const claimSteps = procedure('steps.complete', {
  method: 'POST',
  path: '/api/inbox/claim',
  summary: 'Claim up to 100 steps, each by itself; `takeOver` takes those that others have claimed',
  tags: ['inbox'],
})
  .input(bulkClaimInputSchema)
  .output(bulkResultSchema)
  .mutation(async ({ ctx, input }) => ({ items: await ctx.services.runs.claimMany(ctx, input) }));
