import { integer, json, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { createdBy, time } from '../../platform/db/columns.ts';

/** The row repeats what lists show of the published version, or of the draft while there is none. */
export const playbook = pgTable('playbook', {
  id: uuid('id').primaryKey(),
  tenantId: uuid('tenant_id').notNull(),
  name: text('name').notNull(),
  title: text('title').notNull(),
  description: text('description').notNull().default(''),
  /** Null: never published. */
  publishedVersion: integer('published_version'),
  draft: json('draft').$type<Record<string, unknown>>(),
  /** Counts the changes of the draft. */
  draftRevision: integer('draft_revision').notNull().default(1),
  archivedAt: time('archived_at'),
  ...createdBy,
  createdAt: time('created_at').notNull().defaultNow(),
  updatedAt: time('updated_at').notNull().defaultNow(),
});

/** Immutable. */
export const playbookVersion = pgTable(
  'playbook_version',
  {
    playbookId: uuid('playbook_id').notNull(),
    tenantId: uuid('tenant_id').notNull(),
    version: integer('version').notNull(),
    formatVersion: integer('format_version').notNull(),
    document: json('document').$type<Record<string, unknown>>().notNull(),
    note: text('note'),
    ...createdBy,
    createdAt: time('created_at').notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.playbookId, table.version] })],
);
