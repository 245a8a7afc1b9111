import { assignStepInputSchema, stepViewSchema } from '../../shared/playbooks/run-schemas.ts';
import { procedure } from '../trpc.ts';

export const assignStep = procedure('steps.complete', {
  method: 'POST',
  path: '/api/playbook-runs/{id}/steps/{stepId}/assign',
  summary: 'Assign a step to a person or to a role',
  tags: ['playbook runs'],
})
  .input(assignStepInputSchema)
  .output(stepViewSchema)
  .mutation(({ ctx, input: { id, stepId, ...to } }) =>
    ctx.services.runs.assign(ctx, { runId: id, stepId, ...to }),
  );
