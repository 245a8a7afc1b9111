import type { RunBatchArgs } from '../batch-contract.ts';
import { lockBatch, updateBatch } from '../db/batches.ts';
import type { BatchServices } from './batch-context.ts';
import { tellBatch } from './tell-batch.ts';

/** Its workflow was cancelled in Temporal: so is the batch. */
export async function stopBatch(
  { db }: Pick<BatchServices, 'db'>,
  { tenantId, batchId, round }: RunBatchArgs,
): Promise<void> {
  await db.tenantTransaction(tenantId, async (connection) => {
    const row = await lockBatch(connection, batchId);
    if (!row || row.round !== round || row.ended_at || row.status === 'cancelling') return;
    await updateBatch(connection, batchId, { status: 'cancelling', reason: 'Cancelled in Temporal.' });
    const actor = { type: 'system', id: 'temporal', name: 'Temporal' } as const;
    const teller = { identity: { tenantId, actor }, requestId: batchId };
    await tellBatch(connection, teller, row, 'BatchCancelRequested', {});
  });
}
