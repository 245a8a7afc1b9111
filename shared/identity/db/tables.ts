import { integer, jsonb, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import { time } from '../../platform/db/columns.ts';

// Accounts, sessions, organizations and API keys (schema "auth") belong to better-auth, which declares its own tables.
export const tenantSetting = pgTable('tenant_setting', {
  tenant_id: uuid().primaryKey(),
  private_hosts: text().array().notNull().default([]),
  /** As `shared/egress/egress-schemas.ts` defines it: the list of hosts and who changed it; null: it was never set. */
  egress: jsonb().$type<Record<string, unknown>>(),
  egress_revision: integer().notNull().default(0),
  /** Of its policies: how often any of them has changed. */
  policy_revision: integer().notNull().default(0),
  /** As `shared/tools/redaction-settings.ts` defines it; null: nothing was chosen. */
  redaction: jsonb().$type<Record<string, unknown>>(),
  redaction_revision: integer().notNull().default(0),
  /** As `shared/retention/retention-schemas.ts` defines it; null: everything stays. */
  retention: jsonb().$type<Record<string, unknown>>(),
  retention_revision: integer().notNull().default(0),
  /** The start of the day (UTC) for which everything was removed. */
  retention_swept_at: time(),
  /** How often its rules for new exceptions have changed. */
  exception_rules_revision: integer().notNull().default(0),
  /** As `shared/tools/call-limits.ts` defines it; null: nothing was chosen. */
  limits: jsonb().$type<Record<string, unknown>>(),
  /** Hosts whose breaker is not closed. */
  open_hosts: text().array().notNull().default([]),
  /** Counts the changes of both. */
  limits_revision: integer().notNull().default(0),
  updated_at: time().notNull().defaultNow(),
});
