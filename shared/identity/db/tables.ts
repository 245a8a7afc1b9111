import { pgTable, text, uuid } from 'drizzle-orm/pg-core';
import { time } from '../../platform/db/columns.ts';

// Accounts, sessions, organizations and API keys (schema "auth") belong to better-auth, which declares its own tables.
export const tenantSetting = pgTable('tenant_setting', {
  tenant_id: uuid().primaryKey(),
  private_hosts: text().array().notNull().default([]),
  updated_at: time().notNull().defaultNow(),
});
