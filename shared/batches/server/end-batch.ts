import type { Actor } from '../../identity/roles.ts';
import { withOrigin } from '../../identity/server/request-origin.ts';
import { InterlockError } from '../../platform/error-codes.ts';
import { insertSeries } from '../../undo/server/insert-series.ts';
import { startSeriesSoon } from '../../undo/server/start-undo-workflow.ts';
import type { BatchStatus } from '../batch-schemas.ts';
import { type BatchRow, lockBatch, readCalls, updateBatch } from '../db/batches.ts';
import type { BatchServices } from './batch-context.ts';
import { countsOf, originOfBatch, runByOf } from './batch-view.ts';
import { tellBatch } from './tell-batch.ts';
import { batchSource } from './undo-batch.ts';

const interlock: Actor = { type: 'system', id: 'worker', name: 'Interlock' };

type Batch = Pick<BatchRow, 'id' | 'tenant_id' | 'round'>;

/**
 * Ends a batch all of whose calls have ended, with its event. If it asks for that, what it has done before a failure is
 * undone then.
 * @returns false when it has to be looked at again
 */
export async function endBatch(services: BatchServices, { tenant_id, id, round }: Batch): Promise<boolean> {
  const ended = await services.db.tenantTransaction(tenant_id, async (connection) => {
    const row = await lockBatch(connection, id);
    if (!row || row.round !== round || row.ended_at) return { undo: null };
    const calls = await readCalls(connection, id);
    const counts = countsOf(calls);
    if (counts.pending || counts.waiting || counts.running) return null;
    const failed = calls.find(({ status, failure }) => status === 'failed' || failure?.code === 'deadline');
    const status: BatchStatus = row.status === 'cancelling' ? 'cancelled' : failed ? 'failed' : 'succeeded';
    await updateBatch(connection, id, { status, ended_at: new Date() });
    const teller = { identity: { tenantId: tenant_id, actor: runByOf(row) }, requestId: id };
    await withOrigin(originOfBatch(row), () =>
      tellBatch(connection, teller, row, 'BatchEnded', { status, ...counts, total: row.total }),
    );
    if (row.on_failure !== 'undo' || !failed || status !== 'failed') return { undo: null };
    const undo = await insertSeries(connection, {
      source: await batchSource(connection, row),
      reason: `${failed.call_id}: ${failed.failure?.message ?? 'failed.'}`,
      actor: runByOf(row),
      requestId: id,
    });
    return { undo };
  });
  if (ended?.undo) await startSeriesSoon(services, ended.undo);
  return ended !== null;
}

/** Pauses a batch that may not go on by itself. @returns false when it is not running any more */
export async function pauseFor(
  { db }: Pick<BatchServices, 'db'>,
  { tenant_id, id, round }: Batch,
  reason: string,
): Promise<boolean> {
  return db.tenantTransaction(tenant_id, async (connection) => {
    const row = await lockBatch(connection, id);
    if (!row || row.round !== round || row.status !== 'running') return false;
    await updateBatch(connection, id, { status: 'paused', reason });
    const teller = { identity: { tenantId: tenant_id, actor: interlock }, requestId: id };
    await tellBatch(connection, teller, row, 'BatchPaused', { reason });
    return true;
  });
}

/** The calls of its sample have ended: someone looks at them before it goes on. */
export function pauseAfterSample(services: BatchServices, batch: Batch, sample: number): Promise<boolean> {
  return pauseFor(
    services,
    batch,
    `The first ${sample === 1 ? 'call has' : `${sample} calls have`} ended. Look at what came of them, then resume.`,
  );
}

/** Asks executions to end, as whoever has cancelled the batch. Those that have ended stay as they are. */
export async function cancelLeft(
  { executor }: BatchServices,
  row: Pick<BatchRow, 'id' | 'tenant_id'>,
  actor: Actor,
  executionIds: readonly string[],
): Promise<void> {
  const identity = {
    tenantId: row.tenant_id,
    tenantSlug: '',
    tenantName: '',
    actor,
    roles: [],
    person: null,
  };
  await Promise.all(
    executionIds.map(async (executionId) => {
      try {
        await executor.cancel({ identity, executionId, requestId: row.id });
      } catch (error) {
        if (!(error instanceof InterlockError)) throw error;
      }
    }),
  );
}
