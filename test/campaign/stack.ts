import { randomBytes } from 'node:crypto';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { type Child, startChild } from '../../dev/child-process.ts';
import { startEmbeddedPostgres } from '../../dev/embedded-postgres.ts';
import { freePort } from '../../dev/free-port.ts';
import { findTemporalCli, startTemporalServer } from '../../dev/temporal-server.ts';
import { responds } from '../../dev/wait-until.ts';
import { searchAttributeFlags } from '../../shared/executions/server/register-search-attributes.ts';
import { migrate } from '../../shared/platform/db/migrate.ts';
import { eventually } from '../support/eventually.ts';
import { type NetworkGate, openNetworkGate } from './network-gate.ts';
import { createPart, type Part } from './part.ts';
import type { PartKind } from './plan.ts';
import { type CampaignTenant, seedTenants } from './tenants.ts';

/** Everything that runs, each part in processes of its own. */
export interface CampaignStack {
  dir: string;
  parts: Record<PartKind, Part[]>;
  /** The way of every process to PostgreSQL and to Temporal, and of clients to each API process. */
  gates: { postgres: NetworkGate[]; temporal: NetworkGate[]; api: NetworkGate[] };
  /** Of every process. */
  urls: Record<'api' | 'worker', string[]>;
  /** Where clients find the API: its processes, through their gates. */
  apiUrls: string[];
  /** The settings that all processes share. */
  env: NodeJS.ProcessEnv;
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

export interface CampaignStackOptions {
  log: (line: string) => void;
  temporalCli?: string;
  processes?: Record<'api' | 'worker', number>;
  /** Whether there are gates between the processes. */
  gated?: boolean;
  /** More settings of every process. */
  settings?: NodeJS.ProcessEnv;
  postgresSettings?: Record<string, string>;
  /** Instead of the development server, when PostgreSQL runs. */
  startTemporal?(options: TemporalStart): Promise<StartedTemporal>;
}

export interface TemporalStart {
  dir: string;
  adminUrl: string;
  log: (line: string) => void;
}

export interface StartedTemporal {
  parts: Part[];
  /** Of its front end. */
  port: number;
}

/** Starts API processes, workers, PostgreSQL, Temporal and the provider. @param dir emptied; logs stay there */
export async function startCampaignStack(
  dir: string,
  {
    log,
    temporalCli,
    processes = { api: 2, worker: 2 },
    gated = true,
    settings = {},
    // Processes are killed, never the machine: what was written is not lost without fsync.
    postgresSettings = { fsync: 'off' },
    startTemporal = (options) => startDevelopmentServer(options, temporalCli),
  }: CampaignStackOptions,
): Promise<CampaignStack> {
  rmSync(dir, { recursive: true, force: true });
  mkdirSync(dir, { recursive: true });
  const port = (what: string) => freePort(what, 0);
  const gateTo = async (target: number) => openNetworkGate(await port('gate'), target);
  const canary = `canary-${randomBytes(18).toString('hex')}`;
  const ledgerFile = join(dir, 'ledger.ndjson');
  let adminUrl = '';

  const pgPort = await port('PostgreSQL');
  const postgres = createPart(
    'postgres',
    async () => {
      const started = await startEmbeddedPostgres({
        dataDir: join(dir, 'postgres'),
        port: pgPort,
        settings: postgresSettings,
      });
      adminUrl = started.adminUrl;
      return started.child;
    },
    { killsAll: true, log },
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
  await Promise.all([postgres.start(), provider.start()]);
  const temporal = await startTemporal({ dir, adminUrl, log });
  const { appUrl } = await migrate(adminUrl);

  const env: NodeJS.ProcessEnv = {
    ...process.env,
    INTERLOCK_AUTH_SECRET: randomBytes(32).toString('hex'),
    INTERLOCK_VAULT_KEYS: JSON.stringify({
      keys: [{ id: 'campaign', key: randomBytes(32).toString('base64') }],
    }),
    INTERLOCK_ALLOW_PRIVATE_HOSTS: 'true',
    INTERLOCK_LOG_LEVEL: 'info',
    ...settings,
  };
  const tenants = await seedTenants({ ...env, DATABASE_URL: appUrl });

  const gates: CampaignStack['gates'] = { postgres: [], temporal: [], api: [] };
  const urls: CampaignStack['urls'] = { api: [], worker: [] };
  const apiUrls: string[] = [];
  /** The port by which a process reaches another one. */
  const reach = async (part: keyof CampaignStack['gates'], target: number): Promise<number> => {
    if (!gated) return target;
    const gate = await gateTo(target);
    gates[part].push(gate);
    return gate.port;
  };
  const startProduct = async (role: 'api' | 'worker', index: number) => {
    const name = `${role}${index + 1}`;
    const ownPort = await port(name);
    const databaseUrl = new URL(appUrl);
    databaseUrl.port = String(await reach('postgres', pgPort));
    const toTemporal = await reach('temporal', temporal.port);
    urls[role].push(`http://127.0.0.1:${ownPort}`);
    if (role === 'api') apiUrls.push(`http://127.0.0.1:${await reach('api', ownPort)}`);
    const launch = async (): Promise<Child> =>
      startChild({
        name,
        command: process.execPath,
        args: [join(root, 'api/main.ts')],
        cwd: root,
        env: {
          ...env,
          DATABASE_URL: databaseUrl.href,
          TEMPORAL_ADDRESS: `127.0.0.1:${toTemporal}`,
          INTERLOCK_ROLES: role,
          INTERLOCK_PORT: String(ownPort),
          INTERLOCK_PUBLIC_URL: 'http://interlock.test',
        },
        logFile: join(dir, `${name}.log`),
        // After its delay a process exits within 35 s.
        stopDeadlineMs: 45_000,
      });
    const part = createPart(name, launch, { log });
    await part.start();
    return part;
  };
  const parts: CampaignStack['parts'] = {
    api: [],
    worker: [],
    postgres: [postgres],
    temporal: temporal.parts,
    provider: [provider],
  };
  for (const role of ['api', 'worker'] as const)
    for (let index = 0; index < processes[role]; index++) parts[role].push(await startProduct(role, index));
  const ready = async (timeoutMs: number) => {
    await Promise.all(
      [...urls.api, ...urls.worker].map((url) =>
        eventually(() => responds(`${url}/readyz`), { timeoutMs, everyMs: 200 }),
      ),
    );
  };
  await ready(120_000);

  return {
    dir,
    parts,
    gates,
    urls,
    apiUrls,
    env: { ...env, DATABASE_URL: appUrl },
    providerUrl: `http://127.0.0.1:${providerPort}`,
    ledgerFile,
    canary,
    adminUrl,
    temporalAddress: `127.0.0.1:${temporal.port}`,
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

async function startDevelopmentServer(
  { dir, log }: TemporalStart,
  temporalCli: string | undefined,
): Promise<StartedTemporal> {
  const cli = temporalCli ?? (await findTemporalCli({ log }));
  const [port, uiPort, httpPort] = [
    await freePort('Temporal', 0),
    await freePort('Temporal Web', 0),
    await freePort('Temporal HTTP', 0),
  ];
  const part = createPart(
    'temporal',
    async () => {
      const started = await startTemporalServer({
        cli,
        port,
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
  await part.start();
  return { parts: [part], port };
}
