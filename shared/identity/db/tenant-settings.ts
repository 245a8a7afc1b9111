import { sql } from 'drizzle-orm';
import type { TenantConnection } from '../../platform/db/database.ts';
import { tenantSetting } from './tables.ts';

/** Exact `host:port` of private addresses that this tenant's tools may reach. Every execution reads it. */
export async function readPrivateHosts(connection: TenantConnection): Promise<string[]> {
  const [row] = await connection.query<Pick<typeof tenantSetting.$inferSelect, 'private_hosts'>>({
    name: 'private_hosts',
    text: 'SELECT private_hosts FROM tenant_setting WHERE tenant_id = $1',
    values: [connection.tenantId],
  });
  return row?.private_hosts ?? [];
}

export async function writePrivateHosts(connection: TenantConnection, privateHosts: string[]): Promise<void> {
  await connection.orm
    .insert(tenantSetting)
    .values({ tenant_id: connection.tenantId, private_hosts: privateHosts })
    .onConflictDoUpdate({
      target: tenantSetting.tenant_id,
      set: { private_hosts: privateHosts, updated_at: sql`now()` },
    });
}
