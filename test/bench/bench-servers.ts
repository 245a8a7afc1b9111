import { randomBytes } from 'node:crypto';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { createFoundation } from '../../api/compose.ts';
import { type Child, startChild } from '../../dev/child-process.ts';
import { startEmbeddedPostgres } from '../../dev/embedded-postgres.ts';
import { freePort } from '../../dev/free-port.ts';
import { searchAttributeFlags } from '../../dev/register-search-attributes.ts';
import { findTemporalCli, startTemporalServer } from '../../dev/temporal-server.ts';
import { responds, waitUntil } from '../../dev/wait-until.ts';
import { createAuth } from '../../shared/identity/server/auth.ts';
import { seedIdentity } from '../../shared/identity/server/seed-identity.ts';
import { migrate } from '../../shared/platform/db/migrate.ts';
import { readEnvironment } from '../../shared/platform/server/environment.ts';
import { createLogger } from '../../shared/platform/server/logger.ts';

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
  temporalPid: number | undefined;
  env: NodeJS.ProcessEnv;
  /** The process that is API and worker, and nothing else. */
  stopProduct(): Promise<void>;
  stop(): Promise<void>;
}

interface BenchTemporal {
  address: string;
  metricsUrl: string;
  child: Child;
  stop(): Promise<void>;
}

export interface BenchServersOptions {
  /** Instead of the development server. */
  startTemporal?(options: { adminUrl: string; dir: string }): Promise<BenchTemporal>;
}

const root = join(import.meta.dirname, '../..');

/**
 * Starts what every contender shares: PostgreSQL and Temporal as `npm start` runs them (durable, tuned), an echo service,
 * and the product itself (API and worker in one process), each in a process of its own.
 */
export async function startBenchServers({
  startTemporal = startDevelopmentServer,
}: BenchServersOptions = {}): Promise<BenchServers> {
  const dir = join(root, '.cache/bench');
  rmSync(dir, { recursive: true, force: true });
  mkdirSync(dir, { recursive: true });
  const port = (what: string) => freePort(what, 0);
  const log = (line: string) => console.log(line);

  const postgres = await startEmbeddedPostgres({
    dataDir: join(dir, 'postgres'),
    port: await port('PostgreSQL'),
    log,
  });
  const temporal = await startTemporal({ adminUrl: postgres.adminUrl, dir });
  const { appUrl } = await migrate(postgres.adminUrl);

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
    INTERLOCK_PORT: String(apiPort),
    INTERLOCK_AUTH_SECRET: randomBytes(32).toString('hex'),
    INTERLOCK_VAULT_KEYS: JSON.stringify({
      keys: [{ id: 'bench', key: randomBytes(32).toString('base64') }],
    }),
    INTERLOCK_ALLOW_PRIVATE_HOSTS: 'true',
    INTERLOCK_LOG_LEVEL: 'warn',
  };
  const [apiKey, otherKey] = await seed(env);
  const api = startChild({
    name: 'Interlock',
    command: process.execPath,
    args: [join(root, 'api/main.ts')],
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
    temporalPid: temporal.child.pid,
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

async function seed(env: NodeJS.ProcessEnv): Promise<[apiKey: string, otherKey: string]> {
  const foundation = await createFoundation(readEnvironment(env), createLogger('silent'), { keys: { env } });
  try {
    const { apiKeys } = await seedIdentity(createAuth(foundation.authOptions), {
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
