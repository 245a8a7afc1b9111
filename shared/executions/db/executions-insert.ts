import type pg from 'pg';
import { allowedHostsOf, type EgressColumns, tenantEgress } from '../../identity/db/tenant-settings.ts';
import type { Origin } from '../../identity/doors.ts';
import type { Actor, Role } from '../../identity/roles.ts';
import { originOf } from '../../identity/server/request-origin.ts';
import type { TenantConnection } from '../../platform/db/database.ts';
import { nothing, type TenantEgress } from '../../platform/egress-rules.ts';
import { type Json, writeJson } from '../../platform/json-text.ts';
import type { PolicyDecision } from '../../policies/policy-schemas.ts';
import type { ToolTrial } from '../../tools/tool-trial.ts';
import type { CallDoor } from '../call-doors.ts';
import type { ShownCall } from '../preview-schemas.ts';
import { leaseEnd } from './executions-lease.ts';
import type { ExecutionRow } from './executions-row.ts';
import type { idempotencyKey } from './tables.ts';

/** What people are asked to approve before the execution begins. */
export interface NewApproval {
  required: number;
  roles: readonly Role[];
  fourEyes: boolean;
  policyName: string | null;
  reason: string;
  /** The mailbox of who asks. */
  requesterPerson: string | null;
  /** Of the tool; a step may run an older one. */
  currentVersion: number;
  /** Redacted. */
  request: ShownCall;
  expiresInMs: number;
}

export interface NewExecution {
  /** uuid v7. */
  id: string;
  tool: { id: string; name: string; title: string; version: number };
  /** Its current version, and what shares its calls between two, as they were known. */
  toolState: { currentVersion: number; trial: ToolTrial | null };
  /** The trial that has chosen its version, and which of the two; null: none has. */
  chosenBy?: { trialId: string; candidate: boolean } | null;
  connector: { id: string; name: string; revision: number } | null;
  actor: Actor;
  exceptionId: string | null;
  /** The step of a playbook that requests it: its run starts the workflow as a child. */
  stepRunId?: string;
  /** It is a call of a batch. */
  inBatch?: boolean;
  /** Redacted. */
  input: Json;
  inputSealed: Buffer | null;
  previewDigest: string | null;
  /** Of the tenant's settings by which the input was redacted. */
  redactionRevision: number;
  idempotency: { key: string; fingerprint: string } | null;
  rerunOf: string | null;
  /** Of a draft. Left out: it is none. */
  test?: boolean;
  maxAttempts: number;
  deadlineMs: number;
  requestId: string | null;
  /** That the requester held; null: not known. */
  roles: readonly Role[] | null;
  /** What the policies decided; null: none concerned it. */
  policy: PolicyDecision | null;
  /** Of the policies that were asked. */
  policyRevision: number;
  /** Of the tenant's limits and breakers. */
  limitsRevision: number;
  /** Left out: it begins at once. */
  approval?: NewApproval | null;
}

/** How an execution is written. */
export interface InsertMode {
  /**
   * Only while the tool is enabled, not archived, and as it was known with this revision of its connector, the policies
   * are those that were asked, personal data is redacted as it was here, and limits and breakers are the same.
   */
  current?: boolean;
  /** The first attempt is claimed for this worker at once, and the start of the workflow is owed. Not with an approval. */
  begunBy?: string | null;
}

export interface InsertedExecution {
  row: ExecutionRow;
  /** What its call may reach: nothing unless the attempt is claimed. */
  egress: TenantEgress;
}

const logged = `'execution', id::text, exception_id`;
const facts = `jsonb_build_object('toolId', tool_id, 'toolName', tool_name, 'toolVersion', tool_version)`;
const eventColumns =
  'tenant_id, type, subject_type, subject_id, exception_id, actor_type, actor_id, actor_name, data, request_id, door, address';

/** Each part is in the text only where it is needed, so that the common plan touches no table in vain. */
function insertText({ keyed, current, begun, asks, owed, chosen, test }: InsertParts): string {
  let last = 27;
  const next = (used: boolean) => (used ? `$${++last}` : '');
  const [policies, redaction, limits] = [next(current), next(current), next(current)];
  const [version, trial] = [next(current), next(current)];
  const [fingerprint, worker] = [next(keyed), next(begun)];
  const [trialId, candidate] = [next(chosen), next(chosen)];
  const asked = last + 1;
  // As precise as the cursors of the inbox are.
  const expiresAt = `date_trunc('milliseconds', now() + make_interval(secs => $${asked}))`;
  const where = [current && 'EXISTS (SELECT FROM known)', keyed && 'EXISTS (SELECT FROM key)'].filter(
    Boolean,
  );
  const parts = [
    current &&
      `known AS MATERIALIZED (
  SELECT s.private_hosts, ${allowedHostsOf('s')} AS allowed_hosts FROM tool t
    LEFT JOIN tool_policy p ON p.tool_id = t.id AND p.tenant_id = $1
    LEFT JOIN connector c ON c.id = $20
    LEFT JOIN tenant_setting s ON s.tenant_id = $1
  WHERE t.id = $3 AND (t.tenant_id = $1 OR t.tenant_id IS NULL) AND t.archived_at IS NULL
    AND t.current_version = ${version} AND t.trial IS NOT DISTINCT FROM ${trial}::jsonb
    AND coalesce(p.enabled, true) AND c.revision IS NOT DISTINCT FROM $22
    AND coalesce(s.policy_revision, 0) = ${policies} AND coalesce(s.redaction_revision, 0) = ${redaction}
    AND coalesce(s.limits_revision, 0) = ${limits}
)`,
    keyed &&
      `key AS (
  INSERT INTO idempotency_key (tenant_id, key, fingerprint, execution_id)
  SELECT $1, $14, ${fingerprint}, $2 ${current ? 'WHERE EXISTS (SELECT FROM known)' : ''} ON CONFLICT DO NOTHING RETURNING 1
)`,
    `row AS (
  INSERT INTO tool_execution (tenant_id, id, tool_id, tool_name, tool_title, tool_version, status,
    requested_by_actor_type, requested_by_actor_id, requested_by_actor_name, exception_id, input_payload,
    input_sealed, preview_digest, idempotency_key, rerun_of, max_attempts, deadline_at, playbook_step_run_id,
    connector_id, connector_name, connector_revision, policy_decision, requested_by_roles, door${begun ? ', attempts, started_at' : ''}${asks ? ', approval_status, approval_expires_at' : ''}${test ? ', test' : ''})
  SELECT $1, $2, $3, $4, $5, $6, '${begun ? 'running' : 'requested'}', $7, $8, $9, $10, $11, $12, $13, $14, $15, $16,
    now() + make_interval(secs => $17), $19::uuid, $20::uuid, $21, $22::int, $23::jsonb, $24::text[], $27${begun ? ', 1, now()' : ''}${asks ? `, 'waiting', ${expiresAt}` : ''}${test ? ', true' : ''}
  ${where.length > 0 ? `WHERE ${where.join(' AND ')}` : ''}
  RETURNING id, tenant_id, tool_id, tool_name, tool_version, exception_id, rerun_of, deadline_at, created_at${asks ? ', approval_expires_at' : ''}
)`,
    begun &&
      `attempt AS (
  INSERT INTO execution_attempt (execution_id, number, tenant_id, status, worker, lease_until)
  SELECT id, 1, tenant_id, 'running', ${worker}, ${leaseEnd} FROM row
)`,
    asks &&
      `asked AS (
  INSERT INTO execution_approval (execution_id, tenant_id, expires_at, required, roles, four_eyes, policy_name, reason,
    requester_person, request, current_version)
  SELECT id, tenant_id, approval_expires_at, ${[1, 2, 3, 4, 5, 6, 7, 8].map((n) => `$${asked + n}`).join(', ')} FROM row
)`,
    chosen &&
      `chosen AS (
  INSERT INTO tool_trial_call (trial_id, candidate, execution_id, tenant_id)
  SELECT ${trialId}::uuid, ${candidate}::boolean, id, tenant_id FROM row
)`,
    (begun || owed) &&
      'owed AS (INSERT INTO owed_start (execution_id, tenant_id) SELECT id, tenant_id FROM row)',
    `logged AS (
  INSERT INTO event (${eventColumns})
  SELECT tenant_id, 'ToolExecutionRequested', ${logged}, $7, $8, $9,
    jsonb_strip_nulls(${facts} || jsonb_build_object('rerunOf', rerun_of${test ? ", 'test', true" : ''})), $18, $25, $26
  FROM row${
    begun
      ? `
  UNION ALL SELECT tenant_id, 'ToolExecutionStarted', ${logged}, 'system', 'worker', 'Interlock', ${facts}, NULL, 'worker', NULL FROM row`
      : ''
  }${
    asks
      ? `
  UNION ALL SELECT tenant_id, 'ToolExecutionApprovalRequested', ${logged}, $7, $8, $9,
    ${facts} || jsonb_build_object('required', $${asked + 1}::int, 'reason', $${asked + 5}::text, 'expiresAt', approval_expires_at), $18, $25, $26 FROM row`
      : ''
  }
)`,
  ];
  const settings = current
    ? '(SELECT private_hosts, allowed_hosts FROM known)'
    : `(SELECT s.private_hosts, ${allowedHostsOf('s')} AS allowed_hosts FROM tenant_setting s WHERE s.tenant_id = $1)`;
  const egress = begun ? `LEFT JOIN ${settings} AS e ON true` : '';
  const hosts = begun ? ', e.private_hosts, e.allowed_hosts' : '';
  return `WITH ${parts.filter(Boolean).join(', ')} SELECT row.deadline_at, row.created_at, ${asks ? 'row.' : 'NULL::timestamptz AS '}approval_expires_at${hosts} FROM row ${egress}`;
}

interface InsertParts {
  keyed: boolean;
  current: boolean;
  begun: boolean;
  /** Its approval is asked for. */
  asks: boolean;
  /** The start of its workflow is owed although nothing has begun. */
  owed: boolean;
  /** A trial has chosen its version. */
  chosen: boolean;
  /** A draft is tested. */
  test: boolean;
}

/** By name. */
const texts = new Map<string, string>();

/**
 * The row, its events and its idempotency key, in one statement; with `begunBy`, its first attempt too.
 * @returns null when the key is taken, or the tool is not as it was known; then nothing was written
 */
export async function insertExecution(
  connection: TenantConnection,
  execution: NewExecution,
  { current = false, begunBy = null }: InsertMode = {},
): Promise<InsertedExecution | null> {
  const { tool, toolState, chosenBy, connector, actor, idempotency } = execution;
  const origin = originOf(actor);
  const door = doorOf(execution, origin);
  const begun = begunBy !== null;
  const approval = execution.approval ?? null;
  const keyed = idempotency !== null;
  const asks = approval !== null;
  // The run of a step starts its workflow.
  const owed = asks && execution.stepRunId === undefined;
  const parts = { keyed, current, begun, asks, owed, chosen: !!chosenBy, test: execution.test === true };
  const name = ['execution_insert', ...Object.entries(parts).flatMap(([part, is]) => (is ? part : []))].join(
    '_',
  );
  const text = texts.get(name) ?? insertText(parts);
  texts.set(name, text);
  const [inserted] = await connection.query<Inserted & pg.QueryResultRow>({
    name,
    text,
    values: [
      connection.tenantId,
      execution.id,
      tool.id,
      tool.name,
      tool.title,
      tool.version,
      actor.type,
      actor.id,
      actor.name,
      execution.exceptionId,
      writeJson(execution.input),
      execution.inputSealed,
      execution.previewDigest,
      idempotency?.key ?? null,
      execution.rerunOf,
      execution.maxAttempts,
      execution.deadlineMs / 1000,
      execution.requestId,
      execution.stepRunId ?? null,
      connector?.id ?? null,
      connector?.name ?? null,
      connector?.revision ?? null,
      execution.policy && JSON.stringify(execution.policy),
      execution.roles,
      origin.door,
      origin.address,
      door,
      ...(current
        ? [
            execution.policyRevision,
            execution.redactionRevision,
            execution.limitsRevision,
            toolState.currentVersion,
            toolState.trial && JSON.stringify(toolState.trial),
          ]
        : []),
      ...(idempotency ? [idempotency.fingerprint] : []),
      ...(begun ? [begunBy] : []),
      ...(chosenBy ? [chosenBy.trialId, chosenBy.candidate] : []),
      ...(approval ? approvalValues(approval) : []),
    ],
  });
  if (!inserted) return null;
  return {
    row: rowOf(connection.tenantId, execution, door, inserted, begun),
    egress: begun ? tenantEgress(inserted) : nothing,
  };
}

function doorOf({ stepRunId, inBatch }: NewExecution, origin: Origin): CallDoor {
  if (stepRunId !== undefined) return 'playbook';
  return inBatch ? 'batch' : origin.door;
}

function approvalValues(approval: NewApproval): unknown[] {
  return [
    approval.expiresInMs / 1000,
    approval.required,
    approval.roles,
    approval.fourEyes,
    approval.policyName,
    approval.reason,
    approval.requesterPerson,
    JSON.stringify(approval.request),
    approval.currentVersion,
  ];
}

interface Inserted
  extends EgressColumns,
    Pick<ExecutionRow, 'created_at' | 'deadline_at' | 'approval_expires_at'> {}

/** The row as it was inserted. PostgreSQL sends back only what it has decided: the input may be large. */
function rowOf(
  tenantId: string,
  execution: NewExecution,
  door: CallDoor,
  { created_at, deadline_at, approval_expires_at }: Inserted,
  begun: boolean,
): ExecutionRow {
  const { tool, connector, actor } = execution;
  return {
    id: execution.id,
    tenant_id: tenantId,
    tool_id: tool.id,
    tool_name: tool.name,
    tool_title: tool.title,
    tool_version: tool.version,
    connector_id: connector?.id ?? null,
    connector_name: connector?.name ?? null,
    connector_revision: connector?.revision ?? null,
    status: begun ? 'running' : 'requested',
    failure_code: null,
    failure_retryable: null,
    error_message: null,
    failure_reason: null,
    settlement: null,
    issues: null,
    requested_by_actor_type: actor.type,
    requested_by_actor_id: actor.id,
    requested_by_actor_name: actor.name,
    requested_by_roles: execution.roles && [...execution.roles],
    policy_decision: execution.policy,
    door,
    exception_id: execution.exceptionId,
    playbook_step_run_id: execution.stepRunId ?? null,
    input_payload: execution.input,
    input_sealed: execution.inputSealed,
    output_payload: null,
    preview_digest: execution.previewDigest,
    idempotency_key: execution.idempotency?.key ?? null,
    rerun_of: execution.rerunOf,
    test: execution.test === true,
    attempts: begun ? 1 : 0,
    max_attempts: execution.maxAttempts,
    lost_attempts: 0,
    deadline_at,
    cancel_requested_at: null,
    approval_status: approval_expires_at && 'waiting',
    approval_expires_at,
    quarantined_at: null,
    payloads_removed_at: null,
    created_at,
    started_at: begun ? created_at : null,
    completed_at: null,
    updated_at: created_at,
  };
}

export type IdempotencyEntry = Pick<typeof idempotencyKey.$inferSelect, 'fingerprint' | 'execution_id'>;

export async function findIdempotencyKey(
  connection: TenantConnection,
  key: string,
): Promise<IdempotencyEntry | null> {
  const [entry] = await connection.query<IdempotencyEntry>({
    name: 'execution_idempotency',
    text: 'SELECT fingerprint, execution_id FROM idempotency_key WHERE tenant_id = $1 AND key = $2',
    values: [connection.tenantId, key],
  });
  return entry ?? null;
}

/** The executions that these keys have created, by key. */
export async function findIdempotencyKeys(
  connection: TenantConnection,
  keys: readonly string[],
): Promise<Map<string, string>> {
  const rows = await connection.query<{ key: string; execution_id: string }>({
    name: 'executions_by_key',
    text: 'SELECT key, execution_id FROM idempotency_key WHERE tenant_id = $1 AND key = ANY ($2::text[])',
    values: [connection.tenantId, keys],
  });
  return new Map(rows.map(({ key, execution_id }) => [key, execution_id]));
}
