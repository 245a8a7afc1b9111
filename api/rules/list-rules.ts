import { ruleSchema } from '../../shared/rules/rule-schemas.ts';
import { wholeList } from '../common-inputs.ts';
import { procedure } from '../trpc.ts';

export const listRules = procedure('rules.read', {
  method: 'GET',
  path: '/api/exception-rules',
  summary: 'List the rules for new exceptions, in the order in which they are asked',
  tags: ['exception rules'],
})
  .output(wholeList(ruleSchema))
  .query(async ({ ctx }) => ({ items: await ctx.services.rules.list(ctx), nextCursor: null }));
