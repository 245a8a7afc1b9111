import { approveInputSchema } from '../../shared/executions/approval-schemas.ts';
import { executionSchema } from '../../shared/executions/execution-schemas.ts';
import { procedure } from '../trpc.ts';

export const withdrawApproval = procedure('executions.decide', {
  method: 'POST',
  path: '/api/tools/executions/{id}/withdraw',
  summary: 'Withdraw your approval of an execution that still waits for others',
  tags: ['executions'],
})
  .input(approveInputSchema)
  .output(executionSchema)
  .mutation(({ ctx, input: { id, reason } }) =>
    ctx.services.executor.withdraw({
      reason: reason ?? null,
      identity: ctx.identity,
      requestId: ctx.requestId,
      executionId: id,
    }),
  );
