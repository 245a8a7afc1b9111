import { decidedResultSchema, decideExecutionsInputSchema } from '../../shared/playbooks/bulk-schemas.ts';
import { procedure } from '../trpc.ts';

export const decideExecutions = procedure('executions.decide', {
  method: 'POST',
  path: '/api/inbox/decide',
  summary:
    'Approve or reject up to 100 executions that wait for it, each by itself with the digest of its preview',
  tags: ['inbox'],
})
  .input(decideExecutionsInputSchema)
  .output(decidedResultSchema)
  .mutation(async ({ ctx, input }) => ({ items: await ctx.services.runs.decideExecutions(ctx, input) }));
