import type { Actor } from '../../identity/roles.ts';
import { originOf } from '../../identity/server/request-origin.ts';
import { columnsOf } from '../../platform/db/columns-of.ts';
import type { TenantConnection } from '../../platform/db/database.ts';
import type { ExecutionRow } from './executions-row.ts';
import { toolExecution } from './tables.ts';

const cancelText = `
WITH row AS (
  UPDATE tool_execution t
  SET cancel_requested_at = now(), updated_at = now(),
    status = CASE t.status WHEN 'requested' THEN 'failed' ELSE t.status END,
    failure_code = CASE t.status WHEN 'requested' THEN 'cancelled' END,
    failure_retryable = CASE t.status WHEN 'requested' THEN true END,
    error_message = CASE t.status WHEN 'requested' THEN $3 END,
    input_sealed = CASE t.status WHEN 'requested' THEN NULL ELSE t.input_sealed END,
    completed_at = CASE t.status WHEN 'requested' THEN now() END
  WHERE t.id = $2 AND t.tenant_id = $1 AND t.status IN ('requested', 'running') AND t.cancel_requested_at IS NULL
  RETURNING t.*
), logged AS (
  INSERT INTO event (tenant_id, type, subject_type, subject_id, exception_id, actor_type, actor_id, actor_name, data, request_id, door, address)
  SELECT row.tenant_id, e.type, 'execution', row.id::text, row.exception_id, $4, $5, $6, e.data, $7, $8, $9
  FROM row, LATERAL (
    VALUES ('ToolExecutionCancelRequested', '{}'::jsonb, true),
      ('ToolExecutionFailed', jsonb_build_object('code', 'cancelled', 'message', $3::text, 'attempts', 0), row.status = 'failed')
  ) AS e(type, data, happened)
  WHERE e.happened
)
SELECT ${columnsOf(toolExecution, 'row')} FROM row`;

/**
 * Asks an open execution to stop; one that has not started fails at once with `cancelled`.
 * @returns the row, or null when it is closed, already asked to stop, or not found
 */
export async function requestCancel(
  connection: TenantConnection,
  input: { executionId: string; actor: Actor; requestId: string | null },
): Promise<ExecutionRow | null> {
  const { actor } = input;
  const { door, address } = originOf(actor);
  const [row] = await connection.query<ExecutionRow>({
    name: 'execution_cancel',
    text: cancelText,
    values: [
      connection.tenantId,
      input.executionId,
      'Cancelled before the first attempt.',
      actor.type,
      actor.id,
      actor.name,
      input.requestId,
      door,
      address,
    ],
  });
  return row ?? null;
}
