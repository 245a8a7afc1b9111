import { z } from 'zod';
import { previewSchema, undoableSchema } from '../executions/preview-schemas.ts';
import { actorSchema } from '../identity/identity-schemas.ts';
import { idText } from '../platform/id-text.ts';
import { pageInput } from '../platform/page-schemas.ts';
import { undoSeriesSchema } from '../undo/undo-schemas.ts';
import { type BatchCallStatus, batchCallStatuses, batchStatuses } from './batch-statuses.ts';

export {
  type BatchCallStatus,
  type BatchStatus,
  batchCallStatuses,
  batchStatuses,
} from './batch-statuses.ts';

/** Calls of one batch. */
export const maxCalls = 1000;
/** Half of what a tenant may have in progress by default: its other calls go on. */
export const defaultConcurrency = 100;
/** Of a request with a batch, in bytes. */
export const maxBatchBytes = 8 * 1024 * 1024;

export const failurePolicies = ['stop', 'continue', 'undo'] as const;

const tool = {
  toolId: idText.max(64).optional(),
  /** Its name. */
  tool: z.string().max(128).optional(),
};

export const batchCallInputSchema = z.object({
  id: z
    .string()
    .regex(/^[A-Za-z_][A-Za-z0-9_-]{0,63}$/, 'needs letters, digits, _ and -, and begins with a letter'),
  ...tool,
  /** Texts may hold `${{ calls.<id>.output.… }}`. Left out: no inputs. */
  payload: z.unknown().optional(),
  /** Calls that end first, besides those that the payload names. */
  dependsOn: z.array(z.string().max(64)).max(maxCalls).optional(),
  /** Left out: the call is made when every call that it needs has succeeded. */
  when: z.string().max(4096).optional(),
  /** Of the execution. Another batch with this key gets the same execution. */
  idempotencyKey: z.string().min(1).max(200).optional(),
});

/** One tool over many rows. */
export const rowsInputSchema = z.object({
  ...tool,
  rows: z.array(z.record(z.string(), z.unknown())).max(maxCalls).optional(),
  /** A header line, then a line for each row. */
  csv: z.string().max(maxBatchBytes).optional(),
  /** Over `row`: `{"amount": "${{ row.amount }}"}`. Left out: a row is the payload. */
  payload: z.unknown().optional(),
  /** The column that names what a row is about: the same value is executed once, in later batches too. */
  key: z.string().max(200).optional(),
});

export const batchInputSchema = z.object({
  title: z.string().trim().min(1).max(200).optional(),
  calls: z.array(batchCallInputSchema).max(maxCalls).optional(),
  forEach: rowsInputSchema.optional(),
  /** Calls at once. */
  concurrency: z.coerce.number().int().min(1).max(maxCalls).optional(),
  /** Calls that begin in a minute, at most. */
  perMinute: z.coerce.number().int().min(1).max(60_000).optional(),
  /** Pauses when the first so many calls have ended. */
  sample: z.coerce.number().int().min(1).max(maxCalls).optional(),
  /** `stop`: after a failure, no further call begins. `undo`: and what was done is undone, the last call first. */
  onFailure: z.enum(failurePolicies).default('stop'),
  /** From now on; no call begins after it. */
  deadlineMs: z.coerce
    .number()
    .int()
    .min(1000)
    .max(30 * 86_400_000)
    .optional(),
  exceptionId: z.string().max(128).optional(),
});
export type BatchInput = z.output<typeof batchInputSchema>;

export const createBatchSchema = batchInputSchema.extend({
  previewDigest: z.string().max(128).optional(),
  /** Longest wait for the end in milliseconds; 0: do not wait. Left out: 30 s, and not while something waits for people. */
  waitMs: z.coerce.number().int().min(0).max(120_000).optional(),
  idempotencyKey: z.string().min(1).max(255).optional(),
});

export const checkedCallSchema = z.object({
  id: z.string(),
  toolId: z.string(),
  toolName: z.string(),
  toolVersion: z.int(),
  /** The calls that end before it. */
  needs: z.array(z.string()),
  /** Left out where the payload or the condition uses results of other calls: it is decided when they are known. */
  preview: previewSchema.omit({ digest: true, toolId: true, toolVersion: true, undo: true }).optional(),
  undo: undoableSchema,
});

/** What a batch would do. */
export const batchPreviewSchema = z.object({
  valid: z.literal(true),
  digest: z.string(),
  calls: z.array(checkedCallSchema),
  counts: z.object({ total: z.int(), approvals: z.int(), later: z.int() }),
});
export type BatchPreview = z.infer<typeof batchPreviewSchema>;

const failureSchema = z.object({ code: z.string(), message: z.string() });

export const batchCallSchema = z.object({
  id: z.string(),
  toolId: z.string(),
  toolName: z.string(),
  needs: z.array(z.string()),
  status: z.enum(batchCallStatuses),
  executionId: z.string().nullable(),
  /** Of its execution, redacted. Left out where it is long. */
  input: z.unknown().optional(),
  /** Redacted. Left out until there is one, and where it is long: the execution has it. */
  output: z.unknown().optional(),
  failure: failureSchema.optional(),
  /** Why it was skipped or cancelled. */
  reason: z.string().optional(),
  startedAt: z.string().nullable(),
  endedAt: z.string().nullable(),
});
export type BatchCallView = z.infer<typeof batchCallSchema>;

export const batchCountsSchema = z.object({
  total: z.int(),
  ...(Object.fromEntries(batchCallStatuses.map((status) => [status, z.int()])) as Record<
    BatchCallStatus,
    z.ZodInt
  >),
});

export const batchSummarySchema = z.object({
  id: z.string(),
  title: z.string(),
  status: z.enum(batchStatuses),
  /** Why it is paused, or was cancelled. */
  reason: z.string().nullable(),
  counts: batchCountsSchema,
  exceptionId: z.string().nullable(),
  /** The step of a playbook run that it was made for. */
  step: z.object({ runId: z.string(), stepId: z.string() }).nullable(),
  actor: actorSchema,
  /** Whoever started, resumed or retried it last. */
  runBy: actorSchema,
  createdAt: z.string(),
  endedAt: z.string().nullable(),
});
export type BatchSummary = z.infer<typeof batchSummarySchema>;

export const batchSchema = batchSummarySchema.extend({
  onFailure: z.enum(failurePolicies),
  concurrency: z.int(),
  perMinute: z.int().nullable(),
  sample: z.int().nullable(),
  deadlineAt: z.string().nullable(),
  /** Whether what has failed can be retried: a week after the end its payloads are gone. */
  retryable: z.boolean(),
  calls: z.array(batchCallSchema),
  /** What has been or is being undone of it, newest first. */
  undo: z.array(undoSeriesSchema),
  workflowId: z.string(),
  temporalUrl: z.string().nullable(),
});
export type Batch = z.infer<typeof batchSchema>;

export const batchListInputSchema = z.object({
  status: z.enum(batchStatuses).optional(),
  /** A part of the title. */
  q: z.string().max(200).optional(),
  ...pageInput,
});
