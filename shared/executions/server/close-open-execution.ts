import { setTimeout as sleep } from 'node:timers/promises';
import { withDatabaseRetry } from '../../platform/server/with-database-retry.ts';
import { retrySafety } from '../../tools/providers/registry.ts';
import type { LoadedTool } from '../../tools/server/tool-service.ts';
import { type ExecutionWithAttempts, readExecution } from '../db/executions-read.ts';
import { type ExecutionRow, isTerminal } from '../db/executions-row.ts';
import { closeExecution } from '../db/executions-settle.ts';
import type { CloseReason, ExecutionIds } from '../execution-contract.ts';
import type { Failure } from '../failure-codes.ts';
import { unknownOutcome } from '../retry-rules.ts';
import type { ExecutionContext } from './execution-context.ts';
import { countEndedLater } from './execution-metrics.ts';
import { loadExecutionTool } from './execution-tool.ts';
import { providerKey } from './provider-key.ts';
import { lostRequest } from './shown-request.ts';

/** Stops the call if it runs in this process, and then closes the execution. */
export async function stopAndClose(
  context: ExecutionContext,
  ids: ExecutionIds,
  reason: CloseReason,
): Promise<ExecutionRow | null> {
  const { running } = context;
  const stopped = running.abort(ids.executionId, reason === 'terminated' ? 'terminated' : 'cancelled');
  // The call itself knows its outcome: give it time to record it.
  for (let waited = 0; stopped && waited < 2000 && running.has(ids.executionId); waited += 50)
    await sleep(50);
  return closeOpenExecution(context, ids, reason);
}

/**
 * Closes an execution whose workflow was closed, was cancelled or failed. A call that may have been in flight and is not
 * safe to retry leaves an unknown outcome.
 * @param onlyAfterLease its open attempt belongs to another worker: nothing is closed while the lease holds
 * @returns the closed row, or null when the execution is not found or not closed
 */
export async function closeOpenExecution(
  context: ExecutionContext,
  { tenantId, executionId }: ExecutionIds,
  reason: CloseReason,
  onlyAfterLease = false,
): Promise<ExecutionRow | null> {
  for (;;) {
    const seen = await withDatabaseRetry(() =>
      context.db.tenant(tenantId, (connection) => readExecution(connection, tenantId, executionId)),
    );
    if (!seen || isTerminal(seen)) {
      if (seen) context.waiters.settled(executionId);
      return seen;
    }
    const openAttempt = seen.attempt_rows.at(-1)?.status === 'running';
    if (onlyAfterLease && !openAttempt) return null;
    const tool =
      openAttempt || reason === 'unrecorded'
        ? await withDatabaseRetry(() => loadExecutionTool(context, seen))
        : null;
    const failure = failureOf(tool, seen, openAttempt, reason);
    const request =
      openAttempt && tool ? lostRequest(tool, seen, await providerKey(context, tool, seen)) : null;
    const status = seen.status === 'requested' ? 'requested' : 'running';
    const closed = await withDatabaseRetry(() =>
      context.db.tenant(tenantId, (connection) =>
        closeExecution(connection, {
          tenantId,
          executionId,
          failure,
          request,
          seen: { status, attempts: seen.attempts, openAttempt },
          lost: onlyAfterLease,
        }),
      ),
    );
    if (closed) {
      countEndedLater(context, closed);
      context.waiters.settled(executionId);
      return closed;
    }
    if (onlyAfterLease) return null;
  }
}

function failureOf(
  tool: LoadedTool | null,
  seen: ExecutionWithAttempts,
  openAttempt: boolean,
  reason: CloseReason,
): Failure {
  const safe = tool !== null && retrySafety(tool.definition).safe;
  if (!openAttempt && (safe || reason !== 'unrecorded')) {
    const last = seen.attempt_rows.at(-1)?.error_message;
    return {
      ...withoutCall[reason],
      message: last ? `${withoutCall[reason].message} Before that: ${last}` : withoutCall[reason].message,
    };
  }
  if (!safe) return unknownOutcome(duringCall[reason]);
  if (reason === 'lost' || reason === 'unrecorded')
    return {
      code: 'outcome_unknown',
      message: `${reason === 'lost' ? lostWords(seen.lost_attempts + 1) : duringCall[reason]} It is safe to execute it again.`,
      retryable: true,
    };
  return { ...withoutCall[reason], message: duringCall[reason] };
}

const lostWords = (times: number): string =>
  times === 1 ? duringCall.lost : `The worker was lost during the call, ${times} times in all.`;

const withoutCall: Record<CloseReason, Failure> = {
  cancelled: { code: 'cancelled', message: 'Cancelled.', retryable: true },
  terminated: { code: 'terminated', message: 'Terminated in Temporal.', retryable: true },
  timed_out: { code: 'timeout', message: 'The deadline passed.', retryable: true },
  lost: { code: 'internal', message: 'The execution could not be continued.', retryable: true },
  unrecorded: { code: 'internal', message: 'The database is older than its outcome.', retryable: true },
};

const duringCall: Record<CloseReason, string> = {
  cancelled: 'Cancelled during the call.',
  terminated: 'Terminated in Temporal during the call.',
  timed_out: 'The deadline passed during the call.',
  lost: 'The worker was lost during the call.',
  unrecorded: 'The database is older than the call: whether it was made is not recorded.',
};
