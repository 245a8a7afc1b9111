import { setTimeout as sleep } from 'node:timers/promises';
import { expireApproval } from '../../shared/executions/db/executions-approval.ts';
import {
  type Claim,
  claimAttempt,
  type GateMode,
  workerLost,
} from '../../shared/executions/db/executions-claim.ts';
import { type AttemptIds, renewLeases } from '../../shared/executions/db/executions-lease.ts';
import { countLostAttempts, quarantineExecution } from '../../shared/executions/db/executions-quarantine.ts';
import { type ExecutionRow, isTerminal } from '../../shared/executions/db/executions-row.ts';
import { settleAttempt } from '../../shared/executions/db/executions-settle.ts';
import type { ExecutionIds } from '../../shared/executions/execution-contract.ts';
import { closeOpenExecution } from '../../shared/executions/server/close-open-execution.ts';
import { countEndedLater } from '../../shared/executions/server/execution-metrics.ts';
import { loadExecutionTool } from '../../shared/executions/server/execution-tool.ts';
import type { TenantEgress } from '../../shared/platform/egress-rules.ts';
import { withDatabaseRetry } from '../../shared/platform/server/with-database-retry.ts';
import { retrySafety } from '../../shared/tools/providers/registry.ts';
import type { ExecutionWorkerContext } from './execution-worker-context.ts';
import { createLease, type Lease, momentNow } from './lease.ts';

export interface ClaimedAttempt {
  row: ExecutionRow;
  number: number;
  deadlineAt: Date;
  lease: Lease;
  /** What its call may reach. */
  egress: TenantEgress;
}

/** Longest wait for the next attempt inside a claim. */
const shortWaitMs = 1000;
/** Longest wait for the lease of another worker inside a claim. */
const shortLeaseMs = 3000;
/** How often it is checked whether the worker of a running attempt has settled it. */
const runningWaitMs = 4000;
/** An execution that has lost this many workers is not tried again. */
const maxLost = 5;
/** How long after its timeout a live worker may still settle an attempt. */
const lateMs = 2000;

export type Claimed =
  | { claimed: ClaimedAttempt }
  | { closed: ExecutionRow }
  /** People have to approve it first. */
  | { waiting: ExecutionRow }
  /** The next attempt is not due yet, or the last one may still be in progress in another worker. */
  | { early: { row: ExecutionRow; waitMs: number; message: string } };

/** An attempt is due, but the tenant limits its calls: a pass of the gate comes first. */
export interface Gated {
  gated: ExecutionRow;
}

/** The last attempt has lost its worker: the next one is made alone. */
export interface Suspect {
  suspect: true;
}

/** Far more than the workers that claim one execution at the same time. */
const fruitlessLimit = 50;

/**
 * Claims the next attempt for this process, or says why there is none now. A running attempt belongs to another worker
 * while its lease holds. Afterwards that worker is lost: the attempt is settled first, and retried only when that is safe.
 * @param alone whether no other suspect begins an attempt in this process now
 * @param gate whether the attempt has a pass, or needs one
 * @throws Error when the execution is not found, or its rows say neither that it has ended nor what comes next
 */
export async function claimNext(
  context: ExecutionWorkerContext,
  ids: ExecutionIds,
  alone: boolean,
  gate: GateMode,
): Promise<Claimed | Suspect | Gated> {
  let asked = momentNow();
  let fruitless = 0;
  for (;;) {
    const claim = await withDatabaseRetry(() => {
      asked = momentNow();
      return context.db.tenant(ids.tenantId, (connection) =>
        claimAttempt(connection, ids.executionId, context.workerId, alone, gate),
      );
    });
    if (!claim) throw new Error('Execution not found');
    const { row, claimed, latest, egress } = claim;
    const leaseOf = (number: number) => createLease({ executionId: row.id, number }, asked);
    if (claimed) return { claimed: { row, ...claimed, lease: leaseOf(claimed.number), egress } };
    if (isTerminal(row)) return { closed: row };
    if (latest?.status === 'running') {
      // Claimed by this process, but not called: the response to the claim was lost.
      if (latest.worker === context.workerId && !context.sent.has(attemptKey(row.id, latest.number))) {
        const { number } = latest;
        const lease = leaseOf(number);
        if (await renewLease(context, row.tenant_id, lease))
          return { claimed: { row, number, deadlineAt: row.deadline_at, lease, egress } };
        continue;
      }
      const waitMs = await settleLost(context, row, latest);
      if (waitMs > shortLeaseMs) {
        const message = `Attempt ${ofAll(row, latest.number)} has no result yet: its worker is busy or was lost.`;
        return { early: { row, waitMs: Math.min(waitMs, runningWaitMs), message } };
      }
      await sleep(waitMs);
    } else if (await expire(context, row)) {
      // The next iteration reads how it ended.
    } else if (row.approval_status === 'waiting') {
      return { waiting: row };
    } else if (row.cancel_requested_at) {
      await closeOpenExecution(context, ids, 'cancelled');
    } else if (
      row.attempts >= row.max_attempts + row.lost_attempts ||
      (row.status === 'running' && row.deadline_at <= (latest?.dueAt ?? new Date()))
    ) {
      await closeOpenExecution(context, ids, 'timed_out');
    } else if (latest && latest.waitMs > shortWaitMs) {
      const { number, waitMs, message } = latest;
      return { early: { row, waitMs, message: failedAttempt(row, number, message) } };
    } else if (latest && latest.waitMs > 0) {
      await sleep(latest.waitMs);
    } else if (latest?.lost && !alone) {
      return { suspect: true };
    } else if (claim.gated) {
      return { gated: row };
    } else if (++fruitless > fruitlessLimit) {
      throw new Error(
        'The rows of this execution contradict each other: it is open, and no attempt may follow',
      );
    }
    // Otherwise another claim was faster; the next iteration reads it.
  }
}

/** @returns whether its approval has expired, so that it has ended */
async function expire(context: ExecutionWorkerContext, row: ExecutionRow): Promise<boolean> {
  if (row.approval_status === null || row.status !== 'requested') return false;
  const ended = await withDatabaseRetry(() =>
    context.db.tenant(row.tenant_id, (connection) => expireApproval(connection, row.id)),
  );
  if (ended) countEndedLater(context, ended);
  return ended !== null;
}

export function attemptKey(executionId: string, number: number): string {
  return `${executionId}/${number}`;
}

/** "2 of 3": attempts that were lost with their worker are made again, so they are added to the whole. */
function ofAll(row: ExecutionRow, number: number): string {
  return `${number} of ${row.max_attempts + row.lost_attempts}`;
}

export function failedAttempt(row: ExecutionRow, number: number, message: string | null | undefined): string {
  return `Attempt ${ofAll(row, number)} failed: ${message ?? 'not finished'}.`;
}

/** @returns false when another worker has taken the attempt over, or someone has closed its execution */
export async function renewLease(
  { db, workerId }: ExecutionWorkerContext,
  tenantId: string,
  lease: Lease,
): Promise<boolean> {
  let asked = momentNow();
  const own: AttemptIds[] = await withDatabaseRetry(() => {
    asked = momentNow();
    return db.tenant(tenantId, (connection) => renewLeases(connection, workerId, [lease]));
  });
  if (own.length === 0) return false;
  lease.renewed(asked);
  return true;
}

/** Settles an attempt whose worker was lost. @returns how long to wait before that; 0 when the next claim may follow */
async function settleLost(
  context: ExecutionWorkerContext,
  row: ExecutionRow,
  latest: NonNullable<Claim['latest']>,
): Promise<number> {
  const tool = await withDatabaseRetry(() => loadExecutionTool(context, row));
  const safe = tool !== null && retrySafety(tool.definition).safe;
  // A worker that is cut off from the database cannot renew its lease, but may still have a response to record.
  const lateBy = safe ? 0 : (tool?.definition.timeoutMs ?? 0) + lateMs - latest.ageMs;
  const waitMs = Math.max(latest.waitMs, lateBy);
  if (waitMs > 0) return waitMs;
  if (safe && !latest.cleared && (await lostBefore(context, row))) {
    const closed = await withDatabaseRetry(() =>
      context.db.tenantTransaction(row.tenant_id, (connection) => quarantineExecution(connection, row)),
    );
    if (closed) {
      countEndedLater(context, closed);
      context.waiters.settled(row.id);
    }
    return 0;
  }
  const ids = { tenantId: row.tenant_id, executionId: row.id };
  if (!safe || row.lost_attempts + 1 >= maxLost) {
    await closeOpenExecution(context, ids, 'lost', true);
    return 0;
  }
  await withDatabaseRetry(() =>
    context.db.tenant(row.tenant_id, (connection) =>
      settleAttempt(connection, {
        ...ids,
        attempt: {
          number: latest.number,
          status: 'unknown',
          error: { code: workerLost, message: 'The worker was lost during the call.' },
        },
        settlement: { status: 'running', willRetryAt: new Date() },
        lost: true,
      }),
    ),
  );
  return 0;
}

async function lostBefore({ db }: ExecutionWorkerContext, row: ExecutionRow): Promise<boolean> {
  const lost = await withDatabaseRetry(() =>
    db.tenant(row.tenant_id, (connection) => countLostAttempts(connection, row)),
  );
  return lost > 0;
}
