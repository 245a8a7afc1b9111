import { and, asc, desc, eq, inArray, isNull, lt, lte, sql } from 'drizzle-orm';
import type { Actor } from '../../identity/roles.ts';
import type { TenantConnection } from '../../platform/db/database.ts';
import { when } from '../../platform/db/when.ts';
import type { StoredSettings } from '../notification-schemas.ts';
import { listPushed } from './push-subscriptions.ts';
import { notification, notificationChannel, notificationDelivery, notificationSetting } from './tables.ts';

export type NotificationRow = typeof notification.$inferSelect & { sent_by: string[]; pushed: boolean };
export type ChannelRow = typeof notificationChannel.$inferSelect;

const linesOf = (connection: TenantConnection, userId: string) =>
  and(
    eq(notification.tenant_id, connection.tenantId),
    eq(notification.user_id, userId),
    notification.page,
    isNull(notification.line_id),
  );

/** The lines of a person's list, newest first. */
export async function listNotifications(
  connection: TenantConnection,
  {
    userId,
    sessionId,
    unread,
    before,
    limit,
  }: {
    userId: string;
    sessionId: string | undefined;
    unread: boolean;
    before?: string | undefined;
    limit: number;
  },
): Promise<NotificationRow[]> {
  const rows = await connection.orm
    .select()
    .from(notification)
    .where(
      and(
        linesOf(connection, userId),
        unread ? isNull(notification.read_at) : undefined,
        when(before, (id) => lt(notification.id, id)),
      ),
    )
    .orderBy(desc(notification.id))
    .limit(limit);
  const ids = rows.map(({ id }) => id);
  const pushed = await listPushed(connection, { userId, sessionId, ids });
  const sent = await connection.orm
    .select({ id: notificationDelivery.notification_id, execution: notificationDelivery.execution_id })
    .from(notificationDelivery)
    .where(
      and(
        eq(notificationDelivery.tenant_id, connection.tenantId),
        inArray(notificationDelivery.notification_id, ids),
        sql`${notificationDelivery.execution_id} IS NOT NULL`,
      ),
    );
  const executions = Map.groupBy(sent, ({ id }) => id);
  return rows.map((row) => ({
    ...row,
    sent_by: (executions.get(row.id) ?? []).map(({ execution }) => execution!),
    pushed: pushed.has(row.id),
  }));
}

/** Counts up to `limit`. */
export function countUnread(connection: TenantConnection, userId: string, limit: number): Promise<number> {
  const rows = connection.orm
    .select({ id: notification.id })
    .from(notification)
    .where(and(linesOf(connection, userId), isNull(notification.read_at)))
    .limit(limit);
  return connection.orm.$count(sql`(${rows}) AS unread`);
}

/** Of these, those that are the person's. */
export async function markNotifications(
  connection: TenantConnection,
  { userId, ids, read }: { userId: string; ids: string[]; read: boolean },
): Promise<void> {
  await connection.orm
    .update(notification)
    .set({ read_at: read ? sql`coalesce(${notification.read_at}, now())` : null })
    .where(and(linesOf(connection, userId), inArray(notification.id, ids)));
}

/** @param upTo what came later stays unread */
export async function markAllNotifications(
  connection: TenantConnection,
  userId: string,
  upTo: string | undefined,
): Promise<void> {
  await connection.orm
    .update(notification)
    .set({ read_at: sql`now()` })
    .where(
      and(
        linesOf(connection, userId),
        isNull(notification.read_at),
        when(upTo, (id) => lte(notification.id, id)),
      ),
    );
}

const settingsRow = (connection: TenantConnection, userId: string) =>
  and(eq(notificationSetting.tenant_id, connection.tenantId), eq(notificationSetting.user_id, userId));

export async function readStoredSettings(
  connection: TenantConnection,
  userId: string,
): Promise<StoredSettings | undefined> {
  const [row] = await connection.orm
    .select({ settings: notificationSetting.settings })
    .from(notificationSetting)
    .where(settingsRow(connection, userId));
  return row?.settings;
}

/** Until the transaction ends, no one else changes them. */
export async function lockSettings(connection: TenantConnection, userId: string): Promise<StoredSettings> {
  await connection.orm
    .insert(notificationSetting)
    .values({ tenant_id: connection.tenantId, user_id: userId, settings: {} })
    .onConflictDoNothing();
  const [row] = await connection.orm
    .select({ settings: notificationSetting.settings })
    .from(notificationSetting)
    .where(settingsRow(connection, userId))
    .for('update');
  return row!.settings;
}

/** Of a row that is locked. */
export async function writeSettings(
  connection: TenantConnection,
  userId: string,
  settings: StoredSettings,
): Promise<void> {
  await connection.orm
    .update(notificationSetting)
    .set({ settings, updated_at: sql`now()` })
    .where(settingsRow(connection, userId));
}

/** How many tests a person has sent in the last minute. */
export function countTests(connection: TenantConnection, userId: string): Promise<number> {
  return connection.orm.$count(
    notification,
    and(
      eq(notification.tenant_id, connection.tenantId),
      eq(notification.user_id, userId),
      eq(notification.kind, 'test'),
      sql`${notification.created_at} > now() - interval '1 minute'`,
    ),
  );
}

/** Until the transaction ends, no one else adds a channel to the organization. */
export async function lockChannels(connection: TenantConnection): Promise<void> {
  await connection.query({
    name: 'notification_channels_lock',
    text: 'SELECT pg_advisory_xact_lock(hashtextextended($1, 0))',
    values: [`interlock/notification-channels/${connection.tenantId}`],
    bookkeeping: true,
  });
}

/** By name; archived ones are left out. */
export function listChannels(connection: TenantConnection): Promise<ChannelRow[]> {
  return connection.orm
    .select()
    .from(notificationChannel)
    .where(
      and(eq(notificationChannel.tenant_id, connection.tenantId), isNull(notificationChannel.archived_at)),
    )
    .orderBy(asc(notificationChannel.name));
}

/** How many people have chosen each channel for something. */
export async function countPeopleOf(connection: TenantConnection): Promise<Map<string, number>> {
  const rows = await connection.query<{ id: string; people: number }>({
    text: `SELECT channel AS id, count(DISTINCT user_id)::int AS people FROM notification_setting,
        jsonb_each(coalesce(settings->'kinds', '{}')) AS kind(name, choice),
        jsonb_array_elements_text(kind.choice->'channels') AS channel
      WHERE tenant_id = $1 GROUP BY 1`,
    values: [connection.tenantId],
  });
  return new Map(rows.map(({ id, people }) => [id, people]));
}

/** Locked until the transaction ends; null when it is archived or not this tenant's. */
export async function lockChannel(connection: TenantConnection, id: string): Promise<ChannelRow | null> {
  const [row] = await connection.orm
    .select()
    .from(notificationChannel)
    .where(
      and(
        eq(notificationChannel.tenant_id, connection.tenantId),
        eq(notificationChannel.id, id),
        isNull(notificationChannel.archived_at),
      ),
    )
    .for('update');
  return row ?? null;
}

const ownedBy = ({ type, id, name }: Actor) => ({ owner_type: type, owner_id: id, owner_name: name });

export async function insertChannel(
  connection: TenantConnection,
  { owner, ...channel }: Pick<ChannelRow, 'id' | 'name' | 'tool_id' | 'input'> & { owner: Actor },
): Promise<ChannelRow> {
  const [row] = await connection.orm
    .insert(notificationChannel)
    .values({ ...channel, ...ownedBy(owner), tenant_id: connection.tenantId })
    .returning();
  return row!;
}

export async function updateChannel(
  connection: TenantConnection,
  id: string,
  {
    owner,
    ...change
  }: Partial<
    Pick<ChannelRow, 'name' | 'tool_id' | 'input' | 'enabled' | 'disabled_reason' | 'archived_at'>
  > & {
    owner?: Actor;
  },
): Promise<ChannelRow> {
  const [row] = await connection.orm
    .update(notificationChannel)
    .set({
      ...change,
      ...(owner && ownedBy(owner)),
      revision: sql`${notificationChannel.revision} + 1`,
      updated_at: sql`now()`,
    })
    .where(and(eq(notificationChannel.tenant_id, connection.tenantId), eq(notificationChannel.id, id)))
    .returning();
  return row!;
}
