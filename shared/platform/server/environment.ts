import { z } from 'zod';

const processRoles = ['api', 'worker', 'web'] as const;

const environmentSchema = z.object({
  /** The login of the processes: a member of the interlock roles that owns no tables. */
  DATABASE_URL: z.string().min(1),
  INTERLOCK_ROLES: z
    .string()
    .default('api,worker,web')
    .transform((list) => list.split(',').map((role) => role.trim()))
    .pipe(z.array(z.enum(processRoles)).min(1)),
  INTERLOCK_HOST: z.string().default('127.0.0.1'),
  INTERLOCK_PORT: z.coerce.number().int().min(0).max(65_535).default(4400),
  /** What browsers and callers use; also the base of links in Temporal Web. */
  INTERLOCK_PUBLIC_URL: z.url().optional(),
  /** Address of the API for the web role, when they run in separate processes. */
  INTERLOCK_API_URL: z.url().optional(),
  INTERLOCK_WEB_DIST: z.string().default('.cache/web'),
  INTERLOCK_AUTH_SECRET: z.string().min(32),
  INTERLOCK_VAULT_KEYS: z.string().optional(),
  INTERLOCK_VAULT_KEYS_FILE: z.string().optional(),
  INTERLOCK_TASK_QUEUE: z.string().default('interlock'),
  /** Tool calls at once in this process: this many first attempts of short calls, and as many others. */
  INTERLOCK_WORKER_CALLS: z.coerce.number().int().min(2).max(5_000).default(150),
  /** Executions of one tenant that may be requested or running at once. */
  INTERLOCK_TENANT_IN_FLIGHT: z.coerce.number().int().min(1).max(100_000).default(200),
  INTERLOCK_TEMPORAL_UI_URL: z.url().optional(),
  /** A playbook run continues as new after this many events in its history. */
  INTERLOCK_RUN_HISTORY_LIMIT: z.coerce.number().int().min(20).max(40_000).default(4_000),
  /** Whether tenants may allow private addresses; disabled by default. */
  INTERLOCK_ALLOW_PRIVATE_HOSTS: z.stringbool().default(false),
  /** Seconds before each retry of a webhook delivery; after the last attempt it has failed. */
  INTERLOCK_WEBHOOK_RETRY_SECONDS: z
    .string()
    .default('5,30,120,900,3600,21600,86400')
    .transform((list) => list.split(',').map(Number))
    .pipe(z.array(z.number().min(0))),
  /** `[{email, password, tenant, roles}]` to offer on the sign-in page. Never set it in production. */
  INTERLOCK_DEMO_ACCOUNTS: z.string().optional(),
  INTERLOCK_LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'silent']).default('info'),
});

export interface Environment extends z.output<typeof environmentSchema> {
  publicUrl: string;
}

/** Reads the settings of this process. @temporalio/envconfig reads those of Temporal. */
export function readEnvironment(source: NodeJS.ProcessEnv = process.env): Environment {
  const parsed = environmentSchema.safeParse(source);
  if (!parsed.success) {
    const lines = parsed.error.issues.map((issue) => `  ${issue.path.join('.')}: ${issue.message}`);
    throw new Error(`Invalid environment:\n${lines.join('\n')}`);
  }
  const environment = parsed.data;
  return {
    ...environment,
    publicUrl:
      environment.INTERLOCK_PUBLIC_URL ??
      `http://${environment.INTERLOCK_HOST}:${environment.INTERLOCK_PORT}`,
  };
}
