import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { freePort } from '../../dev/free-port.ts';
import { projectRoot } from '../../dev/paths.ts';
import { databaseUrlsFrom } from '../../shared/platform/db/logins.ts';
import { eventually } from '../support/eventually.ts';
import { createOwnDatabase } from '../support/own-database.ts';
import {
  cookieOf,
  startTestApi,
  type TestApi,
  type TestTenant,
  testAuthSecret,
} from '../support/test-api.ts';

const token = 'a-token-for-the-scraper';

/** Unlike `fetch`, this names any host. */
function get(url: string, headers: Record<string, string>): Promise<{ status: number; body: string }> {
  return new Promise((resolve, reject) => {
    const sent = request(url, { headers }, (response) => {
      let body = '';
      response.on('data', (chunk) => {
        body += chunk;
      });
      response.on('end', () => resolve({ status: response.statusCode!, body }));
    });
    sent.once('error', reject).end();
  });
}

describe('responses of the API', () => {
  let api: TestApi;
  let acme: TestTenant;

  beforeAll(async () => {
    const webDist = mkdtempSync(join(tmpdir(), 'interlock-web-'));
    mkdirSync(join(webDist, 'assets'));
    writeFileSync(join(webDist, 'index.html'), '<!doctype html>');
    writeFileSync(join(webDist, 'assets', 'main-3f2a.js'), 'export {};');
    api = await startTestApi({
      worker: false,
      webDist,
      env: {
        INTERLOCK_ALLOWED_HOSTS: 'Interlock.example, api.internal:4400',
        INTERLOCK_METRICS_TOKEN: token,
      },
    });
    acme = await api.tenant();
  });
  afterAll(() => api?.close());

  const cacheControlOf = async (path: string, init: RequestInit = {}) => {
    const stop = new AbortController();
    const response = await fetch(api.url + path, { ...init, signal: stop.signal });
    stop.abort();
    return response.headers.get('cache-control');
  };

  test('no response of the API may be stored: REST, tRPC, accounts, streams, errors and health', async () => {
    const key = { authorization: `Bearer ${acme.keys.tenant_admin}` };
    const cookie = cookieOf((await api.signIn(acme.email, acme.password)).headers);
    const stream = { ...key, accept: 'text/event-stream' };
    const cases: [string, RequestInit?][] = [
      ['/api/me', { headers: key }],
      ['/api/me', { headers: { cookie, 'x-tenant': acme.slug } }],
      ['/api/me'],
      ['/api/tools', { headers: key }],
      ['/api/tools', { headers: { ...key, 'content-type': 'application/json' }, method: 'POST', body: '{}' }],
      ['/api/tools', { headers: { ...key, 'content-type': 'application/json' }, method: 'POST', body: '{' }],
      ['/api/tools/nothing', { headers: key }],
      ['/api/nowhere', { headers: key }],
      ['/api/%zz', { headers: key }],
      ['/api/auth/get-session', { headers: { cookie } }],
      ['/api/events/stream', { headers: stream }],
      ['/trpc/me.get', { headers: key }],
      ['/trpc/nothing', { headers: key }],
      ['/trpc/live.events', { headers: stream }],
      ['/healthz'],
      ['/readyz'],
      ['/metrics'],
    ];
    for (const [path, init] of cases)
      expect(await cacheControlOf(path, init), path).toMatch(/(^|, )no-store$/);
    const failed = await api.signIn(acme.email, 'not the password');
    expect([failed.status, failed.headers.get('cache-control')]).toEqual([401, 'no-store']);
  });

  test('pages and assets keep their own caching', async () => {
    expect(await cacheControlOf('/')).toBe('no-cache');
    expect(await cacheControlOf('/assets/main-3f2a.js')).toContain('immutable');
  });

  test('a request for a host that is not ours is refused before anything else, and shows nothing', async () => {
    const key = { authorization: `Bearer ${acme.keys.viewer}` };
    for (const host of [
      'evil.example',
      'evil.example:4400',
      'interlock.example.evil',
      '10.0.0.5',
      'localhost.evil',
    ])
      for (const path of ['/api/me', '/api/nowhere', '/trpc/me.get', '/', '/assets/main-3f2a.js']) {
        const { status, body } = await get(api.url + path, { ...key, host });
        expect([status, JSON.parse(body).error.code], `${host}${path}`).toEqual([400, 'bad_request']);
        expect(body).not.toContain('evil');
      }
    const { port } = new URL(api.url);
    for (const host of [
      'interlock.example',
      'INTERLOCK.example:443',
      'api.internal',
      `127.0.0.1:${port}`,
      'localhost',
      '[::1]:1',
    ])
      expect((await get(`${api.url}/api/me`, { ...key, host })).status, host).toBe(200);
  });

  test('a probe and a scraper may name the address of the process', async () => {
    for (const path of ['/healthz', '/readyz'])
      expect((await get(api.url + path, { host: '10.0.0.5:4400' })).status, path).toBe(200);
    const scraped = await get(`${api.url}/metrics`, {
      host: '10.0.0.5:4400',
      authorization: `Bearer ${token}`,
    });
    expect([scraped.status, scraped.body]).toEqual([200, expect.stringContaining('interlock_process_cpu')]);
  });

  test('metrics with a token are for whoever sends it', async () => {
    const others: Record<string, string>[] = [
      {},
      { authorization: 'Bearer wrong' },
      { authorization: `Bearer ${acme.keys.tenant_admin}` },
    ];
    for (const headers of others) {
      const { status, body } = await api.call(null)('GET', '/metrics', undefined, headers);
      expect([status, body.error.code]).toEqual([401, 'unauthorized']);
    }
  });
});

describe('a process in production', () => {
  let child: ChildProcess;
  let [port, metricsPort] = [0, 0];

  beforeAll(async () => {
    [port, metricsPort] = [await freePort('api', 0), await freePort('metrics', 0)];
    // Its reconciler reads the rows of every tenant.
    const { databaseUrl } = await createOwnDatabase();
    const { temporalAddress } = inject('servers');
    const urls = databaseUrlsFrom(databaseUrl);
    child = spawn(process.execPath, [join(projectRoot, 'api/main.ts')], {
      cwd: projectRoot,
      stdio: 'ignore',
      env: {
        PATH: process.env.PATH,
        NODE_ENV: 'production',
        DATABASE_URL: urls.app,
        INTERLOCK_SYSTEM_DATABASE_URL: urls.system,
        INTERLOCK_AUTH_DATABASE_URL: urls.auth,
        TEMPORAL_ADDRESS: temporalAddress,
        INTERLOCK_TASK_QUEUE: `headers-${port}`,
        INTERLOCK_AUTH_SECRET: testAuthSecret,
        INTERLOCK_VAULT_KEYS: JSON.stringify({
          keys: [{ id: 'test', key: randomBytes(32).toString('base64') }],
        }),
        INTERLOCK_ROLES: 'api,worker',
        INTERLOCK_PORT: String(port),
        INTERLOCK_PUBLIC_URL: 'https://interlock.example',
        INTERLOCK_METRICS_PORT: String(metricsPort),
      },
    });
    await eventually(async () => (await fetch(`http://127.0.0.1:${port}/readyz`)).ok, {
      timeoutMs: 60_000,
      everyMs: 100,
    });
  });
  afterAll(() => {
    child?.kill('SIGKILL');
  });

  test('in production, the main listener serves metrics to no one without a token; a listener of their own does', async () => {
    const refused = await fetch(`http://127.0.0.1:${port}/metrics`);
    expect([refused.status, (await refused.json()).error.code]).toEqual([403, 'forbidden']);
    const own = await get(`http://127.0.0.1:${metricsPort}/metrics`, { host: '10.0.0.5:9100' });
    expect([own.status, own.body]).toEqual([200, expect.stringContaining('route="/readyz"')]);
    expect((await fetch(`http://127.0.0.1:${metricsPort}/api/me`)).status).toBe(404);
  });
});
