import { sql } from 'drizzle-orm';
import { bigint, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { doors } from '../../identity/doors.ts';
import { actorType, jsonb, time, xid8 } from '../../platform/db/columns.ts';
import { type EventSubject, eventTypes } from '../event-types.ts';

/** Append-only; partitioned by the month of `created_at`. */
export const event = pgTable(
  'event',
  {
    /** Plain SQL returns it as text. */
    id: bigint({ mode: 'bigint' }).generatedAlwaysAsIdentity(),
    /** With `id`, the order of a live tail: rows that commit out of order are not skipped. */
    xid: xid8().notNull().default(sql`pg_current_xact_id()`),
    tenant_id: uuid().notNull(),
    type: text({ enum: eventTypes }).notNull(),
    subject_type: text().$type<EventSubject>().notNull(),
    subject_id: text().notNull(),
    exception_id: text(),
    actor_type: actorType().notNull(),
    actor_id: text().notNull(),
    actor_name: text().notNull(),
    data: jsonb().$type<Record<string, unknown>>().notNull().default({}),
    request_id: text(),
    created_at: time().notNull().defaultNow(),
    /** Null: of an earlier version. */
    door: text({ enum: doors }),
    address: text(),
  },
  (table) => [primaryKey({ columns: [table.id, table.created_at] })],
);
