import { runSchema } from '../../shared/playbooks/run-schemas.ts';
import { byId } from '../common-inputs.ts';
import { procedure } from '../trpc.ts';

export const releaseRun = procedure('runs.control', {
  method: 'POST',
  path: '/api/playbook-runs/{id}/release',
  summary: 'Release a quarantined run: try once more what ended its worker',
  tags: ['playbook runs'],
})
  .input(byId)
  .output(runSchema)
  .mutation(({ ctx, input }) => ctx.services.runs.releaseRun(ctx, { runId: input.id }));
