import { z } from 'zod';
import { blastRadiusSchema, toolUsesSchema } from '../playbooks/playbook-schemas.ts';
import { toolNameSchema } from '../tools/tool-name.ts';
import { definitionChangeSchema } from '../tools/tool-schemas.ts';

export const importFormats = [
  'openapi',
  'swagger',
  'postman',
  'curl',
  'graphql',
  'wsdl',
  'proto',
  'mcp',
] as const;
export type ImportFormat = (typeof importFormats)[number];

/** Of one document, in characters. */
export const maxDocumentLength = 24 * 1024 * 1024;
/** Of one apply. */
export const maxAppliedOperations = 500;

/** An operation as it is stored: without its draft. */
export interface OperationSummary {
  key: string;
  method: string | null;
  title: string;
  name: string;
  inputs: string[];
  notes: string[];
  /** Of the draft; null: the operation cannot become a tool. Another one means that it has changed. */
  digest: string | null;
}

export const operationStates = ['new', 'same', 'changed'] as const;

/** What changed in an operation since a tool was made of it. */
const operationChangeSchema = z.object({
  breaking: z.boolean(),
  changes: z.array(definitionChangeSchema),
});
export type StoredChanges = Record<string, z.infer<typeof operationChangeSchema>>;

export const importOperationSchema = z.object({
  key: z.string(),
  name: z.string().describe('Of the tool'),
  method: z.string().optional(),
  title: z.string(),
  inputs: z.array(z.string()),
  supported: z.boolean(),
  reason: z.string().optional().describe('Why it cannot become a tool, or what could not be taken over'),
  state: z
    .enum(operationStates)
    .describe('Compared with the tools of an earlier import into the same connector'),
  toolId: z.string().optional(),
  change: operationChangeSchema.optional(),
  nameTaken: z
    .boolean()
    .optional()
    .describe('Another tool has its own name, so `name` has the connector in front of it'),
});
export type ImportOperation = z.infer<typeof importOperationSchema>;

export const importViewSchema = z.object({
  id: z.string(),
  format: z.enum(importFormats),
  title: z.string(),
  sourceUrl: z.string().nullable(),
  connector: z
    .object({
      id: z.string().nullable().describe('Null: it is created'),
      name: z.string(),
      kind: z.string(),
      title: z.string(),
      baseUrl: z
        .string()
        .nullable()
        .describe('Where its tools call; null: the document does not say, so send it when applying'),
      callsInstead: z
        .string()
        .optional()
        .describe('Of a connector that is there: its address, when the document names another. It stays'),
      auth: z.record(z.string(), z.unknown()).describe('Without a secret'),
    })
    .nullable(),
  operations: z.array(importOperationSchema),
  gone: z
    .array(z.object({ key: z.string(), toolId: z.string(), name: z.string() }))
    .describe('Tools of an earlier import whose operation the document no longer has'),
  createdAt: z.string(),
});
export type ImportView = z.infer<typeof importViewSchema>;

export const createImportSchema = z.object({
  format: z.enum(importFormats).optional().describe('Left out: found out'),
  document: z.union([z.string().max(maxDocumentLength), z.record(z.string(), z.unknown())]).optional(),
  url: z
    .string()
    .max(4096)
    .optional()
    .describe(
      'Of a document, a GraphQL endpoint, an MCP server, or grpc://host:port; through the egress of the organization',
    ),
  auth: z
    .record(z.string(), z.unknown())
    .optional()
    .describe('What a server at the URL is asked with, and its connector gets'),
  curl: z.string().max(1_048_576).optional(),
  connectorName: toolNameSchema.optional().describe('Left out: made of the title'),
});
export type CreateImport = z.infer<typeof createImportSchema>;

export const applyImportSchema = z.object({
  operations: z.array(z.string().max(4096)).min(1).max(maxAppliedOperations).describe('Their keys'),
  auth: z
    .record(z.string(), z.unknown())
    .optional()
    .describe('Of the connector, with its secret. Left out: that of a curl command, else none'),
  baseUrl: z.string().max(2048).optional().describe('Instead of that of the document'),
});
export type ApplyImport = z.infer<typeof applyImportSchema>;

export const importResultSchema = z.object({
  created: z.int(),
  updated: z.int(),
  unchanged: z.int(),
  toolIds: z.array(z.string()),
  connectorId: z.string().nullable(),
});
export type ImportResult = z.infer<typeof importResultSchema>;

/** Of one request about who uses what changes. */
export const maxImpactOperations = 50;

export const importImpactSchema = z.object({
  operations: z.array(
    z.object({
      key: z.string(),
      toolId: z.string(),
      name: z.string(),
      uses: toolUsesSchema.describe('Who calls the tool now'),
      ...blastRadiusSchema.partial().shape,
      problem: z.string().optional().describe('Why the change cannot be applied, instead of what it breaks'),
    }),
  ),
});
export type ImportImpact = z.infer<typeof importImpactSchema>;
