import { integer, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { actorType, createdBy, time } from '../../platform/db/columns.ts';
import { undoItemStatuses, undoSeriesStatuses, undoSources } from '../undo-schemas.ts';

export const undoSeries = pgTable('undo_series', {
  id: uuid().primaryKey(),
  tenant_id: uuid().notNull(),
  source_type: text({ enum: undoSources }).notNull(),
  source_id: uuid().notNull(),
  exception_id: text(),
  status: text({ enum: undoSeriesStatuses }).notNull().default('running'),
  /** Why it was begun, or has stopped. */
  reason: text(),
  /** Counts its workflows. */
  round: integer().notNull().default(0),
  run_by_type: actorType().notNull(),
  run_by_id: text().notNull(),
  run_by_name: text().notNull(),
  ...createdBy,
  created_at: time().notNull().defaultNow(),
  ended_at: time(),
  start_at: time().notNull(),
});

export const undoItem = pgTable(
  'undo_item',
  {
    series_id: uuid().notNull(),
    /** The last that was done is the first. */
    position: integer().notNull(),
    tenant_id: uuid().notNull(),
    /** What is undone. */
    execution_id: uuid().notNull(),
    label: text().notNull(),
    tool_name: text().notNull(),
    status: text({ enum: undoItemStatuses }).notNull().default('pending'),
    reason: text(),
    /** The attempt of this series to undo it; an earlier one says nothing about it. */
    attempt: integer(),
    preview_digest: text(),
    started_at: time(),
    ended_at: time(),
  },
  (table) => [primaryKey({ columns: [table.series_id, table.position] })],
);
