import { approveInputSchema } from '../../shared/executions/approval-schemas.ts';
import { executionSchema } from '../../shared/executions/execution-schemas.ts';
import { procedure } from '../trpc.ts';

export const approveExecution = procedure('executions.decide', {
  method: 'POST',
  path: '/api/tools/executions/{id}/approve',
  summary: 'Approve an execution that waits for it',
  tags: ['executions'],
})
  .input(approveInputSchema)
  .output(executionSchema)
  .mutation(({ ctx, input: { id, reason } }) =>
    ctx.services.executor.decide({
      outcome: 'approved',
      reason: reason ?? null,
      identity: ctx.identity,
      requestId: ctx.requestId,
      executionId: id,
    }),
  );
