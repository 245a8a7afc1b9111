import { bigint, jsonb, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import { time } from '../../platform/db/columns.ts';
import type { EventSubject, EventType } from '../event-types.ts';

export const event = pgTable('event', {
  id: bigint('id', { mode: 'bigint' }).generatedAlwaysAsIdentity(),
  tenantId: uuid('tenant_id').notNull(),
  type: text('type').$type<EventType>().notNull(),
  subjectType: text('subject_type').$type<EventSubject>().notNull(),
  subjectId: text('subject_id').notNull(),
  exceptionId: text('exception_id'),
  actorType: text('actor_type').$type<'user' | 'api_key' | 'system'>().notNull(),
  actorId: text('actor_id').notNull(),
  actorName: text('actor_name').notNull(),
  data: jsonb('data').$type<Record<string, unknown>>().notNull().default({}),
  requestId: text('request_id'),
  createdAt: time('created_at').notNull().defaultNow(),
});
