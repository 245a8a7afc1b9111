import { randomBytes } from 'node:crypto';
import { mkdirSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Child, startChild } from '../../dev/child-process.ts';
import { startEmbeddedPostgres } from '../../dev/embedded-postgres.ts';
import { freePort } from '../../dev/free-port.ts';
import { searchAttributeFlags } from '../../dev/register-search-attributes.ts';
import { findTemporalCli, startTemporalServer } from '../../dev/temporal-server.ts';
import { responds, waitUntil } from '../../dev/wait-until.ts';

export interface BenchServers {
  adminUrl: string;
  temporalAddress: string;
  temporalMetricsUrl: string;
  echoUrl: string;
  apiUrl: string;
  apiKey: string;
  /** Of another tenant. */
  otherKey: string;
  /** Of the process that is API and worker. */
  apiPid: number;
  postgresPid: number;
  temporalPid: number;
  env: NodeJS.ProcessEnv;
  /** The process that is API and worker, and nothing else. */
  stopProduct(): Promise<void>;
  stop(): Promise<void>;
}

export interface BenchServersOptions {
  /** The checkout whose product is started; its packages must be installed. Default: this one. */
  root?: string;
  /** Of the folder in `.cache` with everything that is written. */
  name?: string;
  /** More settings of PostgreSQL. */
  postgresSettings?: Record<string, string>;
  /** The port on which the product can be inspected. */
  inspectPort?: number;
  /** Instead of the development server. */
  startTemporal?(options: { adminUrl: string; dir: string }): Promise<BenchTemporal>;
}

interface BenchTemporal {
  address: string;
  metricsUrl: string;
  child: Child;
  stop(): Promise<void>;
}

const here = join(import.meta.dirname, '../..');

/**
 * Starts what every contender shares: PostgreSQL and Temporal as `npm start` runs them (durable, tuned), an echo service,
 * and the product itself (API and worker in one process), each in a process of its own.
 */
export async function startBenchServers({
  root = here,
  name = 'bench',
  postgresSettings = {},
  inspectPort,
  startTemporal = startDevelopmentServer,
}: BenchServersOptions = {}): Promise<BenchServers> {
  const dir = join(here, '.cache', name);
  rmSync(dir, { recursive: true, force: true });
  mkdirSync(dir, { recursive: true });
  const port = (what: string) => freePort(what, 0);
  const log = (line: string) => console.log(line);

  const postgres = await startEmbeddedPostgres({
    dataDir: join(dir, 'postgres'),
    port: await port('PostgreSQL'),
    settings: postgresSettings,
    log,
  });
  const temporal = await startTemporal({ adminUrl: postgres.adminUrl, dir });
  const product = await importProduct(root);
  const { appUrl } = await product.migrate(postgres.adminUrl);

  const echoPort = await port('echo');
  const echo = startChild({
    name: 'echo',
    command: process.execPath,
    args: [join(import.meta.dirname, 'echo-process.ts'), String(echoPort)],
    logFile: join(dir, 'echo.log'),
  });
  const echoUrl = `http://127.0.0.1:${echoPort}`;
  await waitUntil('The echo service', echo, () => responds(echoUrl));

  const apiPort = await port('Interlock');
  const env: NodeJS.ProcessEnv = {
    ...process.env,
    DATABASE_URL: appUrl,
    TEMPORAL_ADDRESS: temporal.address,
    INTERLOCK_ROLES: 'api,worker',
    INTERLOCK_TASK_QUEUE: 'interlock',
    INTERLOCK_PORT: String(apiPort),
    INTERLOCK_AUTH_SECRET: randomBytes(32).toString('hex'),
    INTERLOCK_VAULT_KEYS: JSON.stringify({
      keys: [{ id: 'bench', key: randomBytes(32).toString('base64') }],
    }),
    INTERLOCK_ALLOW_PRIVATE_HOSTS: 'true',
    INTERLOCK_LOG_LEVEL: 'warn',
  };
  const [apiKey, otherKey] = await seed(product, env);
  const api = startChild({
    name: 'Interlock',
    command: process.execPath,
    args: [
      ...(inspectPort === undefined ? [] : [`--inspect=127.0.0.1:${inspectPort}`]),
      join(root, 'api/main.ts'),
    ],
    env,
    logFile: join(dir, 'interlock.log'),
  });
  const apiUrl = `http://127.0.0.1:${apiPort}`;
  await waitUntil('Interlock', api, () => responds(`${apiUrl}/readyz`), { deadlineMs: 60_000 });

  return {
    adminUrl: postgres.adminUrl,
    temporalAddress: temporal.address,
    temporalMetricsUrl: temporal.metricsUrl,
    echoUrl,
    apiUrl,
    apiKey,
    otherKey,
    apiPid: api.pid ?? 0,
    postgresPid: postgres.child.pid ?? 0,
    temporalPid: temporal.child.pid ?? 0,
    env,
    async stopProduct() {
      await api.stop();
    },
    async stop() {
      await api.stop();
      await echo.stop();
      await Promise.all([temporal.stop(), postgres.stop()]);
    },
  };
}

async function startDevelopmentServer({ dir }: { dir: string }): Promise<BenchTemporal> {
  const log = (line: string) => console.log(line);
  const port = (what: string) => freePort(what, 0);
  const metricsPort = await port('Temporal metrics');
  const server = await startTemporalServer({
    cli: await findTemporalCli({ log }),
    port: await port('Temporal'),
    uiPort: await port('Temporal Web'),
    httpPort: await port('Temporal HTTP'),
    metricsPort,
    dbFilename: join(dir, 'temporal.db'),
    searchAttributes: searchAttributeFlags,
    logFile: join(dir, 'temporal.log'),
    log,
  });
  return { ...server, metricsUrl: `http://127.0.0.1:${metricsPort}/metrics` };
}

/** What prepares a database, of that checkout: its migrations and its own way to write accounts. */
async function importProduct(root: string) {
  const file = (path: string) => pathToFileURL(join(resolve(root), path)).href;
  const compose: typeof import('../../api/compose.ts') = await import(file('api/compose.ts'));
  const auth: typeof import('../../shared/identity/server/auth.ts') = await import(
    file('shared/identity/server/auth.ts')
  );
  const identity: typeof import('../../shared/identity/server/seed-identity.ts') = await import(
    file('shared/identity/server/seed-identity.ts')
  );
  const database: typeof import('../../shared/platform/db/migrate.ts') = await import(
    file('shared/platform/db/migrate.ts')
  );
  const environment: typeof import('../../shared/platform/server/environment.ts') = await import(
    file('shared/platform/server/environment.ts')
  );
  const logger: typeof import('../../shared/platform/server/logger.ts') = await import(
    file('shared/platform/server/logger.ts')
  );
  return { ...compose, ...auth, ...identity, ...database, ...environment, ...logger };
}

async function seed(
  product: Awaited<ReturnType<typeof importProduct>>,
  env: NodeJS.ProcessEnv,
): Promise<[apiKey: string, otherKey: string]> {
  const foundation = await product.createFoundation(
    product.readEnvironment(env),
    product.createLogger('silent'),
    { keys: { env } },
  );
  try {
    const { apiKeys } = await product.seedIdentity(product.createAuth(foundation.authOptions), {
      tenants: [
        { slug: 'bench', name: 'Bench' },
        { slug: 'other', name: 'Other' },
      ],
      users: [],
      apiKeys: ['bench', 'other'].map((tenant) => ({ tenant, name: tenant, roles: ['tenant_admin'] })),
    });
    return [apiKeys[0]!.key, apiKeys[1]!.key];
  } finally {
    await foundation.db.close();
  }
}
