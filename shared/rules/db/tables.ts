import { integer, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import { actorType, createdBy, json, time } from '../../platform/db/columns.ts';

export const exceptionRule = pgTable('exception_rule', {
  id: uuid().primaryKey(),
  tenant_id: uuid().notNull(),
  position: integer().notNull(),
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
