import { and, desc, eq, exists, isNull, lt, sql } from 'drizzle-orm';
import type { TenantConnection } from '../../platform/db/database.ts';
import { when } from '../../platform/db/when.ts';
import { webhookDelivery, webhookEndpoint } from './tables.ts';

export type DeliveryRow = typeof webhookDelivery.$inferSelect;

/** Of one endpoint, newest first. */
export async function listDeliveries(
  connection: TenantConnection,
  filter: { endpointId: string; status?: DeliveryRow['status']; before?: string; limit: number },
): Promise<DeliveryRow[]> {
  const { endpointId, status, before, limit } = filter;
  return connection.orm
    .select()
    .from(webhookDelivery)
    .where(
      and(
        eq(webhookDelivery.tenant_id, connection.tenantId),
        eq(webhookDelivery.endpoint_id, endpointId),
        when(status, (each) => eq(webhookDelivery.status, each)),
        when(before, (each) => lt(webhookDelivery.id, each)),
      ),
    )
    .orderBy(desc(webhookDelivery.id))
    .limit(limit);
}

/**
 * Makes a delivery due now, whatever its status.
 * @returns null when it is not found; `queued` is false when its endpoint is disabled or archived; then nothing changed
 */
export async function redeliver(
  connection: TenantConnection,
  id: string,
): Promise<{ row: DeliveryRow; queued: boolean } | null> {
  const own = and(eq(webhookDelivery.tenant_id, connection.tenantId), eq(webhookDelivery.id, id));
  const openEndpoint = connection.orm
    .select({ one: sql`1` })
    .from(webhookEndpoint)
    .where(
      and(
        eq(webhookEndpoint.tenant_id, connection.tenantId),
        eq(webhookEndpoint.id, webhookDelivery.endpoint_id),
        webhookEndpoint.enabled,
        isNull(webhookEndpoint.archived_at),
      ),
    );
  const [row] = await connection.orm
    .update(webhookDelivery)
    .set({ status: 'pending', next_attempt_at: sql`now()`, completed_at: null })
    .where(and(own, exists(openEndpoint)))
    .returning();
  if (row) return { row, queued: true };
  const [kept] = await connection.orm.select().from(webhookDelivery).where(own);
  return kept ? { row: kept, queued: false } : null;
}
