import { bigint, integer, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { time } from '../../platform/db/columns.ts';
import { egressCallerTypes, egressOutcomes } from '../../platform/egress-rules.ts';

/** How often a caller has reached a host on a day, or was refused. */
export const egressReach = pgTable(
  'egress_reach',
  {
    tenant_id: uuid().notNull(),
    /** In UTC: `2026-11-22`. */
    day: text().notNull(),
    host: text().notNull(),
    port: integer().notNull(),
    method: text().notNull(),
    caller_type: text({ enum: egressCallerTypes }).notNull(),
    caller_id: text().notNull(),
    outcome: text({ enum: egressOutcomes }).notNull(),
    count: bigint({ mode: 'bigint' }).notNull(),
    last_at: time().notNull(),
  },
  (table) => [
    primaryKey({
      columns: [
        table.tenant_id,
        table.day,
        table.host,
        table.port,
        table.method,
        table.caller_type,
        table.caller_id,
        table.outcome,
      ],
    }),
  ],
);
