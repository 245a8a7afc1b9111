import { sql } from 'drizzle-orm';
import type { TenantConnection } from '../../platform/db/database.ts';
import type { AllowedHost, TenantEgress } from '../../platform/egress-rules.ts';
import { tenantSetting } from './tables.ts';

/** What a statement selects of `tenant_setting` for `tenantEgress`. */
export interface EgressColumns {
  private_hosts: string[] | null;
  allowed_hosts: AllowedHost[] | null;
}

/** The list while it is enabled; else null. @param alias of `tenant_setting` */
export const allowedHostsOf = (alias: string): string =>
  `CASE WHEN ${alias}.egress->'enabled' = 'true' THEN ${alias}.egress->'hosts' END`;

export const tenantEgress = ({ private_hosts, allowed_hosts }: EgressColumns): TenantEgress => ({
  privateHosts: private_hosts ?? [],
  allowedHosts: allowed_hosts,
});

/** What the tenant's calls may reach. The statements that begin an attempt select the same. */
export async function readTenantEgress(connection: TenantConnection): Promise<TenantEgress> {
  const [row] = await connection.query<EgressColumns & Record<string, unknown>>({
    name: 'tenant_egress',
    text: `SELECT s.private_hosts, ${allowedHostsOf('s')} AS allowed_hosts FROM tenant_setting s WHERE s.tenant_id = $1`,
    values: [connection.tenantId],
  });
  return tenantEgress(row ?? { private_hosts: null, allowed_hosts: null });
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
