import { allowedHostsOf, type EgressColumns, tenantEgress } from '../../identity/db/tenant-settings.ts';
import { columnsOf } from '../../platform/db/columns-of.ts';
import type { TenantConnection } from '../../platform/db/database.ts';
import type { TenantEgress } from '../../platform/egress-rules.ts';
import { leaseEnd, takeoverAt } from './executions-lease.ts';
import type { AttemptStatus, ExecutionRow } from './executions-row.ts';
import { toolExecution } from './tables.ts';

/** The code of an attempt whose worker process ended before it was settled. */
export const workerLost = 'worker_lost';

interface ClaimColumns extends EgressColumns {
  claimed_number: number | null;
  claimed_deadline_at: Date | null;
  latest_number: number | null;
  latest_status: AttemptStatus | null;
  latest_worker: string | null;
  latest_age_ms: number | null;
  latest_wait_ms: number | null;
  latest_due_at: Date | null;
  latest_message: string | null;
  latest_code: string | null;
  latest_cleared: boolean | null;
  gated: boolean;
}

/**
 * `passed`: the caller has a pass of the gate. `ask`: it needs one. `free`: it needs one only where the tenant has limits or
 * open breakers, which the claim finds out.
 */
export type GateMode = 'passed' | 'ask' | 'free';

export interface Claim {
  row: ExecutionRow;
  /** The claimed attempt; null when no attempt may be made now. */
  claimed: { number: number; deadlineAt: Date } | null;
  /** What its call may reach. */
  egress: TenantEgress;
  /** Nothing is claimed without a pass of the gate. */
  gated: boolean;
  /** The attempt before it, as it was before the claim. */
  latest: {
    number: number;
    status: AttemptStatus;
    worker: string;
    /** Since it was claimed. */
    ageMs: number;
    /** Until the next attempt may be made or, while this one is running, until it may be taken over; 0 for now. */
    waitMs: number;
    /** Of the next attempt; null while this one is running. */
    dueAt: Date | null;
    message: string | null;
    /** Its worker was lost. */
    lost: boolean;
    cleared: boolean;
  } | null;
}

/**
 * `latest` comes from the statement's snapshot, the row from after the lock: of two concurrent claims, one finds its
 * number taken and gets nothing. The deadline counts from the first attempt, without the time spent in a queue: a retry
 * that comes late, because Temporal or every worker was away, moves it by that time.
 */
const text = `
WITH current AS MATERIALIZED (
  SELECT * FROM tool_execution WHERE id = $2 AND tenant_id = $1 FOR UPDATE
), latest AS MATERIALIZED (
  SELECT number, status, worker, error_message, error_code, cleared, will_retry_at,
    (extract(epoch FROM now() - started_at) * 1000)::float8 AS age_ms,
    ceil(greatest(extract(epoch FROM CASE status WHEN 'running' THEN ${takeoverAt} ELSE will_retry_at END - now()) * 1000, 0))::int
      AS wait_ms
  FROM execution_attempt
  WHERE execution_id = $2 AND tenant_id = $1 ORDER BY number DESC LIMIT 1
), settings AS MATERIALIZED (
  SELECT s.private_hosts, ${allowedHostsOf('s')} AS allowed_hosts,
    cardinality(s.open_hosts) > 0 OR s.limits->>'hostConcurrency' IS NOT NULL
    OR coalesce(jsonb_array_length(s.limits->'hosts'), 0) > 0 AS gated
  FROM tenant_setting s WHERE s.tenant_id = $1
), claimed AS (
  INSERT INTO execution_attempt (execution_id, number, tenant_id, status, worker, lease_until)
  SELECT c.id, coalesce((SELECT number FROM latest), 0) + 1, c.tenant_id, 'running', $3, ${leaseEnd}
  FROM current c
  WHERE c.status IN ('requested', 'running') AND c.cancel_requested_at IS NULL
    AND (c.approval_status IS NULL OR c.status = 'running' OR (c.approval_status = 'approved' AND c.approval_expires_at > now()))
    AND (c.status = 'requested' OR c.deadline_at > coalesce((SELECT will_retry_at FROM latest), now()))
    AND coalesce((SELECT number FROM latest), 0) < c.max_attempts + c.lost_attempts
    AND NOT EXISTS (SELECT FROM latest WHERE status = 'running' OR wait_ms > 0 OR (error_code = $5 AND NOT $4))
    AND ($6 = 'passed' OR ($6 = 'free' AND NOT coalesce((SELECT gated FROM settings), false)))
  ON CONFLICT DO NOTHING
  RETURNING number, started_at
), moved AS (
  UPDATE tool_execution t
  SET status = 'running', attempts = claimed.number, started_at = coalesce(t.started_at, claimed.started_at),
    deadline_at = CASE WHEN t.status = 'requested' THEN now() + (t.deadline_at - t.created_at)
      ELSE t.deadline_at + coalesce(now() - (SELECT will_retry_at FROM latest), interval '0') END,
    updated_at = now()
  FROM claimed WHERE t.id = $2 AND t.tenant_id = $1
  RETURNING t.deadline_at
), logged AS (
  INSERT INTO event (tenant_id, type, subject_type, subject_id, exception_id, actor_type, actor_id, actor_name, data, door)
  SELECT c.tenant_id, 'ToolExecutionStarted', 'execution', c.id::text, c.exception_id, 'system', 'worker', 'Interlock',
    jsonb_build_object('toolId', c.tool_id, 'toolName', c.tool_name, 'toolVersion', c.tool_version), 'worker'
  FROM current c, claimed WHERE c.status = 'requested'
)
SELECT ${columnsOf(toolExecution, 'c')}, claimed.number AS claimed_number, moved.deadline_at AS claimed_deadline_at, latest.number AS latest_number,
  latest.status AS latest_status, latest.worker AS latest_worker, latest.age_ms AS latest_age_ms,
  latest.wait_ms AS latest_wait_ms, latest.will_retry_at AS latest_due_at, latest.error_message AS latest_message, latest.error_code AS latest_code,
  latest.cleared AS latest_cleared,
  settings.private_hosts, settings.allowed_hosts, coalesce(settings.gated, false) AS gated
FROM current c LEFT JOIN claimed ON true LEFT JOIN moved ON true LEFT JOIN latest ON true LEFT JOIN settings ON true`;

/**
 * Claims the next attempt for `worker`, if one may be made: the execution is open and not cancelled, approved where it needs that, has attempts and
 * time left, no attempt is unsettled, the backoff has passed, and no gate is in the way. After a lost attempt the caller must be `alone`.
 * @returns null when the execution is not found
 */
export async function claimAttempt(
  connection: TenantConnection,
  executionId: string,
  worker: string,
  alone = false,
  gate: GateMode = 'free',
): Promise<Claim | null> {
  const [result] = await connection.query<ExecutionRow & ClaimColumns>({
    name: 'execution_claim',
    text,
    values: [connection.tenantId, executionId, worker, alone, workerLost, gate],
  });
  if (!result) return null;
  const {
    claimed_number,
    claimed_deadline_at,
    latest_number,
    latest_status,
    latest_worker,
    latest_age_ms,
    latest_wait_ms,
    latest_due_at,
    latest_message,
    latest_code,
    latest_cleared,
    private_hosts,
    allowed_hosts,
    gated,
    ...row
  } = result;
  return {
    row,
    claimed:
      claimed_number !== null && claimed_deadline_at
        ? { number: claimed_number, deadlineAt: claimed_deadline_at }
        : null,
    egress: tenantEgress({ private_hosts, allowed_hosts }),
    gated: gate !== 'passed' && (gated || gate === 'ask'),
    latest:
      latest_number !== null && latest_status && latest_worker
        ? {
            number: latest_number,
            status: latest_status,
            worker: latest_worker,
            ageMs: latest_age_ms ?? 0,
            waitMs: latest_wait_ms ?? 0,
            dueAt: latest_due_at,
            message: latest_message,
            lost: latest_code === workerLost,
            cleared: latest_cleared ?? false,
          }
        : null,
  };
}
