import { eq, sql } from 'drizzle-orm';
import { tenantSetting } from '../../identity/db/tables.ts';
import type { TenantConnection } from '../../platform/db/database.ts';
import { readCallLimits, type StoredCallLimits } from '../../tools/call-limits.ts';

export async function readTenantLimits(connection: TenantConnection): Promise<StoredCallLimits> {
  const [row] = await connection.orm
    .select({ limits: tenantSetting.limits })
    .from(tenantSetting)
    .where(eq(tenantSetting.tenant_id, connection.tenantId));
  return readCallLimits(row?.limits ?? null);
}

/** Until the end of the transaction no one else changes limits or breakers of the tenant. */
export async function lockTenantLimits(connection: TenantConnection): Promise<StoredCallLimits> {
  await connection.orm.insert(tenantSetting).values({ tenant_id: connection.tenantId }).onConflictDoNothing();
  const [row] = await connection.orm
    .select({ limits: tenantSetting.limits })
    .from(tenantSetting)
    .where(eq(tenantSetting.tenant_id, connection.tenantId))
    .for('update');
  return readCallLimits(row?.limits ?? null);
}

/** Of a row that is locked. */
export async function writeTenantLimits(
  connection: TenantConnection,
  limits: StoredCallLimits,
): Promise<void> {
  await connection.orm
    .update(tenantSetting)
    .set({
      limits: { ...limits },
      limits_revision: sql`${tenantSetting.limits_revision} + 1`,
      updated_at: sql`now()`,
    })
    .where(eq(tenantSetting.tenant_id, connection.tenantId));
}
