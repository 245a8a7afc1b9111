import { originOf } from '../../identity/server/request-origin.ts';
import { columnsOf } from '../../platform/db/columns-of.ts';
import type { TenantConnection } from '../../platform/db/database.ts';
import type { JsonValue } from '../../platform/json.ts';
import type { HumanSettlement } from '../execution-schemas.ts';
import type { ExecutionRow } from './executions-row.ts';
import { toolExecution } from './tables.ts';

export interface UnknownSettlement extends HumanSettlement {
  /** Redacted. Left out: what is stored stays. */
  output?: JsonValue | undefined;
}

/** An open or a settled execution, and one that failed for certain, stays as it is. */
const settleText = `
WITH row AS (
  UPDATE tool_execution t
  SET status = CASE WHEN $3 THEN 'succeeded' ELSE 'failed' END,
    failure_code = CASE WHEN NOT $3 THEN 'provider_error' END,
    failure_retryable = CASE WHEN NOT $3 THEN true END,
    error_message = CASE WHEN NOT $3 THEN $4 END,
    failure_reason = NULL, settlement = $5, output_payload = coalesce($6, t.output_payload), updated_at = now()
  WHERE t.id = $2 AND t.tenant_id = $1 AND t.status = 'failed' AND t.failure_code = 'outcome_unknown'
  RETURNING t.*
), logged AS (
  INSERT INTO event (tenant_id, type, subject_type, subject_id, exception_id, actor_type, actor_id, actor_name, data, request_id, door, address)
  SELECT row.tenant_id, 'ToolExecutionSettled', 'execution', row.id::text, row.exception_id, $7, $8, $9, $10, $11, $12, $13
  FROM row
)
SELECT ${columnsOf(toolExecution, 'row')} FROM row`;

/**
 * Records whether a call of unknown outcome happened, with its event, in one statement. Done: the execution succeeded.
 * Not done: it failed with `provider_error`, and executing it again is safe.
 * @returns the row, or null when its outcome is not, or no longer, unknown
 */
export async function settleUnknown(
  connection: TenantConnection,
  executionId: string,
  { output, ...settlement }: UnknownSettlement,
  requestId: string | null,
): Promise<ExecutionRow | null> {
  const { happened, note, by } = settlement;
  const { door, address } = originOf(by);
  const [row] = await connection.query<ExecutionRow>({
    name: 'execution_settle_unknown',
    text: settleText,
    values: [
      connection.tenantId,
      executionId,
      happened,
      `Marked as not done by ${by.name}.`,
      JSON.stringify(settlement),
      output === undefined ? null : JSON.stringify(output),
      by.type,
      by.id,
      by.name,
      JSON.stringify({ happened, note }),
      requestId,
      door,
      address,
    ],
  });
  return row ?? null;
}

/** Ancestors by `rerun_of`, then everything that was run again from them. */
const unsettledText = `
WITH RECURSIVE up AS (
  SELECT id, rerun_of FROM tool_execution WHERE tenant_id = $1 AND id = $2
  UNION
  SELECT e.id, e.rerun_of FROM up JOIN tool_execution e ON e.tenant_id = $1 AND e.id = up.rerun_of
), family AS (
  SELECT id FROM up
  UNION
  SELECT e.id FROM family JOIN tool_execution e ON e.tenant_id = $1 AND e.rerun_of = family.id
)
SELECT e.id FROM family JOIN tool_execution e ON e.tenant_id = $1 AND e.id = family.id
WHERE e.failure_code = 'outcome_unknown' AND NOT e.failure_retryable ORDER BY e.id DESC LIMIT 1`;

/** The latest execution of unknown outcome among an execution, what it reruns, and all reruns of these. */
export async function findUnsettled(
  connection: TenantConnection,
  executionId: string,
): Promise<string | null> {
  const [row] = await connection.query<{ id: string }>({
    name: 'execution_unsettled',
    text: unsettledText,
    values: [connection.tenantId, executionId],
  });
  return row?.id ?? null;
}
