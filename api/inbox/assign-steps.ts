import { bulkAssignInputSchema, bulkResultSchema } from '../../shared/playbooks/bulk-schemas.ts';
import { procedure } from '../trpc.ts';

export const assignSteps = procedure('steps.complete', {
  method: 'POST',
  path: '/api/inbox/assign',
  summary: 'Assign up to 100 steps to a person or to a role, each by itself',
  tags: ['inbox'],
})
  .input(bulkAssignInputSchema)
  .output(bulkResultSchema)
  .mutation(async ({ ctx, input }) => ({ items: await ctx.services.runs.assignMany(ctx, input) }));
