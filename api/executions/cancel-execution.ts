import { executionSchema } from '../../shared/executions/execution-schemas.ts';
import { byId } from '../common-inputs.ts';
import { procedure } from '../trpc.ts';

export const cancelExecution = procedure('executions.control', {
  method: 'POST',
  path: '/api/tools/executions/{id}/cancel',
  summary: 'Cancel an execution',
  tags: ['executions'],
})
  .input(byId)
  .output(executionSchema)
  .mutation(({ ctx, input }) =>
    ctx.services.executor.cancel({
      identity: ctx.identity,
      executionId: input.id,
      requestId: ctx.requestId,
    }),
  );
