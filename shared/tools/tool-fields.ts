import { z } from 'zod';
import { fitNumbers } from '../platform/fit-numbers.ts';
import { authSchema } from './auth/registry.ts';
import { toolNameSchema } from './tool-name.ts';

export const retrySchema = z.strictObject({
  maxAttempts: z.int().min(1).max(20).default(3),
  initialMs: z.int().min(10).max(600_000).default(500),
  factor: z.number().min(1).max(10).default(2),
  maxMs: z.int().min(10).max(3_600_000).default(10_000),
});
export type Retry = z.infer<typeof retrySchema>;

export const rateLimitSchema = z.strictObject({
  requestsPerMinute: z.int().min(1).max(1_000_000),
  burst: z.int().min(1).max(1_000_000).optional(),
});
export type RateLimit = z.infer<typeof rateLimitSchema>;

/** Calls at once. */
export const concurrencySchema = z.int().min(1).max(10_000);

const toolPolicySchema = z.strictObject({
  /** Calls of this tool at once in one organization, over all processes. Others wait. */
  concurrency: concurrencySchema.optional(),
  /** What a call that is safe to retry does while its host is not called: it waits until the deadline, or fails. */
  whenPaused: z.enum(['wait', 'fail']).default('wait'),
});

/** What all tools of a connector share in one organization. */
const connectorPolicySchema = z.strictObject({
  rateLimit: rateLimitSchema.optional(),
  concurrency: concurrencySchema.optional(),
});
export type ConnectorPolicy = z.infer<typeof connectorPolicySchema>;

/** Five years. */
const longestUndoMs = 5 * 366 * 86_400_000;

const jsonSchemaSchema = z.record(z.string(), z.unknown()).overwrite(fitNumbers);
/** One attempt, in milliseconds. */
const timeoutMsSchema = z.int().min(1).max(600_000);

const named = {
  name: toolNameSchema,
  title: z.string().min(1).max(120).optional(),
  description: z.string().max(4096).default(''),
};
const scope = z.enum(['tenant', 'global']).default('tenant');
const auth = authSchema.default({ type: 'none' });
/** Whether the provider gets a `traceparent`, so that the trace of a call goes on there. */
const propagateTrace = z.boolean().optional();

/** The tool that undoes what this one has done. */
const toolUndoSchema = z.strictObject({
  tool: toolNameSchema,
  /** A JSON template over `input` and `output` of the execution that is undone: texts may hold `${{ expression }}`. */
  input: z.record(z.string(), z.unknown()).overwrite(fitNumbers).default({}),
  /** Counted from the end of the execution. Left out: at any time. */
  withinMs: z.int().min(1000).max(longestUndoMs).optional(),
  /** In words: what stays done. */
  cannot: z.string().trim().min(1).max(500).optional(),
});
export type ToolUndo = z.output<typeof toolUndoSchema>;

/** The fields of a tool of any type; its provider adds `type` and `config`. */
export const toolFields = {
  ...named,
  category: z.string().max(64).default('general'),
  tags: z.array(z.string().min(1).max(64)).max(32).default([]),
  scope,
  inputSchema: jsonSchemaSchema.default({ type: 'object' }),
  outputSchema: jsonSchemaSchema.optional(),
  auth,
  timeoutMs: timeoutMsSchema.default(10_000),
  /** All attempts and the waits between them, in milliseconds. */
  deadlineMs: z.int().min(1).max(86_400_000).default(60_000),
  retry: retrySchema.prefault({}),
  /** The provider has one effect for any number of calls with the same `Idempotency-Key`. */
  idempotent: z.boolean().default(false),
  /** What a 5xx to a call that is not safe to retry means: it may have been done, or it certainly was not. */
  serverErrors: z.enum(['unknown', 'not_done']).default('unknown'),
  rateLimit: rateLimitSchema.optional(),
  policy: toolPolicySchema.optional(),
  propagateTrace,
  /** Left out: what it has done cannot be undone. */
  undo: toolUndoSchema.optional(),
};

/** The fields of a connector of any kind; the limits are defaults for its tools, apart from those of `policy`. */
export const connectorFields = {
  ...named,
  scope,
  auth,
  timeoutMs: timeoutMsSchema.optional(),
  retry: retrySchema.optional(),
  rateLimit: rateLimitSchema.optional(),
  policy: connectorPolicySchema.optional(),
  propagateTrace,
};
