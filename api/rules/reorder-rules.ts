import { z } from 'zod';
import { ruleSchema } from '../../shared/rules/rule-schemas.ts';
import { wholeList } from '../common-inputs.ts';
import { procedure } from '../trpc.ts';

export const reorderRules = procedure('rules.write', {
  method: 'POST',
  path: '/api/exception-rules/reorder',
  summary: 'Change the order in which the rules are asked',
  tags: ['exception rules'],
})
  .input(z.object({ ids: z.array(z.string().max(64)).max(100) }))
  .output(wholeList(ruleSchema))
  .mutation(async ({ ctx, input }) => ({
    items: await ctx.services.rules.reorder(ctx, input.ids),
    nextCursor: null,
  }));
