import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Connection } from '@temporalio/client';
import { type Child, runToEnd, startChild } from '../../dev/child-process.ts';
import { freePort } from '../../dev/free-port.ts';
import { projectRoot } from '../../dev/paths.ts';
import { withoutTemporalSettings } from '../../dev/temporal-server.ts';
import { waitUntil } from '../../dev/wait-until.ts';

/** That of the development server, so that they differ in storage and shards only. Newer ones need newer Go modules. */
const goModule = 'go.temporal.io/server';
const version = 'v1.29.1';
const cacheDir = join(projectRoot, '.cache/temporal-server');

export interface RealTemporalOptions {
  /** Of the PostgreSQL server: its two databases are made there. */
  adminUrl: string;
  /** For its configuration and log. */
  dir: string;
  /** History shards; 512 and more in production. */
  shards?: number;
  /** Connections to its main database. */
  connections?: number;
  /** By the names of Temporal's dynamic configuration. */
  dynamicConfig?: Record<string, number | boolean | string>;
  log(line: string): void;
}

export interface RealTemporal {
  address: string;
  metricsUrl: string;
  child: Child;
  stop(): Promise<void>;
}

/** Starts Temporal's own server (all four services in one process) on PostgreSQL, with the namespace `default`. */
export async function startRealTemporal({
  adminUrl,
  dir,
  shards = 64,
  connections = 40,
  dynamicConfig = {},
  log,
}: RealTemporalOptions): Promise<RealTemporal> {
  const { server, sqlTool } = await findServer(log);
  const databases = { default: 'temporal', visibility: 'temporal_visibility' };
  const logFile = join(dir, 'real-temporal.log');
  for (const [schema, database] of [
    ['temporal', databases.default],
    ['visibility', databases.visibility],
  ] as const)
    await createSchema({ sqlTool, adminUrl, schema, database, logFile });

  // Its membership table has room for 15 bits.
  let nextPort = 20_000 + (process.pid % 10_000);
  const port = async (what: string) => {
    nextPort = (await freePort(`Temporal ${what}`, nextPort)) + 1;
    return nextPort - 1;
  };
  const services = ['frontend', 'history', 'matching', 'worker'];
  const ports = new Map<string, { grpc: number; membership: number }>();
  for (const service of services)
    ports.set(service, { grpc: await port(service), membership: await port(`${service} membership`) });
  const grpcPort = ports.get('frontend')!.grpc;
  const metricsPort = await port('metrics');
  const { hostname, port: sqlPort, username, password } = new URL(adminUrl);
  const store = (databaseName: string, maxConns: number) => ({
    sql: {
      pluginName: 'postgres12',
      databaseName,
      connectAddr: `${hostname}:${sqlPort}`,
      connectProtocol: 'tcp',
      user: username,
      password: decodeURIComponent(password),
      maxConns,
      maxIdleConns: maxConns,
      maxConnLifetime: '1h',
    },
  });
  const config = {
    log: { stdout: true, level: 'warn' },
    persistence: {
      defaultStore: 'default',
      visibilityStore: 'visibility',
      numHistoryShards: shards,
      datastores: {
        default: store(databases.default, connections),
        visibility: store(databases.visibility, 10),
      },
    },
    global: {
      membership: { maxJoinDuration: '30s', broadcastAddress: '127.0.0.1' },
      metrics: { prometheus: { timerType: 'histogram', listenAddress: `127.0.0.1:${metricsPort}` } },
    },
    services: Object.fromEntries(
      [...ports].map(([name, { grpc, membership }]) => [
        name,
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
          rpcAddress: `127.0.0.1:${grpcPort}`,
        },
      },
    },
    dcRedirectionPolicy: { policy: 'noop' },
    dynamicConfigClient: { filepath: join(dir, 'dynamic.yaml'), pollInterval: '10s' },
  };
  mkdirSync(join(dir, 'config'), { recursive: true });
  // JSON is YAML.
  writeFileSync(join(dir, 'config/bench.yaml'), JSON.stringify(config, null, 2), { mode: 0o600 });
  const settings = { 'matching.enableFairness': true, ...dynamicConfig };
  writeFileSync(
    join(dir, 'dynamic.yaml'),
    JSON.stringify(Object.fromEntries(Object.entries(settings).map(([name, value]) => [name, [{ value }]]))),
  );
  const child = startChild({
    name: 'Temporal',
    command: server,
    args: ['--root', dir, '--config', 'config', '--env', 'bench', '--allow-no-auth', 'start'],
    env: withoutTemporalSettings(),
    logFile,
  });
  const address = `127.0.0.1:${grpcPort}`;
  await waitUntil('The Temporal server', child, () => hasNamespace(address), { deadlineMs: 120_000 });
  return {
    address,
    metricsUrl: `http://127.0.0.1:${metricsPort}/metrics`,
    child,
    stop: async () => {
      await child.stop();
    },
  };
}

async function createSchema(options: {
  sqlTool: string;
  adminUrl: string;
  schema: 'temporal' | 'visibility';
  database: string;
  logFile: string;
}): Promise<void> {
  const { sqlTool, adminUrl, schema, database, logFile } = options;
  const { hostname, port, username, password } = new URL(adminUrl);
  const login = ['--plugin', 'postgres12', '--endpoint', hostname, '--port', port, '--user', username];
  // On the command line everyone could read it.
  const env = { ...process.env, SQL_PASSWORD: decodeURIComponent(password) };
  const moduleDir = findModule();
  const versions = join(moduleDir, 'schema/postgresql/v12', schema, 'versioned');
  for (const args of [
    ['--database', database, 'create'],
    ['--database', database, 'setup-schema', '--version', '0.0'],
    ['--database', database, 'update-schema', '--schema-dir', versions],
  ])
    await runToEnd({
      name: 'temporal-sql-tool',
      command: sqlTool,
      args: [...login, ...args],
      env,
      logFile,
    });
}

/** Creates the namespace when the server responds. */
async function hasNamespace(address: string): Promise<boolean> {
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
    await sleep(200);
  }
}

/** The server and its schema tool, built with Go once. @throws where that is not possible */
async function findServer(log: (line: string) => void): Promise<{ server: string; sqlTool: string }> {
  const server = join(cacheDir, version, 'server');
  const sqlTool = join(dirname(server), 'sql');
  if (existsSync(server) && existsSync(sqlTool)) return { server, sqlTool };
  log(`Building the Temporal server ${version} with Go: some minutes, this one time.`);
  const draft = join(cacheDir, `draft-${process.pid}`);
  mkdirSync(draft, { recursive: true });
  await runToEnd({
    name: 'the build of the Temporal server',
    command: 'go',
    args: [
      'install',
      '-ldflags=-s -w',
      `${goModule}/cmd/server@${version}`,
      `${goModule}/cmd/tools/sql@${version}`,
    ],
    env: { ...process.env, GOBIN: draft },
    logFile: join(cacheDir, 'build.log'),
  });
  rmSync(dirname(server), { recursive: true, force: true });
  renameSync(draft, dirname(server));
  return { server, sqlTool };
}

/** The folder of the module's sources: the schema is there. */
function findModule(): string {
  const { stdout, stderr } = spawnSync('go', ['mod', 'download', '-json', `${goModule}@${version}`], {
    encoding: 'utf8',
    cwd: cacheDir,
  });
  const dir = /"Dir": "(.+)"/.exec(stdout)?.[1];
  if (!dir) throw new Error(`The sources of ${goModule} were not found: ${stderr || stdout}`);
  return dir;
}
