import { bigint, boolean, integer, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { actorType, bytea, json, jsonb, time } from '../../platform/db/columns.ts';
import type { JsonObject } from '../../platform/json.ts';
import type { NotificationFacts } from '../notification-facts.ts';
import type { StoredSettings } from '../notification-schemas.ts';

/** A line of a person's list. */
export const notification = pgTable('notification', {
  id: uuid().primaryKey(),
  tenant_id: uuid().notNull(),
  user_id: text().notNull(),
  kind: text().notNull(),
  critical: boolean().notNull().default(false),
  /** Null: a test. */
  event_id: bigint({ mode: 'bigint' }),
  event_type: text().notNull(),
  facts: jsonb().$type<NotificationFacts>().notNull().default({}),
  /** Below the page of the organization. */
  link: text().notNull(),
  /** The line that has taken it in. */
  line_id: uuid(),
  count: integer().notNull().default(1),
  /** Whether the list shows it. */
  page: boolean().notNull(),
  /** From when a browser may show it; null: none does. */
  browser_at: time(),
  read_at: time(),
  created_at: time().notNull(),
});

/** What is sent of it: by email, by a tool, or by Web Push. */
export const notificationDelivery = pgTable('notification_delivery', {
  id: uuid().primaryKey(),
  tenant_id: uuid().notNull(),
  notification_id: uuid().notNull(),
  user_id: text().notNull(),
  /** Null: email. */
  channel_id: uuid(),
  /** By Web Push: `channel_id` is the subscription. */
  push: boolean().notNull().default(false),
  /** `dropped`: it was read on the page, or is not wanted any more. */
  status: text({ enum: ['pending', 'sent', 'failed', 'dropped'] })
    .notNull()
    .default('pending'),
  /** While a process sends it, the end of that process's lease. */
  due_at: time().notNull(),
  /** The message that it is part of, from the first attempt on. */
  message_id: uuid(),
  attempts: integer().notNull().default(0),
  error: text(),
  execution_id: uuid(),
  /** Of the last attempt. */
  ended_at: time(),
});

export const notificationSetting = pgTable(
  'notification_setting',
  {
    tenant_id: uuid().notNull(),
    user_id: text().notNull(),
    settings: jsonb().$type<StoredSettings>().notNull(),
    updated_at: time().notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.tenant_id, table.user_id] })],
);

/** A tool of the organization that sends notifications. */
export const notificationChannel = pgTable('notification_channel', {
  id: uuid().primaryKey(),
  tenant_id: uuid().notNull(),
  name: text().notNull(),
  tool_id: uuid().notNull(),
  /** The input of the tool, with expressions. */
  input: json().$type<JsonObject>().notNull(),
  enabled: boolean().notNull().default(true),
  disabled_reason: text(),
  /** Counts its changes. */
  revision: integer().notNull().default(1),
  archived_at: time(),
  /** Its executions are theirs. */
  owner_type: actorType().notNull(),
  owner_id: text().notNull(),
  owner_name: text().notNull(),
  created_at: time().notNull().defaultNow(),
  updated_at: time().notNull().defaultNow(),
});

/** How far the log has been read; one row. */
export const notificationPosition = pgTable('notification_position', {
  only_one: boolean().primaryKey().default(true),
  xid: text().notNull(),
  event_id: text().notNull().default('0'),
});

/** The keys that sign for this deployment at push services; the newest is used for new subscriptions. */
export const pushKey = pgTable('push_key', {
  public_key: text().primaryKey(),
  private_key_sealed: bytea().notNull(),
  created_at: time().notNull().defaultNow(),
});

/** A browser that shows a person's notifications also while no page is open. */
export const pushSubscription = pgTable('push_subscription', {
  id: uuid().primaryKey(),
  tenant_id: uuid().notNull(),
  user_id: text().notNull(),
  /** It ends with the session in which it was made, and with the membership. */
  session_id: text().notNull(),
  member_id: text().notNull(),
  public_key: text().notNull(),
  /** SHA-256: one browser belongs to one person. */
  endpoint_digest: text().notNull(),
  /** The host of the push service. */
  service: text().notNull(),
  /** Endpoint and keys. */
  endpoint_sealed: bytea().notNull(),
  created_at: time().notNull().defaultNow(),
});
