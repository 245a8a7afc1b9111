import type { SystemConnection } from '../../platform/db/database.ts';
import type { JsonObject } from '../../platform/json.ts';
import type { StoredSettings } from '../notification-schemas.ts';
import type { notification } from './tables.ts';

/** What is due for one person in one way, and goes in one message. */
export interface DueMessage {
  tenantId: string;
  userId: string;
  /** Null: email. */
  channelId: string | null;
  /** By Web Push: the channel is the subscription. */
  push: boolean;
  /** Null: it has not been tried. */
  messageId: string | null;
}

/** The longest due first. @param of.push only what goes by Web Push, or only what does not; null: all */
export function listDueMessages(
  connection: SystemConnection,
  { now, limit, push }: { now: Date; limit: number; push: boolean | null },
): Promise<DueMessage[]> {
  return connection.query<DueMessage & Record<string, unknown>>({
    name: 'notification_messages_due',
    text: `SELECT tenant_id AS "tenantId", user_id AS "userId", channel_id AS "channelId",
        push, message_id AS "messageId"
      FROM notification_delivery WHERE status = 'pending' AND due_at <= $1 AND ($3::boolean IS NULL OR push = $3)
      GROUP BY 1, 2, 3, 4, 5 ORDER BY min(due_at) LIMIT $2`,
    values: [now, limit, push],
  });
}

/** One delivery of a message that only this process sends until its lease ends. */
export interface LeasedDelivery {
  id: string;
  attempts: number;
  kind: string;
  critical: boolean;
  eventType: string;
  facts: (typeof notification.$inferSelect)['facts'];
  link: string;
  /** The line that it belongs to: its own id where it is one by itself. */
  lineId: string;
  read: boolean;
}

/** Of one message, however few lines they are. What is left comes with the next. */
const mostOfMessage = 10_000;

/** Leases what is due of a message. It gets its id with its first attempt, and keeps what it had then. */
export async function leaseMessage(
  connection: SystemConnection,
  { tenantId, userId, channelId, messageId }: DueMessage,
  { now, until, newMessageId }: { now: Date; until: Date; newMessageId: string },
): Promise<LeasedDelivery[]> {
  return connection.query<LeasedDelivery & Record<string, unknown>>({
    name: 'notification_lease',
    text: `WITH due AS (
        SELECT id FROM notification_delivery
        WHERE tenant_id = $1 AND user_id = $2 AND channel_id IS NOT DISTINCT FROM $3::uuid AND status = 'pending'
          AND message_id IS NOT DISTINCT FROM $4::uuid AND due_at <= $5
        ORDER BY id LIMIT ${mostOfMessage} FOR UPDATE SKIP LOCKED),
      leased AS (
        UPDATE notification_delivery d SET due_at = $6, message_id = coalesce(d.message_id, $7::uuid),
          attempts = d.attempts + 1
        FROM due WHERE d.id = due.id RETURNING d.id, d.notification_id, d.attempts)
      SELECT l.id, l.attempts, n.kind, n.critical, n.event_type AS "eventType", n.facts, n.link,
        coalesce(n.line_id, n.id) AS "lineId", n.read_at IS NOT NULL OR h.read_at IS NOT NULL AS read
      FROM leased l JOIN notification n ON n.id = l.notification_id LEFT JOIN notification h ON h.id = n.line_id
      ORDER BY n.id`,
    values: [tenantId, userId, channelId, messageId, now, until, newMessageId],
  });
}

/** They were sent, or never will be. */
export async function endDeliveries(
  connection: SystemConnection,
  ids: string[],
  {
    status,
    error = null,
    executionId = null,
    now,
  }: {
    status: 'sent' | 'failed' | 'dropped';
    error?: string | null;
    executionId?: string | null;
    now: Date;
  },
): Promise<void> {
  if (ids.length === 0) return;
  await connection.query({
    name: 'notification_ended',
    text: `UPDATE notification_delivery SET status = $2, error = $3, execution_id = $4, ended_at = $5
      WHERE id = ANY($1::uuid[]) AND status = 'pending'`,
    values: [ids, status, error, executionId, now],
  });
}

/** @param asNew nothing was tried: then it may be gathered with what comes until then */
export async function postponeDeliveries(
  connection: SystemConnection,
  ids: string[],
  { until, failure, asNew }: { until: Date; failure?: { error: string; at: Date }; asNew: boolean },
): Promise<void> {
  if (ids.length === 0) return;
  await connection.query({
    name: 'notification_postponed',
    text: `UPDATE notification_delivery SET due_at = $2, error = coalesce($3, error),
        ended_at = coalesce($5, ended_at),
        message_id = CASE WHEN $4 THEN NULL ELSE message_id END, attempts = attempts - CASE WHEN $4 THEN 1 ELSE 0 END
      WHERE id = ANY($1::uuid[]) AND status = 'pending'`,
    values: [ids, until, failure?.error ?? null, asNew, failure?.at ?? null],
  });
}

export async function readSettingsNow(
  connection: SystemConnection,
  { tenantId, userId }: Pick<DueMessage, 'tenantId' | 'userId'>,
): Promise<StoredSettings | undefined> {
  const [row] = await connection.query<{ settings: StoredSettings }>({
    name: 'notification_settings_now',
    text: 'SELECT settings FROM notification_setting WHERE tenant_id = $1 AND user_id = $2',
    values: [tenantId, userId],
  });
  return row?.settings;
}

export interface ChannelNow {
  name: string;
  toolId: string;
  input: JsonObject;
  ownerType: 'user' | 'api_key' | 'system';
  ownerId: string;
  ownerName: string;
}

/** Null: it is disabled or removed. */
export async function readChannelNow(
  connection: SystemConnection,
  tenantId: string,
  id: string,
): Promise<ChannelNow | null> {
  const [row] = await connection.query<ChannelNow & Record<string, unknown>>({
    name: 'notification_channel_now',
    text: `SELECT name, tool_id AS "toolId", input, owner_type AS "ownerType", owner_id AS "ownerId",
        owner_name AS "ownerName"
      FROM notification_channel WHERE tenant_id = $1 AND id = $2 AND enabled AND archived_at IS NULL`,
    values: [tenantId, id],
  });
  return row ?? null;
}

/** @returns false when it is disabled already */
export async function disableChannel(
  connection: SystemConnection,
  { tenantId, id, reason }: { tenantId: string; id: string; reason: string },
): Promise<boolean> {
  const rows = await connection.query({
    name: 'notification_channel_disable',
    text: `UPDATE notification_channel SET enabled = false, disabled_reason = $3,
        revision = revision + 1, updated_at = now()
      WHERE tenant_id = $1 AND id = $2 AND enabled AND archived_at IS NULL RETURNING 1`,
    values: [tenantId, id, reason],
  });
  return rows.length > 0;
}

/** Lines that are 90 days old, with what was sent of them. */
export async function removeOldNotifications(connection: SystemConnection): Promise<void> {
  await connection.query({
    name: 'notifications_remove',
    text: `DELETE FROM notification WHERE id IN (
      SELECT id FROM notification WHERE created_at < now() - interval '90 days' ORDER BY created_at LIMIT 5000)`,
  });
}
