import { ApplicationFailureCategory } from '@temporalio/common';
import {
  ApplicationFailure,
  CancellationScope,
  CancelledFailure,
  isCancellation,
  proxyActivities,
  proxyLocalActivities,
  setCurrentDetails,
  sleep,
} from '@temporalio/workflow';
import type {
  AttemptPlan,
  AttemptReport,
  CloseReason,
  ExecuteToolArgs,
} from '../../shared/executions/execution-contract.ts';
import type { ExecutionActivities } from '../activities/execution-activities.ts';

/** Activities wait for an unavailable database themselves; these bounds are for unforeseen failures. */
const local = proxyLocalActivities<ExecutionActivities>({
  startToCloseTimeout: '15 minutes',
  retry: { initialInterval: '200ms', maximumInterval: '10s', maximumAttempts: 10 },
});

/**
 * One execution of a tool. The first attempt of a short call has begun with its row, so mostly its report is here already;
 * otherwise a local activity joins it, or makes it. Retries and long calls are an activity that Temporal Web shows with its
 * attempts and its last failure.
 */
export async function executeToolWorkflow(args: ExecuteToolArgs): Promise<void> {
  let report: AttemptReport;
  try {
    report =
      args.report ??
      (args.plan ? await watchedAttempts(args, args.plan) : await local.attemptExecution(args));
    if (report.state === 'retry') {
      setCurrentDetails(waitingDetails(report));
      await sleep(report.afterMs, { summary: report.message });
      report = await watchedAttempts(args, report.plan);
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
