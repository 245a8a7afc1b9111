import { runSchema } from '../../shared/playbooks/run-schemas.ts';
import { byId } from '../common-inputs.ts';
import { procedure } from '../trpc.ts';

export const getRun = procedure('runs.read', {
  method: 'GET',
  path: '/api/playbook-runs/{id}',
  summary: 'Get a run with all its steps',
  tags: ['playbook runs'],
})
  .input(byId)
  .output(runSchema)
  .query(({ ctx, input }) => ctx.services.runs.get(ctx, input.id));
