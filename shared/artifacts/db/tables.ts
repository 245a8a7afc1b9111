import { integer, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { bytea, createdBy, time } from '../../platform/db/columns.ts';

/** The bytes of files, once for each tenant. */
export const artifactContent = pgTable(
  'artifact_content',
  {
    tenant_id: uuid().notNull(),
    /** SHA-256. */
    digest: bytea().notNull(),
    bytes: integer().notNull(),
    content: bytea().notNull(),
  },
  (table) => [primaryKey({ columns: [table.tenant_id, table.digest] })],
);

export const artifact = pgTable('artifact', {
  id: uuid().primaryKey(),
  tenant_id: uuid().notNull(),
  digest: bytea().notNull(),
  name: text().notNull(),
  content_type: text().notNull(),
  bytes: integer().notNull(),
  ...createdBy,
  created_at: time().notNull().defaultNow(),
  /** Null while an execution with its payloads uses it. */
  unused_since: time(),
});

/** Which executions sent or received a file, until their payloads are removed; and which attachments of exceptions keep it. */
export const artifactUse = pgTable(
  'artifact_use',
  {
    tenant_id: uuid().notNull(),
    artifact_id: uuid().notNull(),
    /** Or the id of an attachment. */
    execution_id: uuid().notNull(),
  },
  (table) => [primaryKey({ columns: [table.execution_id, table.artifact_id] })],
);
