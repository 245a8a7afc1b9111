import type { TailPosition } from '../../events/db/events.ts';
import type { SystemConnection, TenantConnection } from '../../platform/db/database.ts';
import type { NotificationKind } from '../notification-kinds.ts';
import type { StoredSettings } from '../notification-schemas.ts';
import type { notification } from './tables.ts';

/** Until the transaction ends, no other process makes notifications. @returns false when one does */
export async function lockNotifying(connection: SystemConnection): Promise<boolean> {
  const [lock] = await connection.query<{ held: boolean }>({
    text: 'SELECT pg_try_advisory_xact_lock(hashtextextended($1, 0)) AS held',
    values: ['interlock/notifications'],
  });
  return lock!.held;
}

/** For a position of another log (a restored database counts its transactions from the start): now. */
export async function readNotifiedUpTo(connection: SystemConnection): Promise<TailPosition> {
  const [row] = await connection.query<TailPosition>({
    name: 'notification_position',
    text: `SELECT CASE WHEN known THEN xid ELSE interlock_oldest_open_xid()::text END AS xid,
        CASE WHEN known THEN event_id ELSE '0' END AS id
      FROM notification_position CROSS JOIN LATERAL (
        SELECT xid::xid8 <= pg_snapshot_xmax(pg_current_snapshot()) AS known) position`,
  });
  return row!;
}

export async function writeNotifiedUpTo(
  connection: SystemConnection,
  { xid, id }: TailPosition,
): Promise<void> {
  await connection.query({
    name: 'notification_position_write',
    text: 'UPDATE notification_position SET xid = $1, event_id = $2',
    values: [xid, id],
  });
}

/** What there is to do. */
export interface NotificationWork {
  /** Changes with every event, also with one that is not committed yet. */
  count: string;
  /** Every transaction that might have written an event has ended. */
  settled: boolean;
  /** Whether something is to be sent. */
  due: boolean;
}

/** One look, which reads no event. */
export async function lookForNotifications(
  connection: SystemConnection,
  now: Date,
): Promise<NotificationWork> {
  const [row] = await connection.query<NotificationWork & Record<string, unknown>>({
    name: 'notification_work',
    text: `SELECT last_value::text AS count,
        pg_snapshot_xmin(pg_current_snapshot()) = pg_snapshot_xmax(pg_current_snapshot()) AS settled,
        EXISTS (SELECT FROM notification_delivery WHERE status = 'pending' AND due_at <= $1) AS due
      FROM event_id_seq`,
    values: [now],
  });
  return row!;
}

export interface SettingsRow {
  tenantId: string;
  userId: string;
  settings: StoredSettings;
}

export function readSettingsOf(connection: SystemConnection, tenantIds: string[]): Promise<SettingsRow[]> {
  return connection.query<SettingsRow & Record<string, unknown>>({
    name: 'notification_settings_of',
    text: `SELECT tenant_id AS "tenantId", user_id AS "userId", settings FROM notification_setting
      WHERE tenant_id = ANY($1::uuid[])`,
    values: [tenantIds],
  });
}

export interface NewNotification {
  id: string;
  tenantId: string;
  userId: string;
  kind: NotificationKind | 'test';
  critical: boolean;
  /** Null: a test. */
  eventId: string | null;
  eventType: string;
  facts: (typeof notification.$inferSelect)['facts'];
  link: string;
  page: boolean;
  browserAt: Date | null;
  createdAt: Date;
}

/** One for each person and event, however often it is called. @returns the ids of those that are new */
export async function insertNotifications(
  connection: SystemConnection | TenantConnection,
  notifications: NewNotification[],
): Promise<Set<string>> {
  const rows = await connection.query<{ id: string }>({
    name: 'notifications_insert',
    text: `INSERT INTO notification (id, tenant_id, user_id, kind, critical, event_id, event_type, facts, link, page,
        browser_at, created_at)
      SELECT id, "tenantId", "userId", kind, critical, "eventId", "eventType", facts, link, page, "browserAt", "createdAt"
      FROM jsonb_to_recordset($1::jsonb) AS n(id uuid, "tenantId" uuid, "userId" text, kind text, critical boolean,
        "eventId" bigint, "eventType" text, facts jsonb, link text, page boolean, "browserAt" timestamptz,
        "createdAt" timestamptz)
      ON CONFLICT (tenant_id, user_id, event_id) DO NOTHING RETURNING id`,
    values: [JSON.stringify(notifications)],
  });
  return new Set(rows.map(({ id }) => id));
}

export interface NewDelivery {
  id: string;
  tenantId: string;
  notificationId: string;
  userId: string;
  /** Null: email. */
  channelId: string | null;
  /** By Web Push: the channel is the subscription. */
  push: boolean;
  dueAt: Date;
}

export async function insertDeliveries(
  connection: SystemConnection | TenantConnection,
  deliveries: NewDelivery[],
): Promise<void> {
  if (deliveries.length === 0) return;
  await connection.query({
    name: 'notification_deliveries_insert',
    text: `INSERT INTO notification_delivery (id, tenant_id, notification_id, user_id, channel_id, push, due_at)
      SELECT id, "tenantId", "notificationId", "userId", "channelId", push, "dueAt"
      FROM jsonb_to_recordset($1::jsonb) AS d(id uuid, "tenantId" uuid, "notificationId" uuid, "userId" text,
        "channelId" uuid, push boolean, "dueAt" timestamptz)`,
    values: [JSON.stringify(deliveries)],
  });
}

/**
 * Makes one line of what came of one kind within a minute, if it is too much: the first becomes the line, and what is not
 * sent of the others is sent with it, once the minute is over.
 */
export async function joinLines(
  connection: SystemConnection,
  of: { tenantId: string; userId: string; kind: string },
  { now, most, withinMs }: { now: Date; most: number; withinMs: number },
): Promise<void> {
  const since = new Date(now.getTime() - withinMs);
  const [head] = await connection.query<{ id: string; created_at: Date }>({
    name: 'notification_line',
    text: `WITH recent AS (
        SELECT id, count, created_at FROM notification
        WHERE tenant_id = $1 AND user_id = $2 AND kind = $3 AND created_at > $4 AND line_id IS NULL)
      SELECT id, created_at FROM recent
      WHERE count > 1 OR (SELECT count(*) FROM recent) >= $5
      ORDER BY count > 1 DESC, id LIMIT 1`,
    values: [of.tenantId, of.userId, of.kind, since, most],
  });
  if (!head) return;
  const over = new Date(head.created_at.getTime() + withinMs);
  await connection.query({
    name: 'notification_line_join',
    text: `WITH joined AS (
        UPDATE notification SET line_id = $4, browser_at = NULL
        WHERE tenant_id = $1 AND user_id = $2 AND kind = $3 AND created_at > $5 AND line_id IS NULL AND id <> $4
        RETURNING id, critical),
      head AS (
        UPDATE notification SET count = count + (SELECT count(*) FROM joined)::int, read_at = NULL,
          critical = critical OR (SELECT bool_or(critical) FROM joined)
        WHERE id = $4 AND tenant_id = $1 AND EXISTS (SELECT FROM joined))
      UPDATE notification_delivery d SET due_at = greatest(d.due_at, $6)
      WHERE d.notification_id = ANY (ARRAY(SELECT id FROM joined) || $4::uuid)
        AND d.tenant_id = $1 AND d.status = 'pending' AND d.message_id IS NULL`,
    values: [of.tenantId, of.userId, of.kind, head.id, since, over],
  });
}
