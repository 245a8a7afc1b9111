import { boolean, integer, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { doors } from '../../identity/doors.ts';
import { actorType, bytea, createdBy, json, time } from '../../platform/db/columns.ts';
import { batchCallStatuses, batchStatuses, failurePolicies } from '../batch-schemas.ts';

export const batch = pgTable('batch', {
  id: uuid().primaryKey(),
  tenant_id: uuid().notNull(),
  title: text().notNull(),
  status: text({ enum: batchStatuses }).notNull().default('running'),
  reason: text(),
  /** Counts its workflows. */
  round: integer().notNull().default(0),
  on_failure: text({ enum: failurePolicies }).notNull(),
  concurrency: integer().notNull(),
  per_minute: integer(),
  sample: integer(),
  deadline_at: time(),
  exception_id: text(),
  /** Started with the digest of a preview. */
  bound: boolean().notNull().default(false),
  total: integer().notNull(),
  /** Null from a week after the end. */
  definition_sealed: bytea(),
  run_by_type: actorType().notNull(),
  run_by_id: text().notNull(),
  run_by_name: text().notNull(),
  /** Theirs. Null: of an earlier version. */
  door: text({ enum: doors }),
  address: text(),
  /** The step of a playbook that it belongs to. */
  playbook_run_id: uuid(),
  playbook_step_run_id: uuid(),
  step_id: text(),
  ...createdBy,
  created_at: time().notNull().defaultNow(),
  ended_at: time(),
  start_at: time().notNull(),
});

/** Why a call did not succeed. */
export interface CallFailure {
  code: string;
  message: string;
}

export const batchCall = pgTable(
  'batch_call',
  {
    batch_id: uuid().notNull(),
    position: integer().notNull(),
    tenant_id: uuid().notNull(),
    call_id: text().notNull(),
    tool_id: uuid().notNull(),
    tool_name: text().notNull(),
    tool_version: integer().notNull(),
    needs: text().array().notNull().default([]),
    status: text({ enum: batchCallStatuses }).notNull().default('pending'),
    attempt: integer().notNull().default(0),
    execution_id: uuid(),
    failure: json().$type<CallFailure>(),
    started_at: time(),
    ended_at: time(),
  },
  (table) => [primaryKey({ columns: [table.batch_id, table.position] })],
);
