import { sql } from 'drizzle-orm';
import { boolean, integer, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { searchSubjects } from '../search-subjects.ts';

const subject = {
  tenant_id: uuid().notNull(),
  subject_type: text({ enum: searchSubjects }).notNull(),
};

/** A range of ids, from `block_id` to the next block's. Search reads blocks newest first. */
export const searchBlock = pgTable(
  'search_block',
  {
    ...subject,
    block_id: uuid().notNull(),
    /** What its keys are mixed with. Random, and no request can read it. */
    seed: integer().notNull().default(sql`hashtext(gen_random_uuid()::text)`),
  },
  (table) => [primaryKey({ columns: [table.tenant_id, table.subject_type, table.block_id] })],
);

export const searchDocument = pgTable(
  'search_document',
  {
    ...subject,
    subject_id: uuid().notNull(),
    block_id: uuid().notNull(),
    /** Words in lower case. */
    body: text().notNull(),
    /** A number for every three characters of a word, mixed with the seed of its block. */
    keys: integer().array().notNull(),
  },
  (table) => [primaryKey({ columns: [table.tenant_id, table.subject_type, table.subject_id] })],
);

/** How far the event log has been indexed. */
export const searchPosition = pgTable('search_position', {
  only_one: boolean().primaryKey().default(true),
  xid: text().notNull(),
  event_id: text().notNull(),
  /** Whether it has reached the end of the log once. */
  complete: boolean().notNull(),
});
