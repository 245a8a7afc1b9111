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

/** Which of these executions, of any tenant, are requested or running. */
export async function listOpenIds(connection: SystemConnection, ids: string[]): Promise<string[]> {
  const rows = await connection.query<{ id: string }>({
    name: 'execution_open_ids',
    text: `SELECT id FROM tool_execution WHERE id = ANY($1::uuid[]) AND status IN ('requested', 'running')`,
    values: [ids],
  });
  return rows.map(({ id }) => id);
}
