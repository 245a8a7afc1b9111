import { availableParallelism } from 'node:os';
import { z } from 'zod';
import { type DatabaseUrls, databaseUrlsFrom } from '../db/logins.ts';
import { normalHost } from '../egress-rules.ts';
import { parseHostPort } from '../host-port.ts';

const listOf = (text: string): string[] =>
  text
    .split(',')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '');

/** `name=value,other=value`, with percent-encoded values, as OpenTelemetry's settings are. */
const pairsOf = (text: string, context: z.RefinementCtx): Record<string, string> =>
  Object.fromEntries(
    listOf(text).flatMap((entry) => {
      const [name = '', ...rest] = entry.split('=');
      try {
        if (name.trim() !== '' && rest.length > 0)
          return [[name.trim(), decodeURIComponent(rest.join('=').trim())]];
      } catch {
        // An invalid escape sequence.
      }
      context.addIssue(`${name || 'an entry'} is not name=value`);
      return [];
    }),
  );

/** A setting that is empty is not set: a file for Compose names it either way. */
const settingOf = <Schema extends z.ZodType<string, string>>(schema: Schema) =>
  z.union([z.literal('').transform(() => undefined), schema]).optional();

const processRoles = ['api', 'worker', 'web'] as const;

const databaseUrl = z.url({ protocol: /^postgres(ql)?$/, error: 'must be postgres://…' });

/** What every process needs. */
const serverSchema = z.object({
  NODE_ENV: z.string().optional(),
  INTERLOCK_ROLES: z
    .string()
    .default('api,worker,web')
    .transform((list) => list.split(',').map((role) => role.trim()))
    .pipe(z.array(z.enum(processRoles)).min(1)),
  INTERLOCK_HOST: z.string().default('127.0.0.1'),
  INTERLOCK_PORT: z.coerce.number().int().min(0).max(65_535).default(4400),
  /** Names of this server besides that of the public URL, for callers that use another one. */
  INTERLOCK_ALLOWED_HOSTS: z.string().default('').transform(listOf),
  /** A listener of its own for /metrics. */
  INTERLOCK_METRICS_HOST: z.string().default('127.0.0.1'),
  INTERLOCK_METRICS_PORT: z.coerce.number().int().min(1).max(65_535).optional(),
  /** A request with it reads /metrics. */
  INTERLOCK_METRICS_TOKEN: z
    .string()
    .regex(/^\S{16,}$/, 'needs 16 or more characters, without spaces')
    .optional(),
  /** What browsers and callers use; also the base of links in Temporal Web. */
  INTERLOCK_PUBLIC_URL: z.url().optional(),
  /** Address of the API for the web role, when they run in separate processes. */
  INTERLOCK_API_URL: z.url().optional(),
  /** Addresses or ranges, separated by commas, whose `x-forwarded-for` says where a request comes from. */
  INTERLOCK_TRUSTED_PROXIES: z
    .string()
    .default('')
    .transform((list) =>
      list
        .split(',')
        .map((each) => each.trim())
        .filter(Boolean),
    ),
  INTERLOCK_WEB_DIST: z.string().default('.cache/web'),
  /** How long a process that stops goes on serving, so that load balancers see that it is not ready. */
  INTERLOCK_STOP_DELAY_SECONDS: z.coerce.number().min(0).max(600).optional(),
  INTERLOCK_LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'silent']).default('info'),
  /** Of an OpenTelemetry collector; without it nothing is traced. Names and meanings are OpenTelemetry's. */
  OTEL_EXPORTER_OTLP_ENDPOINT: z.url({ protocol: /^https?$/, error: 'must be http(s)://…' }).optional(),
  OTEL_EXPORTER_OTLP_HEADERS: z.string().default('').transform(pairsOf),
  OTEL_EXPORTER_OTLP_PROTOCOL: z.literal('http/json', { error: 'must be http/json' }).optional(),
  OTEL_SERVICE_NAME: z.string().min(1).default('interlock'),
  OTEL_RESOURCE_ATTRIBUTES: z.string().default('').transform(pairsOf),
  /** How long a span waits for others before they are sent, in milliseconds. */
  OTEL_BSP_SCHEDULE_DELAY: z.coerce.number().int().min(1).max(60_000).default(1_000),
  /** The share of traces that are recorded. */
  OTEL_TRACES_SAMPLER_ARG: z.coerce.number().min(0).max(1).default(1),
});

const environmentSchema = serverSchema.extend({
  /** The login of the role that works for one tenant at a time. */
  DATABASE_URL: databaseUrl,
  /** The logins of the other two roles; in production they have passwords of their own. */
  INTERLOCK_SYSTEM_DATABASE_URL: databaseUrl.optional(),
  INTERLOCK_AUTH_DATABASE_URL: databaseUrl.optional(),
  /** Of the login of `DATABASE_URL`, at most. The other two have four each. */
  INTERLOCK_DATABASE_CONNECTIONS: z.coerce.number().int().min(4).max(200).optional(),
  INTERLOCK_AUTH_SECRET: z.string().min(32),
  /** Single sign-on by OpenID Connect (shared/identity/server/oidc). */
  INTERLOCK_OIDC_ISSUER: z.url().optional(),
  INTERLOCK_OIDC_CLIENT_ID: z.string().min(1).optional(),
  INTERLOCK_OIDC_CLIENT_SECRET: z.string().min(1).optional(),
  /** On the sign-in page: "Sign in with <name>". */
  INTERLOCK_OIDC_NAME: z.string().min(1).max(60).default('single sign-on'),
  INTERLOCK_OIDC_GROUPS_CLAIM: z.string().min(1).default('groups'),
  INTERLOCK_OIDC_SCOPES: z.string().default('openid profile email offline_access'),
  /** JSON: `[{"group": "operations", "tenant": "acme", "roles": ["operator"]}]`. */
  INTERLOCK_OIDC_ROLES: z.string().optional(),
  /** How often the provider is asked whether a person who is signed in still belongs to their groups. */
  INTERLOCK_OIDC_RECHECK_SECONDS: z.coerce.number().int().min(1).max(86_400).default(300),
  INTERLOCK_VAULT_KEYS: z.string().optional(),
  INTERLOCK_VAULT_KEYS_FILE: z.string().optional(),
  /** ARNs of keys of AWS KMS, separated by commas: the first one wraps the key that seals. */
  INTERLOCK_VAULT_KMS_KEYS: z
    .string()
    .default('')
    .transform(listOf)
    .pipe(
      z.array(
        z.string().regex(/^arn:[\w-]+:kms:[\w-]+:\d*:(?:key|alias)\/[\w/-]+$/, 'must be ARNs of KMS keys'),
      ),
    ),
  /** Names of keys that are gone for good: what they have sealed does not stop the start. */
  INTERLOCK_VAULT_LOST_KEYS: z.string().default('').transform(listOf),
  /** Of a service with the interface of AWS KMS. */
  INTERLOCK_VAULT_KMS_ENDPOINT: z.url().optional(),
  INTERLOCK_TASK_QUEUE: z.string().default('interlock'),
  /** Name of the worker deployment: turns Worker Versioning on. Workflows then stay with the code that they began with. */
  INTERLOCK_WORKER_DEPLOYMENT: z
    .string()
    .regex(/^[A-Za-z0-9_-]{1,64}$/, 'needs 1 to 64 of A-Z, a-z, 0-9, _ and -')
    .optional(),
  /** Tool calls at once in this process: this many first attempts of short calls, and as many others. */
  INTERLOCK_WORKER_CALLS: z.coerce.number().int().min(2).max(5_000).default(150),
  /** Workflow tasks at once in this process. A start gets its first task with the response while one is free. */
  INTERLOCK_WORKFLOW_TASKS: z.coerce.number().int().min(2).max(20_000).optional(),
  /** Workflows that this process keeps in memory between their tasks. */
  INTERLOCK_CACHED_WORKFLOWS: z.coerce.number().int().min(0).max(100_000).optional(),
  /** Requests for workflow tasks that wait in Temporal. */
  INTERLOCK_WORKFLOW_POLLS: z.coerce.number().int().min(2).max(1_000).default(16),
  /** Executions of one tenant that may be requested or running at once. */
  INTERLOCK_TENANT_IN_FLIGHT: z.coerce.number().int().min(1).max(100_000).default(200),
  /** Executions of one tenant that may wait for an approval. */
  INTERLOCK_TENANT_WAITING: z.coerce.number().int().min(1).max(100_000).default(1000),
  /** Executions that this process starts at once; a tenant alone half of them. */
  INTERLOCK_STARTS_AT_ONCE: z.coerce
    .number()
    .int()
    .min(2)
    .max(10_000)
    .default(() => 16 * availableParallelism()),
  /** Workflows in a row that may fail to start before first attempts wait for theirs again: while Temporal is away. */
  INTERLOCK_OWED_STARTS: z.coerce.number().int().min(0).max(1_000_000).default(10_000),
  /** Executions that this process has accepted and not seen the end of; of one tenant alone, half of them. */
  INTERLOCK_PROCESS_IN_FLIGHT: z.coerce
    .number()
    .int()
    .min(2)
    .max(100_000)
    .default(() => 500 * availableParallelism()),
  /** WebSockets of one tenant in this process. */
  INTERLOCK_TENANT_SOCKETS: z.coerce.number().int().min(1).max(100_000).default(500),
  /** What one GraphQL query may ask for: words and signs of its text, levels of fields, aliases, objects. */
  INTERLOCK_GRAPHQL_TOKENS: z.coerce.number().int().min(100).max(20_000).default(1_000),
  INTERLOCK_GRAPHQL_DEPTH: z.coerce.number().int().min(3).max(50).default(14),
  INTERLOCK_GRAPHQL_ALIASES: z.coerce.number().int().min(0).max(1_000).default(30),
  INTERLOCK_GRAPHQL_COST: z.coerce.number().int().min(100).max(1_000_000).default(50_000),
  /** How long it may take. */
  INTERLOCK_GRAPHQL_SECONDS: z.coerce.number().min(0.1).max(120).default(10),
  /** GraphQL queries of one tenant in progress in this process. */
  INTERLOCK_GRAPHQL_AT_ONCE: z.coerce.number().int().min(1).max(1_000).default(8),
  INTERLOCK_TEMPORAL_UI_URL: z.url().optional(),
  /** A playbook run continues as new after this many events in its history. */
  INTERLOCK_RUN_HISTORY_LIMIT: z.coerce.number().int().min(20).max(40_000).default(4_000),
  /** Whether tenants may allow private addresses; disabled by default. */
  INTERLOCK_ALLOW_PRIVATE_HOSTS: z.stringbool().default(false),
  /** `http://user:password@host:port` or `https://…`: every connection of tenants goes through it (HTTP CONNECT). */
  INTERLOCK_EGRESS_PROXY: z
    .url({ protocol: /^https?$/, error: 'must be http://… or https://…' })
    .refine((text) => /^\/?$/.test(URL.parse(text)?.pathname ?? ''), 'must have no path')
    .optional(),
  /** What the proxy is asked for: the address that was checked here, or the name, which it resolves itself. */
  INTERLOCK_EGRESS_PROXY_TARGET: z.enum(['address', 'name']).default('address'),
  /** `host:port, …`: servers of this deployment that no other setting names. No tool may reach them. */
  INTERLOCK_RESERVED_HOSTS: z
    .string()
    .default('')
    .transform((list, context) =>
      listOf(list).flatMap((entry) => {
        const parsed = parseHostPort(entry);
        if (!parsed) context.addIssue(`${entry} is not host:port`);
        return parsed ?? [];
      }),
    ),
  /** Seconds before each retry of a webhook delivery; after the last attempt it has failed. */
  INTERLOCK_WEBHOOK_RETRY_SECONDS: z
    .string()
    .default('5,30,120,900,3600,21600,86400')
    .transform((list) => list.split(',').map(Number))
    .pipe(z.array(z.number().min(0))),
  /** The largest body that an inbound webhook accepts. */
  INTERLOCK_INBOUND_BODY_BYTES: z.coerce.number().int().min(1_024).max(10_485_760).default(1_048_576),
  /** What the files of a tenant may take together, in bytes. */
  INTERLOCK_ARTIFACT_BYTES: z.coerce.number().int().min(1_024).default(1_073_741_824),
  /** The largest file that may be attached to an exception. */
  INTERLOCK_ATTACHMENT_BYTES: z.coerce.number().int().min(1_024).max(16_777_216).default(10_485_760),
  /** The bucket of S3, or of a service with its interface, that has the bytes of files. Without it PostgreSQL has them. */
  INTERLOCK_FILES_BUCKET: settingOf(
    z.string().regex(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, 'must be the name of a bucket'),
  ),
  INTERLOCK_FILES_ENDPOINT: settingOf(
    z
      .url({ protocol: /^https?$/, error: 'must be http(s)://…' })
      .refine((text) => /^\/?$/.test(URL.parse(text)?.pathname ?? ''), 'must have no path'),
  ),
  INTERLOCK_FILES_REGION: settingOf(
    z.string().regex(/^[a-z0-9-]{2,40}$/, 'must be a region, such as eu-central-1'),
  ),
  /** Before the name of every object. */
  INTERLOCK_FILES_PREFIX: settingOf(
    z.string().regex(/^[\w-]{1,100}$/, 'needs 1 to 100 of A-Z, a-z, 0-9, _ and -'),
  ),
  /** Instead of what every AWS client finds. */
  INTERLOCK_FILES_ACCESS_KEY_ID: settingOf(z.string().min(1)),
  INTERLOCK_FILES_SECRET_ACCESS_KEY: settingOf(z.string().min(1)),
  /** How S3 encrypts the objects; without it as the bucket says. */
  INTERLOCK_FILES_ENCRYPTION: settingOf(z.enum(['AES256', 'aws:kms'])),
  /** The key for `aws:kms`, else that of the account. */
  INTERLOCK_FILES_KMS_KEY: settingOf(z.string().min(1)),
  /** Deliveries that all inbound webhooks of a tenant together accept in a minute; a quarter of them at once. */
  INTERLOCK_INBOUND_PER_MINUTE: z.coerce.number().int().min(4).max(600_000).default(6_000),
  /** The private key of Web Push (VAPID), in base64url. Without it the deployment makes its own. */
  INTERLOCK_PUSH_KEY: settingOf(z.string().regex(/^[\w-]{43}$/, 'must be 32 bytes in base64url')),
  /** `host, host:port, …`: push services besides those of the usual browsers. With its port, one may be in your network. */
  INTERLOCK_PUSH_SERVICES: z
    .string()
    .default('')
    .transform((list, context) =>
      listOf(list.toLowerCase()).flatMap((entry) => {
        const parsed = parseHostPort(entry);
        if (parsed) return parsed;
        if (normalHost(entry) === entry) return { host: entry, port: null };
        context.addIssue(`${entry} is neither a host nor host:port`);
        return [];
      }),
    ),
  /** `smtp://user:password@host:587` or `smtps://…`: invitations are also sent by mail. */
  INTERLOCK_SMTP_URL: z.url({ protocol: /^smtps?$/, error: 'must be smtp://… or smtps://…' }).optional(),
  /** Who mail is from: `Interlock <interlock@example.com>`. */
  INTERLOCK_MAIL_FROM: z
    .string()
    .regex(/^[^\r\n]{3,200}$/)
    .optional(),
  /** Where signed heads of the audit trail are written: the path of a folder, or an URL that takes a POST. */
  INTERLOCK_AUDIT_HEADS: z
    .string()
    .regex(/^(\/|https?:\/\/)/, 'must be the absolute path of a folder, or an URL')
    .optional(),
  /** `[{email, password, tenant, roles}]` to offer on the sign-in page; only with the embedded database. */
  INTERLOCK_DEMO_ACCOUNTS: z
    .string()
    .optional()
    .transform((json) => json || undefined),
});

export interface ServerEnvironment extends z.output<typeof serverSchema> {
  publicUrl: string;
  stopDelaySeconds: number;
  /** NODE_ENV says so. */
  production: boolean;
}

export interface Environment extends z.output<typeof environmentSchema>, ServerEnvironment {
  databaseUrls: DatabaseUrls;
}

/** Whether the process needs neither a database nor a secret: it serves pages, and forwards the rest to the API. */
export function servesPagesOnly({ INTERLOCK_ROLES: list }: NodeJS.ProcessEnv = process.env): boolean {
  return (list ?? '').split(',').every((role) => role.trim() === 'web');
}

/** Reads the settings of a process that only serves pages. */
export function readServerEnvironment(source: NodeJS.ProcessEnv = process.env): ServerEnvironment {
  return withDerived(parse(serverSchema, source));
}

/** Reads the settings of this process. @temporalio/envconfig reads those of Temporal. */
export function readEnvironment(source: NodeJS.ProcessEnv = process.env): Environment {
  const environment = withDerived(parse(environmentSchema, source));
  if (environment.production && environment.INTERLOCK_DEMO_ACCOUNTS !== undefined)
    throw new Error(
      'Invalid environment:\n  INTERLOCK_DEMO_ACCOUNTS: refused, because NODE_ENV is production and the passwords of demo accounts are public',
    );
  if ((environment.INTERLOCK_SMTP_URL === undefined) !== (environment.INTERLOCK_MAIL_FROM === undefined))
    throw new Error(
      'Invalid environment:\n  INTERLOCK_SMTP_URL, INTERLOCK_MAIL_FROM: mail needs both, or neither',
    );
  const { INTERLOCK_FILES_ACCESS_KEY_ID: key, INTERLOCK_FILES_SECRET_ACCESS_KEY: secret } = environment;
  if ((key === undefined) !== (secret === undefined))
    throw new Error(
      'Invalid environment:\n  INTERLOCK_FILES_ACCESS_KEY_ID, INTERLOCK_FILES_SECRET_ACCESS_KEY: set both, or neither',
    );
  return { ...environment, databaseUrls: readDatabaseUrls(environment, environment.production) };
}

function parse<Schema extends z.ZodType>(schema: Schema, source: NodeJS.ProcessEnv): z.output<Schema> {
  const parsed = schema.safeParse(source);
  if (parsed.success) return parsed.data;
  const lines = parsed.error.issues.map((issue) => `  ${issue.path.join('.')}: ${issue.message}`);
  throw new Error(`Invalid environment:\n${lines.join('\n')}`);
}

function withDerived<Settings extends z.output<typeof serverSchema>>(settings: Settings) {
  const { INTERLOCK_PUBLIC_URL: publicUrl, INTERLOCK_HOST: host, INTERLOCK_PORT: port } = settings;
  const production = settings.NODE_ENV === 'production';
  return {
    ...settings,
    production,
    // Without a load balancer in front, there is nothing to wait for.
    stopDelaySeconds: settings.INTERLOCK_STOP_DELAY_SECONDS ?? (production ? 5 : 0),
    publicUrl: publicUrl ?? `http://${host}:${port}`,
  };
}

function readDatabaseUrls(
  {
    DATABASE_URL: app,
    INTERLOCK_SYSTEM_DATABASE_URL: system,
    INTERLOCK_AUTH_DATABASE_URL: auth,
  }: z.output<typeof environmentSchema>,
  production: boolean,
): DatabaseUrls {
  if (system && auth) return { app, system, auth };
  if (production || system || auth)
    throw new Error(
      'Invalid environment:\n  INTERLOCK_SYSTEM_DATABASE_URL, INTERLOCK_AUTH_DATABASE_URL: each role has a login of its own; set both (docs/operations.md, "Database")',
    );
  if (!new URL(app).username.endsWith('_app_login'))
    throw new Error(
      'Invalid environment:\n  DATABASE_URL: needs the login <database>_app_login, which `node migrations/run.ts` creates; an earlier version had one login for all roles (docs/operations.md, "Database")',
    );
  return databaseUrlsFrom(app);
}
