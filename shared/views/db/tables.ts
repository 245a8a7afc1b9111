import { boolean, integer, jsonb, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { time } from '../../platform/db/columns.ts';
import { densities, viewLists } from '../view-schemas.ts';

export const savedView = pgTable('saved_view', {
  id: uuid().primaryKey(),
  tenant_id: uuid().notNull(),
  list: text({ enum: viewLists }).notNull(),
  name: text().notNull(),
  shared: boolean().notNull(),
  filters: jsonb().$type<Record<string, string>>().notNull(),
  hidden_columns: text().array().notNull().default([]),
  density: text({ enum: densities }).notNull(),
  revision: integer().notNull().default(1),
  owner_id: text().notNull(),
  owner_name: text().notNull(),
  created_at: time().notNull().defaultNow(),
  updated_at: time().notNull().defaultNow(),
});

/** The view that a list opens with, for one person. */
export const savedViewDefault = pgTable(
  'saved_view_default',
  {
    tenant_id: uuid().notNull(),
    owner_id: text().notNull(),
    list: text({ enum: viewLists }).notNull(),
    view_id: uuid().notNull(),
  },
  (table) => [primaryKey({ columns: [table.tenant_id, table.owner_id, table.list] })],
);
