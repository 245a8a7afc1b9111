import { completeStepInputSchema, stepViewSchema } from '../../shared/playbooks/run-schemas.ts';
import { optionalJson } from '../common-inputs.ts';
import { procedure } from '../trpc.ts';

export const completeStep = procedure('steps.complete', {
  method: 'POST',
  path: '/api/playbook-runs/{id}/steps/{stepId}/complete',
  summary: 'Complete a step; 409 names who completed it first',
  tags: ['playbook runs'],
})
  .input(completeStepInputSchema)
  .output(stepViewSchema)
  .mutation(({ ctx, input: { id, stepId, ...sent } }) =>
    ctx.services.runs.complete(ctx, { runId: id, stepId, ...sent, input: optionalJson(sent.input) }),
  );
