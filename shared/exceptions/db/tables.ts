import { integer, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { createdBy, json, jsonb, time } from '../../platform/db/columns.ts';
import { exceptionStatuses, linkKinds, severities } from '../exception-schemas.ts';

export const exception = pgTable('exception', {
  id: uuid().primaryKey(),
  tenant_id: uuid().notNull(),
  /** Counted in the tenant. */
  number: integer().notNull(),
  title: text().notNull(),
  description: text().notNull().default(''),
  domain: text().notNull(),
  severity: text({ enum: severities }).notNull(),
  status: text({ enum: exceptionStatuses }).notNull().default('open'),
  assignee_id: text(),
  assignee_name: text(),
  due_at: time(),
  /** Redacted. */
  attributes: jsonb().$type<Record<string, unknown>>().notNull().default({}),
  source: text(),
  resolution_code: text(),
  resolution_note: text(),
  resolved_at: time(),
  revision: integer().notNull().default(1),
  ...createdBy,
  created_at: time().notNull().defaultNow(),
  updated_at: time().notNull().defaultNow(),
  /** When the status last changed; null: never. */
  status_at: time(),
  /** The playbook run that changed it; null: someone else did. */
  status_run_id: uuid(),
});

/** Who created the exception or changed its fields: they do not approve what runs on it. */
export const exceptionEditor = pgTable(
  'exception_editor',
  {
    tenant_id: uuid().notNull(),
    exception_id: uuid().notNull(),
    actor_id: text().notNull(),
    /** The person behind the actor; empty when unknown. */
    person: text().notNull(),
  },
  (table) => [primaryKey({ columns: [table.exception_id, table.actor_id, table.person] })],
);

export const exceptionCounter = pgTable('exception_counter', {
  tenant_id: uuid().primaryKey(),
  last_number: integer().notNull(),
});

export const comment = pgTable('comment', {
  id: uuid().primaryKey(),
  tenant_id: uuid().notNull(),
  exception_id: uuid().notNull(),
  body: text().notNull(),
  ...createdBy,
  created_at: time().notNull().defaultNow(),
});

/** Someone whom a comment names. */
export const commentMention = pgTable(
  'comment_mention',
  {
    comment_id: uuid().notNull(),
    tenant_id: uuid().notNull(),
    exception_id: uuid().notNull(),
    user_id: text().notNull(),
    /** At that time. */
    user_name: text().notNull(),
  },
  (table) => [primaryKey({ columns: [table.comment_id, table.user_id] })],
);

/** To another exception (`target_id`) or to a page (`url`). */
export const exceptionLink = pgTable('exception_link', {
  id: uuid().primaryKey(),
  tenant_id: uuid().notNull(),
  exception_id: uuid().notNull(),
  kind: text({ enum: linkKinds }).notNull(),
  target_id: uuid(),
  url: text(),
  title: text().notNull().default(''),
  created_at: time().notNull().defaultNow(),
});

/** A file on an exception. `artifact_use` has its id, and so keeps the file. */
export const exceptionAttachment = pgTable('exception_attachment', {
  id: uuid().primaryKey(),
  tenant_id: uuid().notNull(),
  exception_id: uuid().notNull(),
  artifact_id: uuid().notNull(),
  name: text().notNull(),
  /** What its first bytes say. */
  content_type: text().notNull(),
  ...createdBy,
  created_at: time().notNull().defaultNow(),
});

export const exceptionDomain = pgTable(
  'exception_domain',
  {
    tenant_id: uuid().notNull(),
    name: text().notNull(),
    title: text().notNull(),
    attribute_schema: json().$type<Record<string, unknown>>().notNull(),
    updated_at: time().notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.tenant_id, table.name] })],
);

export const exceptionView = pgTable('exception_view', {
  id: uuid().primaryKey(),
  tenant_id: uuid().notNull(),
  owner_id: text().notNull(),
  name: text().notNull(),
  filter: jsonb().$type<Record<string, unknown>>().notNull(),
  created_at: time().notNull().defaultNow(),
});
