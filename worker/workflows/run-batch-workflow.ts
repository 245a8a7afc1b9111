import {
  CancellationScope,
  condition,
  continueAsNew,
  defineSignal,
  getExternalWorkflowHandle,
  isCancellation,
  proxyActivities,
  setCurrentDetails,
  setHandler,
  workflowInfo,
} from '@temporalio/workflow';
import { batchChangedName, type RunBatchArgs } from '../../shared/batches/batch-contract.ts';
import { runEndedName } from '../../shared/playbooks/playbook-contract.ts';
import type { BatchActivities } from '../activities/batch-activities.ts';

const batchChangedSignal = defineSignal(batchChangedName);

const { driveBatch } = proxyActivities<BatchActivities>({
  summary: 'Make the calls',
  // It ends when nothing moves; a call ends by its own deadline.
  startToCloseTimeout: '24 hours',
  // The batch of a process that was killed goes on soon.
  heartbeatTimeout: '15s',
  retry: { initialInterval: '1s', backoffCoefficient: 2, maximumInterval: '1 minute', maximumAttempts: 30 },
  cancellationType: 'WAIT_CANCELLATION_COMPLETED',
});
const { stopBatch } = proxyActivities<BatchActivities>({ startToCloseTimeout: '15 minutes' });

const longestWaitMs = 60_000;

/**
 * Runs a batch to its end, or until it is paused. The rows have its calls and how far they are, so the workflow carries ids
 * only; its calls are executions with workflows of their own.
 */
export async function runBatchWorkflow(args: RunBatchArgs): Promise<void> {
  const changed = { seen: false };
  setHandler(batchChangedSignal, () => {
    changed.seen = true;
  });
  try {
    await run(args, changed);
  } catch (error) {
    if (!isCancellation(error)) throw error;
    await CancellationScope.nonCancellable(async () => {
      await stopBatch(args);
      await run(args, changed);
    });
    throw error;
  }
}

async function run(args: RunBatchArgs, changed: { seen: boolean }): Promise<void> {
  let pauseMs = 0;
  for (;;) {
    changed.seen = false;
    const report = await driveBatch(args);
    if (report.state === 'ended') {
      if (changed.seen) continue;
      if (report.runWorkflowId) await tellRun(report.runWorkflowId, args.batchId);
      return;
    }
    pauseMs = report.moved
      ? report.afterMs
      : Math.min(longestWaitMs, Math.max(report.afterMs, pauseMs * 1.5));
    setCurrentDetails(report.message);
    if (pauseMs > 0) await condition(() => changed.seen, pauseMs, { summary: report.message });
    const { historyLength, continueAsNewSuggested } = workflowInfo();
    if (continueAsNewSuggested || historyLength >= args.historyLimit)
      await continueAsNew<typeof runBatchWorkflow>(args);
  }
}

/** The run of a playbook that waits for the batch. */
async function tellRun(workflowId: string, batchId: string): Promise<void> {
  try {
    await getExternalWorkflowHandle(workflowId).signal(runEndedName, batchId);
  } catch (error) {
    // The run has ended.
    if (isCancellation(error)) throw error;
  }
}
