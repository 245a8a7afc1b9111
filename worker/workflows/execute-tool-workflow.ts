import { ApplicationFailureCategory } from '@temporalio/common';
import {
  ApplicationFailure,
  CancellationScope,
  CancelledFailure,
  condition,
  defineSignal,
  isCancellation,
  proxyActivities,
  proxyLocalActivities,
  setCurrentDetails,
  setHandler,
  sleep,
} from '@temporalio/workflow';
import {
  type AttemptPlan,
  type AttemptReport,
  approvalDecidedName,
  type CloseReason,
  type ExecuteToolArgs,
  type WaitReport,
} from '../../shared/executions/execution-contract.ts';
import type { ExecutionActivities } from '../activities/execution-activities.ts';
import { traced } from './traced.ts';

const approvalDecidedSignal = defineSignal(approvalDecidedName);

/** Activities wait for an unavailable database themselves; these bounds are for unforeseen failures. */
const local = proxyLocalActivities<ExecutionActivities>({
  startToCloseTimeout: '15 minutes',
  retry: { initialInterval: '200ms', maximumInterval: '10s', maximumAttempts: 10 },
  // A worker that stops waits for what it retries itself: longer pauses are timers.
  localRetryThreshold: '1s',
});

/**
 * One execution of a tool. The first attempt of a short call has begun with its row, so mostly its report is here already;
 * otherwise a local activity joins it, or makes it. Retries and long calls are an activity that Temporal Web shows with its
 * attempts and its last failure. Where people have to approve it, the attempt says so, and is made again after their decision,
 * which the row has: the signal only wakes the workflow.
 */
export const executeToolWorkflow = traced(executeTool);

async function executeTool(args: ExecuteToolArgs): Promise<void> {
  const approval = { decided: false };
  setHandler(approvalDecidedSignal, () => {
    approval.decided = true;
  });
  let report: AttemptReport;
  try {
    report = args.report ?? (await firstAttempt(args));
    while (report.state === 'waiting' || report.state === 'retry') {
      if (report.state === 'waiting') {
        await decision(report, approval);
        approval.decided = false;
        report = await firstAttempt(args);
      } else {
        setCurrentDetails(waitingDetails(report));
        await sleep(report.afterMs, { summary: report.message });
        report = await watchedAttempts(args, report.plan);
      }
    }
  } catch (error) {
    // A failed workflow must not leave its row open.
    await close(args, isCancellation(error) ? 'cancelled' : 'lost');
    throw error;
  }
  if (report.state === 'failed') {
    setCurrentDetails(report.message);
    if (report.code === 'cancelled') throw new CancelledFailure(report.message);
    throw ApplicationFailure.create({
      message: report.message,
      type: report.code,
      nonRetryable: true,
      // A failed tool is normal, not for the worker's log.
      category: ApplicationFailureCategory.BENIGN,
    });
  }
}

function firstAttempt(args: ExecuteToolArgs): Promise<AttemptReport> {
  return args.plan ? watchedAttempts(args, args.plan) : local.attemptExecution(args);
}

/** Until people have decided, or their approval expires. */
async function decision({ message, untilMs }: WaitReport, approval: { decided: boolean }): Promise<void> {
  setCurrentDetails(message);
  // Not less than a second: the clock of the database may be behind.
  const waitMs = Math.max(1000, untilMs - Date.now());
  await condition(() => approval.decided, waitMs, { summary: message });
}

async function watchedAttempts(args: ExecuteToolArgs, plan: AttemptPlan): Promise<AttemptReport> {
  const { retryExecution } = proxyActivities<ExecutionActivities>({
    summary: args.label,
    // An attempt ends itself at its timeout and may then wait for the database to record that.
    startToCloseTimeout: plan.timeoutMs + 10 * 60_000,
    heartbeatTimeout: '15s',
    // The row says how many attempts there are: an activity that waits for its turn makes none.
    retry: {
      initialInterval: plan.initialMs,
      backoffCoefficient: plan.factor,
      maximumInterval: Math.max(plan.maxMs, plan.initialMs),
    },
  });
  return retryExecution(args);
}

function close(args: ExecuteToolArgs, reason: CloseReason): Promise<AttemptReport> {
  return CancellationScope.nonCancellable(() => local.closeExecution(args, reason));
}

function waitingDetails(report: { message: string; afterMs: number }): string {
  const next = new Date(Date.now() + report.afterMs).toISOString().slice(11, 19);
  return `${report.message} Next attempt at ${next} UTC.`;
}
