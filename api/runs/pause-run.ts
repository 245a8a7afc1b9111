import { runSchema } from '../../shared/playbooks/run-schemas.ts';
import { byId } from '../common-inputs.ts';
import { procedure } from '../trpc.ts';
import { reasonSchema } from './run-inputs.ts';

export const pauseRun = procedure('runs.control', {
  method: 'POST',
  path: '/api/playbook-runs/{id}/pause',
  summary: 'Pause a run: no step opens and none can be completed',
  tags: ['playbook runs'],
})
  .input(byId.extend({ reason: reasonSchema }))
  .output(runSchema)
  .mutation(({ ctx, input }) => ctx.services.runs.pause(ctx, { runId: input.id, reason: input.reason }));
