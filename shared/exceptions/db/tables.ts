import { integer, json, jsonb, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { createdBy, time } from '../../platform/db/columns.ts';
import type { ExceptionStatus, linkKinds, Severity } from '../exception-schemas.ts';

export const exception = pgTable('exception', {
  id: uuid('id').primaryKey(),
  tenantId: uuid('tenant_id').notNull(),
  /** Counted in the tenant. */
  number: integer('number').notNull(),
  title: text('title').notNull(),
  description: text('description').notNull().default(''),
  domain: text('domain').notNull(),
  severity: text('severity').$type<Severity>().notNull(),
  status: text('status').$type<ExceptionStatus>().notNull().default('open'),
  assigneeId: text('assignee_id'),
  assigneeName: text('assignee_name'),
  dueAt: time('due_at'),
  /** Redacted. */
  attributes: jsonb('attributes').$type<Record<string, unknown>>().notNull().default({}),
  source: text('source'),
  resolutionCode: text('resolution_code'),
  resolutionNote: text('resolution_note'),
  resolvedAt: time('resolved_at'),
  revision: integer('revision').notNull().default(1),
  ...createdBy,
  createdAt: time('created_at').notNull().defaultNow(),
  updatedAt: time('updated_at').notNull().defaultNow(),
});

export const exceptionCounter = pgTable('exception_counter', {
  tenantId: uuid('tenant_id').primaryKey(),
  lastNumber: integer('last_number').notNull(),
});

export const comment = pgTable('comment', {
  id: uuid('id').primaryKey(),
  tenantId: uuid('tenant_id').notNull(),
  exceptionId: uuid('exception_id').notNull(),
  body: text('body').notNull(),
  ...createdBy,
  createdAt: time('created_at').notNull().defaultNow(),
});

/** To another exception (`targetId`) or to a page (`url`). */
export const exceptionLink = pgTable('exception_link', {
  id: uuid('id').primaryKey(),
  tenantId: uuid('tenant_id').notNull(),
  exceptionId: uuid('exception_id').notNull(),
  kind: text('kind').$type<(typeof linkKinds)[number]>().notNull(),
  targetId: uuid('target_id'),
  url: text('url'),
  title: text('title').notNull().default(''),
  createdAt: time('created_at').notNull().defaultNow(),
});

export const exceptionDomain = pgTable(
  'exception_domain',
  {
    tenantId: uuid('tenant_id').notNull(),
    name: text('name').notNull(),
    title: text('title').notNull(),
    attributeSchema: json('attribute_schema').$type<Record<string, unknown>>().notNull(),
    updatedAt: time('updated_at').notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.name] })],
);

export const exceptionView = pgTable('exception_view', {
  id: uuid('id').primaryKey(),
  tenantId: uuid('tenant_id').notNull(),
  ownerId: text('owner_id').notNull(),
  name: text('name').notNull(),
  filter: jsonb('filter').$type<Record<string, unknown>>().notNull(),
  createdAt: time('created_at').notNull().defaultNow(),
});

/** What a request with an Idempotency-Key made. */
export const requestKey = pgTable(
  'request_key',
  {
    tenantId: uuid('tenant_id').notNull(),
    subjectType: text('subject_type').notNull(),
    key: text('key').notNull(),
    fingerprint: text('fingerprint').notNull(),
    subjectId: uuid('subject_id').notNull(),
    createdAt: time('created_at').notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.subjectType, table.key] })],
);
