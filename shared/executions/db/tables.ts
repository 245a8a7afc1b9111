import { boolean, integer, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import type { Role } from '../../identity/roles.ts';
import { actorType, bytea, createdBy, json, jsonb, time } from '../../platform/db/columns.ts';
import type { Issue } from '../../platform/error-codes.ts';
import type { JsonValue } from '../../platform/json.ts';
import { stallCauses } from '../../platform/stall-causes.ts';
import type { PolicyDecision } from '../../policies/policy-schemas.ts';
import { approvalStatuses, voteOutcomes } from '../approval-schemas.ts';
import { callDoors } from '../call-doors.ts';
import type { HumanSettlement, SentRequest, SentResponse } from '../execution-schemas.ts';
import { executionStatuses, failureCodes } from '../failure-codes.ts';
import { chunkKinds } from '../output-chunks.ts';
import type { ShownCall } from '../preview-schemas.ts';

/** Partitioned by the month inside `id`, a uuid v7. */
export const toolExecution = pgTable('tool_execution', {
  id: uuid().primaryKey(),
  tenant_id: uuid().notNull(),
  tool_id: uuid().notNull(),
  tool_name: text().notNull(),
  tool_title: text().notNull(),
  tool_version: integer().notNull(),
  /** The connector that it is made through, as it was when the execution was requested. */
  connector_id: uuid(),
  connector_name: text(),
  connector_revision: integer(),
  status: text({ enum: executionStatuses }).notNull(),
  failure_code: text({ enum: failureCodes }),
  failure_retryable: boolean(),
  /** Without anything of a response: Temporal shows it too. */
  error_message: text(),
  /** What the provider said, redacted: a sentence before `error_message`. */
  failure_reason: text(),
  /** Who settled an unknown outcome. */
  settlement: jsonb().$type<HumanSettlement>(),
  issues: jsonb().$type<Issue[]>(),
  requested_by_actor_type: actorType().notNull(),
  requested_by_actor_id: text().notNull(),
  requested_by_actor_name: text().notNull(),
  /** Null: not known. */
  requested_by_roles: text().array().$type<Role[]>(),
  /** How it came; null: it was requested before that was recorded. */
  door: text({ enum: callDoors }),
  exception_id: text(),
  playbook_step_run_id: uuid(),
  /** Redacted. */
  input_payload: jsonb().$type<JsonValue>(),
  /** The clear input, sealed by the vault; only where redaction changed something, and only while open. */
  input_sealed: bytea(),
  /** Redacted. */
  output_payload: jsonb().$type<JsonValue>(),
  preview_digest: text(),
  /** What the policies decided at the request; null: none concerned it. */
  policy_decision: jsonb().$type<PolicyDecision>(),
  idempotency_key: text(),
  rerun_of: uuid(),
  /** A test of a draft: usage does not count it. */
  test: boolean().notNull().default(false),
  attempts: integer().notNull().default(0),
  /** Without those that were lost with their worker. */
  max_attempts: integer().notNull(),
  lost_attempts: integer().notNull().default(0),
  deadline_at: time().notNull(),
  cancel_requested_at: time(),
  /** `cancelled`: it ended before a decision. Null: it needs no approval. */
  approval_status: text({ enum: approvalStatuses }),
  /** Until then it has to be approved, and to begin. */
  approval_expires_at: time(),
  /** Input, output, requests and responses are gone since then. */
  payloads_removed_at: time(),
  /** Set while nothing more is tried, because its calls have ended their worker process twice. */
  quarantined_at: time(),
  created_at: time().notNull().defaultNow(),
  started_at: time(),
  completed_at: time(),
  updated_at: time().notNull().defaultNow(),
});

/** Partitioned like the executions. */
export const executionAttempt = pgTable(
  'execution_attempt',
  {
    execution_id: uuid().notNull(),
    number: integer().notNull(),
    tenant_id: uuid().notNull(),
    status: text({ enum: ['running', 'succeeded', 'failed', 'unknown'] }).notNull(),
    http_status: integer(),
    error_code: text(),
    error_message: text(),
    error_reason: text(),
    /** Redacted and bounded, like the response. */
    request: jsonb().$type<SentRequest>(),
    response: jsonb().$type<SentResponse>(),
    will_retry_at: time(),
    /** Its owner. */
    worker: text().notNull(),
    /** While it is running: until then its owner sends requests, and no other worker takes it over. */
    lease_until: time(),
    /** It follows a lost attempt, and did not end its worker: if the worker is lost later, that is not its doing. */
    cleared: boolean().notNull().default(false),
    started_at: time().notNull().defaultNow(),
    ended_at: time(),
  },
  (table) => [primaryKey({ columns: [table.execution_id, table.number] })],
);

export const idempotencyKey = pgTable(
  'idempotency_key',
  {
    tenant_id: uuid().notNull(),
    key: text().notNull(),
    fingerprint: text().notNull(),
    execution_id: uuid().notNull(),
    created_at: time().notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.tenant_id, table.key] })],
);

/** What people are asked to approve; kept after the decision. */
export const executionApproval = pgTable('execution_approval', {
  execution_id: uuid().primaryKey(),
  tenant_id: uuid().notNull(),
  /** So many persons. */
  required: integer().notNull(),
  roles: text().array().notNull().$type<Role[]>(),
  /** Who asked may not approve. */
  four_eyes: boolean().notNull(),
  policy_name: text(),
  reason: text().notNull(),
  /** The mailbox of who asked; null when it is unknown. */
  requester_person: text(),
  /** The current version of the tool when it was asked; a step may run an older one. */
  current_version: integer().notNull(),
  /** The exact request, redacted. */
  request: jsonb().$type<ShownCall>().notNull(),
  created_at: time().notNull().defaultNow(),
  expires_at: time().notNull(),
  /** How many votes were taken back. */
  withdrawn: integer().notNull().default(0),
  /** It no longer waits; kept by a trigger of `tool_execution`. */
  ended_at: time(),
  /** Its workflow knows that. */
  told_at: time(),
});

/** The vote of a person. */
export const executionVote = pgTable(
  'execution_vote',
  {
    execution_id: uuid().notNull(),
    /** The mailbox. */
    person: text().notNull(),
    tenant_id: uuid().notNull(),
    outcome: text({ enum: voteOutcomes }).notNull(),
    reason: text(),
    actor_type: actorType().notNull(),
    actor_id: text().notNull(),
    actor_name: text().notNull(),
    /** The request for many executions that gave it, with its decision: a digest. */
    request_id: text(),
    created_at: time().notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.execution_id, table.person] })],
);

/** The first attempt has begun, or people have to approve it, and the workflow has not started as far as anyone has recorded. */
export const owedStart = pgTable('owed_start', {
  execution_id: uuid().primaryKey(),
  tenant_id: uuid().notNull(),
  created_at: time().notNull().defaultNow(),
});

/**
 * An attempt to undo an execution. The execution that undoes it has this key: it is written with the execution, so an
 * attempt is made once.
 */
export const executionUndo = pgTable(
  'execution_undo',
  {
    /** What is undone. */
    execution_id: uuid().notNull(),
    attempt: integer().notNull(),
    tenant_id: uuid().notNull(),
    key: text().notNull(),
    reason: text(),
    ...createdBy,
    created_at: time().notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.execution_id, table.attempt] })],
);

/** A part of what a call has shown while it ran, for a day. */
export const executionChunk = pgTable(
  'execution_chunk',
  {
    execution_id: uuid().notNull(),
    attempt: integer().notNull(),
    number: integer().notNull(),
    tenant_id: uuid().notNull(),
    kind: text({ enum: chunkKinds }).notNull(),
    /** Redacted. */
    value: json().$type<JsonValue>(),
    created_at: time().notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.execution_id, table.attempt, table.number] })],
);

/** A workflow that cannot go on: of an execution or of a run. The reconciler keeps it up to date. */
export const stalledWorkflow = pgTable('stalled_workflow', {
  subject_id: uuid().primaryKey(),
  tenant_id: uuid().notNull(),
  subject_type: text({ enum: ['execution', 'run'] }).notNull(),
  cause: text({ enum: stallCauses }).notNull(),
  since: time().notNull(),
  seen_at: time().notNull().defaultNow(),
});
