import { and, asc, eq, isNotNull, isNull, sql } from 'drizzle-orm';
import type { Actor } from '../../identity/roles.ts';
import { createdByOf } from '../../platform/db/columns.ts';
import { columnsOf } from '../../platform/db/columns-of.ts';
import type { SystemConnection, TenantConnection } from '../../platform/db/database.ts';
import { inboundWebhook } from './tables.ts';

export type InboundWebhookRow = typeof inboundWebhook.$inferSelect;

const own = (connection: TenantConnection, id: string) =>
  and(eq(inboundWebhook.tenant_id, connection.tenantId), eq(inboundWebhook.id, id));

/** All of the tenant's, oldest first. */
export async function listInboundWebhooks(connection: TenantConnection): Promise<InboundWebhookRow[]> {
  return connection.orm
    .select()
    .from(inboundWebhook)
    .where(and(eq(inboundWebhook.tenant_id, connection.tenantId), isNull(inboundWebhook.archived_at)))
    .orderBy(asc(inboundWebhook.id));
}

/** Null when it is archived or not this tenant's. */
export async function readInboundWebhook(
  connection: TenantConnection,
  id: string,
): Promise<InboundWebhookRow | null> {
  const [row] = await connection.orm
    .select()
    .from(inboundWebhook)
    .where(and(own(connection, id), isNull(inboundWebhook.archived_at)));
  return row ?? null;
}

/** Archived ones too: their deliveries stay. */
export async function hasInboundWebhook(connection: TenantConnection, id: string): Promise<boolean> {
  const rows = await connection.orm
    .select({ id: inboundWebhook.id })
    .from(inboundWebhook)
    .where(own(connection, id));
  return rows.length > 0;
}

/** Locked until the transaction ends; null when it is archived or not this tenant's. */
export async function lockInboundWebhook(
  connection: TenantConnection,
  id: string,
): Promise<InboundWebhookRow | null> {
  const [row] = await connection.orm
    .select()
    .from(inboundWebhook)
    .where(and(own(connection, id), isNull(inboundWebhook.archived_at)))
    .for('no key update');
  return row ?? null;
}

/** An archived one, locked; null when it is not archived or not this tenant's. */
export async function lockArchivedInboundWebhook(
  connection: TenantConnection,
  id: string,
): Promise<InboundWebhookRow | null> {
  const [row] = await connection.orm
    .select()
    .from(inboundWebhook)
    .where(and(own(connection, id), isNotNull(inboundWebhook.archived_at)))
    .for('no key update');
  return row ?? null;
}

type NewRow = Omit<
  typeof inboundWebhook.$inferInsert,
  | 'tenant_id'
  | 'created_by_type'
  | 'created_by_id'
  | 'created_by_name'
  | 'updated_by_type'
  | 'updated_by_id'
  | 'updated_by_name'
>;

const updatedByOf = (actor: Actor) => ({
  updated_by_type: actor.type,
  updated_by_id: actor.id,
  updated_by_name: actor.name,
});

export async function insertInboundWebhook(
  connection: TenantConnection,
  row: NewRow,
  actor: Actor,
): Promise<InboundWebhookRow> {
  const [inserted] = await connection.orm
    .insert(inboundWebhook)
    .values({ ...row, tenant_id: connection.tenantId, ...createdByOf(actor), ...updatedByOf(actor) })
    .returning();
  return inserted!;
}

/** As its next revision. */
export async function updateInboundWebhook(
  connection: TenantConnection,
  id: string,
  changes: Partial<NewRow>,
  actor: Actor,
): Promise<InboundWebhookRow> {
  const [row] = await connection.orm
    .update(inboundWebhook)
    .set({
      ...changes,
      ...updatedByOf(actor),
      revision: sql`${inboundWebhook.revision} + 1`,
      updated_at: sql`now()`,
    })
    .where(own(connection, id))
    .returning();
  return row!;
}

/** When an endpoint received its last delivery, and how many have failed: counted up to 100. */
export interface DeliveryHealth {
  at: Date | null;
  failed: number;
}

/** Looks at an index for each of these. */
export async function readDeliveryHealth(
  connection: TenantConnection,
  ids: readonly string[],
): Promise<Map<string, DeliveryHealth>> {
  const rows = await connection.query<DeliveryHealth & { id: string }>({
    text: `SELECT w.id, (SELECT d.received_at FROM inbound_delivery d WHERE d.tenant_id = $1 AND d.webhook_id = w.id
          ORDER BY d.id DESC LIMIT 1) AS at,
        (SELECT count(*)::int FROM (SELECT FROM inbound_delivery d WHERE d.tenant_id = $1 AND d.webhook_id = w.id
          AND d.status = 'failed' LIMIT 100) failed) AS failed
      FROM unnest($2::uuid[]) AS w(id)`,
    values: [connection.tenantId, ids],
  });
  return new Map(rows.map(({ id, at, failed }) => [id, { at, failed }]));
}

/** The endpoint with this key, whosever it is, archived ones too: a delivery names no tenant. */
export async function findByReceiveKey(
  connection: SystemConnection,
  digest: Buffer,
): Promise<InboundWebhookRow | null> {
  const [row] = await connection.query<InboundWebhookRow>({
    name: 'inbound_webhook_by_key',
    text: `SELECT ${columnsOf(inboundWebhook, 'w')} FROM inbound_webhook w WHERE w.receive_digest = $1`,
    values: [digest],
  });
  return row ?? null;
}

/** Deliveries that an endpoint has turned away since they were last counted. */
export interface TurnedAway {
  tenantId: string;
  id: string;
  refused: number;
  refusedReason: string | null;
  limited: number;
}

export async function countTurnedAway(connection: SystemConnection, counts: TurnedAway[]): Promise<void> {
  await connection.query({
    name: 'inbound_turned_away',
    text: `UPDATE inbound_webhook w SET
        refused_count = refused_count + c.refused, limited_count = limited_count + c.limited,
        refused_at = CASE WHEN c.refused > 0 THEN now() ELSE refused_at END,
        refused_reason = coalesce(c."refusedReason", refused_reason),
        limited_at = CASE WHEN c.limited > 0 THEN now() ELSE limited_at END
      FROM jsonb_to_recordset($1::jsonb) AS c("tenantId" uuid, id uuid, refused int, "refusedReason" text, limited int)
      WHERE w.id = c.id AND w.tenant_id = c."tenantId"`,
    values: [JSON.stringify(counts)],
  });
}
