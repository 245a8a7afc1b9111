import { checkToolSchema } from '../../shared/executions/execution-schemas.ts';
import { byId, wholeList } from '../common-inputs.ts';
import { procedure } from '../trpc.ts';

export const listChecks = procedure('executions.read', {
  method: 'GET',
  path: '/api/tools/executions/{id}/checks',
  summary: 'List read-only tools that can tell whether an execution happened',
  tags: ['executions'],
})
  .input(byId)
  .output(wholeList(checkToolSchema))
  .query(async ({ ctx, input }) => ({
    items: await ctx.services.executor.checks(ctx.identity, input.id),
    nextCursor: null,
  }));
