import { integer, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import { actorType, bytea, createdBy, json, jsonb, time } from '../../platform/db/columns.ts';
import {
  overlaps,
  type ScheduleSpec,
  scheduleRunStatuses,
  scheduleStatuses,
  startedTypes,
  targetKinds,
} from '../schedule-schemas.ts';

/** Times that are made up for, until Temporal has been told. */
export interface PendingBackfill {
  /** ISO 8601; both ends are included. */
  from: string;
  to: string;
  overlap: (typeof overlaps)[number];
}

export const schedule = pgTable('schedule', {
  id: uuid().primaryKey(),
  tenant_id: uuid().notNull(),
  title: text().notNull(),
  status: text({ enum: scheduleStatuses }).notNull().default('active'),
  reason: text(),
  revision: integer().notNull().default(1),
  spec: json().$type<ScheduleSpec>().notNull(),
  overlap: text({ enum: overlaps }).notNull(),
  catchup_ms: integer().notNull(),
  max_runs: integer(),
  fired: integer().notNull().default(0),
  target_kind: text({ enum: targetKinds }).notNull(),
  target_id: uuid(),
  target_name: text().notNull(),
  /** Null a month after it was archived. */
  target_sealed: bytea(),
  owner_type: actorType().notNull(),
  owner_id: text().notNull(),
  owner_name: text().notNull(),
  ...createdBy,
  updated_by_type: actorType().notNull(),
  updated_by_id: text().notNull(),
  updated_by_name: text().notNull(),
  created_at: time().notNull().defaultNow(),
  updated_at: time().notNull().defaultNow(),
  backfills: jsonb().$type<PendingBackfill[]>().notNull().default([]),
  /** Of Temporal's Schedule, as it says it. */
  temporal_changed_at: text(),
  synced_revision: integer().notNull().default(0),
  /** When Temporal's Schedule was last as it should be. */
  synced_at: time(),
  sync_at: time(),
});

export const scheduleRun = pgTable('schedule_run', {
  id: uuid().primaryKey(),
  tenant_id: uuid().notNull(),
  schedule_id: uuid().notNull(),
  scheduled_at: time().notNull(),
  trigger: text({ enum: ['time', 'manual'] }).notNull(),
  status: text({ enum: scheduleRunStatuses }).notNull().default('starting'),
  reason: text(),
  started_type: text({ enum: startedTypes }),
  started_id: uuid(),
  workflow_id: text().notNull(),
  run_by_type: actorType().notNull(),
  run_by_id: text().notNull(),
  run_by_name: text().notNull(),
  created_at: time().notNull().defaultNow(),
  ended_at: time(),
  start_at: time().notNull(),
});
