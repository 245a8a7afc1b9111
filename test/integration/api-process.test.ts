import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { freePort } from '../../dev/free-port.ts';
import { projectRoot } from '../../dev/paths.ts';
import { createAuth } from '../../shared/identity/server/auth.ts';
import { seedIdentity } from '../../shared/identity/server/seed-identity.ts';
import { openDatabase } from '../../shared/platform/db/database.ts';
import { eventually } from '../support/eventually.ts';
import { createOwnDatabase } from '../support/own-database.ts';
import { createTcpGate, type TcpGate } from '../support/tcp-gate.ts';
import { cookieOf, testAuthSecret, testPassword } from '../support/test-api.ts';

describe('a process whose PostgreSQL and Temporal stop and start', () => {
  let child: ChildProcess;
  let url: string;
  let database: TcpGate;
  let temporal: TcpGate;
  const lines: string[] = [];
  const email = `${uuidv7()}@example.test`;
  const keys: string[] = [];
  let toolId: string;

  beforeAll(async () => {
    // Its reconciler reads the rows of every tenant.
    const servers = { ...inject('servers'), ...(await createOwnDatabase()) };
    const port = (what: string) => freePort(what, 0);
    const [apiPort, databasePort, temporalPort] = [
      await port('api'),
      await port('db'),
      await port('temporal'),
    ];
    const [databaseUrl, temporalUrl] = [
      new URL(servers.databaseUrl),
      new URL(`http://${servers.temporalAddress}`),
    ];
    const targetOf = (at: URL) => ({ host: at.hostname, port: Number(at.port) });
    database = createTcpGate(databasePort, targetOf(databaseUrl));
    temporal = createTcpGate(temporalPort, targetOf(temporalUrl));
    databaseUrl.host = `127.0.0.1:${databasePort}`;
    url = `http://127.0.0.1:${apiPort}`;

    const db = openDatabase(servers.databaseUrl);
    const slug = `t-${uuidv7()}`;
    const { apiKeys } = await seedIdentity(
      createAuth({ pool: db.authPool, secret: testAuthSecret, publicUrl: url }),
      {
        tenants: [{ slug, name: slug }],
        users: [
          { email, name: 'Ana', password: testPassword, memberships: [{ tenant: slug, roles: ['viewer'] }] },
        ],
        apiKeys: ['first', 'second'].map((name) => ({ tenant: slug, name, roles: ['tenant_admin'] })),
      },
    );
    keys.push(...apiKeys.map((each) => each.key));
    await db.close();

    const dir = mkdtempSync(join(tmpdir(), 'interlock-process-'));
    child = spawn(process.execPath, [join(projectRoot, 'api/main.ts')], {
      cwd: projectRoot,
      stdio: ['ignore', 'pipe', 'ignore'],
      env: {
        PATH: process.env.PATH,
        DATABASE_URL: databaseUrl.href,
        TEMPORAL_ADDRESS: `127.0.0.1:${temporalPort}`,
        INTERLOCK_TASK_QUEUE: dir,
        INTERLOCK_AUTH_SECRET: testAuthSecret,
        INTERLOCK_VAULT_KEYS_FILE: join(dir, 'keys.json'),
        INTERLOCK_ROLES: 'api,worker',
        INTERLOCK_PORT: String(apiPort),
        INTERLOCK_DEMO_ACCOUNTS: '[{"email":"ana@acme.example"}]',
      },
    });
    child.stdout!.setEncoding('utf8').on('data', (text: string) => lines.push(text));
  });
  afterAll(async () => {
    child?.kill('SIGKILL');
    await Promise.all([database?.shut(), temporal?.shut()]);
  });

  const call = async (
    path: string,
    options: { method?: string; body?: unknown; headers?: Record<string, string> } = {},
  ) => {
    const response = await fetch(url + path, {
      method: options.method ?? 'GET',
      headers: {
        ...(options.headers?.cookie ? {} : { authorization: `Bearer ${keys[0]}` }),
        ...(options.body === undefined ? {} : { 'content-type': 'application/json' }),
        ...options.headers,
      },
      ...(options.body === undefined ? {} : { body: JSON.stringify(options.body) }),
    });
    return { status: response.status, headers: response.headers, body: await response.json() };
  };
  const ready = (wanted: boolean) =>
    eventually(async () => (await fetch(`${url}/readyz`)).ok === wanted, { timeoutMs: 30_000, everyMs: 100 });
  const signIn = () =>
    call('/api/auth/sign-in/email', {
      method: 'POST',
      body: { email, password: testPassword },
      headers: { origin: url },
    });

  test('a process that starts before its servers waits, reports that it is not ready, and responds with 503', async () => {
    await eventually(async () => (await fetch(`${url}/healthz`)).ok, { timeoutMs: 30_000, everyMs: 100 });
    const readiness = await call('/readyz');
    expect([readiness.status, readiness.body.status]).toEqual([503, 'not ready']);
    const refused = await call('/api/tools');
    expect([refused.status, refused.body.error.code]).toEqual([503, 'unavailable']);
    expect(refused.headers.get('retry-after')).toBe('2');
    await eventually(() => lines.join('').includes('Temporal is not reachable yet'));
    // Only the database can say whether they may be shown.
    expect((await call('/api/demo-accounts')).status).toBe(503);
    await Promise.all([database.open(), temporal.open()]);
    await ready(true);
    expect((await call('/api/demo-accounts')).body).toEqual([{ email: 'ana@acme.example' }]);
    const tool = await call('/api/tools', {
      method: 'POST',
      body: { name: 'slow', type: 'dummy', config: { delayMs: 1_500, response: { done: true } } },
    });
    expect(tool.status).toBe(201);
    toolId = tool.body.id;
  });

  test('a process without its database responds fast with 503 to every caller, never with 401', async () => {
    const cookie = cookieOf((await signIn()).headers);
    await database.shut();
    const at = performance.now();
    const responses = await Promise.all([
      call('/api/tools'),
      // Neither is cached, so both are looked up.
      call('/api/tools', { headers: { authorization: `Bearer ${keys[1]}` } }),
      call('/api/tools', { headers: { cookie } }),
      signIn(),
    ]);
    expect(performance.now() - at).toBeLessThan(5_000);
    expect(responses.map((each) => [each.status, each.body.error?.code])).toEqual(
      responses.map(() => [503, 'unavailable']),
    );
    await ready(false);
    expect((await fetch(`${url}/healthz`)).ok).toBe(true);
    await database.open();
    await ready(true);
    expect((await call('/api/tools', { headers: { authorization: `Bearer ${keys[1]}` } })).status).toBe(200);
  });

  test('a process that loses Temporal says so, stays in service, and reading still works', async () => {
    const readyz = async () => (await call('/readyz')).body;
    await temporal.shut();
    await eventually(async () => (await readyz()).status === 'degraded', { timeoutMs: 60_000, everyMs: 100 });
    const { parts } = await readyz();
    expect([parts.database.status, parts.temporal.status]).toEqual(['ok', 'degraded']);
    expect((await fetch(`${url}/readyz`)).status).toBe(200);
    expect((await call('/api/tools')).status).toBe(200);
    await temporal.open();
    await eventually(async () => (await readyz()).status === 'ready', { timeoutMs: 60_000, everyMs: 100 });
  });

  test('a process that is asked to stop finishes the requests in progress, refuses new ones, and exits', async () => {
    const stream = await fetch(`${url}/trpc/live.events`, {
      headers: { authorization: `Bearer ${keys[0]}`, accept: 'text/event-stream' },
    });
    expect(stream.status).toBe(200);
    const running = call(`/api/tools/${toolId}/execute`, { method: 'POST', body: { payload: {} } });
    await eventually(
      async () => (await call('/api/tools/executions?status=running')).body.items.length === 1,
      { everyMs: 50 },
    );
    child.kill('SIGTERM');
    await eventually(async () => (await call('/api/tools')).status === 503);
    const { status, body } = await running;
    expect([status, body.output]).toEqual([200, { done: true }]);
    await eventually(() => child.exitCode === 0, { timeoutMs: 10_000 });
  });
});
