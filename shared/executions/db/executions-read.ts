import type { z } from 'zod';
import type { SystemConnection, TenantConnection } from '../../platform/db/database.ts';
import type { executionListInputSchema } from '../execution-schemas.ts';
import type { AttemptJson, ExecutionRow } from './executions-row.ts';

export interface ExecutionWithAttempts extends ExecutionRow {
  attempt_rows: AttemptJson[];
  reruns: string[];
}

/** A rerun is younger than what it repeats, so older partitions need not be asked. */
const readText = `
SELECT e.*,
  (SELECT coalesce(json_agg(a ORDER BY a.number), '[]') FROM execution_attempt a
   WHERE a.execution_id = e.id AND a.tenant_id = e.tenant_id) AS attempt_rows,
  (SELECT coalesce(array_agg(r.id::text ORDER BY r.id), '{}') FROM tool_execution r
   WHERE r.tenant_id = e.tenant_id AND r.rerun_of = e.id AND r.id > e.id) AS reruns
FROM tool_execution e WHERE e.id = $2 AND e.tenant_id = $1`;

export async function readExecution(
  connection: TenantConnection | SystemConnection,
  tenantId: string,
  executionId: string,
): Promise<ExecutionWithAttempts | null> {
  const [row] = await connection.query<ExecutionWithAttempts>({
    name: 'execution_read',
    text: readText,
    values: [tenantId, executionId],
  });
  return row ?? null;
}

export type ExecutionListRow = Omit<
  ExecutionRow,
  'input_payload' | 'input_sealed' | 'output_payload' | 'issues'
>;

export interface ExecutionPage {
  items: ExecutionListRow[];
  nextCursor: string | null;
}

/** Of `tool_execution`, without its payloads. */
export const executionListColumns = `id, tenant_id, tool_id, tool_name, tool_title, tool_version, status, failure_code, failure_retryable,
  error_message, requested_by_actor_type, requested_by_actor_id, requested_by_actor_name, exception_id,
  playbook_step_run_id, preview_digest, idempotency_key, rerun_of, attempts, max_attempts, deadline_at,
  cancel_requested_at, created_at, started_at, completed_at, updated_at`;

/** A page by key, newest first. Times bound the ids, so that only the months in question are read. */
export async function listExecutions(
  connection: TenantConnection,
  filter: z.output<typeof executionListInputSchema>,
): Promise<ExecutionPage> {
  const values: unknown[] = [connection.tenantId];
  const conditions = ['tenant_id = $1'];
  const where = (value: unknown, condition: (placeholder: string) => string) => {
    if (value === undefined) return;
    values.push(value);
    conditions.push(condition(`$${values.length}`));
  };
  where(filter.cursor, (p) => `id < ${p}::uuid`);
  where(filter.toolId, (p) => `tool_id = ${p}::uuid`);
  where(filter.exceptionId, (p) => `exception_id = ${p}`);
  where(filter.status, (p) => `status = ${p}`);
  where(filter.failureCode, (p) => `failure_code = ${p}`);
  where(filter.from, (p) => `id >= interlock_uuid_floor(${p}::timestamptz)`);
  where(filter.to, (p) => `id < interlock_uuid_floor(${p}::timestamptz)`);
  where(
    filter.actor,
    (p) => `(requested_by_actor_id = ${p} OR strpos(lower(requested_by_actor_name), lower(${p})) > 0)`,
  );
  where(
    filter.q,
    (p) => `(strpos(lower(tool_name), lower(${p})) > 0 OR strpos(lower(tool_title), lower(${p})) > 0
      OR strpos(lower(error_message), lower(${p})) > 0 OR exception_id = ${p} OR id::text = ${p})`,
  );
  values.push(filter.limit + 1);
  const rows = await connection.query<ExecutionListRow>({
    text: `SELECT ${executionListColumns} FROM tool_execution WHERE ${conditions.join(' AND ')} ORDER BY id DESC LIMIT $${values.length}`,
    values,
  });
  const items = rows.slice(0, filter.limit);
  return { items, nextCursor: rows.length > filter.limit ? (items.at(-1)?.id ?? null) : null };
}
