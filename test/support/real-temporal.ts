import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Connection } from '@temporalio/client';
import { type Child, runToEnd, startChild } from '../../dev/child-process.ts';
import { freePort } from '../../dev/free-port.ts';
import { projectRoot } from '../../dev/paths.ts';
import { withoutTemporalSettings } from '../../dev/temporal-server.ts';
import { requireGo } from './require-go.ts';

// Temporal's own server on PostgreSQL, built with Go: its binaries, databases, configuration and processes.

const goModule = 'go.temporal.io/server';
const temporalVersion = 'v1.31.2';
const cacheDir = join(projectRoot, '.cache/temporal-server');

export const temporalServices = ['frontend', 'history', 'matching', 'worker'] as const;
export type TemporalService = (typeof temporalServices)[number];

export interface TemporalBinaries {
  server: string;
  sqlTool: string;
  /** The versions of the schema, in the sources of the module. */
  schemaDir: string;
}

/** The server and its schema tool, built once. @throws where Go is missing, or the build fails */
export async function findTemporalServer(log: (line: string) => void): Promise<TemporalBinaries> {
  requireGo();
  const dir = join(cacheDir, temporalVersion);
  const found = { server: join(dir, 'server'), sqlTool: join(dir, 'sql') };
  if (!existsSync(found.server) || !existsSync(found.sqlTool)) {
    log(`Building Temporal's server ${temporalVersion} with Go: some minutes, this one time.`);
    await build(dir);
  }
  return { ...found, schemaDir: join(findModule(), 'schema/postgresql/v12') };
}

async function build(dir: string): Promise<void> {
  const draft = join(cacheDir, `draft-${process.pid}`);
  mkdirSync(draft, { recursive: true });
  const programs = ['server', 'tools/sql'].map((name) => `${goModule}/cmd/${name}@${temporalVersion}`);
  await runToEnd({
    name: "The build of Temporal's server",
    command: 'go',
    args: ['install', '-ldflags=-s -w', ...programs],
    env: { ...process.env, GOBIN: draft },
    cwd: cacheDir,
    logFile: join(cacheDir, 'build.log'),
  });
  rmSync(dir, { recursive: true, force: true });
  renameSync(draft, dir);
}

/** The folder of the module's sources. */
function findModule(): string {
  const { stdout, stderr } = spawnSync('go', ['mod', 'download', '-json', `${goModule}@${temporalVersion}`], {
    encoding: 'utf8',
    cwd: cacheDir,
  });
  const dir = /"Dir": "(.+)"/.exec(stdout)?.[1];
  if (!dir) throw new Error(`The sources of ${goModule} were not found: ${stderr || stdout}`);
  return dir;
}

const databases = { temporal: 'temporal', visibility: 'temporal_visibility' };

/** Creates Temporal's two databases with their schema, on the server of `adminUrl`. */
export async function createTemporalDatabases(
  { sqlTool, schemaDir }: TemporalBinaries,
  { adminUrl, logFile }: { adminUrl: string; logFile: string },
): Promise<void> {
  const { hostname, port, username, password } = new URL(adminUrl);
  const login = ['--plugin', 'postgres12', '--endpoint', hostname, '--port', port, '--user', username];
  // On the command line everyone could read it.
  const env = { ...process.env, SQL_PASSWORD: decodeURIComponent(password) };
  for (const [schema, database] of Object.entries(databases))
    for (const args of [
      ['create'],
      ['setup-schema', '--version', '0.0'],
      ['update-schema', '--schema-dir', join(schemaDir, schema, 'versioned')],
    ])
      await runToEnd({
        name: 'temporal-sql-tool',
        command: sqlTool,
        args: [...login, '--database', database, ...args],
        env,
        logFile,
      });
}

export interface TemporalPorts {
  grpc: number;
  membership: number;
}

// Its membership table has room for 15 bits.
let nextPort = 20_000 + (process.pid % 10_000);

/** Ports of one process, or of one service in a process. */
export async function temporalPorts(what: string): Promise<TemporalPorts> {
  const port = async () => {
    nextPort = (await freePort(`Temporal ${what}`, nextPort)) + 1;
    return nextPort - 1;
  };
  return { grpc: await port(), membership: await port() };
}

export interface TemporalProcess {
  binaries: TemporalBinaries;
  adminUrl: string;
  /** For its configuration. */
  dir: string;
  logFile: string;
  /** Tells processes apart that share a folder. */
  name: string;
  /** What runs in it; default: every service. */
  runs?: TemporalService;
  /** It finds only services that are named here; ports of those that run elsewhere do not matter. */
  services: Record<TemporalService, TemporalPorts>;
  /** Of a frontend. */
  frontendAddress: string;
  metricsPort?: number;
  /** History shards; 512 and more in production. They cannot be changed later. */
  shards: number;
  /** Connections to its main database. */
  connections: number;
  /** By the names of Temporal's dynamic configuration. */
  dynamicConfig: Record<string, number | boolean | string>;
}

/** Starts one process of the server. It finds the others by the membership table of the database. */
export function startTemporalProcess(options: TemporalProcess): Child {
  const { binaries, dir, name, runs } = options;
  const dynamicFile = join(dir, `${name}-dynamic.yaml`);
  mkdirSync(join(dir, 'config'), { recursive: true });
  // JSON is YAML.
  writeFileSync(
    join(dir, 'config', `${name}.yaml`),
    JSON.stringify(configurationOf(options, dynamicFile), null, 2),
    { mode: 0o600 },
  );
  const dynamic = Object.entries(options.dynamicConfig).map(([key, value]) => [key, [{ value }]] as const);
  writeFileSync(dynamicFile, JSON.stringify(Object.fromEntries(dynamic)));
  return startChild({
    name: `Temporal ${name}`,
    command: binaries.server,
    args: [
      ...['--root', dir, '--config', 'config', '--env', name, '--allow-no-auth', 'start'],
      ...(runs ? ['--service', runs] : []),
    ],
    env: withoutTemporalSettings(),
    logFile: options.logFile,
    stopDeadlineMs: 30_000,
  });
}

function configurationOf(options: TemporalProcess, dynamicFile: string) {
  const { adminUrl, connections, services, metricsPort, frontendAddress } = options;
  const { hostname, port, username, password } = new URL(adminUrl);
  const store = (databaseName: string, maxConns: number) => ({
    sql: {
      pluginName: 'postgres12_pgx',
      databaseName,
      connectAddr: `${hostname}:${port}`,
      connectProtocol: 'tcp',
      user: username,
      password: decodeURIComponent(password),
      maxConns,
      maxIdleConns: maxConns,
      maxConnLifetime: '1h',
    },
  });
  return {
    log: { stdout: true, level: 'warn' },
    persistence: {
      defaultStore: 'default',
      visibilityStore: 'visibility',
      numHistoryShards: options.shards,
      datastores: {
        default: store(databases.temporal, connections),
        visibility: store(databases.visibility, Math.ceil(connections / 4)),
      },
    },
    global: {
      membership: { maxJoinDuration: '30s', broadcastAddress: '127.0.0.1' },
      ...(metricsPort && {
        metrics: { prometheus: { timerType: 'histogram', listenAddress: `127.0.0.1:${metricsPort}` } },
      }),
    },
    services: Object.fromEntries(
      Object.entries(services).map(([service, { grpc, membership }]) => [
        service,
        { rpc: { grpcPort: grpc, membershipPort: membership, bindOnLocalHost: true } },
      ]),
    ),
    clusterMetadata: {
      enableGlobalNamespace: false,
      failoverVersionIncrement: 10,
      masterClusterName: 'active',
      currentClusterName: 'active',
      clusterInformation: {
        active: {
          enabled: true,
          initialFailoverVersion: 1,
          rpcName: 'frontend',
          rpcAddress: frontendAddress,
        },
      },
    },
    dcRedirectionPolicy: { policy: 'noop' },
    dynamicConfigClient: { filepath: dynamicFile, pollInterval: '10s' },
  };
}

/** Creates the namespace `default` when the server responds. @returns whether it is there */
export async function hasNamespace(address: string): Promise<boolean> {
  const connection = await Connection.connect({ address, connectTimeout: 2000 });
  try {
    const { workflowService } = connection;
    const { namespaces } = await workflowService.listNamespaces({});
    if (!namespaces.some(({ namespaceInfo }) => namespaceInfo?.name === 'default'))
      await workflowService.registerNamespace({
        namespace: 'default',
        workflowExecutionRetentionPeriod: { seconds: (24 * 60 * 60) as never },
      });
    await workflowService.describeNamespace({ namespace: 'default' });
    return true;
  } finally {
    await connection.close();
  }
}
