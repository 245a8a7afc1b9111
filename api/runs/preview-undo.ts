import { undoableOfRun } from '../../shared/playbooks/server/undo-run.ts';
import { undoSeriesPreviewSchema } from '../../shared/undo/undo-schemas.ts';
import { byId } from '../common-inputs.ts';
import { procedure } from '../trpc.ts';

export const previewUndo = procedure('tools.execute', {
  method: 'POST',
  path: '/api/playbook-runs/{id}/undo/preview',
  summary:
    'Show what undoing a run would send, the last call first; of an open run, what aborting it would undo',
  tags: ['playbook runs'],
})
  .input(byId)
  .output(undoSeriesPreviewSchema)
  .mutation(({ ctx, input }) => ctx.services.undo.preview(ctx, undoableOfRun(input.id)));
