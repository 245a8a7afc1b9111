import type { TenantConnection } from '../../platform/db/database.ts';
import { InterlockError } from '../../platform/error-codes.ts';
import { isUuid } from '../../platform/ids.ts';
import type { ReadSource, UndoSource } from '../../undo/server/undo-context.ts';
import { type BatchRow, listMade, lockBatch } from '../db/batches.ts';
import { batchNotFound } from './batch-view.ts';

/** What a batch has done, to be undone once it has ended. */
export function undoOfBatch(id: string): ReadSource {
  return async (connection) => {
    const row = isUuid(id) ? await lockBatch(connection, id) : null;
    if (!row) throw batchNotFound();
    if (!row.ended_at)
      throw new InterlockError(
        'conflict',
        `This batch has not ended (${row.status}). Nothing was sent. Cancel it first, or wait for its end.`,
      );
    return batchSource(connection, row);
  };
}

export async function batchSource(
  connection: TenantConnection,
  { id, exception_id: exceptionId }: Pick<BatchRow, 'id' | 'exception_id'>,
): Promise<UndoSource> {
  const made = await listMade(connection, id);
  const executions = made.map(({ executionId, callId, earlier }) => ({
    id: executionId,
    label: callId,
    ...(earlier && { cannot: 'An earlier request with the same key has made it, not this batch.' }),
  }));
  return { type: 'batch', id, exceptionId, executions };
}
