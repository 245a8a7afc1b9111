import type { SystemConnection, TenantConnection } from '../../platform/db/database.ts';

/** How many executions of the tenant are requested or running; counts up to `limit`. Not those that wait for an approval. */
export async function countOpenExecutions(connection: TenantConnection, limit: number): Promise<number> {
  const [row] = await connection.query<{ open: number }>({
    name: 'execution_count_open',
    text: `SELECT count(*)::int AS open FROM (SELECT FROM tool_execution
      WHERE tenant_id = $1 AND status IN ('requested', 'running') AND approval_status IS DISTINCT FROM 'waiting' LIMIT $2) AS seen`,
    values: [connection.tenantId, limit],
  });
  return row?.open ?? 0;
}

/**
 * How many executions of the tenant were requested before this one and have not begun; of one tool, or of all. Counts up to
 * `limit`.
 */
export async function countAhead(
  connection: TenantConnection,
  executionId: string,
  toolId: string | null,
  limit: number,
): Promise<number> {
  const [row] = await connection.query<{ ahead: number }>({
    name: 'execution_count_ahead',
    text: `SELECT count(*)::int AS ahead FROM (SELECT FROM tool_execution
      WHERE tenant_id = $1 AND status IN ('requested', 'running') AND status = 'requested'
        AND approval_status IS DISTINCT FROM 'waiting' AND id < $2 AND ($3::uuid IS NULL OR tool_id = $3) LIMIT $4) AS seen`,
    values: [connection.tenantId, executionId, toolId, limit],
  });
  return row?.ahead ?? 0;
}

/** Which of these executions, of any tenant, are requested or running. */
export async function listOpenIds(connection: SystemConnection, ids: string[]): Promise<string[]> {
  const rows = await connection.query<{ id: string }>({
    name: 'execution_open_ids',
    text: `SELECT id FROM tool_execution WHERE id = ANY($1::uuid[]) AND status IN ('requested', 'running')`,
    values: [ids],
  });
  return rows.map(({ id }) => id);
}
