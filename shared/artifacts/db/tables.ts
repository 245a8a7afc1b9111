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
    /** Null: they are in object storage. */
    content: bytea(),
    /** Their name there. */
    object: uuid(),
  },
  (table) => [primaryKey({ columns: [table.tenant_id, table.digest] })],
);

/** Objects that no file names: one that is being written, until its file is; one whose file is gone, until it is too. */
export const artifactObject = pgTable('artifact_object', {
  object: uuid().primaryKey(),
  tenant_id: uuid().notNull(),
  /** From then on it is removed; `-infinity` while it is. */
  due_at: time().notNull(),
});

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
