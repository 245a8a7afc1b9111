import { integer, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { bytea, createdBy, time } from '../../platform/db/columns.ts';
import type { AuthType } from '../tool-definition.ts';

/** `tenantId` null: the credential of a global tool, opened by the worker alone. */
export const credential = pgTable('credential', {
  id: uuid('id').primaryKey(),
  tenantId: uuid('tenant_id'),
  name: text('name').notNull(),
  authType: text('auth_type').$type<AuthType>().notNull(),
  /** Hosts (`host:port`) this credential may be sent to. */
  allowedHosts: text('allowed_hosts').array().notNull().default([]),
  currentVersion: integer('current_version').notNull().default(1),
  ...createdBy,
  createdAt: time('created_at').notNull().defaultNow(),
  updatedAt: time('updated_at').notNull().defaultNow(),
});

export const credentialVersion = pgTable(
  'credential_version',
  {
    credentialId: uuid('credential_id').notNull(),
    tenantId: uuid('tenant_id'),
    version: integer('version').notNull(),
    sealed: bytea('sealed').notNull(),
    createdAt: time('created_at').notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.credentialId, table.version] })],
);
