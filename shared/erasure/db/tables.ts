import { bigint, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import { bytea, createdBy, jsonb, time } from '../../platform/db/columns.ts';
import type { Counts } from '../person-schemas.ts';

/** A search for a person's data, and its erasure. */
export const personRequest = pgTable('person_request', {
  id: uuid().primaryKey(),
  tenant_id: uuid().notNull(),
  pseudonym: text().notNull(),
  /** Null: erased. */
  subject_sealed: bytea(),
  member_id: text(),
  status: text({ enum: ['searching', 'found', 'erasing', 'erased', 'expired'] }).notNull(),
  /** How far the present pass has come. */
  place: text(),
  position: text(),
  /** The newest event that announces which events are erased. Plain SQL returns it as text. */
  announced: bigint({ mode: 'bigint' }),
  found: jsonb().$type<Counts>().notNull().default({}),
  erased: jsonb().$type<Counts>().notNull().default({}),
  remaining: jsonb().$type<Counts>().notNull().default({}),
  hold_ids: uuid().array().notNull().default([]),
  account: text({ enum: ['deleted', 'kept'] }),
  /** When work goes on; null: there is none. */
  next_at: time(),
  ...createdBy,
  created_at: time().notNull().defaultNow(),
  erasing_since: time(),
  erased_at: time(),
});
