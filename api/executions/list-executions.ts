import {
  executionListInputSchema,
  executionSummarySchema,
} from '../../shared/executions/execution-schemas.ts';
import { pageOf } from '../../shared/platform/page-schemas.ts';
import { procedure } from '../trpc.ts';

export const listExecutions = procedure('executions.read', {
  method: 'GET',
  path: '/api/tools/executions',
  summary: 'List executions, newest first',
  tags: ['executions'],
})
  .input(executionListInputSchema)
  .output(pageOf(executionSummarySchema))
  .query(({ ctx, input }) => ctx.services.executor.list(ctx.identity, input));
