import type { SystemConnection } from '../../platform/db/database.ts';

/** Which of these tenants exist. */
export async function listKnownTenants(
  connection: SystemConnection,
  tenantIds: string[],
): Promise<Set<string>> {
  if (tenantIds.length === 0) return new Set();
  const rows = await connection.query<{ id: string }>({
    text: 'SELECT id FROM auth.organization WHERE id = ANY($1)',
    values: [tenantIds],
  });
  return new Set(rows.map((row) => row.id));
}
