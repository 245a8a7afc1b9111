import { sql } from 'drizzle-orm';
import { bigint, boolean, integer, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { doors } from '../../identity/doors.ts';
import { actorType, bigints, bytea, jsonb, time, xid8 } from '../../platform/db/columns.ts';
import { auditProblemKinds } from '../audit-schemas.ts';
import { type EventSubject, eventTypes } from '../event-types.ts';
import type { Opening } from '../server/audit/audit-digest.ts';

/** Append-only; partitioned by the month of `created_at`. */
export const event = pgTable(
  'event',
  {
    /** Plain SQL returns it as text. */
    id: bigint({ mode: 'bigint' }).generatedAlwaysAsIdentity(),
    /** With `id`, the order of a live tail: rows that commit out of order are not skipped. */
    xid: xid8().notNull().default(sql`pg_current_xact_id()`),
    tenant_id: uuid().notNull(),
    type: text({ enum: eventTypes }).notNull(),
    subject_type: text().$type<EventSubject>().notNull(),
    subject_id: text().notNull(),
    exception_id: text(),
    actor_type: actorType().notNull(),
    actor_id: text().notNull(),
    actor_name: text().notNull(),
    data: jsonb().$type<Record<string, unknown>>().notNull().default({}),
    request_id: text(),
    created_at: time().notNull().defaultNow(),
    /** Null: of an earlier version. */
    door: text({ enum: doors }),
    address: text(),
  },
  (table) => [primaryKey({ columns: [table.id, table.created_at] })],
);

/** Of the chain that seals a tenant's events (decision 0040); append-only. */
export const auditBlock = pgTable(
  'audit_block',
  {
    tenant_id: uuid().notNull(),
    /** From 1. */
    number: integer().notNull(),
    /** The place of its first event in the tenant's chain, from 1. */
    first_sequence: bigint({ mode: 'bigint' }).notNull(),
    /** In the order in which they are sealed: (xid, id). */
    event_ids: bigints().notNull(),
    low_id: bigint({ mode: 'bigint' }).notNull(),
    high_id: bigint({ mode: 'bigint' }).notNull(),
    /** 32 bytes for each event. */
    digests: bytea().notNull(),
    /** 16 bytes for each event. */
    salts: bytea().notNull(),
    previous: bytea().notNull(),
    hash: bytea().notNull(),
    /** ISO 8601, as the hash has it. */
    sealed_at: text().notNull(),
  },
  (table) => [primaryKey({ columns: [table.tenant_id, table.number] })],
);

/** Of an event of which parts were erased. */
export const auditOpening = pgTable(
  'audit_opening',
  {
    tenant_id: uuid().notNull(),
    event_id: bigint({ mode: 'bigint' }).notNull(),
    /** The digests of these parts, and the salts of the others. */
    opening: jsonb().$type<Exclude<Opening, string>>().notNull(),
    /** The events that announced it. */
    announced_by: bigints().notNull(),
  },
  (table) => [primaryKey({ columns: [table.tenant_id, table.event_id] })],
);

/** How far the log has been sealed; one row. */
export const auditPosition = pgTable('audit_position', {
  only_one: boolean().primaryKey().default(true),
  xid: text().notNull(),
  event_id: text().notNull(),
});

/** What signs heads; the newest key does. */
export const auditKey = pgTable('audit_key', {
  id: text().primaryKey(),
  /** PEM. */
  public_key: text().notNull(),
  private_key_sealed: bytea().notNull(),
  created_at: time().notNull().defaultNow(),
});

/** A signed statement: this tenant's chain ends, or ended, with this block. */
export const auditHead = pgTable(
  'audit_head',
  {
    tenant_id: uuid().notNull(),
    number: integer().notNull(),
    /** Of its last event. */
    sequence: bigint({ mode: 'bigint' }).notNull(),
    hash: bytea().notNull(),
    signed_at: text().notNull(),
    key_id: text().notNull(),
    signature: bytea().notNull(),
    /** When it was written to the place that the deployment names. */
    exported_at: time(),
  },
  (table) => [primaryKey({ columns: [table.tenant_id, table.number] })],
);

/** How far the rows were last compared with the seal. */
export const auditCheck = pgTable('audit_check', {
  tenant_id: uuid().primaryKey(),
  /** The last block that was compared. */
  number: integer().notNull(),
  checked_at: time().notNull(),
  /** When the whole chain had last been compared. */
  completed_at: time(),
});

/** Where rows and seal differ. */
export const auditProblem = pgTable(
  'audit_problem',
  {
    tenant_id: uuid().notNull(),
    kind: text({ enum: auditProblemKinds }).notNull(),
    /** Of the block. */
    number: integer().notNull(),
    /** 0: the block itself. */
    event_id: bigint({ mode: 'bigint' }).notNull(),
    sequence: bigint({ mode: 'bigint' }),
    found_at: time().notNull().defaultNow(),
    /** A tenant admin has looked into it. */
    acknowledged_at: time(),
    acknowledge_reason: text(),
    acknowledged_by_type: actorType(),
    acknowledged_by_id: text(),
    acknowledged_by_name: text(),
  },
  (table) => [primaryKey({ columns: [table.tenant_id, table.kind, table.number, table.event_id] })],
);

/** Messages to people: from notify steps, reminders, escalations and lost claims, and about credentials that expire. */
export const notice = pgTable('notice', {
  id: uuid().primaryKey(),
  /** Null: to the platform admins of the deployment, in every organization. */
  tenant_id: uuid(),
  kind: text({ enum: ['notify', 'reminder', 'escalation', 'taken_over'] }).notNull(),
  to_role: text(),
  to_user: text(),
  text: text().notNull(),
  exception_id: uuid(),
  run_id: uuid(),
  step_run_id: uuid(),
  /** What it is about, if that is a credential. */
  credential_id: uuid(),
  /** Or a tool. */
  tool_id: uuid(),
  /** What it is about, if that is a schedule. */
  schedule_id: uuid(),
  created_at: time().notNull().defaultNow(),
});
