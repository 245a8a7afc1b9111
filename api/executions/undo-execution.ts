import { executionSchema, undoInputSchema } from '../../shared/executions/execution-schemas.ts';
import { procedure } from '../trpc.ts';
import { answersExecution } from './execution-status.ts';

export const undoExecution = procedure('tools.execute', {
  method: 'POST',
  path: '/api/tools/executions/{id}/undo',
  summary: 'Execute the tool that undoes an execution; it is never undone twice',
  tags: ['executions'],
  ...answersExecution,
})
  .input(undoInputSchema)
  .output(executionSchema)
  .mutation(({ ctx, input: { id, ...input } }) =>
    ctx.services.executor.undo({
      ...input,
      identity: ctx.identity,
      requestId: ctx.requestId,
      executionId: id,
    }),
  );
