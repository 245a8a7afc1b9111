import { setTimeout as sleep } from 'node:timers/promises';
import { type Claim, claimAttempt, workerLost } from '../../shared/executions/db/executions-claim.ts';
import { countLostAttempts, quarantineExecution } from '../../shared/executions/db/executions-quarantine.ts';
import { type ExecutionRow, isTerminal } from '../../shared/executions/db/executions-row.ts';
import { settleAttempt } from '../../shared/executions/db/executions-settle.ts';
import type { ExecutionIds } from '../../shared/executions/execution-contract.ts';
import { closeOpenExecution } from '../../shared/executions/server/close-open-execution.ts';
import { loadExecutionTool } from '../../shared/executions/server/execution-tool.ts';
import { withDatabaseRetry } from '../../shared/platform/server/with-database-retry.ts';
import { retrySafety } from '../../shared/tools/providers/registry.ts';
import type { ExecutionWorkerContext } from './execution-worker-context.ts';

export interface ClaimedAttempt {
  row: ExecutionRow;
  number: number;
  deadlineAt: Date;
}

/** Longest wait for the next attempt inside a claim. */
const shortWaitMs = 1000;

export type Claimed =
  | { claimed: ClaimedAttempt }
  | { closed: ExecutionRow }
  /** The next attempt is not due yet: another worker was lost after it had recorded the last one. */
  | { early: { row: ExecutionRow; number: number; waitMs: number; message: string } };

/** The last attempt has lost its worker: the next one is made alone. */
export interface Suspect {
  suspect: true;
}

/**
 * Claims the next attempt for this process, or says why there is none now. An attempt that was claimed and never
 * settled belonged to a lost worker: it is settled first, and retried only when that is safe.
 * @param alone whether no other suspect begins an attempt in this process now
 * @throws Error when the execution is not found
 */
export function claimNext(context: ExecutionWorkerContext, ids: ExecutionIds, alone: true): Promise<Claimed>;
export function claimNext(
  context: ExecutionWorkerContext,
  ids: ExecutionIds,
  alone: false,
): Promise<Claimed | Suspect>;
export async function claimNext(
  context: ExecutionWorkerContext,
  ids: ExecutionIds,
  alone: boolean,
): Promise<Claimed | Suspect> {
  for (;;) {
    const claim = await withDatabaseRetry(() =>
      context.db.tenant(ids.tenantId, (connection) =>
        claimAttempt(connection, ids.executionId, context.workerId, alone),
      ),
    );
    if (!claim) throw new Error('Execution not found');
    const { row, claimed, latest } = claim;
    if (claimed) return { claimed: { row, ...claimed } };
    if (isTerminal(row)) return { closed: row };
    if (latest?.status === 'running') {
      // Claimed by this process, but not called: the response to the claim was lost.
      if (latest.worker === context.workerId && !context.sent.has(attemptKey(row.id, latest.number))) {
        return { claimed: { row, number: latest.number, deadlineAt: row.deadline_at } };
      }
      await settleLost(context, row, latest);
    } else if (row.cancel_requested_at) {
      await closeOpenExecution(context, ids, 'cancelled');
    } else if (
      row.attempts >= row.max_attempts ||
      (row.status === 'running' && row.deadline_at <= new Date())
    ) {
      await closeOpenExecution(context, ids, 'timed_out');
    } else if (latest && latest.waitMs > shortWaitMs) {
      const { number, waitMs, message } = latest;
      return { early: { row, number, waitMs, message: message ?? 'not finished' } };
    } else if (latest && latest.waitMs > 0) {
      await sleep(latest.waitMs);
    } else if (latest?.lost && !alone) {
      return { suspect: true };
    }
    // Otherwise another claim was faster; the next iteration reads it.
  }
}

export function attemptKey(executionId: string, number: number): string {
  return `${executionId}/${number}`;
}

async function settleLost(
  context: ExecutionWorkerContext,
  row: ExecutionRow,
  latest: NonNullable<Claim['latest']>,
): Promise<void> {
  const tool = await withDatabaseRetry(() => loadExecutionTool(context, row));
  const safe = tool !== null && retrySafety(tool.definition).safe;
  if (!safe) {
    // Its worker may be alive, but cut off from Temporal. A live worker settles within the attempt's timeout.
    const lastMoment = latest.startedAt.getTime() + (tool?.definition.timeoutMs ?? 0) + 2000;
    if (Date.now() < lastMoment) {
      await sleep(Math.min(250, lastMoment - Date.now()));
      return;
    }
  }
  if (safe && !latest.cleared && (await lostBefore(context, row))) {
    const closed = await withDatabaseRetry(() =>
      context.db.tenantTransaction(row.tenant_id, (connection) => quarantineExecution(connection, row)),
    );
    if (closed) context.waiters.settled(row.id);
    return;
  }
  if (!safe || latest.number >= row.max_attempts || row.deadline_at <= new Date()) {
    await closeOpenExecution(context, { tenantId: row.tenant_id, executionId: row.id }, 'lost');
    return;
  }
  await withDatabaseRetry(() =>
    context.db.tenant(row.tenant_id, (connection) =>
      settleAttempt(connection, {
        tenantId: row.tenant_id,
        executionId: row.id,
        attempt: {
          number: latest.number,
          status: 'unknown',
          error: { code: workerLost, message: 'The worker was lost during the call.' },
        },
        settlement: { status: 'running', willRetryAt: new Date() },
      }),
    ),
  );
}

async function lostBefore({ db }: ExecutionWorkerContext, row: ExecutionRow): Promise<boolean> {
  const lost = await withDatabaseRetry(() =>
    db.tenant(row.tenant_id, (connection) => countLostAttempts(connection, row)),
  );
  return lost > 0;
}
