import { ApplicationFailure, CancelledFailure, Context } from '@temporalio/activity';
import { ApplicationFailureCategory } from '@temporalio/common';
import { readExecution } from '../../shared/db/queries/executions-read.ts';
import { type ExecutionRow, isTerminal } from '../../shared/db/queries/executions-row.ts';
import { settleAttempt } from '../../shared/db/queries/executions-settle.ts';
import { stopAndClose } from '../../shared/execution/close-open-execution.ts';
import type { AbortReason } from '../../shared/execution/outcomes.ts';
import { persist } from '../../shared/execution/persist.ts';
import { words } from '../../shared/execution/retry-rules.ts';
import type { AttemptReport, CloseReason, ExecuteToolArgs } from '../../shared/temporal/contract.ts';
import { type AttemptOutcome, callTool } from './call-tool.ts';
import { attemptKey, type ClaimedAttempt, claimNext } from './claim-next.ts';
import type { ExecutionWorkerContext } from './execution-worker-context.ts';

export interface ExecutionActivities {
  /** The first attempt; says when the next one is due. */
  attemptExecution(args: ExecuteToolArgs): Promise<AttemptReport>;
  /** One further attempt; fails when another one is due, so that Temporal repeats and shows it. */
  retryExecution(args: ExecuteToolArgs): Promise<AttemptReport>;
  closeExecution(args: ExecuteToolArgs, reason: CloseReason): Promise<AttemptReport>;
}

/** Often enough that a cancel in Temporal Web is heard of within seconds. */
const heartbeatMs = 2000;

/** The effects of `executeToolWorkflow`. What they return or throw stands in histories: no payload, no secret. */
export function createExecutionActivities(context: ExecutionWorkerContext): ExecutionActivities {
  return {
    // Temporal knows no heartbeats of local activities.
    attemptExecution: (args) => discreet(context, args, () => attempt(context, args, () => {})),

    async retryExecution(args) {
      const temporal = Context.current();
      const beat = setInterval(() => temporal.heartbeat(), heartbeatMs);
      try {
        const report = await discreet(context, args, () =>
          attempt(context, args, () => temporal.heartbeat()),
        );
        if (report.state !== 'retry') return report;
        throw ApplicationFailure.create({
          message: `${report.message} Next try in ${words(report.afterMs)}.`,
          type: 'attempt_failed',
          // Expected, told in the row and in Temporal Web: not for the log.
          category: ApplicationFailureCategory.BENIGN,
          nextRetryDelay: Math.max(1, report.afterMs),
        });
      } finally {
        clearInterval(beat);
      }
    },

    closeExecution: (args, reason) =>
      discreet(context, args, async () => {
        const row = await stopAndClose(context, args, reason);
        return row ? reportOf(row) : missing();
      }),
  };
}

function attempt(
  context: ExecutionWorkerContext,
  args: ExecuteToolArgs,
  heartbeat: () => void,
): Promise<AttemptReport> {
  const temporal = Context.current();
  const stop = () => context.outcomes.abort(args.executionId, stopReason(temporal));
  temporal.cancellationSignal.addEventListener('abort', stop);
  return context.outcomes
    .run(args.executionId, (signal) => attemptOnce(context, args, signal, heartbeat))
    .finally(() => temporal.cancellationSignal.removeEventListener('abort', stop));
}

async function attemptOnce(
  context: ExecutionWorkerContext,
  args: ExecuteToolArgs,
  signal: AbortSignal,
  heartbeat: () => void,
): Promise<AttemptReport> {
  const { tenantId, executionId } = args;
  const claimed = await claimNext(context, args);
  if ('closed' in claimed) {
    context.outcomes.settled(executionId);
    return reportOf(claimed.closed);
  }
  const outcome = await callTool(context, claimed, signal, heartbeat);
  const settled = await persist(() =>
    context.db.tenant(tenantId, (connection) =>
      settleAttempt(connection, { tenantId, executionId, ...outcome }),
    ),
  );
  context.sent.delete(attemptKey(executionId, claimed.number));
  if (settled && !isTerminal(settled)) return retryReport(claimed, outcome);
  if (settled) {
    context.outcomes.settled(executionId);
    return reportOf(settled);
  }
  // Settled by somebody else, or by this statement whose reply was lost.
  const row = await persist(() =>
    context.db.tenant(tenantId, (connection) => readExecution(connection, tenantId, executionId)),
  );
  if (!row) return missing();
  if (!isTerminal(row)) return retryReport(claimed, outcome);
  context.outcomes.settled(executionId);
  return reportOf(row);
}

function retryReport(
  { row, number }: ClaimedAttempt,
  { attempt: failed, settlement, tool }: AttemptOutcome,
): AttemptReport {
  const afterMs =
    settlement.status === 'running' ? Math.max(0, settlement.willRetryAt.getTime() - Date.now()) : 0;
  const { retry, timeoutMs } = tool?.definition ?? { retry: defaultRetry, timeoutMs: 10_000 };
  return {
    state: 'retry',
    afterMs,
    message: `Attempt ${number} of ${row.max_attempts} failed: ${failed.error?.message ?? 'not finished'}.`,
    plan: { ...retry, timeoutMs, maxAttempts: Math.max(1, row.max_attempts - number) },
  };
}

const defaultRetry = { maxAttempts: 1, initialMs: 500, factor: 2, maxMs: 10_000 };

function reportOf(row: ExecutionRow): AttemptReport {
  if (row.status === 'succeeded') return { state: 'succeeded' };
  return { state: 'failed', code: row.failure_code ?? 'internal', message: row.error_message ?? 'Failed.' };
}

function stopReason(temporal: Context): AbortReason {
  const details = temporal.cancellationDetails;
  if (details?.notFound) return 'terminated';
  return details?.workerShutdown || details?.paused || details?.reset ? 'shutdown' : 'cancelled';
}

function missing(): never {
  throw ApplicationFailure.nonRetryable('There is no such execution.', 'not_found');
}

/** An unexpected error may quote anything: it goes to the log, and Temporal learns only that there was one. */
async function discreet(
  context: ExecutionWorkerContext,
  args: ExecuteToolArgs,
  work: () => Promise<AttemptReport>,
): Promise<AttemptReport> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof ApplicationFailure || error instanceof CancelledFailure) throw error;
    context.log.error({ err: error, executionId: args.executionId }, 'an activity failed unexpectedly');
    throw ApplicationFailure.retryable('Unexpected error; see the log of the worker.', 'internal');
  }
}
