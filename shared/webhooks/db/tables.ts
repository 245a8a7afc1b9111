import { bigint, boolean, jsonb, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import { bytea, createdBy, time } from '../../platform/db/columns.ts';
import type { WebhookPayload } from '../webhook-payload.ts';

export const webhookEndpoint = pgTable('webhook_endpoint', {
  id: uuid('id').primaryKey(),
  tenantId: uuid('tenant_id').notNull(),
  url: text('url').notNull(),
  description: text('description').notNull().default(''),
  /** Empty: every type. */
  eventTypes: text('event_types').array().notNull().default([]),
  secretSealed: bytea('secret_sealed').notNull(),
  enabled: boolean('enabled').notNull().default(true),
  disabledReason: text('disabled_reason'),
  archivedAt: time('archived_at'),
  ...createdBy,
  createdAt: time('created_at').notNull().defaultNow(),
  updatedAt: time('updated_at').notNull().defaultNow(),
});

/** One try to deliver, as it is stored and shown. `error` is in words; null when it was taken. */
export interface DeliveryAttempt {
  /** ISO 8601. */
  at: string;
  durationMs: number;
  httpStatus: number | null;
  error: string | null;
}

export const webhookDelivery = pgTable('webhook_delivery', {
  id: uuid('id').primaryKey(),
  tenantId: uuid('tenant_id').notNull(),
  endpointId: uuid('endpoint_id').notNull(),
  eventId: bigint('event_id', { mode: 'bigint' }).notNull(),
  eventType: text('event_type').notNull(),
  payload: jsonb('payload').$type<WebhookPayload>().notNull(),
  status: text('status').$type<'pending' | 'delivered' | 'failed'>().notNull().default('pending'),
  attempts: jsonb('attempts').$type<DeliveryAttempt[]>().notNull().default([]),
  /** While a process sends it: until when it has it to itself. */
  nextAttemptAt: time('next_attempt_at'),
  createdAt: time('created_at').notNull().defaultNow(),
  completedAt: time('completed_at'),
});
