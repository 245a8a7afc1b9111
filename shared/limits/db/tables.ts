import { integer, pgTable, primaryKey, text, unique, uuid } from 'drizzle-orm/pg-core';
import { actorType, time } from '../../platform/db/columns.ts';
import { storedBreakerStates } from '../limit-schemas.ts';

/** Written only when its state changes, and by probes. */
export const breaker = pgTable(
  'breaker',
  {
    id: uuid().primaryKey(),
    tenant_id: uuid().notNull(),
    /** `host:port` */
    host: text().notNull(),
    state: text({ enum: storedBreakerStates }).notNull(),
    reason: text().notNull(),
    since: time().notNull().defaultNow(),
    /** Open: when the next probe may leave. */
    retry_at: time(),
    /** How often it has opened without a success in between. */
    openings: integer().notNull().default(0),
    /** The execution that probes, and until when no other does. */
    probe_by: uuid(),
    probe_until: time(),
    changed_by_type: actorType().notNull(),
    changed_by_id: text().notNull(),
    changed_by_name: text().notNull(),
  },
  (table) => [unique().on(table.tenant_id, table.host)],
);

/** A call in progress that counts in a bound of calls at once. */
export const callPlace = pgTable(
  'call_place',
  {
    tenant_id: uuid().notNull(),
    scope: text().notNull(),
    execution_id: uuid().notNull(),
    lease_until: time().notNull(),
  },
  (table) => [primaryKey({ columns: [table.tenant_id, table.scope, table.execution_id] })],
);
