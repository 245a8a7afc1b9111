import { undoOfRun } from '../../shared/playbooks/server/undo-run.ts';
import { startUndoSchema, undoSeriesSchema } from '../../shared/undo/undo-schemas.ts';
import { procedure } from '../trpc.ts';
import { undoHttpStatus } from '../undo-status.ts';

export const undoRun = procedure('tools.execute', {
  method: 'POST',
  path: '/api/playbook-runs/{id}/undo',
  summary: 'Undo what a run has done, the last call first; or go on with an undo that has stopped',
  tags: ['playbook runs'],
  status: undoHttpStatus,
})
  .input(startUndoSchema)
  .output(undoSeriesSchema)
  .mutation(({ ctx, input: { id, ...input } }) => ctx.services.undo.start(ctx, undoOfRun(id), input));
