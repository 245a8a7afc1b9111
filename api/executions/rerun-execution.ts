import { executeInputSchema, executionSchema } from '../../shared/executions/execution-schemas.ts';
import { optionalJson } from '../common-inputs.ts';
import { procedure } from '../trpc.ts';
import { answersExecution } from './execution-status.ts';

export const rerunExecution = procedure('tools.execute', {
  method: 'POST',
  path: '/api/tools/executions/{id}/rerun',
  summary: 'Execute a tool again with the input of an earlier execution',
  tags: ['executions'],
  headers: { 'idempotency-key': 'idempotencyKey' },
  ...answersExecution,
})
  .input(
    executeInputSchema
      .pick({
        id: true,
        payload: true,
        exceptionId: true,
        previewDigest: true,
        waitMs: true,
        idempotencyKey: true,
      })
      .partial({ payload: true }),
  )
  .output(executionSchema)
  .mutation(({ ctx, input: { id, payload, ...input } }) =>
    ctx.services.executor.rerun({
      ...input,
      identity: ctx.identity,
      requestId: ctx.requestId,
      executionId: id,
      payload: optionalJson(payload),
    }),
  );
