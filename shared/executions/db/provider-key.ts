import type { TenantConnection } from '../../platform/db/database.ts';

/**
 * The executions of this call that failed before it, back to the first one: of the same tool, with the same input, rerun from
 * one another or of the same step. One that the provider refused with a 4xx had no effect, and ends the search.
 */
const text = `
WITH RECURSIVE same AS (
  SELECT id, tool_id, rerun_of, playbook_step_run_id, input_payload::text AS input
  FROM tool_execution WHERE tenant_id = $1 AND id = $2
  UNION
  SELECT e.id, e.tool_id, e.rerun_of, e.playbook_step_run_id, e.input_payload::text
  FROM same, LATERAL (
    SELECT id, tool_id, rerun_of, playbook_step_run_id, input_payload, status FROM tool_execution
    WHERE tenant_id = $1 AND id = same.rerun_of
    UNION ALL
    SELECT id, tool_id, rerun_of, playbook_step_run_id, input_payload, status FROM tool_execution
    WHERE tenant_id = $1 AND playbook_step_run_id = same.playbook_step_run_id AND id < same.id
  ) e
  WHERE e.status = 'failed' AND e.tool_id = same.tool_id AND e.input_payload::text = same.input
    AND EXISTS (SELECT FROM execution_attempt a WHERE a.tenant_id = $1 AND a.execution_id = e.id
      AND (a.http_status IS NULL OR a.http_status NOT BETWEEN 400 AND 499))
)
SELECT id FROM same ORDER BY id LIMIT 1`;

/**
 * The Idempotency-Key for the provider, of a tool that takes one: the id of the first execution of this call that may have had
 * an effect. So it has one effect, however often a failed execution is run again. What is run again after a success, after a
 * refusal or with another input is another call.
 */
export async function readProviderKey(connection: TenantConnection, executionId: string): Promise<string> {
  const [first] = await connection.query<{ id: string }>({
    name: 'execution_provider_key',
    text,
    values: [connection.tenantId, executionId],
  });
  return first?.id ?? executionId;
}
