import { undoOfBatch } from '../../shared/batches/server/undo-batch.ts';
import { startUndoSchema, undoSeriesSchema } from '../../shared/undo/undo-schemas.ts';
import { procedure } from '../trpc.ts';
import { undoHttpStatus } from '../undo-status.ts';

export const undoBatch = procedure('tools.execute', {
  method: 'POST',
  path: '/api/batches/{id}/undo',
  summary: 'Undo what a batch has done, the last call first; or go on with an undo that has stopped',
  tags: ['batches'],
  status: undoHttpStatus,
})
  .input(startUndoSchema)
  .output(undoSeriesSchema)
  .mutation(({ ctx, input: { id, ...input } }) => ctx.services.undo.start(ctx, undoOfBatch(id), input));
