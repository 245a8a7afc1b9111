import { executeInputSchema, executionSchema } from '../../shared/executions/execution-schemas.ts';
import { optionalJson } from '../common-inputs.ts';
import { procedure } from '../trpc.ts';
import { answersExecution } from './execution-status.ts';

export const releaseExecution = procedure('executions.control', {
  method: 'POST',
  path: '/api/tools/executions/{id}/release',
  summary: 'Release a quarantined execution: execute it once more',
  tags: ['executions'],
  ...answersExecution,
})
  .input(executeInputSchema.pick({ id: true, payload: true, waitMs: true }).partial({ payload: true }))
  .output(executionSchema)
  .mutation(({ ctx, input: { id, payload, waitMs } }) =>
    ctx.services.executor.release({
      identity: ctx.identity,
      requestId: ctx.requestId,
      executionId: id,
      payload: optionalJson(payload),
      waitMs,
    }),
  );
