import type { TenantConnection } from '../../platform/db/database.ts';
import type { webhookDelivery } from '../../platform/db/schema.ts';

export type DeliveryRow = typeof webhookDelivery.$inferSelect;

const columns = `id, tenant_id AS "tenantId", endpoint_id AS "endpointId", event_id AS "eventId",
  event_type AS "eventType", payload, status, attempts, next_attempt_at AS "nextAttemptAt",
  created_at AS "createdAt", completed_at AS "completedAt"`;

/** Of one endpoint, newest first. */
export function listDeliveries(
  connection: TenantConnection,
  filter: { endpointId: string; status?: DeliveryRow['status']; before?: string; limit: number },
): Promise<DeliveryRow[]> {
  return connection.query<DeliveryRow>({
    name: 'webhook_deliveries',
    text: `SELECT ${columns} FROM webhook_delivery
      WHERE tenant_id = $1 AND endpoint_id = $2 AND ($3::text IS NULL OR status = $3)
        AND ($4::uuid IS NULL OR id < $4)
      ORDER BY id DESC LIMIT $5`,
    values: [connection.tenantId, filter.endpointId, filter.status, filter.before, filter.limit],
  });
}

/**
 * Makes a delivery due now, whatever became of it.
 * @returns null when there is none; `taken` false when its endpoint is off or archived, and nothing changed
 */
export async function redeliver(
  connection: TenantConnection,
  id: string,
): Promise<{ row: DeliveryRow; taken: boolean } | null> {
  const [row] = await connection.query<DeliveryRow>({
    text: `UPDATE webhook_delivery d SET status = 'pending', next_attempt_at = now(), completed_at = NULL
      WHERE tenant_id = $1 AND id = $2
        AND EXISTS (SELECT FROM webhook_endpoint e WHERE e.tenant_id = $1 AND e.id = d.endpoint_id
          AND e.enabled AND e.archived_at IS NULL)
      RETURNING ${columns}`,
    values: [connection.tenantId, id],
  });
  if (row) return { row, taken: true };
  const [kept] = await connection.query<DeliveryRow>({
    text: `SELECT ${columns} FROM webhook_delivery WHERE tenant_id = $1 AND id = $2`,
    values: [connection.tenantId, id],
  });
  return kept ? { row: kept, taken: false } : null;
}
