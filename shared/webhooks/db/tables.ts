import { bigint, boolean, integer, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import { bytea, createdBy, jsonb, time } from '../../platform/db/columns.ts';
import type { WebhookPayload } from '../webhook-payload.ts';

export const webhookEndpoint = pgTable('webhook_endpoint', {
  id: uuid().primaryKey(),
  tenant_id: uuid().notNull(),
  url: text().notNull(),
  description: text().notNull().default(''),
  /** Empty: every type. */
  event_types: text().array().notNull().default([]),
  secret_sealed: bytea().notNull(),
  enabled: boolean().notNull().default(true),
  disabled_reason: text(),
  /** Counts its changes. */
  revision: integer().notNull().default(1),
  archived_at: time(),
  ...createdBy,
  created_at: time().notNull().defaultNow(),
  updated_at: time().notNull().defaultNow(),
});

/** One attempt to deliver, as it is stored and shown. `error` is a sentence; null when the endpoint accepted it. */
export interface DeliveryAttempt {
  /** ISO 8601. */
  at: string;
  durationMs: number;
  httpStatus: number | null;
  error: string | null;
}

export const webhookDelivery = pgTable('webhook_delivery', {
  id: uuid().primaryKey(),
  tenant_id: uuid().notNull(),
  endpoint_id: uuid().notNull(),
  /** Plain SQL returns it as text. */
  event_id: bigint({ mode: 'bigint' }).notNull(),
  event_type: text().notNull(),
  payload: jsonb().$type<WebhookPayload>().notNull(),
  status: text({ enum: ['pending', 'delivered', 'failed'] })
    .notNull()
    .default('pending'),
  attempts: jsonb().$type<DeliveryAttempt[]>().notNull().default([]),
  /** While a process sends it, the end of that process's lease. */
  next_attempt_at: time(),
  created_at: time().notNull().defaultNow(),
  completed_at: time(),
});

/** How far the log has been turned into deliveries: a position of the live tail, in one row. */
export const webhookPosition = pgTable('webhook_position', {
  only_one: boolean().primaryKey().default(true),
  xid: text().notNull(),
  event_id: text().notNull(),
});
