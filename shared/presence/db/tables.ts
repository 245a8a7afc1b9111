import { pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { time } from '../../platform/db/columns.ts';
import { presenceDoings, presenceSubjects } from '../presence-kinds.ts';

/** Who has what open now. Unlogged, and deleted after minutes. */
export const presence = pgTable(
  'presence',
  {
    tenant_id: uuid().notNull(),
    user_id: text().notNull(),
    /** Of the browser. */
    tab: uuid().notNull(),
    subject_type: text({ enum: presenceSubjects }).notNull(),
    subject_id: uuid().notNull(),
    /** Of a run; empty: the run itself, or an exception. */
    step_id: text().notNull(),
    user_name: text().notNull(),
    doing: text({ enum: presenceDoings }).notNull(),
    since: time().notNull().defaultNow(),
    seen_at: time().notNull().defaultNow(),
  },
  (table) => [
    primaryKey({
      columns: [
        table.tenant_id,
        table.user_id,
        table.tab,
        table.subject_type,
        table.subject_id,
        table.step_id,
      ],
    }),
  ],
);

/** People whom others do not see. */
export const presenceHidden = pgTable(
  'presence_hidden',
  { tenant_id: uuid().notNull(), user_id: text().notNull() },
  (table) => [primaryKey({ columns: [table.tenant_id, table.user_id] })],
);
