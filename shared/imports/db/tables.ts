import { integer, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { bytea, createdBy, json, time } from '../../platform/db/columns.ts';
import { importFormats, type OperationSummary, type StoredChanges } from '../import-schemas.ts';

export const importedDocument = pgTable('imported_document', {
  id: uuid().primaryKey(),
  tenant_id: uuid().notNull(),
  format: text({ enum: importFormats }).notNull(),
  title: text().notNull(),
  source_url: text(),
  /** Of the connector that its tools get. */
  connector_name: text().notNull(),
  /** Without a name and without a secret. */
  connector: json().$type<Record<string, unknown>>(),
  /** Compressed. */
  document_sealed: bytea().notNull(),
  document_bytes: integer().notNull(),
  operations: json().$type<OperationSummary[]>().notNull(),
  /** By the key of the operation: how tools of an earlier import differ. */
  changes: json().$type<StoredChanges>().notNull().default({}),
  ...createdBy,
  created_at: time().notNull().defaultNow(),
});

/** Which operation of its connector's document a tool was made of. */
export const importedTool = pgTable(
  'imported_tool',
  {
    tenant_id: uuid().notNull(),
    connector_id: uuid().notNull(),
    operation_key: text().notNull(),
    tool_id: uuid().notNull(),
    digest: text().notNull(),
    imported_at: time().notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.tenant_id, table.connector_id, table.operation_key] })],
);
