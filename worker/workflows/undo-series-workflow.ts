import {
  CancellationScope,
  continueAsNew,
  isCancellation,
  proxyActivities,
  setCurrentDetails,
  sleep,
  workflowInfo,
} from '@temporalio/workflow';
import type { UndoSeriesArgs } from '../../shared/undo/undo-contract.ts';
import type { UndoActivities } from '../activities/undo-activities.ts';

const { driveUndo } = proxyActivities<UndoActivities>({
  summary: 'Undo one after the other',
  // It ends when nothing moves; a call ends by its own deadline.
  startToCloseTimeout: '24 hours',
  // The series of a process that was killed goes on soon.
  heartbeatTimeout: '15s',
  retry: { initialInterval: '1s', backoffCoefficient: 2, maximumInterval: '1 minute', maximumAttempts: 30 },
  cancellationType: 'WAIT_CANCELLATION_COMPLETED',
});
const { stopUndo } = proxyActivities<UndoActivities>({ startToCloseTimeout: '15 minutes' });

const [shortestWaitMs, longestWaitMs] = [1000, 15_000];

/**
 * Undoes what a batch or a run has done, to the end or until it is stopped. The rows have what is undone and how far it is,
 * so the workflow carries ids only; each undo is an execution with a workflow of its own.
 */
export async function undoSeriesWorkflow(args: UndoSeriesArgs): Promise<void> {
  try {
    await run(args);
  } catch (error) {
    if (isCancellation(error)) await CancellationScope.nonCancellable(() => stopUndo(args));
    throw error;
  }
}

async function run(args: UndoSeriesArgs): Promise<void> {
  let pauseMs = shortestWaitMs;
  for (;;) {
    const report = await driveUndo(args);
    if (report.state === 'ended') return;
    pauseMs = report.moved ? shortestWaitMs : Math.min(longestWaitMs, pauseMs * 1.5);
    setCurrentDetails(report.message);
    await sleep(pauseMs, { summary: report.message });
    const { historyLength, continueAsNewSuggested } = workflowInfo();
    if (continueAsNewSuggested || historyLength >= args.historyLimit)
      await continueAsNew<typeof undoSeriesWorkflow>(args);
  }
}
