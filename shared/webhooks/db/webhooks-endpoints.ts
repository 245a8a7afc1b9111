import { and, asc, eq, isNotNull, isNull, sql } from 'drizzle-orm';
import type { Actor } from '../../identity/roles.ts';
import { createdByOf } from '../../platform/db/columns.ts';
import type { SystemConnection, TenantConnection } from '../../platform/db/database.ts';
import { webhookDelivery, webhookEndpoint } from './tables.ts';

export type EndpointRow = typeof webhookEndpoint.$inferSelect;

const own = (connection: TenantConnection, id: string) =>
  and(eq(webhookEndpoint.tenant_id, connection.tenantId), eq(webhookEndpoint.id, id));

/** Of every change. */
const changed = { revision: sql`${webhookEndpoint.revision} + 1`, updated_at: sql`now()` };

/** All of the tenant's, oldest first. */
export async function listEndpoints(connection: TenantConnection): Promise<EndpointRow[]> {
  return connection.orm
    .select()
    .from(webhookEndpoint)
    .where(and(eq(webhookEndpoint.tenant_id, connection.tenantId), isNull(webhookEndpoint.archived_at)))
    .orderBy(asc(webhookEndpoint.id));
}

/** Archived ones too: their deliveries stay. */
export async function hasEndpoint(connection: TenantConnection, id: string): Promise<boolean> {
  const rows = await connection.orm
    .select({ id: webhookEndpoint.id })
    .from(webhookEndpoint)
    .where(own(connection, id));
  return rows.length > 0;
}

/** Locked until the transaction ends; null when it is archived or not this tenant's. */
export async function lockEndpoint(connection: TenantConnection, id: string): Promise<EndpointRow | null> {
  const [row] = await connection.orm
    .select()
    .from(webhookEndpoint)
    .where(and(own(connection, id), isNull(webhookEndpoint.archived_at)))
    .for('update');
  return row ?? null;
}

export async function insertEndpoint(
  connection: TenantConnection,
  endpoint: {
    id: string;
    url: string;
    description: string;
    eventTypes: string[];
    secretSealed: Buffer;
    actor: Actor;
  },
): Promise<EndpointRow> {
  const { id, url, description, eventTypes, secretSealed, actor } = endpoint;
  const [row] = await connection.orm
    .insert(webhookEndpoint)
    .values({
      id,
      tenant_id: connection.tenantId,
      url,
      description,
      event_types: eventTypes,
      secret_sealed: secretSealed,
      ...createdByOf(actor),
    })
    .returning();
  return row!;
}

export async function updateEndpoint(
  connection: TenantConnection,
  { id, url, description, event_types, enabled, disabled_reason, secret_sealed }: EndpointRow,
): Promise<EndpointRow> {
  const [row] = await connection.orm
    .update(webhookEndpoint)
    .set({
      url,
      description,
      event_types,
      enabled,
      disabled_reason,
      secret_sealed,
      ...changed,
    })
    .where(own(connection, id))
    .returning();
  return row!;
}

export async function archiveEndpoint(connection: TenantConnection, id: string): Promise<void> {
  await connection.orm
    .update(webhookEndpoint)
    .set({ archived_at: sql`now()`, enabled: false, ...changed })
    .where(own(connection, id));
}

/** An archived one is disabled afterwards. @returns it; null when it is not archived or not this tenant's */
export async function unarchiveEndpoint(
  connection: TenantConnection,
  id: string,
): Promise<EndpointRow | null> {
  const [row] = await connection.orm
    .update(webhookEndpoint)
    .set({ archived_at: null, disabled_reason: 'It was restored.', ...changed })
    .where(and(own(connection, id), isNotNull(webhookEndpoint.archived_at)))
    .returning();
  return row ?? null;
}

/** @returns false when it is disabled already */
export async function disableEndpoint(
  connection: SystemConnection,
  { tenantId, endpointId, reason }: { tenantId: string; endpointId: string; reason: string },
): Promise<boolean> {
  const rows = await connection.orm
    .update(webhookEndpoint)
    .set({ enabled: false, disabled_reason: reason, ...changed })
    .where(
      and(
        eq(webhookEndpoint.tenant_id, tenantId),
        eq(webhookEndpoint.id, endpointId),
        webhookEndpoint.enabled,
        isNull(webhookEndpoint.archived_at),
      ),
    )
    .returning({ id: webhookEndpoint.id });
  return rows.length > 0;
}

/** Fails the pending deliveries of an endpoint that is disabled or archived. @returns how many */
export async function failPendingDeliveries(
  connection: TenantConnection | SystemConnection,
  { tenantId, endpointId, reason }: { tenantId: string; endpointId: string; reason: string },
): Promise<number> {
  const attempt = { at: new Date().toISOString(), durationMs: 0, httpStatus: null, error: reason };
  const rows = await connection.orm
    .update(webhookDelivery)
    .set({
      status: 'failed',
      next_attempt_at: null,
      completed_at: sql`now()`,
      attempts: sql`${webhookDelivery.attempts} || ${JSON.stringify([attempt])}::jsonb`,
    })
    .where(
      and(
        eq(webhookDelivery.tenant_id, tenantId),
        eq(webhookDelivery.endpoint_id, endpointId),
        eq(webhookDelivery.status, 'pending'),
      ),
    )
    .returning({ id: webhookDelivery.id });
  return rows.length;
}
