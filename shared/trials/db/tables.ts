import { boolean, doublePrecision, integer, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { actorType, createdBy, json, time } from '../../platform/db/columns.ts';
import { type Comparison, trialStatuses } from '../trial-schemas.ts';

export const toolTrial = pgTable('tool_trial', {
  id: uuid().primaryKey(),
  tenant_id: uuid().notNull(),
  tool_id: uuid().notNull(),
  baseline: integer().notNull(),
  candidate: integer().notNull(),
  percent: integer().notNull(),
  sticky_by: text(),
  stop_error_rate: doublePrecision(),
  stop_at_least: integer(),
  status: text({ enum: trialStatuses }).notNull().default('running'),
  ...createdBy,
  /** The mailbox. */
  created_by_person: text(),
  created_at: time().notNull().defaultNow(),
  ended_by_type: actorType(),
  ended_by_id: text(),
  ended_by_name: text(),
  ended_at: time(),
  reason: text(),
  /** From a day after the end. */
  result: json().$type<Comparison>(),
});

/** An execution whose version a trial has chosen. */
export const toolTrialCall = pgTable(
  'tool_trial_call',
  {
    trial_id: uuid().notNull(),
    candidate: boolean().notNull(),
    execution_id: uuid().notNull(),
    tenant_id: uuid().notNull(),
  },
  (table) => [primaryKey({ columns: [table.trial_id, table.candidate, table.execution_id] })],
);
