import { bulkCompleteInputSchema, bulkResultSchema } from '../../shared/playbooks/bulk-schemas.ts';
import { optionalJson } from '../common-inputs.ts';
import { procedure } from '../trpc.ts';

export const completeSteps = procedure('steps.complete', {
  method: 'POST',
  path: '/api/inbox/complete',
  summary: 'Complete up to 100 steps that are alike, each with the digest of its preview',
  tags: ['inbox'],
})
  .input(bulkCompleteInputSchema)
  .output(bulkResultSchema)
  .mutation(async ({ ctx, input }) => ({
    items: await ctx.services.runs.completeAlike(ctx, { ...input, input: optionalJson(input.input) }),
  }));
