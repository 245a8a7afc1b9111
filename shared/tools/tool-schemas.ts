import { z } from 'zod';
import { actorSchema } from '../identity/identity-schemas.ts';
import { issueSchema, pageInput } from '../platform/page-schemas.ts';
import { authViewSchema } from './auth/auth-view.ts';
import { type ConnectorDefinition, connectorSchemas } from './connectors/registry.ts';
import { type ToolDefinition, toolSchemas } from './providers/registry.ts';
import { unionOf } from './union-of.ts';

/** The shapes that tRPC, REST and the typed client share (API.md). Times are ISO 8601 in UTC. */
const time = z.string();

export const toolListInputSchema = z.object({
  scope: z.enum(['global', 'tenant', 'all']).default('all'),
  status: z.enum(['enabled', 'disabled']).optional(),
  type: z.string().optional(),
  category: z.string().optional(),
  q: z.string().max(200).optional(),
  ...pageInput,
});

/** A version that is tested before it is published; null: there is none. */
const draftSchema = z.object({ version: z.int() }).nullable();

const toolViewExtra = {
  id: z.string(),
  /** 0: no version was published yet; the definition is then its draft. */
  version: z.int(),
  enabled: z.boolean(),
  draft: draftSchema,
  auth: authViewSchema,
  /** May the caller change it; `readOnlyReason` says why not. */
  writable: z.boolean(),
  readOnlyReason: z.string().nullable(),
  createdAt: time,
  updatedAt: time,
  updatedBy: actorSchema,
};

/** What reading a tool shows besides its definition. */
export const readOnlyToolFields = Object.keys(toolViewExtra).filter((field) => field !== 'auth');

/** A tool: its definition with auth as shown, plus identity, version and state. */
export const toolViewSchema = unionOf<ToolView>('type', () =>
  toolSchemas().map((schema) => schema.extend(toolViewExtra)),
);

export type ToolView = Shown<ToolDefinition, typeof toolViewExtra>;
/** Each member of a union of definitions, with auth as it is shown and what the server adds. */
type Shown<D, Extra extends z.ZodRawShape> = D extends unknown
  ? Omit<D, 'auth'> & z.output<z.ZodObject<Extra>>
  : never;

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
  connector: z.object({ id: z.string(), name: z.string() }).nullable(),
  /** Its calls change nothing. */
  readsOnly: z.boolean(),
  version: z.int(),
  enabled: z.boolean(),
  writable: z.boolean(),
  readOnlyReason: z.string().nullable(),
  runs24h: z.int(),
  successRate24h: z.number().nullable(),
  lastRunAt: time.nullable(),
  /** What shares its calls with the current version; null: nothing does. */
  trial: z.object({ candidate: z.int(), percent: z.int() }).nullable(),
  draft: draftSchema,
  updatedAt: time,
});

export type ToolSummary = z.infer<typeof toolSummarySchema>;

export const toolVersionSchema = z.object({
  toolId: z.string(),
  version: z.int(),
  current: z.boolean(),
  /** It was never published. */
  draft: z.boolean(),
  createdAt: time,
  createdBy: actorSchema,
  note: z.string().nullable(),
  definition: toolViewSchema,
});

/** One change between two versions. `breaking`: a payload or a reader that worked before may no longer work. */
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

/** The draft of a tool, and how it differs from the current version. */
export const toolDraftSchema = z.object({
  toolId: z.string(),
  version: z.int(),
  /** The current version; null: none was published yet. */
  current: z.int().nullable(),
  breaking: z.boolean(),
  changes: z.array(definitionChangeSchema),
  createdAt: time,
  createdBy: actorSchema,
  note: z.string().nullable(),
  definition: toolViewSchema,
});

export type ToolDraftView = z.infer<typeof toolDraftSchema>;

const connectorViewExtra = {
  id: z.string(),
  revision: z.int(),
  auth: authViewSchema,
  writable: z.boolean(),
  readOnlyReason: z.string().nullable(),
  /** Tools whose current version uses this connector: a change applies to them. */
  tools: z.array(z.object({ id: z.string(), name: z.string(), title: z.string(), version: z.int() })),
  createdAt: time,
  updatedAt: time,
  updatedBy: actorSchema,
};

/** What reading a connector shows besides its definition. */
export const readOnlyConnectorFields = Object.keys(connectorViewExtra).filter((field) => field !== 'auth');

export const connectorViewSchema = unionOf<ConnectorView>('kind', () =>
  connectorSchemas().map((schema) => schema.extend(connectorViewExtra)),
);

export type ConnectorView = Shown<ConnectorDefinition, typeof connectorViewExtra>;

export const connectorVersionSchema = z.object({
  connectorId: z.string(),
  /** The revision. */
  version: z.int(),
  current: z.boolean(),
  createdAt: time,
  createdBy: actorSchema,
  note: z.string().nullable(),
  definition: connectorViewSchema,
});

/** What a change of a connector does to a tool that uses it. */
const changedToolSchema = z.object({
  id: z.string(),
  name: z.string(),
  title: z.string(),
  version: z.int(),
  breaking: z.boolean(),
  changes: z.array(definitionChangeSchema),
  /** Problems that the tool does not have now. */
  issues: z.array(issueSchema),
});

const connectorChange = {
  breaking: z.boolean(),
  changes: z.array(definitionChangeSchema),
  /** The tools that the tenant sees whose calls change. */
  tools: z.array(changedToolSchema),
};

export const connectorBlastRadiusSchema = z.object(connectorChange);

export const connectorDiffSchema = z.object({
  from: z.int(),
  to: z.int(),
  ...connectorChange,
  before: connectorViewSchema,
  after: connectorViewSchema,
});
