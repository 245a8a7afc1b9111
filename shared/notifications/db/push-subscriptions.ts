import { and, asc, eq } from 'drizzle-orm';
import type { SystemConnection, TenantConnection } from '../../platform/db/database.ts';
import { pushSubscription } from './tables.ts';

export type SubscriptionRow = typeof pushSubscription.$inferSelect;

/** Of a person, in the order in which they were made. */
export function listSubscriptions(connection: TenantConnection, userId: string): Promise<SubscriptionRow[]> {
  return connection.orm
    .select()
    .from(pushSubscription)
    .where(and(eq(pushSubscription.tenant_id, connection.tenantId), eq(pushSubscription.user_id, userId)))
    .orderBy(asc(pushSubscription.created_at));
}

/** Of everyone in these tenants: ids by `tenant/person`. */
export async function readSubscriptionsOf(
  connection: SystemConnection,
  tenantIds: string[],
): Promise<Map<string, string[]>> {
  const rows = await connection.query<{ person: string; ids: string[] }>({
    name: 'push_subscriptions_of',
    text: `SELECT tenant_id || '/' || user_id AS person, array_agg(id::text ORDER BY id) AS ids
      FROM push_subscription WHERE tenant_id = ANY($1::uuid[]) GROUP BY 1`,
    values: [tenantIds],
  });
  return new Map(rows.map(({ person, ids }) => [person, ids]));
}

/** Until the transaction ends, no one else subscribes this browser, or as this person here. */
export async function lockSubscribing(
  connection: SystemConnection,
  { tenantId, userId, endpointDigest }: { tenantId: string; userId: string; endpointDigest: string },
): Promise<void> {
  for (const name of [endpointDigest, `${tenantId}/${userId}`].toSorted())
    await connection.query({
      text: 'SELECT pg_advisory_xact_lock(hashtextextended($1, 0))',
      values: [`interlock/push/${name}`],
    });
}

export interface Subscriber {
  tenantId: string;
  userId: string;
  sessionId: string;
}

/** The subscription of a session, and how many the person has in other ones. */
export async function readOwnSubscriptions(
  connection: SystemConnection,
  { tenantId, userId, sessionId }: Subscriber,
): Promise<{ id: string | null; others: number }> {
  const rows = await connection.query<{ id: string; session_id: string }>({
    text: 'SELECT id, session_id FROM push_subscription WHERE tenant_id = $1 AND user_id = $2',
    values: [tenantId, userId],
  });
  const own = rows.find((row) => row.session_id === sessionId);
  return { id: own?.id ?? null, others: rows.length - (own ? 1 : 0) };
}

/** A browser shows what is for the person who uses it now, in the session that they have now. */
export async function removeEarlierOf(
  connection: SystemConnection,
  { tenantId, userId, sessionId, endpointDigest }: Subscriber & { endpointDigest: string },
): Promise<void> {
  await connection.query({
    text: `DELETE FROM push_subscription WHERE endpoint_digest = $4
      AND (user_id <> $2 OR (tenant_id = $1 AND session_id <> $3))`,
    values: [tenantId, userId, sessionId, endpointDigest],
  });
}

/** Writes the one of a session: a new one, or what it is now. */
export async function writeSubscription(
  connection: SystemConnection,
  row: Omit<SubscriptionRow, 'created_at'>,
): Promise<void> {
  const { public_key, endpoint_digest, service, endpoint_sealed } = row;
  await connection.orm
    .insert(pushSubscription)
    .values(row)
    .onConflictDoUpdate({
      target: [pushSubscription.tenant_id, pushSubscription.session_id],
      set: { public_key, endpoint_digest, service, endpoint_sealed },
    });
}

export async function deleteSubscription(
  connection: TenantConnection,
  { userId, id }: { userId: string; id: string },
): Promise<SubscriptionRow | null> {
  const [row] = await connection.orm
    .delete(pushSubscription)
    .where(
      and(
        eq(pushSubscription.tenant_id, connection.tenantId),
        eq(pushSubscription.user_id, userId),
        eq(pushSubscription.id, id),
      ),
    )
    .returning();
  return row ?? null;
}

export interface SubscriptionNow {
  id: string;
  userId: string;
  sessionId: string;
  publicKey: string;
  service: string;
  sealed: Buffer;
}

export async function readSubscriptionNow(
  connection: SystemConnection,
  tenantId: string,
  id: string,
): Promise<SubscriptionNow | null> {
  const [row] = await connection.query<SubscriptionNow & Record<string, unknown>>({
    name: 'push_subscription_now',
    text: `SELECT id, user_id AS "userId", session_id AS "sessionId", public_key AS "publicKey", service,
        endpoint_sealed AS sealed
      FROM push_subscription WHERE tenant_id = $1 AND id = $2`,
    values: [tenantId, id],
  });
  return row ?? null;
}

/** As it was read: not one that was renewed meanwhile. @returns false when it is gone already */
export async function removeSubscriptionNow(
  connection: SystemConnection,
  tenantId: string,
  { id, sealed }: SubscriptionNow,
): Promise<boolean> {
  const rows = await connection.query({
    name: 'push_subscription_remove',
    text: 'DELETE FROM push_subscription WHERE tenant_id = $1 AND id = $2 AND endpoint_sealed = $3 RETURNING 1',
    values: [tenantId, id, sealed],
  });
  return rows.length > 0;
}

/** Of these notifications, those that Web Push has brought to the browser of a session, or is about to. */
export async function listPushed(
  connection: TenantConnection,
  { userId, sessionId, ids }: { userId: string; sessionId: string | undefined; ids: string[] },
): Promise<Set<string>> {
  if (sessionId === undefined || ids.length === 0) return new Set();
  const rows = await connection.query<{ id: string }>({
    name: 'notifications_pushed',
    text: `SELECT d.notification_id AS id FROM push_subscription s JOIN notification_delivery d ON d.channel_id = s.id
      WHERE s.tenant_id = $1 AND s.user_id = $2 AND s.session_id = $3 AND d.tenant_id = $1 AND d.push
        AND d.notification_id = ANY($4::uuid[]) AND d.status IN ('pending', 'sent') AND d.error IS NULL`,
    values: [connection.tenantId, userId, sessionId, ids],
  });
  return new Set(rows.map(({ id }) => id));
}
