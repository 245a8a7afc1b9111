import type { Actor } from '../../identity/roles.ts';
import { originOf } from '../../identity/server/request-origin.ts';
import { columnsOf } from '../../platform/db/columns-of.ts';
import type { SystemConnection, TenantConnection } from '../../platform/db/database.ts';
import type { ExecutionRow } from './executions-row.ts';
import { type executionApproval, type executionVote, toolExecution } from './tables.ts';

type ApprovalRow = typeof executionApproval.$inferSelect;
type VoteRow = typeof executionVote.$inferSelect;

/** A vote as it is shown. Its time is text, as in a JSON aggregate. */
export type VoteJson = Pick<
  VoteRow,
  'person' | 'outcome' | 'reason' | 'actor_type' | 'actor_id' | 'actor_name' | 'request_id'
> & { created_at: string };

/** The approval of an execution with its votes, oldest first. */
export type ApprovalJson = Pick<
  ApprovalRow,
  | 'required'
  | 'roles'
  | 'four_eyes'
  | 'policy_name'
  | 'reason'
  | 'requester_person'
  | 'request'
  | 'current_version'
  | 'withdrawn'
> & { votes: VoteJson[] };

/** The same without the request where that is larger than was asked for. */
export type ListedApproval = Omit<ApprovalJson, 'request'> & { request: ApprovalJson['request'] | null };

/** SQL for it. @param of the execution's name in the statement @param request SQL of what is read of the request */
export const approvalJson = (of: string, request = 'a.request'): string => `(
  SELECT json_build_object('required', a.required, 'roles', a.roles, 'four_eyes', a.four_eyes, 'policy_name', a.policy_name,
    'reason', a.reason, 'requester_person', a.requester_person, 'request', ${request},
    'current_version', a.current_version, 'withdrawn', a.withdrawn, 'votes', (
      SELECT coalesce(json_agg(v ORDER BY v.created_at, v.person), '[]') FROM execution_vote v
      WHERE v.execution_id = a.execution_id AND v.tenant_id = a.tenant_id))
  FROM execution_approval a WHERE a.execution_id = ${of}.id AND a.tenant_id = ${of}.tenant_id)`;

/** How many executions of the tenant wait for an approval; counts up to `limit`. */
export async function countWaitingApprovals(connection: TenantConnection, limit: number): Promise<number> {
  const [row] = await connection.query<{ waiting: number }>({
    name: 'execution_count_waiting',
    text: `SELECT count(*)::int AS waiting FROM (
      SELECT FROM execution_approval WHERE tenant_id = $1 AND ended_at IS NULL LIMIT $2) AS seen`,
    values: [connection.tenantId, limit],
  });
  return row?.waiting ?? 0;
}

/** An execution with its row locked. */
export type LockedExecution = ExecutionRow & {
  /** By the clock of the database. */
  approval_over: boolean | null;
};

/** Call it in a transaction; read the approval after it. */
export async function lockExecution(
  connection: TenantConnection,
  executionId: string,
): Promise<LockedExecution | null> {
  const [row] = await connection.query<LockedExecution>({
    name: 'execution_lock',
    text: `SELECT ${columnsOf(toolExecution, 'e')}, approval_expires_at <= now() AS approval_over
      FROM tool_execution e WHERE id = $2 AND tenant_id = $1 FOR UPDATE`,
    values: [connection.tenantId, executionId],
  });
  return row ?? null;
}

export async function readApproval(
  connection: TenantConnection,
  executionId: string,
): Promise<ApprovalJson | null> {
  const [row] = await connection.query<{ approval: ApprovalJson | null }>({
    name: 'execution_read_approval',
    text: `SELECT ${approvalJson('e')} AS approval FROM (SELECT $2::uuid AS id, $1::uuid AS tenant_id) AS e`,
    values: [connection.tenantId, executionId],
  });
  return row?.approval ?? null;
}

export async function insertVote(
  connection: TenantConnection,
  vote: {
    executionId: string;
    person: string;
    actor: Actor;
    outcome: VoteRow['outcome'];
    reason: string | null;
    requestId: string | null;
  },
): Promise<void> {
  const { actor } = vote;
  await connection.query({
    name: 'execution_vote',
    text: `INSERT INTO execution_vote (execution_id, person, tenant_id, outcome, reason, actor_type, actor_id, actor_name, request_id)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    values: [
      vote.executionId,
      vote.person,
      connection.tenantId,
      vote.outcome,
      vote.reason,
      actor.type,
      actor.id,
      actor.name,
      vote.requestId,
    ],
  });
}

/** The row of the execution is locked. */
export async function deleteVote(
  connection: TenantConnection,
  executionId: string,
  person: string,
): Promise<void> {
  await connection.query({
    name: 'execution_unvote',
    text: `WITH gone AS (DELETE FROM execution_vote WHERE execution_id = $2 AND person = $3 AND tenant_id = $1)
      UPDATE execution_approval SET withdrawn = withdrawn + 1 WHERE execution_id = $2 AND tenant_id = $1`,
    values: [connection.tenantId, executionId, person],
  });
}

/** The execution may begin. Its row is locked. */
export async function markApproved(connection: TenantConnection, executionId: string): Promise<void> {
  await connection.query({
    name: 'execution_approve',
    text: `UPDATE tool_execution SET approval_status = 'approved', updated_at = now() WHERE id = $2 AND tenant_id = $1`,
    values: [connection.tenantId, executionId],
  });
}

/** How an execution ends that did not begin, because of its approval. */
export interface ApprovalEnd {
  status: 'rejected' | 'expired' | 'cancelled';
  message: string;
  /** The event that comes before that of the failure. */
  event: {
    type: 'ToolExecutionRejected' | 'ToolExecutionApprovalExpired';
    data: Record<string, unknown>;
  } | null;
  actor: Actor;
  requestId: string | null;
  /** Only when its approval has expired. */
  whenOver?: boolean;
}

const endText = `
WITH row AS (
  UPDATE tool_execution t
  SET status = 'failed', approval_status = $3, failure_code = 'denied', failure_retryable = true, error_message = $4,
    input_sealed = NULL, completed_at = now(), updated_at = now()
  WHERE t.id = $2 AND t.tenant_id = $1 AND t.status = 'requested' AND t.approval_status IN ('waiting', 'approved')
    AND (NOT $5 OR t.approval_expires_at <= now())
  RETURNING t.*
), logged AS (
  INSERT INTO event (tenant_id, type, subject_type, subject_id, exception_id, actor_type, actor_id, actor_name, data, request_id, door, address)
  SELECT row.tenant_id, e.type, 'execution', row.id::text, row.exception_id, $7, $8, $9, e.data, $10, $11, $12
  FROM row, jsonb_to_recordset($6::jsonb) AS e(type text, data jsonb)
)
SELECT ${columnsOf(toolExecution, 'row')} FROM row`;

/**
 * Ends an execution that has not begun with `denied`, and its events, in one statement.
 * @returns null when it has begun or ended, or its approval has not expired
 */
export async function endUnapproved(
  connection: TenantConnection,
  executionId: string,
  { status, message, event, actor, requestId, whenOver = false }: ApprovalEnd,
): Promise<ExecutionRow | null> {
  const { door, address } = originOf(actor);
  const failed = { type: 'ToolExecutionFailed', data: { code: 'denied', message, attempts: 0 } };
  const [row] = await connection.query<ExecutionRow>({
    name: 'execution_end_unapproved',
    text: endText,
    values: [
      connection.tenantId,
      executionId,
      status,
      message,
      whenOver,
      JSON.stringify([...(event ? [event] : []), failed]),
      actor.type,
      actor.id,
      actor.name,
      requestId,
      door,
      address,
    ],
  });
  return row ?? null;
}

/** Ends an execution whose approval has expired before it began. @returns null when it has begun or ended, or waits on */
export async function expireApproval(
  connection: TenantConnection,
  executionId: string,
): Promise<ExecutionRow | null> {
  const approval = await readApproval(connection, executionId);
  if (!approval) return null;
  const given = approval.votes.filter(({ outcome }) => outcome === 'approved').length;
  const message =
    given < approval.required
      ? `The approval expired with ${given} of ${approval.required} approvals.`
      : 'It was approved, and could not begin before the approval expired.';
  return endUnapproved(connection, executionId, {
    status: 'expired',
    message,
    event: { type: 'ToolExecutionApprovalExpired', data: { votes: given, required: approval.required } },
    actor: { type: 'system', id: 'worker', name: 'Interlock' },
    requestId: null,
    whenOver: true,
  });
}

/** An execution that needs an approval, as the inbox lists it. */
export type ApprovedExecution = Pick<
  ExecutionRow,
  | 'id'
  | 'status'
  | 'approval_status'
  | 'failure_code'
  | 'tool_id'
  | 'tool_name'
  | 'tool_title'
  | 'tool_version'
  | 'requested_by_actor_type'
  | 'requested_by_actor_id'
  | 'requested_by_actor_name'
  | 'exception_id'
  | 'created_at'
  | 'approval_expires_at'
> & { approval: ListedApproval; approval_over: boolean };

/**
 * Those of these executions that need an approval, also when they no longer wait.
 * @param mostRequestBytes a larger request is not read
 */
export async function listApprovals(
  connection: TenantConnection,
  ids: readonly string[],
  mostRequestBytes = 0,
): Promise<ApprovedExecution[]> {
  if (ids.length === 0) return [];
  return connection.query<ApprovedExecution>({
    name: 'execution_approvals',
    text: `SELECT id, status, approval_status, failure_code, tool_id, tool_name, tool_title, tool_version,
        requested_by_actor_type, requested_by_actor_id, requested_by_actor_name, exception_id, created_at,
        approval_expires_at, approval_expires_at <= now() AS approval_over, ${approvalJson('e', smallRequest)} AS approval
      FROM tool_execution e WHERE tenant_id = $1 AND id = ANY($2::uuid[]) AND approval_status IS NOT NULL`,
    values: [connection.tenantId, ids, mostRequestBytes],
  });
}

/** $3: at most so many bytes. None of a list that shows no requests: they are not even opened. */
const smallRequest = 'CASE WHEN $3::int > 0 AND octet_length(a.request::text) <= $3::int THEN a.request END';

/** Those of them that wait for it, without their requests. */
export const listWaiting = async (
  connection: TenantConnection,
  ids: readonly string[],
): Promise<ApprovedExecution[]> =>
  (await listApprovals(connection, ids)).filter(({ approval_status }) => approval_status === 'waiting');

/** The workflow of the execution knows that it no longer waits. */
export async function markTold(
  connection: TenantConnection | SystemConnection,
  tenantId: string,
  executionId: string,
): Promise<void> {
  await connection.query({
    name: 'execution_told',
    text: `UPDATE execution_approval SET told_at = now() WHERE execution_id = $2 AND tenant_id = $1`,
    values: [tenantId, executionId],
  });
}

/** Executions of all tenants whose approval has expired: nothing else may end them while Temporal is away. */
export function listExpiredApprovals(
  connection: SystemConnection,
  limit: number,
): Promise<Pick<ApprovalRow, 'execution_id' | 'tenant_id'>[]> {
  return connection.query({
    name: 'execution_expired_approvals',
    text: `SELECT execution_id, tenant_id FROM execution_approval
      WHERE ended_at IS NULL AND expires_at <= now() ORDER BY expires_at LIMIT $1`,
    values: [limit],
  });
}

/** Executions that no longer wait, whose workflow has not been told for some time. */
export function listUntold(
  connection: SystemConnection,
  { olderThanMs, limit, except }: { olderThanMs: number; limit: number; except: string[] },
): Promise<ExecutionRow[]> {
  return connection.query<ExecutionRow>({
    name: 'execution_untold',
    text: `WITH untold AS (
        SELECT execution_id FROM execution_approval
        WHERE ended_at < now() - make_interval(secs => $1) AND told_at IS NULL AND execution_id <> ALL ($3::uuid[])
        ORDER BY ended_at LIMIT $2
      )
      SELECT ${columnsOf(toolExecution, 'e')} FROM untold
        CROSS JOIN LATERAL (SELECT * FROM tool_execution WHERE id = untold.execution_id OFFSET 0) e`,
    values: [olderThanMs / 1000, limit, except],
  });
}
