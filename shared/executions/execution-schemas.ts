import { z } from 'zod';
import { actorSchema } from '../identity/identity-schemas.ts';
import type { JsonValue } from '../platform/json.ts';
import { issueSchema, pageInput } from '../platform/page-schemas.ts';
import { storableText } from '../platform/storable-text.ts';
import { isoTimeSchema } from '../platform/time-schema.ts';
import { policyDecisionSchema } from '../policies/policy-schemas.ts';
import { approvalStatuses, executionApprovalSchema } from './approval-schemas.ts';
import { callDoorFilters } from './call-doors.ts';
import { callerKinds } from './caller-kinds.ts';
import { executionStatuses, failureCodes } from './failure-codes.ts';
import { undoableSchema } from './preview-schemas.ts';

/** The shapes that tRPC, REST and the typed client share (API.md). Times are ISO 8601 in UTC. */
const time = z.string();

/** What an attempt sent, with every secret replaced. */
export const sentRequestSchema = z.object({
  method: z.string(),
  url: z.string(),
  headers: z.record(z.string(), z.string()),
  /** JSON; text where `bodyType` says so, or where it was cut. */
  body: z.unknown().optional(),
  bodyType: z.string().optional(),
  /** It was longer than 16 kB: the body is the beginning of its text. */
  truncated: z.literal(true).optional(),
});

export type SentRequest = z.infer<typeof sentRequestSchema>;

/** What an attempt received, apart from the body: at most 50 headers of 2 kB, with secrets replaced. */
export const sentResponseSchema = z.object({
  status: z.int(),
  headers: z.record(z.string(), z.string()),
});

/**
 * As it is stored. A status of 0: there was no response, only a log. `body`: what a transform was applied to, redacted and at
 * most 16 kB; replays read it, and nothing shows it.
 */
export type SentResponse = z.infer<typeof sentResponseSchema> & { log?: string[]; body?: JsonValue };

/** How a person settled an unknown outcome. */
export const settlementSchema = z.object({
  happened: z.boolean(),
  note: z.string(),
  by: actorSchema,
  at: time,
});

export type HumanSettlement = z.infer<typeof settlementSchema>;

export const attemptSchema = z.object({
  number: z.int(),
  startedAt: time,
  endedAt: time.nullable(),
  status: z.enum(['running', 'succeeded', 'failed', 'unknown']),
  httpStatus: z.int().optional(),
  error: z.object({ code: z.string(), message: z.string() }).optional(),
  willRetryAt: time.optional(),
  /** Left out when nothing was sent. */
  request: sentRequestSchema.optional(),
  /** Left out when there was no response. */
  response: sentResponseSchema.optional(),
  /** Lines that the call printed, with secrets replaced. Left out when there are none. */
  log: z.array(z.string()).optional(),
});

/** Why an open execution makes no call now. */
export const waitingSchema = z.object({
  reason: z.enum(['rate_limit', 'concurrency', 'breaker_open', 'backlog', 'retry']),
  message: z.string(),
  /** Executions that were requested before it and have not begun, up to 1000; null: that decides nothing. */
  ahead: z.int().nullable(),
  /** Null: when there is room, or someone lets calls go on. */
  nextTryAt: time.nullable(),
});

export type Waiting = z.infer<typeof waitingSchema>;

/** Whether an execution can be undone now. */
export const undoStateSchema = undoableSchema.extend({
  possible: z.boolean(),
  /** Why not. */
  reason: z.string().nullable(),
});

export type UndoState = z.infer<typeof undoStateSchema>;

export const executionSchema = z.object({
  id: z.string(),
  toolId: z.string(),
  toolName: z.string(),
  toolTitle: z.string(),
  toolVersion: z.int(),
  /** A test of a draft; usage does not count it. */
  test: z.boolean(),
  /** The connector it is made through, as it was when the execution was requested; null without one. */
  connector: z.object({ id: z.string(), name: z.string(), revision: z.int() }).nullable(),
  status: z.enum(executionStatuses),
  failure: z.object({ code: z.enum(failureCodes), message: z.string(), retryable: z.boolean() }).optional(),
  /** Located problems, for `invalid_input` and `invalid_output`. */
  issues: z.array(issueSchema).optional(),
  /** Redacted. */
  input: z.unknown(),
  /** Redacted; null until there is an output. */
  output: z.unknown(),
  exceptionId: z.string().nullable(),
  actor: actorSchema,
  /** What the organization's policies decided when it was requested; null: none concerned it. */
  policy: policyDecisionSchema.nullable(),
  attempts: z.array(attemptSchema),
  maxAttempts: z.int(),
  /** Set once someone has settled an unknown outcome. */
  settlement: settlementSchema.nullable(),
  rerunOf: z.string().nullable(),
  reruns: z.array(z.string()),
  /** The execution that this one undoes. */
  undoOf: z.string().nullable(),
  /** The last execution that undoes this one, or has tried to. */
  undoneBy: z.object({ id: z.string(), status: z.enum(executionStatuses) }).nullable(),
  /** Only where one execution is read that has succeeded, of a tool that names its undo. */
  undo: undoStateSchema.optional(),
  cancelRequestedAt: time.nullable(),
  /** Only where one execution is read, and while it makes no call. */
  waiting: waitingSchema.optional(),
  /** Left out when it needs no approval. */
  approval: executionApprovalSchema.optional(),
  /** Its calls have ended their worker process twice; nothing more is tried until someone releases it. */
  quarantined: z.object({ at: time, reason: z.string() }).nullable(),
  /** Input, output, requests and responses were removed then, as the organization's retention asks; null: they are kept. */
  payloadsRemovedAt: time.nullable(),
  createdAt: time,
  startedAt: time.nullable(),
  completedAt: time.nullable(),
  durationMs: z.number().nullable(),
  workflowId: z.string(),
  temporalUrl: z.string().nullable(),
});

export type Execution = z.infer<typeof executionSchema>;

/** A row of the executions list: no payloads. */
export const executionSummarySchema = executionSchema
  .omit({
    input: true,
    output: true,
    attempts: true,
    issues: true,
    reruns: true,
    approval: true,
    waiting: true,
    undoOf: true,
    undoneBy: true,
    undo: true,
  })
  .extend({
    attempts: z.int(),
    approval: executionApprovalSchema.pick({ status: true, expiresAt: true }).optional(),
  });

export type ExecutionSummary = z.infer<typeof executionSummarySchema>;

export const executionListInputSchema = z.object({
  toolId: z.string().optional(),
  toolVersion: z.coerce.number().int().min(1).max(2_147_483_647).optional(),
  connectorId: z.string().optional(),
  caller: z.enum(callerKinds).optional(),
  door: z.enum(callDoorFilters).optional().describe('How it came; `not_recorded`: requested before that was'),
  /** Requested by steps of this playbook. */
  playbookId: z.string().optional(),
  exceptionId: z.string().optional(),
  status: z.enum(executionStatuses).optional(),
  failureCode: z.enum(failureCodes).optional(),
  /** Those that people have to approve, or had to, by what came of it. */
  approval: z.enum(approvalStatuses).optional(),
  /** An actor's id or, if no one has it, a part of the name that an actor had last. */
  actor: z.string().max(200).optional(),
  from: isoTimeSchema.optional(),
  to: isoTimeSchema.optional(),
  /** Words in any order: of the tool, the actor, the inputs and the failure; or an id, or an exception ("EX-42"). */
  q: z.string().max(200).optional(),
  ...pageInput,
});

export const executeInputSchema = z.object({
  id: z.string(),
  /** Left out: no inputs. */
  payload: z.unknown().optional(),
  exceptionId: z.string().max(128).optional(),
  previewDigest: z.string().max(128).optional(),
  /** Longest wait for the outcome in milliseconds; 0: do not wait. Left out: 30 s, and not for an approval. */
  waitMs: z.coerce.number().int().min(0).max(120_000).optional(),
  idempotencyKey: z.string().min(1).max(255).optional(),
});

/** A tool that only reads. `sameSystem`: it calls a host that the execution called too. */
export const checkToolSchema = z.object({
  id: z.string(),
  name: z.string(),
  title: z.string(),
  sameSystem: z.boolean(),
});

export type CheckTool = z.infer<typeof checkToolSchema>;

export const settleInputSchema = z.object({
  id: z.string(),
  happened: z.boolean(),
  /** How it was found out. */
  note: z.string().trim().min(1).max(2000),
  /** The result, if it happened and is known. */
  output: z.unknown().optional(),
});

export const undoInputSchema = z.object({
  id: z.string(),
  /** Of the preview of the undo. */
  previewDigest: z.string().max(128).optional(),
  /** For people. */
  reason: storableText.trim().min(1).max(2000).optional(),
  /** As for an execution. */
  waitMs: z.coerce.number().int().min(0).max(120_000).optional(),
});
