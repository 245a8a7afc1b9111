import { z } from 'zod';
import { actorSchema } from '../identity/identity-schemas.ts';
import { pageInput } from '../platform/page-schemas.ts';
import { authSchema, connectorDefinitionSchema, toolDefinitionSchema } from './tool-definition.ts';

/** The shapes that tRPC, REST and the typed client share (API.md). Times are ISO 8601 in UTC. */
const time = z.string();

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
