import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { globSync, mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { type Child, startChild } from '../../dev/child-process.ts';
import { startEmbeddedPostgres } from '../../dev/embedded-postgres.ts';
import { freePort } from '../../dev/free-port.ts';
import { projectRoot } from '../../dev/paths.ts';
import { responds, waitUntil } from '../../dev/wait-until.ts';
import { type Answer, createCaller } from '../campaign/caller.ts';
import { playbookName } from '../campaign/tools.ts';
import { eventually } from '../support/eventually.ts';
import { baseBackup } from './base-backup.ts';
import type { Cluster } from './cluster.ts';
import type { Finding } from './finding.ts';
import { followRun, runLoad, type Users } from './load.ts';
import { startTemporalCluster } from './temporal-cluster.ts';

const openRuns = 6;

/** What is known before the loss, and must be there afterwards. */
interface Known {
  executionId: string;
  key: string;
  runs: string[];
}

/**
 * Copies both databases while the cluster works, loses everything, and starts a new cluster from the copy and the keys of the
 * vault, by the steps of docs/operations.md.
 */
export async function restoreCluster(
  cluster: Cluster,
  users: readonly Users[],
  { log }: { log: (line: string) => void },
): Promise<Finding> {
  const wrong: string[] = [];
  const seconds: Record<string, string> = {};
  const timed = async <T>(what: string, work: () => Promise<T> | T): Promise<T> => {
    const from = performance.now();
    const result = await work();
    seconds[what] = ((performance.now() - from) / 1000).toFixed(1);
    log(`${what}: ${seconds[what]} s`);
    return result;
  };
  const over = new AbortController();
  const loading = runLoad(cluster, users, { clients: 2, signal: over.signal });
  const known = await makeKnown(users[0]!);
  await sleep(2000);
  const copy = join(cluster.dir, 'restored/postgres');
  await timed('Copy of both databases, under load', () =>
    baseBackup(cluster.adminUrl, join(cluster.dir, 'postgres'), copy),
  );
  // What happens now is lost.
  await sleep(2000);
  over.abort();
  const { failures } = await loading;
  wrong.push(...failures.map((failure) => `during the copy, ${failure}`));
  await loseEverything(cluster);

  const dir = join(cluster.dir, 'restored');
  mkdirSync(dir, { recursive: true });
  const postgres = await timed('PostgreSQL from the copy', async () =>
    startEmbeddedPostgres({
      dataDir: copy,
      port: await freePort('PostgreSQL', 0),
      settings: { max_connections: '400' },
      logFile: join(dir, 'postgres.log'),
    }),
  );
  const temporal = await timed("Temporal's services", () =>
    startTemporalCluster({ dir, adminUrl: postgres.adminUrl, log }, { fresh: false }),
  );
  const databaseUrl = new URL(cluster.env.DATABASE_URL ?? '');
  databaseUrl.port = new URL(postgres.adminUrl).port;
  const env: NodeJS.ProcessEnv = {
    ...cluster.env,
    DATABASE_URL: databaseUrl.href,
    TEMPORAL_ADDRESS: `127.0.0.1:${temporal.port}`,
  };
  await timed('Migration', () =>
    run('migrations/run.ts', [], { ...env, MIGRATION_DATABASE_URL: postgres.adminUrl }),
  );
  const report = await timed('after-restore.ts', () => run('api/after-restore.ts', ['database'], env));
  wrong.push(...(await refusesOtherKeys(env, dir)));
  const started: Child[] = [];
  const [api, worker] = await timed('An API process and a worker, until ready', () =>
    Promise.all((['api', 'worker'] as const).map((role) => startRole(role, env, dir, started))),
  );
  wrong.push(...(await checkRestored(cluster, known, api!)));
  await Promise.all(started.map((child) => child.stop()));
  await Promise.all(temporal.parts.map((part) => part.stop()));
  await temporal.close();
  await postgres.stop();
  return {
    title: 'Backup and restore',
    lines: [
      `${(folderBytes(copy) / 1e6).toFixed(0)} MB were copied. after-restore.ts: ${summaryOf(report)}.`,
      '',
      '| step | seconds |',
      '|---|---|',
      ...Object.entries(seconds).map(([what, each]) => `| ${what} | ${each} |`),
    ],
    wrong: worker ? wrong : [...wrong, 'no worker'],
  };
}

async function makeKnown({ ana, tools }: Users): Promise<Known> {
  const key = 'before-the-copy';
  const payload = { callId: key, amount: 1 };
  const made = await ana(
    'POST',
    `/api/tools/${tools.charge}/execute`,
    { payload },
    { 'idempotency-key': key },
  );
  const runs = await Promise.all(
    Array.from({ length: openRuns }, async (_, index) => {
      const input = { callId: `open-${index}` };
      const run = await ana('POST', '/api/playbook-runs', { playbookId: playbookName, input });
      return run.body?.id as string;
    }),
  );
  return { executionId: made.body?.id, key, runs };
}

/** Every process at once, without a chance to end its work. */
async function loseEverything({ parts }: Cluster): Promise<void> {
  const { api, worker, temporal, postgres } = parts;
  await Promise.all([...api, ...worker, ...temporal, ...postgres].map((part) => part.kill()));
}

/** Temporal is reached through this process, so it must not wait. @returns what it wrote. @throws when it fails */
async function run(script: string, args: string[], env: NodeJS.ProcessEnv): Promise<string> {
  const { stdout } = await promisify(execFile)(process.execPath, [join(projectRoot, script), ...args], {
    env,
    timeout: 120_000,
  });
  return stdout;
}

/** A process that could not open any secret must not serve. */
async function refusesOtherKeys(env: NodeJS.ProcessEnv, dir: string): Promise<string[]> {
  const keys = [{ id: 'another', key: randomBytes(32).toString('base64') }];
  const child = startChild({
    name: 'with other keys',
    command: process.execPath,
    args: [join(projectRoot, 'api/main.ts')],
    cwd: projectRoot,
    env: {
      ...env,
      INTERLOCK_ROLES: 'api',
      INTERLOCK_PORT: String(await freePort('api', 0)),
      INTERLOCK_VAULT_KEYS: JSON.stringify({ keys }),
    },
    logFile: join(dir, 'other-keys.log'),
  });
  const ended = await eventually(() => child.ended, { timeoutMs: 60_000, everyMs: 100 }).catch(() => null);
  if (ended?.code === 1) return [];
  await child.stop();
  return [`a process with other vault keys was not refused: ${ended?.reason ?? 'it runs'}`];
}

async function startRole(
  role: 'api' | 'worker',
  env: NodeJS.ProcessEnv,
  dir: string,
  started: Child[],
): Promise<string> {
  const port = await freePort(role, 0);
  const child = startChild({
    name: role,
    command: process.execPath,
    args: [join(projectRoot, 'api/main.ts')],
    cwd: projectRoot,
    env: { ...env, INTERLOCK_ROLES: role, INTERLOCK_PORT: String(port) },
    logFile: join(dir, `${role}.log`),
    stopDeadlineMs: 45_000,
  });
  started.push(child);
  const url = `http://127.0.0.1:${port}`;
  await waitUntil(role, child, () => responds(`${url}/readyz`), { deadlineMs: 120_000 });
  return url;
}

/** What was known is there, a secret can be opened, and what was open goes on to its end. */
async function checkRestored(cluster: Cluster, known: Known, url: string): Promise<string[]> {
  const { ana: anasKey, ben: bensKey } = cluster.tenants[0]!.keys;
  const [ana, ben] = [createCaller([url], anasKey), createCaller([url], bensKey)];
  const wrong: string[] = [];
  const expects = (what: string, answer: Answer, good: boolean) => {
    if (!good) wrong.push(`${what}: ${answer.status} ${JSON.stringify(answer.body)?.slice(0, 300)}`);
    return good;
  };
  const old = await ana('GET', `/api/tools/executions/${known.executionId}`);
  expects('an execution before the copy', old, old.body?.status === 'succeeded');
  const path = `/api/tools/${old.body?.toolId}/execute`;
  const again = await ana(
    'POST',
    path,
    { payload: { callId: known.key, amount: 1 } },
    { 'idempotency-key': known.key },
  );
  expects('its key', again, again.body?.id === known.executionId);
  const fresh = await ana('POST', path, { payload: { callId: 'after-the-restore', amount: 1 } });
  expects('a call with a sealed credential', fresh, fresh.body?.status === 'succeeded');
  await Promise.all(
    known.runs.map((id) =>
      followRun({ ana, ben }, id, (what, answer, expected) =>
        expects(`an open run, ${what}`, answer, expected.includes(answer.status)),
      ),
    ),
  );
  return wrong;
}

/** The numbers of a report, and how long its lists are. */
function summaryOf(report: string): string {
  const parsed = JSON.parse(report) as Record<string, unknown>;
  return Object.entries(parsed)
    .flatMap(([name, value]) =>
      typeof value === 'string' ? [] : [`${name} ${Array.isArray(value) ? value.length : value}`],
    )
    .join(', ');
}

function folderBytes(folder: string): number {
  return globSync('**/*', { cwd: folder })
    .map((name) => statSync(join(folder, name)))
    .reduce((sum, stat) => sum + (stat.isFile() ? stat.size : 0), 0);
}
