import { bigint, boolean, integer, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { actorType, bytea, createdBy, json, jsonb, time } from '../../platform/db/columns.ts';
import type { InboundAction } from '../inbound-actions.ts';
import { type ActionResult, deliveryStatuses } from '../inbound-schemas.ts';
import { type HmacSettings, inboundSchemes } from '../inbound-schemes.ts';

export const inboundWebhook = pgTable('inbound_webhook', {
  id: uuid().primaryKey(),
  tenant_id: uuid().notNull(),
  name: text().notNull(),
  description: text().notNull().default(''),
  scheme: text({ enum: inboundSchemes }).notNull(),
  hmac: jsonb().$type<HmacSettings>(),
  id_header: text(),
  /** The last part of the URL; found by its SHA-256. */
  receive_key: text().notNull(),
  receive_digest: bytea().notNull(),
  secret_sealed: bytea().notNull(),
  secret_since: time().notNull().defaultNow(),
  previous_until: time(),
  actions: json().$type<InboundAction[]>().notNull(),
  requests_per_minute: integer().notNull(),
  burst: integer().notNull(),
  accountable_id: text(),
  accountable_name: text(),
  enabled: boolean().notNull().default(true),
  revision: integer().notNull().default(1),
  refused_count: bigint({ mode: 'number' }).notNull().default(0),
  refused_at: time(),
  refused_reason: text(),
  limited_count: bigint({ mode: 'number' }).notNull().default(0),
  limited_at: time(),
  ...createdBy,
  created_at: time().notNull().defaultNow(),
  updated_by_type: actorType().notNull(),
  updated_by_id: text().notNull(),
  updated_by_name: text().notNull(),
  updated_at: time().notNull().defaultNow(),
  archived_at: time(),
});

export const inboundDelivery = pgTable('inbound_delivery', {
  id: uuid().primaryKey(),
  tenant_id: uuid().notNull(),
  webhook_id: uuid().notNull(),
  /** A digest of what the source calls it, or of its content. */
  delivery_key: text().notNull(),
  body_digest: text().notNull(),
  /** Headers and body as they were received. */
  /** Null: erased. */
  input_sealed: bytea(),
  body_bytes: integer().notNull(),
  content_type: text().notNull(),
  address: text(),
  is_test: boolean().notNull().default(false),
  status: text({ enum: deliveryStatuses }).notNull().default('accepted'),
  /** Counts redeliveries. */
  round: integer().notNull().default(0),
  attempts: integer().notNull().default(0),
  /** While it is accepted: when its workflow has to be started again. */
  start_at: time(),
  /** These three are redacted. */
  sender_id: text(),
  headers: jsonb().$type<Record<string, string>>(),
  body: jsonb(),
  results: jsonb().$type<ActionResult[]>().notNull().default([]),
  error: text(),
  received_at: time().notNull().defaultNow(),
  ended_at: time(),
});

/** How many deliveries an endpoint, or its tenant, may still receive: the time at which its bucket is full again. */
export const inboundRate = pgTable(
  'inbound_rate',
  {
    tenant_id: uuid().notNull(),
    /** The endpoint, or the tenant. */
    subject_id: uuid().notNull(),
    due_at: time().notNull(),
  },
  (table) => [primaryKey({ columns: [table.tenant_id, table.subject_id] })],
);

/** The exception that deliveries with one `groupBy` key of an endpoint belong to. */
export const inboundGroup = pgTable(
  'inbound_group',
  {
    tenant_id: uuid().notNull(),
    webhook_id: uuid().notNull(),
    /** A digest of the key. */
    key_digest: text().notNull(),
    exception_id: uuid(),
    seen_count: integer().notNull().default(0),
    last_seen_at: time().notNull().defaultNow(),
    /** The newest delivery that has opened or counted it: older ones, processed later, do not resolve it. */
    opened_by: uuid(),
    /** The newest delivery that has resolved it: older ones, processed later, open nothing. */
    resolved_by: uuid(),
  },
  (table) => [primaryKey({ columns: [table.tenant_id, table.webhook_id, table.key_digest] })],
);
