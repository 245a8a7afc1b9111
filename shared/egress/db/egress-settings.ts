import { tenantSetting } from '../../identity/db/tables.ts';
import type { TenantConnection } from '../../platform/db/database.ts';
import type { StoredEgress } from '../egress-schemas.ts';

export interface EgressRow extends Record<string, unknown> {
  private_hosts: string[];
  egress: StoredEgress | null;
  egress_revision: number;
}

const columns = 'private_hosts, egress, egress_revision';
const nothing: EgressRow = { private_hosts: [], egress: null, egress_revision: 0 };

export async function readEgress(connection: TenantConnection): Promise<EgressRow> {
  const [row] = await connection.query<EgressRow>({
    text: `SELECT ${columns} FROM tenant_setting WHERE tenant_id = $1`,
    values: [connection.tenantId],
  });
  return row ?? nothing;
}

/** Until the end of the transaction no one else changes it. */
export async function lockEgress(connection: TenantConnection): Promise<EgressRow> {
  await connection.orm.insert(tenantSetting).values({ tenant_id: connection.tenantId }).onConflictDoNothing();
  const [row] = await connection.query<EgressRow>({
    text: `SELECT ${columns} FROM tenant_setting WHERE tenant_id = $1 FOR UPDATE`,
    values: [connection.tenantId],
  });
  return row ?? nothing;
}

/** Every attempt that begins from then on is bound by it. */
export async function writeEgress(
  connection: TenantConnection,
  privateHosts: string[],
  egress: StoredEgress,
): Promise<EgressRow> {
  const [row] = await connection.query<EgressRow>({
    text: `UPDATE tenant_setting SET private_hosts = $2, egress = $3, egress_revision = egress_revision + 1, updated_at = now()
      WHERE tenant_id = $1 RETURNING ${columns}`,
    values: [connection.tenantId, privateHosts, JSON.stringify(egress)],
  });
  return row ?? nothing;
}
