import { executeInputSchema, executionSchema } from '../../shared/executions/execution-schemas.ts';
import { payloadOf } from '../common-inputs.ts';
import { answersExecution } from '../executions/execution-status.ts';
import { procedure } from '../trpc.ts';

export const executeTool = procedure('tools.execute', {
  method: 'POST',
  path: '/api/tools/{id}/execute',
  summary: 'Execute a tool',
  tags: ['tools'],
  headers: { 'idempotency-key': 'idempotencyKey' },
  ...answersExecution,
})
  .input(executeInputSchema)
  .output(executionSchema)
  .mutation(({ ctx, input: { id, payload, ...input } }) =>
    ctx.services.executor.execute({
      ...input,
      identity: ctx.identity,
      requestId: ctx.requestId,
      toolId: id,
      payload: payloadOf(payload),
    }),
  );
