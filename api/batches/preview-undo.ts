import { undoOfBatch } from '../../shared/batches/server/undo-batch.ts';
import { undoSeriesPreviewSchema } from '../../shared/undo/undo-schemas.ts';
import { byId } from '../common-inputs.ts';
import { procedure } from '../trpc.ts';

export const previewUndo = procedure('tools.execute', {
  method: 'POST',
  path: '/api/batches/{id}/undo/preview',
  summary: 'Show what undoing a batch would send, the last call first, and what cannot be undone',
  tags: ['batches'],
})
  .input(byId)
  .output(undoSeriesPreviewSchema)
  .mutation(({ ctx, input }) => ctx.services.undo.preview(ctx, undoOfBatch(input.id)));
