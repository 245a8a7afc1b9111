import { z } from 'zod';
import { executionStatuses, failureCodeSchema } from '../executions/failure-codes.ts';
import { authSchema, connectorDefinitionSchema, toolDefinitionSchema } from './tool-definition.ts';

/** The shapes that tRPC, REST and the typed client share (API.md). Times are ISO 8601 in UTC. */
const time = z.string();
export const pageInput = {
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(512).optional(),
};
/** A page by key; `nextCursor` is null on the last one. */
export const pageOf = <T extends z.ZodType>(item: T) =>
  z.object({ items: z.array(item), nextCursor: z.string().nullable() });

export const actorSchema = z.object({
  type: z.enum(['user', 'api_key', 'system']),
  id: z.string(),
  name: z.string(),
});

export const issueSchema = z.object({ path: z.string(), message: z.string(), keyword: z.string() });

/** Auth as it is shown: never a secret, only that one is set. */
export const authViewSchema = z.object({
  type: authSchema.options[0].shape.type.or(
    z.enum(['api_key', 'bearer', 'basic', 'oauth2_client_credentials']),
  ),
  in: z.enum(['header', 'query', 'cookie']).optional(),
  name: z.string().optional(),
  username: z.string().optional(),
  tokenUrl: z.string().optional(),
  clientId: z.string().optional(),
  scope: z.string().optional(),
  audience: z.string().optional(),
  clientAuthentication: z.enum(['basic', 'body']).optional(),
  credentialId: z.string().optional(),
  hasSecret: z.boolean(),
});

export const toolListInputSchema = z.object({
  scope: z.enum(['global', 'tenant', 'all']).default('all'),
  status: z.enum(['enabled', 'disabled']).optional(),
  type: z.string().optional(),
  category: z.string().optional(),
  q: z.string().max(200).optional(),
  ...pageInput,
});

const toolViewExtra = {
  id: z.string(),
  version: z.int(),
  enabled: z.boolean(),
  auth: authViewSchema,
  /** May the caller change it; `readOnlyReason` says why not. */
  writable: z.boolean(),
  readOnlyReason: z.string().nullable(),
  createdAt: time,
  updatedAt: time,
  updatedBy: actorSchema,
};
/** A tool: its definition with auth as shown, plus identity, version and state. */
export const toolViewSchema = z.discriminatedUnion('type', [
  toolDefinitionSchema.options[0].extend(toolViewExtra),
  toolDefinitionSchema.options[1].extend(toolViewExtra),
]);
export type ToolView = z.infer<typeof toolViewSchema>;

/** A row of the tool list; the rates cover the last 24 h in the caller's tenant. */
export const toolSummarySchema = z.object({
  id: z.string(),
  name: z.string(),
  title: z.string(),
  description: z.string(),
  type: z.string(),
  scope: z.enum(['tenant', 'global']),
  category: z.string(),
  tags: z.array(z.string()),
  version: z.int(),
  enabled: z.boolean(),
  writable: z.boolean(),
  readOnlyReason: z.string().nullable(),
  runs24h: z.int(),
  successRate24h: z.number().nullable(),
  lastRunAt: time.nullable(),
  updatedAt: time,
});
export type ToolSummary = z.infer<typeof toolSummarySchema>;

export const toolVersionSchema = z.object({
  toolId: z.string(),
  version: z.int(),
  current: z.boolean(),
  createdAt: time,
  createdBy: actorSchema,
  note: z.string().nullable(),
  definition: toolViewSchema,
});

/** One change between two versions. `breaking`: a payload or a reader that worked before may not any more. */
export const definitionChangeSchema = z.object({
  path: z.string(),
  kind: z.enum(['added', 'removed', 'changed']),
  impact: z.enum(['breaking', 'additive', 'neutral']),
  message: z.string(),
  before: z.unknown().optional(),
  after: z.unknown().optional(),
});
export type DefinitionChange = z.infer<typeof definitionChangeSchema>;
export const toolDiffSchema = z.object({
  from: z.int(),
  to: z.int(),
  breaking: z.boolean(),
  changes: z.array(definitionChangeSchema),
  before: toolViewSchema,
  after: toolViewSchema,
});

export const connectorViewSchema = connectorDefinitionSchema.extend({
  id: z.string(),
  revision: z.int(),
  auth: authViewSchema,
  writable: z.boolean(),
  readOnlyReason: z.string().nullable(),
  /** Tools whose current version uses this connector: what a change touches. */
  tools: z.array(z.object({ id: z.string(), name: z.string(), title: z.string(), version: z.int() })),
  createdAt: time,
  updatedAt: time,
});
export type ConnectorView = z.infer<typeof connectorViewSchema>;

export const attemptSchema = z.object({
  number: z.int(),
  startedAt: time,
  endedAt: time.nullable(),
  status: z.enum(['running', 'succeeded', 'failed', 'unknown']),
  httpStatus: z.int().optional(),
  error: z.object({ code: z.string(), message: z.string() }).optional(),
  willRetryAt: time.optional(),
});

export const executionSchema = z.object({
  id: z.string(),
  toolId: z.string(),
  toolName: z.string(),
  toolTitle: z.string(),
  toolVersion: z.int(),
  status: z.enum(executionStatuses),
  failure: z.object({ code: failureCodeSchema, message: z.string(), retryable: z.boolean() }).optional(),
  /** Located problems of an `invalid_input` or `invalid_output`. */
  issues: z.array(issueSchema).optional(),
  /** Redacted. */
  input: z.unknown(),
  /** Redacted; null until there is one. */
  output: z.unknown(),
  exceptionId: z.string().nullable(),
  actor: actorSchema,
  attempts: z.array(attemptSchema),
  maxAttempts: z.int(),
  rerunOf: z.string().nullable(),
  reruns: z.array(z.string()),
  cancelRequestedAt: time.nullable(),
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
  .omit({ input: true, output: true, attempts: true, issues: true, reruns: true })
  .extend({ attempts: z.int() });
export type ExecutionSummary = z.infer<typeof executionSummarySchema>;

export const executionListInputSchema = z.object({
  toolId: z.string().optional(),
  exceptionId: z.string().optional(),
  status: z.enum(executionStatuses).optional(),
  failureCode: failureCodeSchema.optional(),
  /** An actor's id or a part of its name. */
  actor: z.string().max(200).optional(),
  from: z.iso.datetime({ offset: true }).optional(),
  to: z.iso.datetime({ offset: true }).optional(),
  q: z.string().max(200).optional(),
  ...pageInput,
});

export const executeInputSchema = z.object({
  id: z.string(),
  /** Left out: no inputs. */
  payload: z.unknown().optional(),
  exceptionId: z.string().max(128).optional(),
  previewDigest: z.string().max(128).optional(),
  /** Longest wait for the outcome in milliseconds; 0 answers at once. */
  waitMs: z.coerce.number().int().min(0).max(120_000).default(30_000),
  idempotencyKey: z.string().min(1).max(255).optional(),
});

/** The exact request with every secret replaced; `digest` binds a later run to it. */
export const previewSchema = z.object({
  digest: z.string(),
  toolId: z.string(),
  toolVersion: z.int(),
  request: z.object({
    method: z.string(),
    url: z.string(),
    headers: z.record(z.string(), z.string()),
    body: z.unknown().optional(),
    bodyType: z.string().optional(),
  }),
  credential: z.object({ id: z.string(), name: z.string(), type: z.string() }).nullable(),
  timeoutMs: z.int(),
  deadlineMs: z.int(),
  maxAttempts: z.int(),
  /** In words: what a repeat would do ("Safe to repeat: GET", "Sent once: …"). */
  repeatPolicy: z.string(),
});
export type Preview = z.infer<typeof previewSchema>;

export const eventSchema = z.object({
  id: z.string(),
  type: z.string(),
  subjectType: z.string(),
  subjectId: z.string(),
  actor: actorSchema,
  data: z.record(z.string(), z.unknown()),
  requestId: z.string().nullable(),
  createdAt: time,
});

/** An event as the live stream and webhooks tell it. */
export const streamEventSchema = eventSchema
  .omit({ requestId: true })
  .extend({ exceptionId: z.string().nullable() });
export type StreamEvent = z.infer<typeof streamEventSchema>;

export const eventListInputSchema = z.object({
  subjectType: z.string().optional(),
  subjectId: z.string().optional(),
  actor: z.string().optional(),
  type: z.string().optional(),
  from: z.iso.datetime({ offset: true }).optional(),
  to: z.iso.datetime({ offset: true }).optional(),
  ...pageInput,
});

export const egressSettingsSchema = z.object({
  /** Exact `host:port` of private addresses that this tenant's tools may reach. */
  privateHosts: z.array(z.string().min(1).max(260)).max(100),
});

export const meSchema = z.object({
  actor: actorSchema,
  email: z.string().nullable(),
  tenant: z.object({ id: z.string(), slug: z.string(), name: z.string() }),
  roles: z.array(z.string()),
  permissions: z.array(z.string()),
  tenants: z.array(
    z.object({ id: z.string(), slug: z.string(), name: z.string(), roles: z.array(z.string()) }),
  ),
  temporalUiUrl: z.string().nullable(),
});
