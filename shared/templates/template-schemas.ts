import { z } from 'zod';
import { pageInput } from '../platform/page-schemas.ts';
import { toolNameSchema } from '../tools/tool-name.ts';
import { languageSchema } from '../words/languages.ts';
import { templateCategories } from './template-data.ts';

export const templateListInputSchema = z.object({
  q: z.string().max(200).optional().describe('Words that the template has in its texts'),
  service: z.string().max(64).optional(),
  category: z.enum(templateCategories).optional(),
  language: languageSchema.optional().describe('Of the texts; left out: English'),
  ...pageInput,
});
export type TemplateListInput = z.infer<typeof templateListInputSchema>;

const anyJsonObject = z.record(z.string(), z.unknown());

export const templateSummarySchema = z.object({
  id: z.string(),
  service: z.string(),
  serviceTitle: z.string(),
  name: z.string().describe('That the tool gets'),
  title: z.string(),
  description: z.string(),
  category: z.enum(templateCategories),
  auth: z.string().describe('The kind of auth'),
  scopes: z.array(z.string()).describe('What the credential must be allowed to do'),
  safeToRetry: z.boolean(),
  reference: z.string().describe("The provider's page about this call"),
});
export type TemplateSummary = z.infer<typeof templateSummarySchema>;

const templateParameterSchema = z.object({
  name: z.string(),
  title: z.string(),
  description: z.string(),
  example: z.string(),
  pattern: z.string().describe('That the whole value fits'),
});

export const templateViewSchema = templateSummarySchema.extend({
  safety: z.string().describe('What is safe to retry, in words'),
  method: z.string(),
  path: z.string(),
  baseUrl: z.string().describe('Of the connector; {name} stands for a parameter'),
  inputSchema: anyJsonObject,
  outputSchema: anyJsonObject,
  sample: anyJsonObject.describe('Inputs to try it with'),
  needsConnector: z.boolean().describe('false: it sends no credential, and calls another address'),
  authSettings: anyJsonObject.describe('Of the connector, without a secret'),
  credential: z.string().describe('Where the credential is found'),
  parameters: z.array(templateParameterSchema),
  connector: z
    .object({ id: z.string(), name: z.string(), baseUrl: z.string() })
    .nullable()
    .describe(
      'That the tool gets; null: it is created, with the credential and the parameters, if one is needed',
    ),
  tool: z
    .object({ id: z.string(), name: z.string() })
    .nullable()
    .describe('A tool that has the name already; install this one with another name'),
});
export type TemplateView = z.infer<typeof templateViewSchema>;

export const installTemplateSchema = z.object({
  auth: anyJsonObject
    .optional()
    .describe(
      'With the secret; settings that are left out are those of the template. Where the connector exists: of this tool alone',
    ),
  name: toolNameSchema.optional().describe('Left out: that of the template'),
  parameters: z.record(z.string(), z.string().max(1024)).optional(),
  connectorName: toolNameSchema.optional().describe('Left out: that of the service'),
  language: languageSchema.optional().describe('Of the texts that the tool gets; left out: English'),
  idempotencyKey: z.string().min(1).max(255).optional(),
});
export type InstallTemplate = z.infer<typeof installTemplateSchema>;
