import { z } from 'zod';
import { definitionChangeSchema } from '../tools/tool-schemas.ts';

/** What can be a file, in the order in which files are applied: each may name those before it. */
export const fileKinds = ['domain', 'connector', 'tool', 'playbook'] as const;
export type FileKind = (typeof fileKinds)[number];

export const folders: Record<FileKind, string> = {
  domain: 'domains',
  connector: 'connectors',
  tool: 'tools',
  playbook: 'playbooks',
};

export const maxFiles = 2000;
/** In characters. */
export const maxFileLength = 4 * 1024 * 1024;
/** All of them, in bytes as a request. */
export const maxFilesLength = 32 * 1024 * 1024;

const fileSchema = z.object({
  path: z
    .string()
    .min(1)
    .max(256)
    .describe('Such as tools/refund_payment.yaml: folder and name say what it is'),
  text: z.string().max(maxFileLength).describe('YAML'),
});
export type DefinitionFile = z.infer<typeof fileSchema>;

export const exportedFilesSchema = z.object({
  files: z.array(fileSchema),
  left: z
    .array(z.object({ kind: z.enum(fileKinds), name: z.string(), reason: z.string() }))
    .describe('What has no file, and why'),
});
export type ExportedFiles = z.infer<typeof exportedFilesSchema>;

export const planFilesSchema = z.object({
  files: z.array(fileSchema).max(maxFiles),
  prune: z
    .boolean()
    .default(false)
    .describe('Archives the tools, connectors and playbooks of the organization that are not in the files'),
});
export type PlanFiles = z.infer<typeof planFilesSchema>;

export const applyFilesSchema = planFilesSchema.extend({
  planDigest: z.string().max(65_536).describe('Of the plan that is applied'),
});
export type ApplyFiles = z.infer<typeof applyFilesSchema>;

const fileProblemSchema = z.object({
  file: z.string(),
  line: z.int().describe('From 1'),
  path: z.string().describe('JSON Pointer into the file'),
  message: z.string(),
});
export type FileProblem = z.infer<typeof fileProblemSchema>;

const affectedSchema = z.object({
  kind: z.enum(['tool', 'playbook', 'run', 'input']),
  name: z.string(),
  message: z.string(),
});
export type Affected = z.infer<typeof affectedSchema>;

const fileChangeSchema = z.object({
  file: z.string(),
  kind: z.enum(fileKinds),
  name: z.string(),
  action: z
    .enum(['create', 'update', 'unchanged', 'not_in_files', 'archive'])
    .describe('What is in the organization and not in the files stays'),
  before: z.string().nullable().describe('The file as it would be exported now; null when nothing changes'),
  after: z.string().nullable(),
  breaking: z.boolean(),
  changes: z.array(definitionChangeSchema).describe('Of tools and connectors'),
  affects: z.array(affectedSchema).describe('What the change would break elsewhere'),
});
export type FileChange = z.infer<typeof fileChangeSchema>;

const missingCredentialSchema = z.object({
  id: z.string().nullable().describe('Null in a plan: it is created'),
  name: z.string(),
  authType: z.string(),
  hosts: z.array(z.string()),
  usedBy: z.array(z.string()).describe('Files'),
});
export type MissingCredential = z.infer<typeof missingCredentialSchema>;

export const filesPlanSchema = z.object({
  planDigest: z.string(),
  changes: z.array(fileChangeSchema),
  credentials: z
    .array(missingCredentialSchema)
    .describe(
      'Without a secret: they are created empty, and calls with them are refused until it is entered',
    ),
  problems: z.array(fileProblemSchema).describe('While there are any, nothing can be applied'),
});
export type FilesPlan = z.infer<typeof filesPlanSchema>;

export const filesResultSchema = z.object({
  created: z.int(),
  updated: z.int(),
  archived: z.int(),
  unchanged: z.int(),
  changes: z.array(fileChangeSchema.pick({ file: true, kind: true, name: true, action: true })),
  credentials: z.array(missingCredentialSchema),
});
export type FilesResult = z.infer<typeof filesResultSchema>;
