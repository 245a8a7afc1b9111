import { executionSchema, settleInputSchema } from '../../shared/executions/execution-schemas.ts';
import { refuseWhileStepDecides } from '../../shared/playbooks/server/settle-linked.ts';
import { optionalJson } from '../common-inputs.ts';
import { procedure } from '../trpc.ts';

export const settleExecution = procedure('executions.control', {
  method: 'POST',
  path: '/api/tools/executions/{id}/settle',
  summary: 'Say whether a call of unknown outcome happened',
  tags: ['executions'],
})
  .input(settleInputSchema)
  .output(executionSchema)
  .mutation(async ({ ctx, input: { id, output, ...input } }) => {
    await refuseWhileStepDecides(ctx, id);
    return ctx.services.executor.settle({
      ...input,
      output: optionalJson(output),
      identity: ctx.identity,
      requestId: ctx.requestId,
      executionId: id,
    });
  });
