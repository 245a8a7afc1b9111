import type { Actor } from '../../identity/roles.ts';
import { columnsOf } from '../../platform/db/columns-of.ts';
import type { TenantConnection } from '../../platform/db/database.ts';
import { type Json, writeJson } from '../../platform/json-text.ts';
import type { ExecutionRow } from './executions-row.ts';
import { type idempotencyKey, toolExecution } from './tables.ts';

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
  idempotency: { key: string; fingerprint: string } | null;
  rerunOf: string | null;
  maxAttempts: number;
  deadlineMs: number;
  requestId: string | null;
}

/** `$23` exists with a key only; two texts keep the unused table out of the common plan. */
const insertText = (withKey: boolean) => `
WITH ${
  withKey
    ? `key AS (
  INSERT INTO idempotency_key (tenant_id, key, fingerprint, execution_id)
  VALUES ($1, $14, $23, $2) ON CONFLICT DO NOTHING RETURNING 1
), `
    : ''
}row AS (
  INSERT INTO tool_execution (tenant_id, id, tool_id, tool_name, tool_title, tool_version, status,
    requested_by_actor_type, requested_by_actor_id, requested_by_actor_name, exception_id, input_payload,
    input_sealed, preview_digest, idempotency_key, rerun_of, max_attempts, deadline_at, playbook_step_run_id,
    connector_id, connector_name, connector_revision)
  SELECT $1, $2, $3, $4, $5, $6, 'requested', $7, $8, $9, $10, $11, $12, $13, $14, $15, $16,
    now() + make_interval(secs => $17), $19::uuid, $20::uuid, $21, $22::int
  ${withKey ? 'WHERE EXISTS (SELECT FROM key)' : ''}
  RETURNING *
), logged AS (
  INSERT INTO event (tenant_id, type, subject_type, subject_id, exception_id, actor_type, actor_id, actor_name, data, request_id)
  SELECT tenant_id, 'ToolExecutionRequested', 'execution', id::text, exception_id, $7, $8, $9,
    jsonb_strip_nulls(jsonb_build_object('toolId', tool_id, 'toolName', tool_name, 'toolVersion', tool_version, 'rerunOf', rerun_of)),
    $18
  FROM row
)
SELECT ${columnsOf(toolExecution, 'row')} FROM row`;
const plainInsert = insertText(false);
const keyedInsert = insertText(true);

/**
 * The row, its event and its idempotency key, in one statement.
 * @returns null when the key is taken; then nothing was written
 */
export async function insertExecution(
  connection: TenantConnection,
  execution: NewExecution,
): Promise<ExecutionRow | null> {
  const { tool, connector, actor, idempotency } = execution;
  const values: unknown[] = [
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
  ];
  const [row] = idempotency
    ? await connection.query<ExecutionRow>({
        name: 'execution_insert_keyed',
        text: keyedInsert,
        values: [...values, idempotency.fingerprint],
      })
    : await connection.query<ExecutionRow>({ name: 'execution_insert', text: plainInsert, values });
  return row ?? null;
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
