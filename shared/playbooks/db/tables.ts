import { integer, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import type { ShownCall } from '../../executions/preview-schemas.ts';
import { doors } from '../../identity/doors.ts';
import { actorType, bytea, createdBy, json, jsonb, time } from '../../platform/db/columns.ts';
import type { Issue } from '../../platform/error-codes.ts';
import type { JsonValue } from '../../platform/json.ts';
import { type RequestChange, runStatuses } from '../run-schemas.ts';
import type { StepType } from '../steps/registry.ts';

/** A document as it was sent, without defaults. */
export type StoredDocument = Record<string, unknown>;

/** The ids of tools by the names that a document uses. */
export type ToolPins = Record<string, string>;

/** Name, title and description are those of the published version, or of the draft before the first version. */
export const playbook = pgTable('playbook', {
  id: uuid().primaryKey(),
  tenant_id: uuid().notNull(),
  name: text().notNull(),
  title: text().notNull(),
  description: text().notNull().default(''),
  /** Null: never published. */
  published_version: integer(),
  /** Null: no changes since the published version. */
  draft: json().$type<StoredDocument>(),
  /** Counts the changes of the draft, so that two editors do not overwrite each other. */
  draft_revision: integer().notNull().default(1),
  archived_at: time(),
  ...createdBy,
  created_at: time().notNull().defaultNow(),
  updated_at: time().notNull().defaultNow(),
});

/** Immutable. */
export const playbookVersion = pgTable(
  'playbook_version',
  {
    playbook_id: uuid().notNull(),
    tenant_id: uuid().notNull(),
    version: integer().notNull(),
    format_version: integer().notNull(),
    document: json().$type<StoredDocument>().notNull(),
    note: text(),
    ...createdBy,
    created_at: time().notNull().defaultNow(),
    /** The tools that it calls, by their names in the document. */
    tool_ids: jsonb().$type<ToolPins>().notNull().default({}),
  },
  (table) => [primaryKey({ columns: [table.playbook_id, table.version] })],
);

export const playbookRun = pgTable('playbook_run', {
  id: uuid().primaryKey(),
  tenant_id: uuid().notNull(),
  playbook_id: uuid().notNull(),
  playbook_version: integer().notNull(),
  playbook_name: text().notNull(),
  playbook_title: text().notNull(),
  exception_id: uuid(),
  /** The run and the step whose sub-playbook this is. */
  parent_run_id: uuid(),
  parent_step_run_id: uuid(),
  status: text({ enum: runStatuses }).notNull(),
  /** Redacted. */
  input: jsonb().$type<JsonValue>().notNull().default({}),
  /** Why it failed or was cancelled. */
  reason: text(),
  paused_at: time(),
  paused_by: text(),
  pause_reason: text(),
  /** Set while it is paused because its work has ended the worker process twice. */
  quarantined_at: time(),
  cancel_requested_at: time(),
  /** Who cancelled it; null: not known. */
  cancelled_by_type: actorType(),
  cancelled_by_id: text(),
  cancelled_by_name: text(),
  /** Its input and what its steps took and gave are gone since then. */
  payloads_removed_at: time(),
  started_by_type: actorType().notNull(),
  started_by_id: text().notNull(),
  started_by_name: text().notNull(),
  /** The person behind the actor, if known. */
  started_by_person: text(),
  /** When Temporal accepted the workflow. */
  workflow_started_at: time(),
  created_at: time().notNull().defaultNow(),
  completed_at: time(),
  updated_at: time().notNull().defaultNow(),
});

/** Work of a run that a worker has begun and not ended. Found by another worker, it was lost. */
export const playbookTask = pgTable(
  'playbook_task',
  {
    run_id: uuid().notNull(),
    /** The activity, and its step or its id in the workflow. */
    task: text().notNull(),
    tenant_id: uuid().notNull(),
    worker: text().notNull(),
    lost: integer().notNull().default(0),
    started_at: time().notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.run_id, table.task] })],
);

/** Fields of some step types only. Times are ISO 8601. */
export interface StepDetail {
  /** wait: the time it waits for. */
  until?: string;
  /** wait: the event it waits for, and until when. */
  event?: string;
  timeoutAt?: string;
  /** notify: the message. */
  message?: string;
  /** call_tool: the execution that checks with the provider whether an earlier one took effect. */
  probeExecutionId?: string;
}

/** The calls that an approval covers, as they are shown. A vote is for one digest, so it counts for these requests only. */
export interface Covers {
  /** Over the digests of the calls. */
  digest: string;
  calls: CoveredCall[];
  /** Everyone who sent an input of their own for one of the calls. */
  proposers: { id: string; person: string | null }[];
}

export interface CoveredCall {
  stepId: string;
  title: string;
  /** Part of the digest, so that no one can compare digests of guessed values; new with every change. Never shown. */
  nonce: string;
  /** Of the request with its hidden values; null: the request is not known. */
  digest: string | null;
  /** The same request, redacted. */
  preview: ShownCall | null;
  /** As it was approved before or shown first: `changes` is the difference from it. */
  base: ShownCall | null;
  /** Why the request is not known. */
  problem: string | null;
  issues: Issue[];
  changes: RequestChange[];
  since: 'shown' | 'approved';
}

/** A step of a run, from the moment it opens. */
export const playbookStepRun = pgTable('playbook_step_run', {
  id: uuid().primaryKey(),
  tenant_id: uuid().notNull(),
  run_id: uuid().notNull(),
  step_id: text().notNull(),
  type: text().$type<StepType>().notNull(),
  title: text().notNull(),
  /** Counts the changes. */
  revision: integer().notNull().default(0),
  status: text({
    enum: ['waiting', 'running', 'completed', 'failed', 'skipped', 'outcome_unknown'],
  }).notNull(),
  assignee_role: text(),
  /** Email address, in lower case. */
  assignee_user: text(),
  assignee_name: text(),
  /** Everyone who may complete it: the assignee and the approvers. */
  candidate_roles: text().array().notNull().default([]),
  candidate_users: text().array().notNull().default([]),
  claimed_by_id: text(),
  claimed_by_name: text(),
  claimed_by_person: text(),
  claimed_at: time(),
  due_at: time(),
  /** When the next reminder and escalation are due, and how many there were. */
  remind_at: time(),
  reminded: integer().notNull().default(0),
  escalate_at: time(),
  escalated: integer().notNull().default(0),
  /** call_tool: the resolved input, redacted; sealed where redaction changed it. */
  input: jsonb().$type<JsonValue>(),
  input_sealed: bytea(),
  /** Problems of the resolved input. */
  issues: jsonb().$type<Issue[]>(),
  detail: jsonb().$type<StepDetail>().notNull().default({}),
  /** Of an approval; null when it covers no call. */
  covers: jsonb().$type<Covers>(),
  outcome: text(),
  /** Redacted. */
  output: jsonb().$type<JsonValue>(),
  reason: text(),
  failure_code: text(),
  failure_message: text(),
  execution_ids: uuid().array().notNull().default([]),
  child_run_id: uuid(),
  batch_id: uuid(),
  completed_by_type: actorType(),
  completed_by_id: text(),
  completed_by_name: text(),
  completed_by_person: text(),
  opened_at: time().notNull().defaultNow(),
  completed_at: time(),
  updated_at: time().notNull().defaultNow(),
});

/**
 * Whom an open step of an open run waits for, and whose approval an execution waits for; kept by triggers of
 * `playbook_step_run`, `execution_approval` and `tool_execution`.
 */
export const stepAddressee = pgTable(
  'step_addressee',
  {
    tenant_id: uuid().notNull(),
    /**
     * `actor:` and the id of who has claimed it, otherwise `user:` or `role:` of each candidate; and `all:` with its type, or
     * without if it has failed.
     */
    addressee: text().notNull(),
    /** Infinity: it has no due date. */
    due_at: time().notNull(),
    /** That of the execution where the type is `execution`. */
    step_run_id: uuid().notNull(),
    /** Empty: it has failed, so it waits for people whatever it is. */
    type: text().$type<StepType | 'execution' | ''>().notNull(),
  },
  (table) => [primaryKey({ columns: [table.tenant_id, table.addressee, table.due_at, table.step_run_id] })],
);

/** Every completion that someone sent for a step: votes, attempts, refusals. One per `request_id`. */
export const stepCompletion = pgTable('step_completion', {
  id: uuid().primaryKey(),
  tenant_id: uuid().notNull(),
  run_id: uuid().notNull(),
  step_run_id: uuid().notNull(),
  request_id: text().notNull(),
  fingerprint: text().notNull(),
  status: text({ enum: ['pending', 'accepted', 'refused', 'withdrawn'] })
    .notNull()
    .default('pending'),
  outcome: text().notNull(),
  /** Redacted; the clear input is sealed until the completion is decided. */
  input: jsonb().$type<JsonValue>(),
  input_sealed: bytea(),
  reason: text(),
  preview_digest: text(),
  /** The execution that this completion requests. */
  execution_id: uuid(),
  refusal_code: text(),
  refusal_message: text(),
  actor_type: actorType().notNull(),
  actor_id: text().notNull(),
  actor_name: text().notNull(),
  actor_roles: text().array().notNull(),
  person: text(),
  created_at: time().notNull().defaultNow(),
  decided_at: time(),
  /** Of the request that sent it. Null: of an earlier version. */
  door: text({ enum: doors }),
  address: text(),
});

/** An event that arrived before the run reached the step that waits for it. It is deleted with the end of the run. */
export const playbookKeptEvent = pgTable('playbook_kept_event', {
  id: uuid().primaryKey(),
  tenant_id: uuid().notNull(),
  run_id: uuid().notNull(),
  name: text().notNull(),
  /** Redacted. */
  data: jsonb().$type<JsonValue>(),
  /** Size of the data as JSON. */
  bytes: integer().notNull(),
  request_id: text().notNull(),
  fingerprint: text().notNull(),
  actor_type: actorType().notNull(),
  actor_id: text().notNull(),
  actor_name: text().notNull(),
  actor_roles: text().array().notNull(),
  person: text(),
  /** The step that received it. */
  step_run_id: uuid(),
  created_at: time().notNull().defaultNow(),
});

/** A person has read every notice up to this one. */
export const noticeRead = pgTable(
  'notice_read',
  {
    tenant_id: uuid().notNull(),
    user_id: text().notNull(),
    notice_id: uuid().notNull(),
  },
  (table) => [primaryKey({ columns: [table.tenant_id, table.user_id] })],
);
