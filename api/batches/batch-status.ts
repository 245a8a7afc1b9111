import type { Batch } from '../../shared/batches/batch-schemas.ts';

/** The HTTP status of a response that is a batch: 202 until it has ended, however its calls did. */
export const batchHttpStatus = ({ endedAt }: Pick<Batch, 'endedAt'>): number =>
  endedAt === null ? 202 : 200;
