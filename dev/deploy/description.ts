import { apiPaths } from '../../shared/platform/api-paths.ts';
import { poolSizes } from '../../shared/platform/db/pool-sizes.ts';

// The one description of a deployment. docker-compose.yml and deploy/kubernetes are written from it: `npm run deploy:files`.

/** 4400 serves pages, API and probes; in Kubernetes `/metrics` has a listener of its own, for the scraper alone. */
export const ports = { http: 4400, metrics: 9464 };

/** `ready` says whether to send requests, `live` whether to start the process again. */
export const probes = { ready: '/readyz', live: '/healthz' };

export interface Target {
  /** INTERLOCK_STOP_DELAY_SECONDS: how long load balancers take to notice that a process stops. */
  stopDelaySeconds: number;
}

export const targets = {
  compose: { stopDelaySeconds: 5 },
  // Endpoints are removed beside SIGTERM, and every node and the ingress controller must learn of it.
  kubernetes: { stopDelaySeconds: 10 },
} satisfies Record<string, Target>;

/** A process exits within 35 s after its delay (docs/operations.md, "Stopping"); ten more for a busy machine. */
export const gracePeriodSeconds = ({ stopDelaySeconds }: Target): number => stopDelaySeconds + 45;

/** MB that Node's heap may take where memory is limited. Native parts (0.5 GB) and four isolates (90 MB each, 350 at most) come on top. */
export const heapMb = 1024;

export interface Process {
  name: 'api' | 'worker' | 'web';
  /**
   * INTERLOCK_ROLES; null where it does not run. On one machine the API works too, so that either of the two is enough, and
   * serves the pages.
   */
  roles: { compose: string | null; kubernetes: string };
  /** Which paths from outside reach it in Kubernetes. */
  paths: readonly string[];
  replicas: number;
  /** In the units of Kubernetes. The limit of CPUs sets how much a process accepts: its bounds grow with them. */
  resources: Record<'requests' | 'limits', { cpu: string; memory: string }>;
}

export const processes: Process[] = [
  {
    name: 'api',
    roles: { compose: 'api,worker,web', kubernetes: 'api' },
    paths: apiPaths,
    replicas: 2,
    resources: { requests: { cpu: '1', memory: '1536Mi' }, limits: { cpu: '2', memory: '3Gi' } },
  },
  {
    name: 'worker',
    roles: { compose: 'worker', kubernetes: 'worker' },
    paths: [],
    replicas: 2,
    resources: { requests: { cpu: '500m', memory: '1536Mi' }, limits: { cpu: '2', memory: '3Gi' } },
  },
  {
    // Pages only: it needs neither a database nor a secret.
    name: 'web',
    roles: { compose: null, kubernetes: 'web' },
    paths: ['/'],
    replicas: 2,
    resources: { requests: { cpu: '100m', memory: '256Mi' }, limits: { cpu: '1', memory: '1536Mi' } },
  },
];

/** Whether it reaches PostgreSQL, and so needs its logins and every secret. */
export const hasSecrets = ({ name }: Process): boolean => name !== 'web';

/** The login of each role, the setting with its URL, and that with its password, which the migration gives it. */
export const logins = [
  { login: 'interlock_app_login', url: 'DATABASE_URL', password: 'INTERLOCK_DB_PASSWORD' },
  {
    login: 'interlock_system_login',
    url: 'INTERLOCK_SYSTEM_DATABASE_URL',
    password: 'INTERLOCK_SYSTEM_DB_PASSWORD',
  },
  {
    login: 'interlock_auth_login',
    url: 'INTERLOCK_AUTH_DATABASE_URL',
    password: 'INTERLOCK_AUTH_DB_PASSWORD',
  },
] as const;

/** Secrets of every process, besides the URLs of the logins, and what to do when one is missing. */
export const secrets = {
  INTERLOCK_AUTH_SECRET: 'set INTERLOCK_AUTH_SECRET to 32 or more random characters',
  INTERLOCK_VAULT_KEYS: 'set INTERLOCK_VAULT_KEYS (docs/runbook.md, "Keys of the vault")',
} as const;

/** Settings that a deployment may have: where files are (docs/operations.md, "Files in object storage"). Empty, they are not set. */
export const fileSettings = [
  'INTERLOCK_FILES_BUCKET',
  'INTERLOCK_FILES_ENDPOINT',
  'INTERLOCK_FILES_REGION',
  'INTERLOCK_FILES_PREFIX',
  'INTERLOCK_FILES_ACCESS_KEY_ID',
  'INTERLOCK_FILES_SECRET_ACCESS_KEY',
  'INTERLOCK_FILES_ENCRYPTION',
  'INTERLOCK_FILES_KMS_KEY',
] as const;

/** Only of the migration: no process that serves knows them. */
export const migration = {
  command: ['node', 'migrations/run.ts'],
  ownerUrl: 'MIGRATION_DATABASE_URL',
};

/** Settings of every process that are the same everywhere. */
export const sharedSettings = {
  NODE_ENV: 'production',
  INTERLOCK_HOST: '0.0.0.0',
  INTERLOCK_PORT: String(ports.http),
  TEMPORAL_NAMESPACE: 'default',
};

/** Of Temporal's server. Task queues serve tenants in turn by their fairness key, which is off by default. */
export const temporalDynamicConfig = { 'matching.enableFairness': [{ value: true }] };

/** Connections to PostgreSQL that the processes open at most; while all are replaced by a rolling update, twice as many. */
export function connectionBudget(target: keyof typeof targets): number {
  return processes.reduce((sum, each) => {
    const { roles, replicas } = each;
    const running = roles[target];
    if (running === null || !hasSecrets(each)) return sum;
    const { app, system, auth } = poolSizes(running.split(',').includes('worker'));
    return sum + (target === 'compose' ? 1 : replicas) * (app + system + auth);
  }, 0);
}
