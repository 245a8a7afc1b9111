import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
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
import { testAuthSecret } from '../support/test-api.ts';

describe('api, worker and web as separate processes', () => {
  const processes: ChildProcess[] = [];
  let webUrl: string;
  let key: string;

  beforeAll(async () => {
    // Its reconciler reads the rows of every tenant.
    const servers = { ...inject('servers'), ...(await createOwnDatabase()) };
    const dir = mkdtempSync(join(tmpdir(), 'interlock-roles-'));
    mkdirSync(join(dir, 'web'));
    writeFileSync(join(dir, 'web', 'index.html'), '<!doctype html><title>Interlock</title>');
    const [apiPort, webPort] = [await freePort('api', 0), await freePort('web', 0)];
    webUrl = `http://127.0.0.1:${webPort}`;
    const start = (roles: string, more: NodeJS.ProcessEnv = {}) => {
      const child = spawn(process.execPath, [join(projectRoot, 'api/main.ts')], {
        cwd: projectRoot,
        stdio: 'ignore',
        env: {
          PATH: process.env.PATH,
          DATABASE_URL: servers.databaseUrl,
          TEMPORAL_ADDRESS: servers.temporalAddress,
          INTERLOCK_TASK_QUEUE: dir,
          INTERLOCK_AUTH_SECRET: testAuthSecret,
          INTERLOCK_VAULT_KEYS_FILE: join(dir, 'keys.json'),
          INTERLOCK_PUBLIC_URL: webUrl,
          INTERLOCK_WEB_DIST: join(dir, 'web'),
          INTERLOCK_ROLES: roles,
          ...more,
        },
      });
      processes.push(child);
    };
    start('api', { INTERLOCK_PORT: String(apiPort) });
    start('web', { INTERLOCK_PORT: String(webPort), INTERLOCK_API_URL: `http://127.0.0.1:${apiPort}` });
    await eventually(async () => (await fetch(`${webUrl}/readyz`)).ok, { timeoutMs: 60_000, everyMs: 100 });
    const workerPort = await freePort('worker', 0);
    start('worker', { INTERLOCK_PORT: String(workerPort) });
    await eventually(async () => (await fetch(`http://127.0.0.1:${workerPort}/readyz`)).ok, {
      timeoutMs: 60_000,
      everyMs: 100,
    });

    const db = openDatabase(servers.databaseUrl);
    const slug = `t-${uuidv7()}`;
    const seeded = await seedIdentity(
      createAuth({ pool: db.authPool, secret: testAuthSecret, publicUrl: webUrl }),
      {
        tenants: [{ slug, name: slug }],
        users: [],
        apiKeys: [{ tenant: slug, name: 'admin', roles: ['tenant_admin'] }],
      },
    );
    key = seeded.apiKeys[0]!.key;
    await db.close();
  });
  afterAll(() => {
    for (const child of processes) child.kill('SIGKILL');
  });

  const call = async (method: string, path: string, body?: unknown) => {
    const response = await fetch(webUrl + path, {
      method,
      headers: {
        authorization: `Bearer ${key}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return { status: response.status, body: await response.json() };
  };

  test('the web server forwards the routes of the API, errors included, so the page has one origin', async () => {
    expect(await (await fetch(`${webUrl}/t/acme/tools`)).text()).toContain('Interlock');
    const tool = await call('POST', '/api/tools', {
      name: 'separate',
      type: 'dummy',
      config: { response: { ok: true } },
    });
    expect(tool.status).toBe(201);
    const execution = await call('POST', `/api/tools/${tool.body.id}/execute`, { payload: {} });
    expect([execution.status, execution.body.output]).toEqual([200, { ok: true }]);
    expect((await call('GET', '/api/nowhere')).body.error.code).toBe('not_found');
    expect((await call('POST', '/api/tools', { name: 'X' })).body.error.issues.length).toBeGreaterThan(0);
  });

  test('each process exits when it is asked to stop', async () => {
    for (const child of processes) child.kill('SIGTERM');
    await eventually(() => processes.every((child) => child.exitCode === 0), { timeoutMs: 30_000 });
  });
});
