import { runSchema } from '../../shared/playbooks/run-schemas.ts';
import { byId } from '../common-inputs.ts';
import { procedure } from '../trpc.ts';

export const resumeRun = procedure('runs.control', {
  method: 'POST',
  path: '/api/playbook-runs/{id}/resume',
  summary: 'Resume a paused run',
  tags: ['playbook runs'],
})
  .input(byId)
  .output(runSchema)
  .mutation(({ ctx, input }) => ctx.services.runs.resume(ctx, { runId: input.id }));
