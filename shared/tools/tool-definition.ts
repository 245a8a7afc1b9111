import { z } from 'zod';

/** Format of a stored definition; `upgradeDefinition` reads every older one. */
export const definitionFormatVersion = 2;

export const toolNameSchema = z
  .string()
  .regex(
    /^[a-z][a-z0-9_]{1,62}$/,
    'Use 2–63 lower-case letters, digits and underscores, starting with a letter',
  );

const jsonSchemaSchema = z.record(z.string(), z.unknown());
const credentialId = z.uuid();

/** Auth as written by a caller: a secret written here goes to the vault and is replaced by `credentialId`. */
export const authSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('none') }),
  z.strictObject({
    type: z.literal('api_key'),
    in: z.enum(['header', 'query', 'cookie']),
    name: z.string().min(1).max(128),
    value: z.string().min(1).max(8192).optional(),
    credentialId: credentialId.optional(),
  }),
  z.strictObject({
    type: z.literal('bearer'),
    token: z.string().min(1).max(8192).optional(),
    credentialId: credentialId.optional(),
  }),
  z.strictObject({
    type: z.literal('basic'),
    username: z.string().min(1).max(256),
    password: z.string().min(1).max(8192).optional(),
    credentialId: credentialId.optional(),
  }),
  z.strictObject({
    type: z.literal('oauth2_client_credentials'),
    tokenUrl: z.string().min(1).max(2048),
    clientId: z.string().min(1).max(512),
    clientSecret: z.string().min(1).max(8192).optional(),
    scope: z.string().max(2048).optional(),
    audience: z.string().max(2048).optional(),
    clientAuthentication: z.enum(['basic', 'body']).default('basic'),
    credentialId: credentialId.optional(),
  }),
]);
export type Auth = z.infer<typeof authSchema>;
export type AuthType = Auth['type'];

/** The property of each auth kind that holds its secret. */
export const authSecretField = {
  none: null,
  api_key: 'value',
  bearer: 'token',
  basic: 'password',
  oauth2_client_credentials: 'clientSecret',
} as const satisfies Record<AuthType, string | null>;

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

export const httpMethods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD'] as const;
const templateScalar = z.union([z.string(), z.number(), z.boolean()]);

/** `url`, or `connectorId` and `path`. `{name}` takes the input of that name. */
export const httpConfigSchema = z.strictObject({
  method: z.enum(httpMethods).default('GET'),
  url: z.string().min(1).max(4096).optional(),
  connectorId: z.uuid().optional(),
  path: z.string().max(4096).optional(),
  headers: z.record(z.string(), z.string()).default({}),
  query: z.record(z.string(), z.union([templateScalar, z.array(templateScalar)])).default({}),
  /** A JSON template. A string that is exactly `{name}` keeps the type of its input. */
  body: z.json().optional(),
  bodyType: z.enum(['json', 'form', 'multipart', 'text', 'binary']).default('json'),
  /** How to read the answer; `auto` goes by its content type. */
  responseType: z.enum(['auto', 'json', 'text', 'binary']).default('auto'),
  /** JSONata applied to `{status, headers, body}`; its result is the output. Without it the output is the body. */
  transform: z.string().max(16_384).optional(),
  followRedirects: z.boolean().default(false),
  maxResponseBytes: z.int().min(1).max(16_777_216).default(1_048_576),
});
export type HttpConfig = z.infer<typeof httpConfigSchema>;

/** Answers with `response` after `delayMs`, or fails, always or at `failureRate`. */
export const dummyConfigSchema = z.strictObject({
  delayMs: z.int().min(0).max(600_000).default(0),
  response: z.json().optional(),
  failure: z
    .strictObject({
      code: z.enum(['provider_error', 'timeout']).default('provider_error'),
      message: z.string().max(1024).default('The dummy provider was told to fail'),
    })
    .optional(),
  failureRate: z.number().min(0).max(1).default(1),
});

const common = {
  name: toolNameSchema,
  title: z.string().min(1).max(120).optional(),
  description: z.string().max(4096).default(''),
  category: z.string().max(64).default('general'),
  tags: z.array(z.string().min(1).max(64)).max(32).default([]),
  scope: z.enum(['tenant', 'global']).default('tenant'),
  inputSchema: jsonSchemaSchema.default({ type: 'object' }),
  outputSchema: jsonSchemaSchema.optional(),
  auth: authSchema.default({ type: 'none' }),
  /** One attempt, in milliseconds. */
  timeoutMs: z.int().min(1).max(600_000).default(10_000),
  /** All attempts and the waits between them, in milliseconds. */
  deadlineMs: z.int().min(1).max(86_400_000).default(60_000),
  retry: retrySchema.prefault({}),
  /** The provider makes one effect of any number of calls with the same `Idempotency-Key`. */
  idempotent: z.boolean().default(false),
  rateLimit: rateLimitSchema.optional(),
};

export const toolDefinitionSchema = z.discriminatedUnion('type', [
  z.strictObject({ ...common, type: z.literal('http'), config: httpConfigSchema }),
  z.strictObject({ ...common, type: z.literal('dummy'), config: dummyConfigSchema.prefault({}) }),
]);
/** A definition as it is written (defaults may be missing). */
export type ToolDefinitionInput = z.input<typeof toolDefinitionSchema>;
/** A definition with its defaults; when stored, its auth holds a `credentialId` and no secret. */
export type ToolDefinition = z.output<typeof toolDefinitionSchema>;
export type ToolType = ToolDefinition['type'];
export type ToolOf<T extends ToolType> = Extract<ToolDefinition, { type: T }>;

export const connectorDefinitionSchema = z.strictObject({
  name: toolNameSchema,
  title: z.string().min(1).max(120).optional(),
  description: z.string().max(4096).default(''),
  kind: z.enum(['rest']).default('rest'),
  scope: z.enum(['tenant', 'global']).default('tenant'),
  baseUrl: z.string().min(1).max(2048),
  headers: z.record(z.string(), z.string()).default({}),
  auth: authSchema.default({ type: 'none' }),
  timeoutMs: z.int().min(1).max(600_000).optional(),
  retry: retrySchema.optional(),
  rateLimit: rateLimitSchema.optional(),
});
export type ConnectorDefinitionInput = z.input<typeof connectorDefinitionSchema>;
export type ConnectorDefinition = z.output<typeof connectorDefinitionSchema>;

/** What runs: a stored definition with its connector folded in, so `config.url` is absolute for `http`. */
export interface ResolvedTool {
  toolId: string;
  version: number;
  tenantId: string | null;
  definition: ToolDefinition;
  connectorId: string | null;
  connectorRevision: number | null;
}
