import { rejectInputSchema } from '../../shared/executions/approval-schemas.ts';
import { executionSchema } from '../../shared/executions/execution-schemas.ts';
import { procedure } from '../trpc.ts';

export const rejectExecution = procedure('executions.decide', {
  method: 'POST',
  path: '/api/tools/executions/{id}/reject',
  summary: 'Reject an execution that waits for an approval; it ends, and nothing is sent',
  tags: ['executions'],
})
  .input(rejectInputSchema)
  .output(executionSchema)
  .mutation(({ ctx, input: { id, reason } }) =>
    ctx.services.executor.decide({
      outcome: 'rejected',
      reason: reason,
      identity: ctx.identity,
      requestId: ctx.requestId,
      executionId: id,
    }),
  );
