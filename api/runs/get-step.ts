import { stepViewSchema } from '../../shared/playbooks/run-schemas.ts';
import { procedure } from '../trpc.ts';
import { stepAddress, stepOf } from './run-inputs.ts';

export const getStep = procedure('runs.read', {
  method: 'GET',
  path: '/api/playbook-runs/{id}/steps/{stepId}',
  summary: 'Get a step of a run',
  tags: ['playbook runs'],
})
  .input(stepAddress)
  .output(stepViewSchema)
  .query(({ ctx, input }) => ctx.services.runs.step(ctx, stepOf(input)));
