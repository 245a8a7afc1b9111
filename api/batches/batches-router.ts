import { router } from '../trpc.ts';
import { cancelBatch } from './cancel-batch.ts';
import { checkBatch } from './check-batch.ts';
import { createBatch } from './create-batch.ts';
import { getBatch } from './get-batch.ts';
import { listBatches } from './list-batches.ts';
import { pauseBatch } from './pause-batch.ts';
import { previewUndo } from './preview-undo.ts';
import { resumeBatch } from './resume-batch.ts';
import { retryFailed } from './retry-failed.ts';
import { undoBatch } from './undo-batch.ts';

export const batchesRouter = router({
  list: listBatches,
  check: checkBatch,
  create: createBatch,
  get: getBatch,
  pause: pauseBatch,
  resume: resumeBatch,
  cancel: cancelBatch,
  retryFailed,
  undo: undoBatch,
  previewUndo,
});
