import type { TenantConnection } from '../../platform/db/database.ts';

/** The ids of tools by name; the tenant's own tool wins over a global one. Archived tools are not found. */
export async function findToolIds(
  connection: TenantConnection,
  names: readonly string[],
): Promise<Map<string, string>> {
  const rows = await connection.query<{ name: string; id: string }>({
    name: 'tool_ids_by_name',
    text: `SELECT DISTINCT ON (name) name, id FROM tool
      WHERE name = ANY($2::text[]) AND archived_at IS NULL AND (tenant_id = $1 OR tenant_id IS NULL)
      ORDER BY name, tenant_id NULLS LAST`,
    values: [connection.tenantId, names],
  });
  return new Map(rows.map((row) => [row.name, row.id]));
}

/** The names of tools that the tenant sees, by id; archived ones too. */
export async function readToolNames(
  connection: TenantConnection,
  ids: readonly string[],
): Promise<Map<string, string>> {
  const rows = await connection.query<{ name: string; id: string }>({
    text: 'SELECT id, name FROM tool WHERE id = ANY($2::uuid[]) AND (tenant_id = $1 OR tenant_id IS NULL)',
    values: [connection.tenantId, ids],
  });
  return new Map(rows.map((row) => [row.id, row.name]));
}
