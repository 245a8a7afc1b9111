import { boolean, integer, json, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { createdBy, time } from '../../platform/db/columns.ts';
import type { ToolType } from '../tool-definition.ts';

export const connector = pgTable('connector', {
  id: uuid('id').primaryKey(),
  tenantId: uuid('tenant_id'),
  name: text('name').notNull(),
  definition: json('definition').$type<Record<string, unknown>>().notNull(),
  formatVersion: integer('format_version').notNull(),
  revision: integer('revision').notNull().default(1),
  archivedAt: time('archived_at'),
  createdAt: time('created_at').notNull().defaultNow(),
  updatedAt: time('updated_at').notNull().defaultNow(),
});

/** `tenantId` null: global. The row repeats what lists show; `toolVersion` holds the definition. */
export const tool = pgTable('tool', {
  id: uuid('id').primaryKey(),
  tenantId: uuid('tenant_id'),
  name: text('name').notNull(),
  title: text('title').notNull(),
  description: text('description').notNull().default(''),
  type: text('type').$type<ToolType>().notNull(),
  category: text('category').notNull(),
  tags: text('tags').array().notNull().default([]),
  currentVersion: integer('current_version').notNull().default(1),
  archivedAt: time('archived_at'),
  createdAt: time('created_at').notNull().defaultNow(),
  updatedAt: time('updated_at').notNull().defaultNow(),
});

/** Immutable; `definition` is read through `upgradeDefinition`. */
export const toolVersion = pgTable(
  'tool_version',
  {
    toolId: uuid('tool_id').notNull(),
    tenantId: uuid('tenant_id'),
    version: integer('version').notNull(),
    formatVersion: integer('format_version').notNull(),
    definition: json('definition').$type<Record<string, unknown>>().notNull(),
    connectorId: uuid('connector_id'),
    note: text('note'),
    ...createdBy,
    createdAt: time('created_at').notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.toolId, table.version] })],
);

export const toolPolicy = pgTable(
  'tool_policy',
  {
    tenantId: uuid('tenant_id').notNull(),
    toolId: uuid('tool_id').notNull(),
    enabled: boolean('enabled').notNull().default(true),
    updatedById: text('updated_by_id').notNull(),
    updatedAt: time('updated_at').notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.toolId] })],
);

/** When the next run of a tool with a rate limit would be on time, for each tenant. */
export const toolRate = pgTable(
  'tool_rate',
  {
    tenantId: uuid('tenant_id').notNull(),
    toolId: uuid('tool_id').notNull(),
    dueAt: time('due_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.toolId] })],
);
