import { pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { time } from './columns.ts';

/** What a request with an Idempotency-Key created. */
export const requestKey = pgTable(
  'request_key',
  {
    tenant_id: uuid().notNull(),
    subject_type: text().notNull(),
    key: text().notNull(),
    fingerprint: text().notNull(),
    subject_id: uuid().notNull(),
    created_at: time().notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.tenant_id, table.subject_type, table.key] })],
);
