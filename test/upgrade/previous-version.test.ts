import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { freePort } from '../../dev/free-port.ts';
import { projectRoot } from '../../dev/paths.ts';
import { createAuth } from '../../shared/identity/server/auth.ts';
import { seedIdentity } from '../../shared/identity/server/seed-identity.ts';
import { openDatabase } from '../../shared/platform/db/database.ts';
import { loginName } from '../../shared/platform/db/logins.ts';
import { migrate } from '../../shared/platform/db/migrate.ts';
import { connectAdmin } from '../support/connect-admin.ts';
import { eventually } from '../support/eventually.ts';
import { testAuthSecret } from '../support/test-api.ts';

const git = (...args: string[]) =>
  execFileSync('git', args, {
    cwd: projectRoot,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  }).trim();

/** The last migration of the version that deployments have: set it with each release. */
const lastReleased = '0030_event_address';

/**
 * PREVIOUS_VERSION, or the last commit before the first migration that came after the released ones, so no commit within a
 * branch; where none came after, the last one with another schema. Null without a history, as in a shallow clone.
 */
function findPrevious(): string | null {
  const { entries } = JSON.parse(readFileSync(join(projectRoot, 'migrations/meta/_journal.json'), 'utf8'));
  const tags: string[] = entries.map(({ tag }: { tag: string }) => tag);
  const later = tags.slice(tags.indexOf(lastReleased) + 1);
  const files = (later.length > 0 ? later : [lastReleased]).map((tag) => `migrations/${tag}.sql`);
  // Of a merge, the first parent is what the branch was merged into.
  const added = [
    'log',
    '--first-parent',
    '--diff-merges=first-parent',
    '--diff-filter=A',
    '-s',
    '--format=%H',
  ];
  try {
    // The newest comes first.
    const first = git(...added, '--', ...files)
      .split('\n')
      .at(-1);
    return git('rev-parse', '--verify', process.env.PREVIOUS_VERSION ?? (first ? `${first}~1` : 'HEAD'));
  } catch {
    return null;
  }
}
const previous = findPrevious();
if (previous) console.log(`Compared with ${git('log', '-1', '--format=%h %s', previous)}`);

describe.skipIf(previous === null)(`the version before (${previous?.slice(0, 8)})`, () => {
  const dir = mkdtempSync(join(tmpdir(), 'interlock-previous-'));
  const before = join(dir, 'code');
  const processes: ChildProcess[] = [];
  let adminUrl: string;
  let databaseUrl: string;
  let key: string;

  beforeAll(async () => {
    mkdirSync(before);
    const archive = join(dir, 'code.tar');
    git('archive', '--output', archive, previous!);
    execFileSync('tar', ['-xf', archive, '-C', before]);
    symlinkSync(join(projectRoot, 'node_modules'), join(before, 'node_modules'));
    const admin = await connectAdmin();
    const name = `test_${uuidv7().replaceAll('-', '')}`;
    await admin.query(`CREATE DATABASE ${name}`);
    await admin.end();
    const url = new URL(inject('servers').adminUrl);
    url.pathname = `/${name}`;
    adminUrl = url.href;
    const password = 'of the app';
    execFileSync(process.execPath, [join(before, 'migrations/run.ts')], {
      cwd: before,
      env: { MIGRATION_DATABASE_URL: adminUrl, INTERLOCK_DB_PASSWORD: password },
    });
    [url.username, url.password] = [loginName(name, 'app'), password];
    databaseUrl = url.href;
    const db = openDatabase(databaseUrl);
    const { apiKeys } = await seedIdentity(
      createAuth({ pool: db.authPool, secret: testAuthSecret, publicUrl: 'http://interlock.test' }),
      {
        tenants: [{ slug: 'acme', name: 'Acme' }],
        users: [],
        apiKeys: [{ tenant: 'acme', name: 'admin', roles: ['tenant_admin'] }],
      },
    );
    key = apiKeys[0]!.key;
    await db.close();
  });
  afterAll(() => {
    for (const child of processes) child.kill('SIGKILL');
    rmSync(dir, { recursive: true, force: true });
  });

  /** Starts a process of the code in `root`. @returns its URL once it is ready */
  async function start(root: string): Promise<string> {
    const port = await freePort('api', 0);
    const child = spawn(process.execPath, [join(root, 'api/main.ts')], {
      cwd: root,
      stdio: 'ignore',
      env: {
        PATH: process.env.PATH,
        DATABASE_URL: databaseUrl,
        TEMPORAL_ADDRESS: inject('servers').temporalAddress,
        INTERLOCK_TASK_QUEUE: dir,
        INTERLOCK_AUTH_SECRET: testAuthSecret,
        INTERLOCK_VAULT_KEYS_FILE: join(dir, 'keys.json'),
        INTERLOCK_ROLES: 'api,worker',
        INTERLOCK_PORT: String(port),
      },
    });
    processes.push(child);
    const url = `http://127.0.0.1:${port}`;
    await eventually(async () => (await fetch(`${url}/readyz`)).ok, { timeoutMs: 90_000, everyMs: 100 });
    return url;
  }

  async function call(url: string, method: string, path: string, body?: unknown) {
    const response = await fetch(url + path, {
      method,
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return { status: response.status, body: await response.json() };
  }

  /** What clients do, until `signal`. @returns every response that is not a success, and how many rounds there were */
  async function load(url: string, tool: string, signal: AbortSignal) {
    const failures: unknown[] = [];
    let rounds = 0;
    const expectStatus = async (status: number, method: string, path: string, body?: unknown) => {
      const response = await call(url, method, path, body);
      if (response.status !== status) failures.push({ path, ...response });
      return response.body;
    };
    for (; !signal.aborted; rounds++) {
      const { id } = await expectStatus(200, 'POST', `/api/tools/${tool}/execute`, {
        payload: { n: rounds },
      });
      await expectStatus(200, 'GET', `/api/tools/executions/${id}`);
      await expectStatus(200, 'POST', `/api/tools/executions/${id}/rerun`, {});
      await expectStatus(201, 'POST', '/api/exceptions', { title: 'Late', severity: 'low', domain: 'x' });
      for (const list of ['tools', 'tools/executions', 'exceptions', 'events', 'playbooks', 'inbox'])
        await expectStatus(200, 'GET', `/api/${list}`);
    }
    return { failures, rounds };
  }

  test('works under load while this version migrates, and beside its processes', async () => {
    // Versions whose prepared statements do not name their columns have to be started again after a migration.
    if (!existsSync(join(before, 'shared/platform/db/columns-of.ts')))
      await migrate(adminUrl, { passwords: {} });
    const old = await start(before);
    const created = await call(old, 'POST', '/api/tools', { name: 'steady', title: 'Steady', type: 'dummy' });
    expect(created.status).toBe(201);
    const tool = created.body.id as string;
    const stop = new AbortController();
    const loads = [1, 2].map(() => load(old, tool, stop.signal));
    const begun = performance.now();
    await migrate(adminUrl, { passwords: {} });
    console.log(`Migrated under load in ${Math.round(performance.now() - begun)} ms`);
    const current = await start(projectRoot);
    loads.push(load(current, tool, stop.signal));
    setTimeout(() => stop.abort(), Number(process.env.SECONDS_BESIDE ?? 5) * 1000);
    for (const { failures, rounds } of await Promise.all(loads)) {
      expect(failures).toEqual([]);
      expect(rounds).toBeGreaterThan(0);
    }
  });
});
