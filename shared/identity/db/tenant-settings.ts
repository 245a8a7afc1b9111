import type { TenantConnection } from '../../platform/db/database.ts';

/** Exact `host:port` of private addresses that this tenant's tools may reach. */
export async function readPrivateHosts(connection: TenantConnection): Promise<string[]> {
  const [row] = await connection.query<{ private_hosts: string[] }>({
    name: 'private_hosts',
    text: 'SELECT private_hosts FROM tenant_setting WHERE tenant_id = $1',
    values: [connection.tenantId],
  });
  return row?.private_hosts ?? [];
}

export async function writePrivateHosts(connection: TenantConnection, privateHosts: string[]): Promise<void> {
  await connection.query({
    text: `INSERT INTO tenant_setting (tenant_id, private_hosts) VALUES ($1, $2)
      ON CONFLICT (tenant_id) DO UPDATE SET private_hosts = EXCLUDED.private_hosts, updated_at = now()`,
    values: [connection.tenantId, privateHosts],
  });
}
