import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
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
import { testAuthSecret } from '../support/test-api.ts';

const dir = mkdtempSync(join(tmpdir(), 'interlock-life-'));
const processes: ChildProcess[] = [];
afterAll(() => {
  for (const child of processes) child.kill('SIGKILL');
});

/** Starts `api/main.ts` with these settings alone. */
function start(env: Record<string, string>): ChildProcess {
  const child = spawn(process.execPath, [join(projectRoot, 'api/main.ts')], {
    cwd: projectRoot,
    stdio: 'ignore',
    env: { PATH: process.env.PATH, ...env },
  });
  processes.push(child);
  return child;
}

const statusOf = async (url: string) => (await fetch(url)).status;
const exited = (child: ChildProcess) => eventually(() => child.exitCode === 0, { timeoutMs: 40_000 });

describe('a process that starts while Temporal is unreachable', () => {
  let temporal: TcpGate;
  let child: ChildProcess;
  let url: string;
  let key: string;

  beforeAll(async () => {
    const servers = inject('servers');
    const [port, temporalPort] = [await freePort('api', 0), await freePort('temporal', 0)];
    const [host, target] = servers.temporalAddress.split(':');
    temporal = createTcpGate(temporalPort, { host: host!, port: Number(target) });
    url = `http://127.0.0.1:${port}`;
    // Its reconciler looks at every row of the database.
    const { databaseUrl } = await createOwnDatabase();
    const db = openDatabase(databaseUrl);
    const slug = `t-${uuidv7()}`;
    const { apiKeys } = await seedIdentity(
      createAuth({ pool: db.authPool, secret: testAuthSecret, publicUrl: url }),
      {
        tenants: [{ slug, name: slug }],
        users: [],
        apiKeys: [{ tenant: slug, name: 'admin', roles: ['tenant_admin'] }],
      },
    );
    key = apiKeys[0]!.key;
    await db.close();
    child = start({
      DATABASE_URL: databaseUrl,
      TEMPORAL_ADDRESS: `127.0.0.1:${temporalPort}`,
      INTERLOCK_TASK_QUEUE: dir,
      INTERLOCK_AUTH_SECRET: testAuthSecret,
      INTERLOCK_VAULT_KEYS_FILE: join(dir, 'keys.json'),
      INTERLOCK_ROLES: 'api,worker',
      INTERLOCK_PORT: String(port),
      INTERLOCK_STOP_DELAY_SECONDS: '3',
    });
    await eventually(() => statusOf(`${url}/healthz`), { timeoutMs: 60_000, everyMs: 100 });
  });
  afterAll(() => temporal?.shut());

  const call = async (method: string, path: string, body?: unknown) => {
    const response = await fetch(url + path, {
      method,
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return { status: response.status, body: await response.json() };
  };

  test('reads and changes work, executions are accepted and made later, and it is not ready', async () => {
    const tool = await call('POST', '/api/tools', { name: 'later', title: 'Later', type: 'dummy' });
    expect(tool.status).toBe(201);
    expect((await call('GET', `/api/tools/${tool.body.id}`)).status).toBe(200);
    const accepted = await call('POST', `/api/tools/${tool.body.id}/execute`, { payload: {} });
    expect([accepted.status, accepted.body.status]).toEqual([202, 'requested']);
    expect((await call('GET', `/api/tools/executions/${accepted.body.id}`)).body.status).toBe('requested');
    expect(await statusOf(`${url}/readyz`)).toBe(503);

    await temporal.open();
    await eventually(async () => (await statusOf(`${url}/readyz`)) === 200, { timeoutMs: 60_000 });
    await eventually(
      async () =>
        (await call('GET', `/api/tools/executions/${accepted.body.id}`)).body.status === 'succeeded',
    );
  });

  test('asked to stop, it is not ready at once, and serves requests until load balancers have seen that', async () => {
    const at = performance.now();
    child.kill('SIGTERM');
    await eventually(async () => (await statusOf(`${url}/readyz`)) === 503, { everyMs: 10 });
    expect((await call('GET', '/api/tools')).status).toBe(200);
    await exited(child);
    expect(performance.now() - at).toBeGreaterThan(3000);
  });
});

describe('a process that serves pages only', () => {
  let api: Server;
  beforeAll(async () => {
    api = createServer((_request, response) => response.end('{}'));
    await new Promise<void>((resolve) => api.listen(0, '127.0.0.1', resolve));
    mkdirSync(join(dir, 'web'));
    writeFileSync(join(dir, 'web', 'index.html'), '<!doctype html><title>Interlock</title>');
  });
  afterAll(() => api?.close());

  test('needs neither a database nor a secret, and stops as the others do', async () => {
    const port = await freePort('web', 0);
    const child = start({
      INTERLOCK_ROLES: 'web',
      INTERLOCK_API_URL: `http://127.0.0.1:${(api.address() as AddressInfo).port}`,
      INTERLOCK_PORT: String(port),
      INTERLOCK_WEB_DIST: join(dir, 'web'),
      INTERLOCK_STOP_DELAY_SECONDS: '3',
      NODE_ENV: 'production',
    });
    const url = `http://127.0.0.1:${port}`;
    await eventually(async () => (await statusOf(`${url}/readyz`)) === 200, { timeoutMs: 60_000 });
    expect(await statusOf(`${url}/metrics`)).toBe(403);
    child.kill('SIGTERM');
    await eventually(async () => (await statusOf(`${url}/readyz`)) === 503, { everyMs: 10 });
    expect(await statusOf(`${url}/t/acme/tools`)).toBe(200);
    await exited(child);
  });
});
