import { stepViewSchema } from '../../shared/playbooks/run-schemas.ts';
import { procedure } from '../trpc.ts';
import { stepAddress, stepOf } from './run-inputs.ts';

export const releaseStep = procedure('steps.complete', {
  method: 'POST',
  path: '/api/playbook-runs/{id}/steps/{stepId}/release',
  summary: 'Release a claimed step',
  tags: ['playbook runs'],
})
  .input(stepAddress)
  .output(stepViewSchema)
  .mutation(({ ctx, input }) => ctx.services.runs.release(ctx, stepOf(input)));
