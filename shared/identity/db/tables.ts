import { pgTable, text, uuid } from 'drizzle-orm/pg-core';
import { time } from '../../platform/db/columns.ts';

export const tenantSetting = pgTable('tenant_setting', {
  tenantId: uuid('tenant_id').primaryKey(),
  privateHosts: text('private_hosts').array().notNull().default([]),
  updatedAt: time('updated_at').notNull().defaultNow(),
});
