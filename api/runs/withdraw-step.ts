import { stepViewSchema, withdrawStepInputSchema } from '../../shared/playbooks/run-schemas.ts';
import { procedure } from '../trpc.ts';

export const withdrawStep = procedure('steps.complete', {
  method: 'POST',
  path: '/api/playbook-runs/{id}/steps/{stepId}/withdraw',
  summary: 'Withdraw your approval of a step that still waits for others',
  tags: ['playbook runs'],
})
  .input(withdrawStepInputSchema)
  .output(stepViewSchema)
  .mutation(({ ctx, input: { id, stepId, reason } }) =>
    ctx.services.runs.withdraw(ctx, { runId: id, stepId, reason }),
  );
