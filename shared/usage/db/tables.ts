import { sql } from 'drizzle-orm';
import { bigint, boolean, integer, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { time } from '../../platform/db/columns.ts';
import { doorMeasure, measures } from '../measures.ts';

const measure = text({ enum: [...measures, doorMeasure] }).notNull();
const dimensions = {
  tenant_id: uuid().notNull(),
  measure,
  grain: text({ enum: ['hour', 'day'] }).notNull(),
  /** Of the hour or the day, in UTC. */
  start: time().notNull(),
  /** The tool, or the playbook; zero: none. */
  subject_id: uuid().notNull(),
  version: integer().notNull(),
  /** The connector; zero: none. */
  group_id: uuid().notNull(),
  /**
   * Who calls a tool, with the measure of doors through which (`people@web`), or the step of a playbook. People are not told
   * apart. `*`: all of a tool, or of everything.
   */
  part: text().notNull(),
};

export const usageCount = pgTable(
  'usage_count',
  {
    ...dimensions,
    outcome: text().notNull(),
    count: bigint({ mode: 'bigint' }).notNull(),
    /** Of those that have a time: how many, and how long they took together. */
    timed: bigint({ mode: 'bigint' }).notNull(),
    micros: bigint({ mode: 'bigint' }).notNull(),
  },
  (table) => [
    primaryKey({
      columns: [
        table.tenant_id,
        table.measure,
        table.grain,
        table.start,
        table.subject_id,
        table.version,
        table.group_id,
        table.part,
        table.outcome,
      ],
    }),
  ],
);

/** How long they took, by bins (`time-bins.ts`). */
export const usageTime = pgTable(
  'usage_time',
  {
    ...dimensions,
    /** Those that have any, and how many each has. */
    bins: integer().array().notNull(),
    counts: bigint({ mode: 'bigint' }).array().notNull(),
  },
  (table) => [
    primaryKey({
      columns: [
        table.tenant_id,
        table.measure,
        table.grain,
        table.start,
        table.subject_id,
        table.version,
        table.group_id,
        table.part,
      ],
    }),
  ],
);

/** As what a row is counted now. With it a row may be looked at as often as one likes: it counts once. */
export const usageCounted = pgTable(
  'usage_counted',
  {
    measure,
    row_id: uuid().notNull(),
    tenant_id: uuid().notNull(),
    start: time().notNull(),
    outcome: text().notNull(),
    bin: integer(),
    micros: bigint({ mode: 'bigint' }),
    /** As what its door is counted; null: it is not, or not yet. */
    door_outcome: text(),
  },
  (table) => [primaryKey({ columns: [table.measure, table.row_id] })],
);

/** How far the event log has been read. */
export const usagePosition = pgTable('usage_position', {
  only_one: boolean().primaryKey().default(true),
  xid: text().notNull(),
  event_id: text().notNull().default('0'),
  /** Everything that was committed by then is counted. */
  as_of: time().notNull().defaultNow(),
  /** How many events there were then; while there are no more, nothing has happened since. */
  event_count: text().notNull().default(''),
  /** How far the rows that were there before have been counted: the place of the measure, and the last row of it. */
  fill_measure: integer().notNull().default(0),
  fill_after: uuid().notNull().default(sql`'00000000-0000-0000-0000-000000000000'`),
  complete: boolean().notNull().default(false),
});
