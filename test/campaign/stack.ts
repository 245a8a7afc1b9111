import { randomBytes } from 'node:crypto';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { createFoundation } from '../../api/compose.ts';
import { type Child, startChild } from '../../dev/child-process.ts';
import { startEmbeddedPostgres } from '../../dev/embedded-postgres.ts';
import { freePort } from '../../dev/free-port.ts';
import { findTemporalCli, startTemporalServer } from '../../dev/temporal-server.ts';
import { responds } from '../../dev/wait-until.ts';
import { searchAttributeFlags } from '../../shared/executions/server/register-search-attributes.ts';
import { createAuth } from '../../shared/identity/server/auth.ts';
import { seedIdentity } from '../../shared/identity/server/seed-identity.ts';
import { migrate } from '../../shared/platform/db/migrate.ts';
import { readEnvironment } from '../../shared/platform/server/environment.ts';
import { createLogger } from '../../shared/platform/server/logger.ts';
import { eventually } from '../support/eventually.ts';
import { type NetworkGate, openNetworkGate } from './network-gate.ts';
import { createPart, type Part } from './part.ts';
import type { PartKind } from './plan.ts';

export interface CampaignTenant {
  id: string;
  slug: string;
  /** Of people: admin makes the tools, ana works, ben approves. */
  keys: { admin: string; ana: string; ben: string };
}

/** Everything that runs, each part in processes of its own. */
export interface CampaignStack {
  dir: string;
  parts: Record<PartKind, Part[]>;
  /** The way of every process to PostgreSQL and to Temporal, and of clients to each API process. */
  gates: { postgres: NetworkGate[]; temporal: NetworkGate[]; api: NetworkGate[] };
  /** Of the API processes, through their gates. */
  apiUrls: string[];
  providerUrl: string;
  ledgerFile: string;
  /** The credential of every tool: it must not be found anywhere. */
  canary: string;
  adminUrl: string;
  temporalAddress: string;
  tenants: CampaignTenant[];
  /** Waits until every process is ready. */
  ready(timeoutMs: number): Promise<void>;
  stop(): Promise<void>;
}

const root = join(import.meta.dirname, '../..');

/** Starts two API processes, two workers, PostgreSQL, Temporal and the provider. @param dir emptied; logs stay there */
export async function startCampaignStack(
  dir: string,
  { log, temporalCli }: { log: (line: string) => void; temporalCli?: string },
): Promise<CampaignStack> {
  rmSync(dir, { recursive: true, force: true });
  mkdirSync(dir, { recursive: true });
  const port = (what: string) => freePort(what, 0);
  const gateTo = async (target: number) => openNetworkGate(await port('gate'), target);
  const cli = temporalCli ?? (await findTemporalCli({ log }));
  const canary = `canary-${randomBytes(18).toString('hex')}`;
  const ledgerFile = join(dir, 'ledger.ndjson');
  let adminUrl = '';

  const [pgPort, temporalPort, uiPort, httpPort] = [
    await port('PostgreSQL'),
    await port('Temporal'),
    await port('Temporal Web'),
    await port('Temporal HTTP'),
  ];
  const postgres = createPart(
    'postgres',
    async () => {
      const started = await startEmbeddedPostgres({
        dataDir: join(dir, 'postgres'),
        port: pgPort,
        // Processes are killed, never the machine: what was written is not lost without fsync.
        settings: { fsync: 'off' },
      });
      adminUrl = started.adminUrl;
      return started.child;
    },
    { killsAll: true, log },
  );
  const temporal = createPart(
    'temporal',
    async () => {
      const started = await startTemporalServer({
        cli,
        port: temporalPort,
        uiPort,
        httpPort,
        dbFilename: join(dir, 'temporal.db'),
        searchAttributes: searchAttributeFlags,
        logFile: join(dir, 'temporal.log'),
      });
      return started.child;
    },
    { log },
  );
  const providerPort = await port('provider');
  const provider = createPart(
    'provider',
    async () =>
      startChild({
        name: 'provider',
        command: process.execPath,
        args: [join(import.meta.dirname, 'provider-process.ts'), String(providerPort), ledgerFile, canary],
        logFile: join(dir, 'provider.log'),
      }),
    { log },
  );
  await Promise.all([postgres.start(), temporal.start(), provider.start()]);
  const { appUrl } = await migrate(adminUrl);

  const env: NodeJS.ProcessEnv = {
    ...process.env,
    INTERLOCK_AUTH_SECRET: randomBytes(32).toString('hex'),
    INTERLOCK_VAULT_KEYS: JSON.stringify({
      keys: [{ id: 'campaign', key: randomBytes(32).toString('base64') }],
    }),
    INTERLOCK_ALLOW_PRIVATE_HOSTS: 'true',
    INTERLOCK_LOG_LEVEL: 'info',
  };
  const tenants = await seed({ ...env, DATABASE_URL: appUrl });

  const gates: CampaignStack['gates'] = { postgres: [], temporal: [], api: [] };
  const readyUrls: string[] = [];
  const startProduct = async (role: 'api' | 'worker', index: number) => {
    const name = `${role}${index + 1}`;
    const ownPort = await port(name);
    const [toPostgres, toTemporal] = [await gateTo(pgPort), await gateTo(temporalPort)];
    gates.postgres.push(toPostgres);
    gates.temporal.push(toTemporal);
    if (role === 'api') gates.api.push(await gateTo(ownPort));
    readyUrls.push(`http://127.0.0.1:${ownPort}/readyz`);
    const databaseUrl = new URL(appUrl);
    databaseUrl.port = String(toPostgres.port);
    const launch = async (): Promise<Child> =>
      startChild({
        name,
        command: process.execPath,
        args: [join(root, 'api/main.ts')],
        cwd: root,
        env: {
          ...env,
          DATABASE_URL: databaseUrl.href,
          TEMPORAL_ADDRESS: `127.0.0.1:${toTemporal.port}`,
          INTERLOCK_ROLES: role,
          INTERLOCK_PORT: String(ownPort),
          INTERLOCK_PUBLIC_URL: 'http://interlock.test',
        },
        logFile: join(dir, `${name}.log`),
        stopDeadlineMs: 30_000,
      });
    const part = createPart(name, launch, { log });
    await part.start();
    return part;
  };
  const parts: CampaignStack['parts'] = {
    api: [await startProduct('api', 0), await startProduct('api', 1)],
    worker: [await startProduct('worker', 0), await startProduct('worker', 1)],
    postgres: [postgres],
    temporal: [temporal],
    provider: [provider],
  };
  const ready = async (timeoutMs: number) => {
    await Promise.all(readyUrls.map((url) => eventually(() => responds(url), { timeoutMs, everyMs: 200 })));
  };
  await ready(120_000);

  return {
    dir,
    parts,
    gates,
    apiUrls: gates.api.map((gate) => `http://127.0.0.1:${gate.port}`),
    providerUrl: `http://127.0.0.1:${providerPort}`,
    ledgerFile,
    canary,
    adminUrl,
    temporalAddress: `127.0.0.1:${temporalPort}`,
    tenants,
    ready,
    async stop() {
      const { api, worker, ...servers } = parts;
      await Promise.all([...api, ...worker].map((part) => part.stop()));
      await Promise.all([...gates.api, ...gates.postgres, ...gates.temporal].map((gate) => gate.close()));
      await Promise.all(
        Object.values(servers)
          .flat()
          .map((part) => part.stop()),
      );
    },
  };
}

async function seed(env: NodeJS.ProcessEnv): Promise<CampaignTenant[]> {
  const foundation = await createFoundation(readEnvironment(env), createLogger('silent'), { keys: { env } });
  try {
    const slugs = ['north', 'south'];
    const people = slugs.flatMap((tenant) => [
      { name: 'admin', roles: ['tenant_admin' as const], tenant },
      { name: 'ana', roles: ['operator' as const], tenant },
      { name: 'ben', roles: ['approver' as const], tenant },
    ]);
    const emailOf = ({ name, tenant }: { name: string; tenant: string }) => `${name}@${tenant}.test`;
    const seeded = await seedIdentity(createAuth(foundation.authOptions), {
      tenants: slugs.map((slug) => ({ slug, name: slug })),
      users: people.map((person) => ({
        email: emailOf(person),
        name: person.name,
        password: randomBytes(12).toString('hex'),
        memberships: [{ tenant: person.tenant, roles: person.roles }],
      })),
      apiKeys: people.map((person) => ({ ...person, createdBy: emailOf(person) })),
    });
    return slugs.map((slug) => {
      const keyOf = (name: string) =>
        seeded.apiKeys.find((key) => key.tenant === slug && key.name === name)?.key ?? '';
      const keys = { admin: keyOf('admin'), ana: keyOf('ana'), ben: keyOf('ben') };
      return { id: seeded.tenants[slug] ?? '', slug, keys };
    });
  } finally {
    await foundation.db.close();
  }
}
