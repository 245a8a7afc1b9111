import { ApplicationFailure, CancelledFailure, Context } from '@temporalio/activity';
import type { BatchReport, RunBatchArgs } from '../../shared/batches/batch-contract.ts';
import type { BatchService } from '../../shared/batches/server/batch-service.ts';
import type { ExecutionServices } from '../../shared/executions/server/execution-services.ts';
import { withDatabaseRetry } from '../../shared/platform/server/with-database-retry.ts';
import { readRunOfBatch } from '../../shared/playbooks/db/playbook-runs.ts';
import { runWorkflowId } from '../../shared/playbooks/playbook-contract.ts';

export interface BatchActivities {
  driveBatch(batch: RunBatchArgs): Promise<BatchReport>;
  stopBatch(batch: RunBatchArgs): Promise<void>;
}

const heartbeatMs = 3000;
const busyMs = 1000;

/**
 * The effects of `runBatchWorkflow`, each guarded by its rows: retried, it makes no call twice.
 * @param places for batches at once: each takes a slot of the worker, and their calls need some too
 */
export function createBatchActivities(
  { db, log }: Pick<ExecutionServices, 'db' | 'log'>,
  batches: BatchService,
  places: number,
): BatchActivities {
  let driving = 0;
  const withWaitingRun = async ({ tenantId, batchId }: RunBatchArgs): Promise<BatchReport> => {
    const run = await withDatabaseRetry(() =>
      db.tenant(tenantId, (connection) => readRunOfBatch(connection, batchId)),
    );
    return { state: 'ended', ...(run && { runWorkflowId: runWorkflowId(run) }) };
  };
  return {
    async driveBatch(args) {
      if (driving >= places)
        return { state: 'waiting', afterMs: busyMs, moved: true, message: 'Waits for its turn.' };
      const temporal = Context.current();
      const beat = setInterval(() => temporal.heartbeat(), heartbeatMs);
      driving += 1;
      try {
        const report = await withDatabaseRetry(() => batches.drive(args, temporal.cancellationSignal));
        // A worker that stops hands over; a cancel ends the workflow.
        if (temporal.cancellationDetails?.cancelRequested) temporal.cancellationSignal.throwIfAborted();
        return report.state === 'ended' ? await withWaitingRun(args) : report;
      } catch (error) {
        if (error instanceof CancelledFailure) throw error;
        // It may quote payloads, so it goes to the log only.
        log.error({ err: error, batchId: args.batchId }, 'a batch failed unexpectedly');
        throw ApplicationFailure.retryable('Unexpected error. See the log of the worker.', 'internal');
      } finally {
        driving -= 1;
        clearInterval(beat);
      }
    },
    stopBatch: (args) => withDatabaseRetry(() => batches.stop(args)),
  };
}
