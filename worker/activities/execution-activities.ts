import { ApplicationFailure, CancelledFailure, Context, type Info } from '@temporalio/activity';
import { WorkflowNotFoundError } from '@temporalio/client';
import { ApplicationFailureCategory } from '@temporalio/common';
import { readApproval } from '../../shared/executions/db/executions-approval.ts';
import type { GateMode } from '../../shared/executions/db/executions-claim.ts';
import { clearAttempt } from '../../shared/executions/db/executions-quarantine.ts';
import { readExecution } from '../../shared/executions/db/executions-read.ts';
import { type ExecutionRow, isTerminal } from '../../shared/executions/db/executions-row.ts';
import { settleAttempt, settledExecution } from '../../shared/executions/db/executions-settle.ts';
import type {
  AttemptPlan,
  AttemptReport,
  CloseReason,
  ExecuteToolArgs,
  ExecutionIds,
  RetryReport,
  WaitReport,
} from '../../shared/executions/execution-contract.ts';
import { formatDuration } from '../../shared/executions/retry-rules.ts';
import { approvalsOf } from '../../shared/executions/server/approval-rules.ts';
import { reportOf } from '../../shared/executions/server/attempt-report.ts';
import { stopAndClose } from '../../shared/executions/server/close-open-execution.ts';
import { countEnded, countEndedLater } from '../../shared/executions/server/execution-metrics.ts';
import { loadExecutionTool } from '../../shared/executions/server/execution-tool.ts';
import type { FairPlaces } from '../../shared/executions/server/fair-places.ts';
import type { OfferAttempt } from '../../shared/executions/server/head-start.ts';
import { passOrWait, waitMsOf } from '../../shared/executions/server/pass-gate.ts';
import type { TakeCall } from '../../shared/executions/server/prepared-call.ts';
import type { AbortReason } from '../../shared/executions/server/running-calls.ts';
import { isPass, type Pass } from '../../shared/limits/server/gate.ts';
import { within } from '../../shared/platform/server/temporal/within.ts';
import { inSpan } from '../../shared/platform/server/tracing/tracing.ts';
import { withDatabaseRetry } from '../../shared/platform/server/with-database-retry.ts';
import type { LoadedTool } from '../../shared/tools/server/tool-service.ts';
import { type AttemptOutcome, type CallOptions, callTool } from './call-tool.ts';
import {
  attemptKey,
  type Claimed,
  type ClaimedAttempt,
  claimNext,
  failedAttempt,
  type Suspect,
} from './claim-next.ts';
import type { ExecutionWorkerContext } from './execution-worker-context.ts';
import { createLease, type Moment, momentNow } from './lease.ts';

export interface ExecutionActivities {
  /** Makes the first attempt; reports when the next one is due. */
  attemptExecution(args: ExecuteToolArgs): Promise<AttemptReport>;
  /** Makes one further attempt; fails when another one is due, so that Temporal retries and shows it. */
  retryExecution(args: ExecuteToolArgs): Promise<AttemptReport>;
  closeExecution(args: ExecuteToolArgs, reason: CloseReason): Promise<AttemptReport>;
}

/** A free place is taken within about this time. */
const longestTurnMs = 4000;
const waitsForTurn = 'Waits for other calls of this organization.';
/** Longer than a call takes that ends its process. */
const aloneMs = 500;
/** Unexpected errors are retried until an activity has been dispatched this often. */
const unexpectedLimit = 10;
const describeMs = 5000;
/** Often enough that a cancel in Temporal Web arrives within seconds. */
const heartbeatMs = 2000;

/** The effects of `executeToolWorkflow`. What they return or throw is stored in histories: no payload, no secret. */
export function createExecutionActivities(context: ExecutionWorkerContext): ExecutionActivities {
  return {
    async attemptExecution(args) {
      return (
        context.headStart.takeReport(args.executionId) ??
        (await hidingDetails(context, args, async () => {
          const free = takePlace(context, context.places.local, args);
          // As an activity that Temporal Web shows, it waits for its turn without a slot of the worker.
          if (!free) return waitReport(context, args);
          // Local activities have no heartbeats.
          return attempt(context, args, () => {}).finally(free);
        }))
      );
    },

    async retryExecution(args) {
      const temporal = Context.current();
      const beat = setInterval(() => temporal.heartbeat(), heartbeatMs);
      try {
        return await hidingDetails(context, args, async () => {
          const free = takePlace(context, context.places.watched, args);
          if (!free) throw nextTurn(temporal.info.attempt);
          const report = await attempt(context, args, () => temporal.heartbeat()).finally(free);
          if (report.state === 'retry') throw nextAttempt(report);
          return report;
        });
      } finally {
        clearInterval(beat);
      }
    },

    closeExecution: (args, reason) =>
      hidingDetails(context, args, async () => {
        const row = await stopAndClose(context, args, reason);
        return row ? reportOf(row) : notFound();
      }),
  };
}

/** The worker's side of a head start: first attempts that begin with their row, before they have a workflow. */
export function offerAttempts(context: ExecutionWorkerContext): OfferAttempt {
  return (tenantId) => {
    const free = context.places.local.take(tenantId);
    if (!free) return null;
    let asked: Moment | null = null;
    return {
      worker: context.workerId,
      asking: () => {
        asked ??= momentNow();
      },
      make: ({ row, egress }, takeCall, pass) => {
        const lease = createLease({ executionId: row.id, number: 1 }, asked ?? momentNow());
        const claimed = { row, number: 1, deadlineAt: row.deadline_at, lease, egress };
        const ids = { tenantId, executionId: row.id };
        return context.running
          .run(row.id, (signal) =>
            attemptClaimed(context, ids, { claimed }, { signal, heartbeat: () => {}, takeCall, pass }),
          )
          .finally(free);
      },
      free,
    };
  };
}

/** A call that is in progress already has its place. */
function takePlace(
  { running }: ExecutionWorkerContext,
  places: FairPlaces,
  { tenantId, executionId }: ExecutionIds,
): (() => void) | null {
  return running.has(executionId) ? () => {} : places.take(tenantId);
}

/** Makes Temporal dispatch the activity again soon; the longer it has waited, the later. */
function nextTurn(dispatched: number): ApplicationFailure {
  const delay = Math.min(longestTurnMs, 250 * 2 ** (dispatched - 1));
  return ApplicationFailure.create({
    message: waitsForTurn,
    type: 'waits_for_turn',
    category: ApplicationFailureCategory.BENIGN,
    nextRetryDelay: Math.ceil(delay * (0.75 + Math.random() / 2)),
  });
}

/** Makes Temporal retry the activity at the time and with the message of the report. */
function nextAttempt(report: RetryReport): ApplicationFailure {
  return ApplicationFailure.create({
    message: `${report.message} Next attempt in ${formatDuration(report.afterMs)}.`,
    type: 'attempt_failed',
    // Expected, and shown in the row and in Temporal Web: not for the log.
    category: ApplicationFailureCategory.BENIGN,
    nextRetryDelay: Math.max(1, report.afterMs),
  });
}

function attempt(
  context: ExecutionWorkerContext,
  args: ExecuteToolArgs,
  heartbeat: () => void,
): Promise<AttemptReport> {
  const temporal = Context.current();
  let ended = false;
  const stop = async () => {
    const reason = stopReason(temporal);
    // Temporal has given this activity up, for example because it was away for some time, but its workflow goes on. So does
    // the call: the next activity joins it, or waits for its lease.
    if (reason === 'terminated' && !(await isWorkflowClosed(context, temporal.info))) return;
    if (!ended) context.running.abort(args.executionId, reason);
  };
  // A local activity is also cancelled when Temporal takes its workflow task back, because this process or Temporal was slow.
  // No one wants the call to stop then: the task that follows joins it. A real cancel arrives by the row (`watchRunning`).
  if (!temporal.info.isLocal) temporal.cancellationSignal.addEventListener('abort', stop);
  return context.running
    .run(args.executionId, (signal) => attemptOnce(context, args, signal, heartbeat, temporal.info.attempt))
    .finally(() => {
      ended = true;
      temporal.cancellationSignal.removeEventListener('abort', stop);
    });
}

/** Also false when Temporal cannot say: a closed workflow is found by reconciliation too. */
async function isWorkflowClosed(
  { temporal: { client } }: ExecutionWorkerContext,
  { workflowExecution }: Info,
): Promise<boolean> {
  if (!workflowExecution) return false;
  const { workflowId, runId } = workflowExecution;
  try {
    const { status } = await within(client, describeMs, () =>
      client.workflow.getHandle(workflowId, runId).describe(),
    );
    return status.name !== 'RUNNING';
  } catch (error) {
    return error instanceof WorkflowNotFoundError;
  }
}

async function attemptOnce(
  context: ExecutionWorkerContext,
  { tenantId, executionId, gated }: ExecuteToolArgs,
  signal: AbortSignal,
  heartbeat: () => void,
  dispatched: number,
): Promise<AttemptReport> {
  const ids = { tenantId, executionId };
  const options = { signal, heartbeat };
  const gate = gated ? 'ask' : 'free';
  const { next, pass } = await claimWithPass(context, ids, { alone: false, gate, dispatched });
  return 'suspect' in next
    ? attemptAlone(context, ids, { ...options, pass })
    : attemptClaimed(context, ids, next, { ...options, pass });
}

/** @param pass null: nothing stands between the call and its host */
type Circumstances = Omit<CallOptions, 'prepared' | 'refused'> & { takeCall?: TakeCall; pass: Pass | null };

/**
 * Claims the next attempt; where the tenant limits its calls, with a pass, or not yet.
 * @param dispatched how often its activity was: the longer it has waited, the later it is tried again
 */
async function claimWithPass(
  context: ExecutionWorkerContext,
  ids: ExecutionIds,
  { alone, gate, dispatched }: { alone: boolean; gate: GateMode; dispatched: number },
): Promise<{ next: Claimed | Suspect; pass: Pass | null }> {
  const next = await claimNext(context, ids, alone, gate);
  if (!('gated' in next)) return { next, pass: null };
  const row = next.gated;
  const tool = await withDatabaseRetry(() => loadExecutionTool(context, row));
  const pass = tool && (await withDatabaseRetry(() => passOrWait(context, tool, row)));
  if (pass && !isPass(pass))
    return {
      next: { early: { row, waitMs: waitMsOf(pass, dispatched), message: pass.message } },
      pass: null,
    };
  try {
    const passed = await claimNext(context, ids, alone, 'passed');
    // A claim with a pass is not asked for one.
    if ('gated' in passed) throw new Error('An attempt with a pass was asked for one');
    return { next: passed, pass };
  } catch (error) {
    await pass?.ended(null);
    throw error;
  }
}

/**
 * An attempt that follows a lost one begins while no other of them does in this process. If the worker is lost within a
 * moment, it was this one; otherwise it is cleared, and the next one begins.
 */
async function attemptAlone(
  context: ExecutionWorkerContext,
  ids: ExecutionIds,
  { pass: held, ...options }: Circumstances,
): Promise<AttemptReport> {
  const leave = await context.alone.enter();
  let timer: NodeJS.Timeout | undefined;
  try {
    // Its place may have ended while it waited for its turn.
    await held?.ended(null);
    const { next, pass } = await claimWithPass(context, ids, { alone: true, gate: 'free', dispatched: 1 });
    if ('suspect' in next) throw new Error('An attempt that is made alone was found suspect');
    if ('claimed' in next) {
      const { number } = next.claimed;
      const clear = () =>
        context.db.tenant(ids.tenantId, (connection) =>
          clearAttempt(connection, { executionId: ids.executionId, number }),
        );
      timer = setTimeout(
        () =>
          void clear()
            .catch(() => {})
            .finally(leave),
        aloneMs,
      );
    }
    return await attemptClaimed(context, ids, next, { ...options, pass });
  } finally {
    clearTimeout(timer);
    leave();
  }
}

async function attemptClaimed(
  context: ExecutionWorkerContext,
  { tenantId, executionId }: ExecutionIds,
  next: Claimed,
  { takeCall, pass, ...options }: Circumstances,
): Promise<AttemptReport> {
  const { db, waiters } = context;
  if (!('claimed' in next)) await pass?.ended(null);
  if ('closed' in next) {
    waiters.settled(executionId);
    return reportOf(next.closed);
  }
  if ('waiting' in next) return approvalReport(context, next.waiting);
  if ('early' in next) return earlyReport(context, next.early);
  const { claimed } = next;
  context.leases.add(claimed.lease);
  const attributes = { 'interlock.execution.id': executionId, 'interlock.attempt': claimed.number };
  const outcome = await inSpan('attempt', { attributes }, async (span) => {
    const made = await callTool(context, claimed, {
      ...options,
      prepared: takeCall?.() ?? null,
      refused: pass?.refused ?? null,
    });
    span.set({ 'interlock.attempt.status': made.attempt.status, 'error.type': made.attempt.error?.code });
    if (made.attempt.status !== 'succeeded') span.fail();
    return made;
  });
  const own = pass ?? (outcome.tool && context.gate.pass(outcome.tool, executionId));
  const counted = own?.ended(outcome.result);
  const settled = await withDatabaseRetry(() =>
    db.tenant(tenantId, (connection) => settleAttempt(connection, { tenantId, executionId, ...outcome })),
  ).finally(() => context.leases.delete(claimed.lease));
  await counted;
  context.sent.delete(attemptKey(executionId, claimed.number));
  if (outcome.verdict) context.verdicts.note(tenantId, outcome.verdict);
  if (settled && !isTerminal(settled)) return retryReport(claimed, outcome);
  if (settled) {
    const row = settledExecution(claimed.row, settled, outcome);
    if (outcome.tool) countEnded(outcome.tool.definition.type, row);
    else countEndedLater(context, row);
    const isWhole = claimed.number === 1 && claimed.row.approval_status === null;
    waiters.settled(executionId, isWhole ? row : null);
    return reportOf(row);
  }
  // Settled by someone else, or by this statement, whose response was lost.
  const row = await withDatabaseRetry(() =>
    db.tenant(tenantId, (connection) => readExecution(connection, tenantId, executionId)),
  );
  if (!row) return notFound();
  if (!isTerminal(row)) return retryReport(claimed, outcome);
  waiters.settled(executionId);
  return reportOf(row);
}

function retryReport(
  { row, number }: ClaimedAttempt,
  { attempt, settlement, tool }: AttemptOutcome,
): RetryReport {
  return {
    state: 'retry',
    afterMs: settlement.status === 'running' ? Math.max(0, settlement.willRetryAt.getTime() - Date.now()) : 0,
    message: failedAttempt(row, number, attempt.error?.message),
    plan: planOf(tool),
  };
}

async function waitReport(
  context: ExecutionWorkerContext,
  { tenantId, executionId }: ExecutionIds,
): Promise<RetryReport> {
  const row = await withDatabaseRetry(() =>
    context.db.tenant(tenantId, (connection) => readExecution(connection, tenantId, executionId)),
  );
  if (!row) return notFound();
  const tool = await withDatabaseRetry(() => loadExecutionTool(context, row));
  return { state: 'retry', afterMs: 1, message: waitsForTurn, plan: planOf(tool) };
}

async function earlyReport(
  context: ExecutionWorkerContext,
  { row, waitMs, message }: { row: ExecutionRow; waitMs: number; message: string },
): Promise<RetryReport> {
  return {
    state: 'retry',
    afterMs: waitMs,
    message,
    plan: planOf(await withDatabaseRetry(() => loadExecutionTool(context, row))),
  };
}

async function approvalReport(
  { db }: ExecutionWorkerContext,
  { id, tenant_id, approval_expires_at }: ExecutionRow,
): Promise<WaitReport> {
  const approval = await withDatabaseRetry(() =>
    db.tenant(tenant_id, (connection) => readApproval(connection, id)),
  );
  const until = approval_expires_at!.toISOString();
  return {
    state: 'waiting',
    untilMs: approval_expires_at!.getTime(),
    message: `Waits for people: ${approvalsOf(approval!)} until ${until.slice(0, 16).replace('T', ' ')} UTC.`,
  };
}

function planOf(tool: LoadedTool | null): AttemptPlan {
  const { retry, timeoutMs } = tool?.definition ?? { retry: defaultRetry, timeoutMs: 10_000 };
  return { ...retry, timeoutMs };
}

const defaultRetry = { maxAttempts: 1, initialMs: 500, factor: 2, maxMs: 10_000 };

function stopReason(temporal: Context): AbortReason {
  const details = temporal.cancellationDetails;
  if (details?.notFound) return 'terminated';
  return details?.workerShutdown || details?.paused || details?.reset ? 'shutdown' : 'cancelled';
}

function notFound(): never {
  throw ApplicationFailure.nonRetryable('Execution not found.', 'not_found');
}

/** An unexpected error may quote anything: it goes to the log, and Temporal gets a message without details. */
async function hidingDetails(
  context: ExecutionWorkerContext,
  args: ExecuteToolArgs,
  work: () => Promise<AttemptReport>,
): Promise<AttemptReport> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof ApplicationFailure || error instanceof CancelledFailure) throw error;
    context.log.error({ err: error, executionId: args.executionId }, 'an activity failed unexpectedly');
    const { attempt } = Context.current().info;
    throw ApplicationFailure.create({
      message: 'Unexpected error. See the log of the worker.',
      type: 'internal',
      nonRetryable: attempt >= unexpectedLimit,
    });
  }
}
