import { executionSchema } from '../../shared/executions/execution-schemas.ts';
import { byId } from '../common-inputs.ts';
import { procedure } from '../trpc.ts';

export const getExecution = procedure('executions.read', {
  method: 'GET',
  path: '/api/tools/executions/{id}',
  summary: 'Get an execution with its attempts',
  tags: ['executions'],
})
  .input(byId)
  .output(executionSchema)
  .query(({ ctx, input }) => ctx.services.executor.get(ctx.identity, input.id));
