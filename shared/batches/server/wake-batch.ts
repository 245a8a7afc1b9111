import { WorkflowNotFoundError } from '@temporalio/client';
import type { ExecutionServices } from '../../executions/server/execution-services.ts';
import { within } from '../../platform/server/temporal/within.ts';
import { batchChangedName, batchWorkflowId } from '../batch-contract.ts';
import { type BatchRow, lockBatch, updateBatch } from '../db/batches.ts';
import { pauseFor } from './end-batch.ts';
import { startBatchWorkflow } from './start-batch-workflow.ts';

type Services = Pick<ExecutionServices, 'environment' | 'temporal' | 'db' | 'log'>;

const deadlineMs = 2000;

/**
 * Lets the workflow of a batch read its row, which was changed. One that has closed gets a successor.
 * @throws when Temporal is unreachable; the sweep does it then
 */
export async function wakeBatch(services: Services, row: BatchRow): Promise<void> {
  const { client } = services.temporal;
  const handle = client.workflow.getHandle(batchWorkflowId(row));
  try {
    await within(client, deadlineMs, () => handle.signal(batchChangedName));
  } catch (error) {
    if (!(error instanceof WorkflowNotFoundError)) throw error;
    await nextRound(services, row);
  }
}

/**
 * Starts the workflow of a batch that is at work. If one of its round has closed before the batch has ended, someone closed
 * it: the batch is paused, or goes on to its end if it is being cancelled.
 * @throws when Temporal is unreachable
 */
export async function startDueBatch(
  services: Services,
  { id, tenantId, round, total }: { id: string; tenantId: string; round: number; total: number },
): Promise<void> {
  if (await startBatchWorkflow(services, { id, tenantId, round, total })) return;
  const batch = { id, tenant_id: tenantId, round };
  const isPaused = await pauseFor(
    services,
    batch,
    'Its workflow was closed in Temporal. Calls in progress go on. Resume the batch to go on, or cancel it.',
  );
  if (!isPaused) await nextRound(services, batch);
}

/** Another workflow goes on with a batch that is being cancelled. */
async function nextRound(
  services: Services,
  { id, tenant_id: tenantId, round }: Pick<BatchRow, 'id' | 'tenant_id' | 'round'>,
): Promise<void> {
  const next = await services.db.tenantTransaction(tenantId, async (connection) => {
    const row = await lockBatch(connection, id);
    if (!row || row.round !== round || row.status !== 'cancelling') return null;
    await updateBatch(connection, id, { round: round + 1 });
    return { id, tenantId, round: round + 1, total: row.total };
  });
  if (next) await startBatchWorkflow(services, next);
}
