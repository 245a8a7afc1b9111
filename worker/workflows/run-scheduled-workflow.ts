import { defineSearchAttributeKey, SearchAttributeType } from '@temporalio/common';
import {
  CancellationScope,
  condition,
  continueAsNew,
  defineSignal,
  isCancellation,
  proxyActivities,
  setHandler,
  workflowInfo,
} from '@temporalio/workflow';
import {
  type Fire,
  type RunScheduledArgs,
  type StartedFire,
  scheduledRunEndedName,
} from '../../shared/schedules/schedule-contract.ts';
import type { ScheduleActivities } from '../activities/schedule-activities.ts';

/** The time of a fire, without jitter and however late it is. */
const scheduledTime = defineSearchAttributeKey('TemporalScheduledStartTime', SearchAttributeType.DATETIME);

const scheduledRunEndedSignal = defineSignal(scheduledRunEndedName);

const { fireSchedule, cancelFire } = proxyActivities<ScheduleActivities>({
  startToCloseTimeout: '5 minutes',
  // The fire of a process that was killed goes on soon.
  heartbeatTimeout: '15s',
  // It gives up by itself.
  retry: { initialInterval: '1s', backoffCoefficient: 2, maximumInterval: '1 minute' },
  cancellationType: 'WAIT_CANCELLATION_COMPLETED',
});
const { isFireOpen } = proxyActivities<ScheduleActivities>({ startToCloseTimeout: '15 minutes' });

/** In case the signal is lost. */
const firstLookMs = 60_000;
const longestLookMs = 3_600_000;

/**
 * One fire of a schedule: starts what the schedule is for and ends with it, so that Temporal knows what overlaps. The rows
 * decide; the workflow carries ids only.
 */
export async function runScheduledWorkflow(args: RunScheduledArgs): Promise<void> {
  const told = { ended: false };
  setHandler(scheduledRunEndedSignal, () => {
    told.ended = true;
  });
  const fire = fireOf(args);
  try {
    await untilEnded(args, await fireSchedule(fire), told);
  } catch (error) {
    if (!isCancellation(error)) throw error;
    await CancellationScope.nonCancellable(async () => untilEnded(args, await cancelFire(fire), told));
    throw error;
  }
}

function fireOf({ tenantId, scheduleId, runId }: RunScheduledArgs): Fire {
  const { workflowId, typedSearchAttributes } = workflowInfo();
  if (runId !== undefined) return { tenantId, scheduleId, runId, workflowId };
  const scheduledAt = typedSearchAttributes.get(scheduledTime)!.toISOString();
  return { tenantId, scheduleId, scheduledAt, workflowId };
}

async function untilEnded(
  args: RunScheduledArgs,
  started: StartedFire | null,
  told: { ended: boolean },
): Promise<void> {
  if (!started) return;
  for (let lookMs = firstLookMs; !told.ended; lookMs = Math.min(longestLookMs, lookMs * 2)) {
    if (await condition(() => told.ended, lookMs, { summary: 'Waits for what it has started' })) return;
    if (!(await isFireOpen(started))) return;
    const { historyLength, continueAsNewSuggested } = workflowInfo();
    if (continueAsNewSuggested || historyLength >= args.historyLimit)
      await continueAsNew<typeof runScheduledWorkflow>({ ...args, runId: started.runId });
  }
}
