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
 * @returns the closed row, or null when the execution is not found
 */
export async function closeOpenExecution(
  context: ExecutionContext,
  { tenantId, executionId }: ExecutionIds,
  reason: CloseReason,
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
    const tool = openAttempt ? await loadExecutionTool(context, seen) : null;
    const failure = failureOf(tool, seen, openAttempt, reason);
    const request = tool && lostRequest(tool, seen, await providerKey(context, tool, seen));
    const status = seen.status === 'requested' ? 'requested' : 'running';
    const closed = await withDatabaseRetry(() =>
      context.db.tenant(tenantId, (connection) =>
        closeExecution(connection, {
          tenantId,
          executionId,
          failure,
          request,
          seen: { status, attempts: seen.attempts, openAttempt },
        }),
      ),
    );
    if (closed) {
      context.waiters.settled(executionId);
      return closed;
    }
  }
}

function failureOf(
  tool: LoadedTool | null,
  seen: ExecutionWithAttempts,
  openAttempt: boolean,
  reason: CloseReason,
): Failure {
  if (!openAttempt) {
    const last = seen.attempt_rows.at(-1)?.error_message;
    return {
      ...withoutCall[reason],
      message: last ? `${withoutCall[reason].message} Before that: ${last}` : withoutCall[reason].message,
    };
  }
  const safe = tool !== null && retrySafety(tool.definition).safe;
  if (!safe) return unknownOutcome(duringCall[reason]);
  if (reason === 'lost')
    return {
      code: 'outcome_unknown',
      message: `${duringCall.lost} It is safe to execute it again.`,
      retryable: true,
    };
  return { ...withoutCall[reason], message: duringCall[reason] };
}

const withoutCall: Record<CloseReason, Failure> = {
  cancelled: { code: 'cancelled', message: 'Cancelled.', retryable: true },
  terminated: { code: 'terminated', message: 'Terminated in Temporal.', retryable: true },
  timed_out: { code: 'timeout', message: 'The deadline passed.', retryable: true },
  lost: { code: 'internal', message: 'The execution could not be continued.', retryable: true },
};

const duringCall: Record<CloseReason, string> = {
  cancelled: 'Cancelled during the call.',
  terminated: 'Terminated in Temporal during the call.',
  timed_out: 'The deadline passed during the call.',
  lost: 'The worker was lost during the call.',
};
