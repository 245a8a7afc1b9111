import { runSchema } from '../../shared/playbooks/run-schemas.ts';
import { byId } from '../common-inputs.ts';
import { procedure } from '../trpc.ts';
import { reasonSchema } from './run-inputs.ts';

export const cancelRun = procedure('runs.control', {
  method: 'POST',
  path: '/api/playbook-runs/{id}/cancel',
  summary: 'Cancel a run; steps that say so are undone, the others are not',
  tags: ['playbook runs'],
})
  .input(byId.extend({ reason: reasonSchema }))
  .output(runSchema)
  .mutation(({ ctx, input }) => ctx.services.runs.cancel(ctx, { runId: input.id, reason: input.reason }));
