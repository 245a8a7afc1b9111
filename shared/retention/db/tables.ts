import { bigint, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { actorType, time } from '../../platform/db/columns.ts';
import { recordKinds } from '../retention-schemas.ts';

/** What stays whatever the times say, while it is not released. */
export const legalHold = pgTable('legal_hold', {
  id: uuid().primaryKey(),
  tenant_id: uuid().notNull(),
  scope: text({ enum: ['everything', 'exception', 'executions'] }).notNull(),
  exception_id: uuid(),
  /** Null: of every tool. */
  tool_id: uuid(),
  from_at: time(),
  until_at: time(),
  reason: text().notNull(),
  created_by_type: actorType().notNull(),
  created_by_id: text().notNull(),
  created_by_name: text().notNull(),
  created_at: time().notNull().defaultNow(),
  released_at: time(),
  release_reason: text(),
  released_by_id: text(),
  released_by_name: text(),
});

/** What was announced as removed last. */
export const retentionRemoval = pgTable(
  'retention_removal',
  {
    tenant_id: uuid().notNull(),
    what: text({ enum: [...recordKinds, 'runs'] }).notNull(),
    before: time().notNull(),
    /** Of events: those before that time with a lower id; all are sealed at or before this place in the chain. */
    up_to_id: bigint({ mode: 'bigint' }),
    through_sequence: bigint({ mode: 'bigint' }),
    /** Of executions and runs: up to this id, all are done for good. */
    done_up_to: uuid(),
  },
  (table) => [primaryKey({ columns: [table.tenant_id, table.what] })],
);
