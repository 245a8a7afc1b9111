import type pg from 'pg';
import type { Actor } from '../../identity/roles.ts';
import type { TenantConnection } from '../../platform/db/database.ts';
import { type Json, writeJson } from '../../platform/json-text.ts';
import { leaseEnd } from './executions-lease.ts';
import type { ExecutionRow } from './executions-row.ts';
import type { idempotencyKey } from './tables.ts';

export interface NewExecution {
  /** uuid v7. */
  id: string;
  tool: { id: string; name: string; title: string; version: number };
  connector: { id: string; name: string; revision: number } | null;
  actor: Actor;
  exceptionId: string | null;
  /** The step of a playbook that requests it: its run starts the workflow as a child. */
  stepRunId?: string;
  /** Redacted. */
  input: Json;
  inputSealed: Buffer | null;
  previewDigest: string | null;
  /** Of the tenant's settings by which the input was redacted. */
  redactionRevision: number;
  idempotency: { key: string; fingerprint: string } | null;
  rerunOf: string | null;
  maxAttempts: number;
  deadlineMs: number;
  requestId: string | null;
}

/** How an execution is written. */
export interface InsertMode {
  /**
   * Only while the tool is enabled, not archived, and at this version with this revision of its connector, and personal
   * data is redacted as it was here.
   */
  current?: boolean;
  /** The first attempt is claimed for this worker at once, and the start of the workflow is owed. */
  begunBy?: string | null;
}

export interface InsertedExecution {
  row: ExecutionRow;
  /** Exact `host:port` of private addresses that the tenant's tools may reach; empty unless the attempt is claimed. */
  privateHosts: string[];
}

const logged = `'execution', id::text, exception_id`;
const facts = `jsonb_build_object('toolId', tool_id, 'toolName', tool_name, 'toolVersion', tool_version)`;
const eventColumns =
  'tenant_id, type, subject_type, subject_id, exception_id, actor_type, actor_id, actor_name, data, request_id';

/** Each part is in the text only where it is needed, so that the common plan touches no table in vain. */
function insertText(keyed: boolean, current: boolean, begun: boolean): string {
  let last = 22;
  const next = (used: boolean) => (used ? `$${++last}` : '');
  const [revision, fingerprint, worker] = [next(current), next(keyed), next(begun)];
  const where = [current && 'EXISTS (SELECT FROM known)', keyed && 'EXISTS (SELECT FROM key)'].filter(
    Boolean,
  );
  const parts = [
    current &&
      `known AS MATERIALIZED (
  SELECT s.private_hosts FROM tool t
    LEFT JOIN tool_policy p ON p.tool_id = t.id AND p.tenant_id = $1
    LEFT JOIN connector c ON c.id = $20
    LEFT JOIN tenant_setting s ON s.tenant_id = $1
  WHERE t.id = $3 AND (t.tenant_id = $1 OR t.tenant_id IS NULL) AND t.archived_at IS NULL AND t.current_version = $6
    AND coalesce(p.enabled, true) AND c.revision IS NOT DISTINCT FROM $22
    AND coalesce(s.redaction_revision, 0) = ${revision}
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
    connector_id, connector_name, connector_revision${begun ? ', attempts, started_at' : ''})
  SELECT $1, $2, $3, $4, $5, $6, '${begun ? 'running' : 'requested'}', $7, $8, $9, $10, $11, $12, $13, $14, $15, $16,
    now() + make_interval(secs => $17), $19::uuid, $20::uuid, $21, $22::int${begun ? ', 1, now()' : ''}
  ${where.length > 0 ? `WHERE ${where.join(' AND ')}` : ''}
  RETURNING id, tenant_id, tool_id, tool_name, tool_version, exception_id, rerun_of, deadline_at, created_at
)`,
    begun &&
      `attempt AS (
  INSERT INTO execution_attempt (execution_id, number, tenant_id, status, worker, lease_until)
  SELECT id, 1, tenant_id, 'running', ${worker}, ${leaseEnd} FROM row
)`,
    begun && 'owed AS (INSERT INTO owed_start (execution_id, tenant_id) SELECT id, tenant_id FROM row)',
    `logged AS (
  INSERT INTO event (${eventColumns})
  SELECT tenant_id, 'ToolExecutionRequested', ${logged}, $7, $8, $9,
    jsonb_strip_nulls(${facts} || jsonb_build_object('rerunOf', rerun_of)), $18
  FROM row${
    begun
      ? `
  UNION ALL SELECT tenant_id, 'ToolExecutionStarted', ${logged}, 'system', 'worker', 'Interlock', ${facts}, NULL FROM row`
      : ''
  }
)`,
  ];
  const settings = current ? 'known' : 'tenant_setting WHERE tenant_id = $1';
  const hosts = begun ? `(SELECT private_hosts FROM ${settings})` : 'NULL::text[]';
  return `WITH ${parts.filter(Boolean).join(', ')} SELECT row.deadline_at, row.created_at, ${hosts} AS private_hosts FROM row`;
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
  const { tool, connector, actor, idempotency } = execution;
  const begun = begunBy !== null;
  const name = `execution_insert${idempotency ? '_keyed' : ''}${current ? '_current' : ''}${begun ? '_begun' : ''}`;
  const text = texts.get(name) ?? insertText(idempotency !== null, current, begun);
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
      ...(current ? [execution.redactionRevision] : []),
      ...(idempotency ? [idempotency.fingerprint] : []),
      ...(begun ? [begunBy] : []),
    ],
  });
  if (!inserted) return null;
  return {
    row: rowOf(connection.tenantId, execution, inserted, begun),
    privateHosts: inserted.private_hosts ?? [],
  };
}

interface Inserted extends Pick<ExecutionRow, 'created_at' | 'deadline_at'> {
  private_hosts: string[] | null;
}

/** The row as it was inserted. PostgreSQL sends back only what it has decided: the input may be large. */
function rowOf(
  tenantId: string,
  execution: NewExecution,
  { created_at, deadline_at }: Inserted,
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
    exception_id: execution.exceptionId,
    playbook_step_run_id: execution.stepRunId ?? null,
    input_payload: execution.input,
    input_sealed: execution.inputSealed,
    output_payload: null,
    preview_digest: execution.previewDigest,
    idempotency_key: execution.idempotency?.key ?? null,
    rerun_of: execution.rerunOf,
    attempts: begun ? 1 : 0,
    max_attempts: execution.maxAttempts,
    lost_attempts: 0,
    deadline_at,
    cancel_requested_at: null,
    quarantined_at: null,
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
