import { bulkResultSchema, bulkStepsInputSchema } from '../../shared/playbooks/bulk-schemas.ts';
import { procedure } from '../trpc.ts';

export const releaseSteps = procedure('steps.complete', {
  method: 'POST',
  path: '/api/inbox/release',
  summary: 'Release up to 100 claimed steps, each by itself',
  tags: ['inbox'],
})
  .input(bulkStepsInputSchema)
  .output(bulkResultSchema)
  .mutation(async ({ ctx, input }) => ({ items: await ctx.services.runs.releaseMany(ctx, input) }));
