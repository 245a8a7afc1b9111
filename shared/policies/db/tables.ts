import { integer, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { actorType, createdBy, json, time } from '../../platform/db/columns.ts';

export const policy = pgTable('policy', {
  id: uuid().primaryKey(),
  tenant_id: uuid().notNull(),
  revision: integer().notNull().default(1),
  format_version: integer().notNull(),
  document: json().$type<Record<string, unknown>>().notNull(),
  archived_at: time(),
  ...createdBy,
  updated_by_type: actorType().notNull(),
  updated_by_id: text().notNull(),
  updated_by_name: text().notNull(),
  created_at: time().notNull().defaultNow(),
  updated_at: time().notNull().defaultNow(),
});

/** Immutable. The revision that a policy had before this table gets its row with the next change. */
export const policyRevision = pgTable(
  'policy_revision',
  {
    policy_id: uuid().notNull(),
    tenant_id: uuid().notNull(),
    revision: integer().notNull(),
    format_version: integer().notNull(),
    document: json().$type<Record<string, unknown>>().notNull(),
    ...createdBy,
    created_at: time().notNull().defaultNow(),
    /** The revision that it has restored. */
    restored: integer(),
  },
  (table) => [primaryKey({ columns: [table.policy_id, table.revision] })],
);

/** The uses of a policy's rate in its latest period, oldest first. */
export const policyRate = pgTable('policy_rate', {
  policy_id: uuid().primaryKey(),
  tenant_id: uuid().notNull(),
  uses: time().array().notNull().default([]),
});
