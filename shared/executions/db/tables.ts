import { boolean, integer, jsonb, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { bytea, time } from '../../platform/db/columns.ts';
import type { Issue } from '../../platform/error-codes.ts';
import type { ExecutionStatus, FailureCode } from '../failure-codes.ts';

export const toolExecution = pgTable('tool_execution', {
  /** uuid v7: the month inside it chooses the partition. */
  id: uuid('id').primaryKey(),
  tenantId: uuid('tenant_id').notNull(),
  toolId: uuid('tool_id').notNull(),
  toolName: text('tool_name').notNull(),
  toolTitle: text('tool_title').notNull(),
  toolVersion: integer('tool_version').notNull(),
  status: text('status').$type<ExecutionStatus>().notNull(),
  failureCode: text('failure_code').$type<FailureCode>(),
  failureRetryable: boolean('failure_retryable'),
  errorMessage: text('error_message'),
  issues: jsonb('issues').$type<Issue[]>(),
  requestedByActorType: text('requested_by_actor_type').$type<'user' | 'api_key' | 'system'>().notNull(),
  requestedByActorId: text('requested_by_actor_id').notNull(),
  requestedByActorName: text('requested_by_actor_name').notNull(),
  exceptionId: text('exception_id'),
  playbookStepRunId: uuid('playbook_step_run_id'),
  /** Redacted. */
  inputPayload: jsonb('input_payload'),
  /** The clear input, sealed by the vault; only where redaction changed something, and only while open. */
  inputSealed: bytea('input_sealed'),
  /** Redacted. */
  outputPayload: jsonb('output_payload'),
  previewDigest: text('preview_digest'),
  idempotencyKey: text('idempotency_key'),
  rerunOf: uuid('rerun_of'),
  attempts: integer('attempts').notNull().default(0),
  maxAttempts: integer('max_attempts').notNull(),
  deadlineAt: time('deadline_at').notNull(),
  cancelRequestedAt: time('cancel_requested_at'),
  createdAt: time('created_at').notNull().defaultNow(),
  startedAt: time('started_at'),
  completedAt: time('completed_at'),
  updatedAt: time('updated_at').notNull().defaultNow(),
});

export const executionAttempt = pgTable(
  'execution_attempt',
  {
    executionId: uuid('execution_id').notNull(),
    number: integer('number').notNull(),
    tenantId: uuid('tenant_id').notNull(),
    status: text('status').$type<'running' | 'succeeded' | 'failed' | 'unknown'>().notNull(),
    httpStatus: integer('http_status'),
    errorCode: text('error_code'),
    errorMessage: text('error_message'),
    willRetryAt: time('will_retry_at'),
    worker: text('worker').notNull(),
    startedAt: time('started_at').notNull().defaultNow(),
    endedAt: time('ended_at'),
  },
  (table) => [primaryKey({ columns: [table.executionId, table.number] })],
);

export const idempotencyKey = pgTable(
  'idempotency_key',
  {
    tenantId: uuid('tenant_id').notNull(),
    key: text('key').notNull(),
    fingerprint: text('fingerprint').notNull(),
    executionId: uuid('execution_id').notNull(),
    createdAt: time('created_at').notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.key] })],
);
