import { tenantSetting } from '../../identity/db/tables.ts';
import type { SystemConnection, TenantConnection } from '../../platform/db/database.ts';
import type { StoredRetention } from '../retention-schemas.ts';

export interface RetentionRow extends Record<string, unknown> {
  retention: StoredRetention | null;
  retention_revision: number;
}

const columns = 'SELECT retention, retention_revision FROM tenant_setting WHERE tenant_id = $1';
const nothing: RetentionRow = { retention: null, retention_revision: 0 };

export async function readRetention(connection: TenantConnection): Promise<RetentionRow> {
  const [row] = await connection.query<RetentionRow>({ text: columns, values: [connection.tenantId] });
  return row ?? nothing;
}

/** Until the end of the transaction no one else changes it, and nothing of the tenant is removed. */
export async function lockRetention(connection: TenantConnection): Promise<RetentionRow> {
  await connection.orm.insert(tenantSetting).values({ tenant_id: connection.tenantId }).onConflictDoNothing();
  const [row] = await connection.query<RetentionRow>({
    text: `${columns} FOR UPDATE`,
    values: [connection.tenantId],
  });
  return row ?? nothing;
}

/** The first removal by it is tomorrow's. */
export async function writeRetention(
  connection: TenantConnection,
  retention: StoredRetention,
): Promise<RetentionRow> {
  const [row] = await connection.query<RetentionRow>({
    text: `UPDATE tenant_setting SET retention = $2, retention_revision = retention_revision + 1,
        retention_swept_at = date_trunc('day', now(), 'UTC'), updated_at = now()
      WHERE tenant_id = $1 RETURNING retention, retention_revision`,
    values: [connection.tenantId, JSON.stringify(retention)],
  });
  return row ?? nothing;
}

export interface DueTenant {
  tenant_id: string;
  retention: StoredRetention;
  retention_revision: number;
}

/** Tenants of which something may have to go on the day that starts then. */
export function listDueTenants(connection: SystemConnection, day: Date): Promise<DueTenant[]> {
  return connection.query<DueTenant & Record<string, unknown>>({
    text: `SELECT tenant_id, retention, retention_revision FROM tenant_setting
      WHERE retention IS NOT NULL AND coalesce(retention_swept_at < $1, true) ORDER BY tenant_id`,
    values: [day],
  });
}

/**
 * Until the end of the transaction the tenant changes neither its times nor its holds.
 * @returns false when its times are no longer of this revision
 */
export async function keepRetention(
  connection: SystemConnection,
  { tenant_id, retention_revision }: DueTenant,
): Promise<boolean> {
  const rows = await connection.query({
    text: 'SELECT FROM tenant_setting WHERE tenant_id = $1 AND retention_revision = $2 FOR SHARE',
    values: [tenant_id, retention_revision],
  });
  return rows.length > 0;
}

export async function markSwept(
  connection: SystemConnection,
  { tenant_id, retention_revision }: DueTenant,
  day: Date,
): Promise<void> {
  await connection.query({
    text: `UPDATE tenant_setting SET retention_swept_at = $3 WHERE tenant_id = $1 AND retention_revision = $2`,
    values: [tenant_id, retention_revision, day],
  });
}
