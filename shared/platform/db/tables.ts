import { pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { bytea, time } from './columns.ts';

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

/** A key that seals, as the database knows it: never its bytes. */
export const vaultKey = pgTable('vault_key', {
  id: text().primaryKey(),
  /** Sealed by it, opened at each start. */
  canary: bytea(),
  /** The key of a key management service that has wrapped it; null: its bytes are in the settings of the processes. */
  kms_key: text(),
  wrapped: bytea(),
  created_at: time().notNull().defaultNow(),
});

/** How far the secrets of a table have been handed out to be sealed again under a key. */
export const vaultRewrap = pgTable('vault_rewrap', {
  store: text().primaryKey(),
  key_id: text().notNull(),
  position: text().notNull().default(''),
  taken_at: time().notNull().defaultNow(),
});
