import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildWebServer } from '../../api/web-server.ts';
import { readEnvironment } from '../../shared/platform/server/environment.ts';

describe('the web server', () => {
  let app: FastifyInstance;
  let dist: string;

  beforeAll(async () => {
    dist = mkdtempSync(join(tmpdir(), 'interlock-web-'));
    mkdirSync(join(dist, 'assets'));
    writeFileSync(join(dist, 'index.html'), '<!doctype html><title>Interlock</title>');
    writeFileSync(join(dist, 'assets', 'main-3f2a.js'), 'export {};');
    app = await buildWebServer(environmentWith(dist), pino({ level: 'silent' }), 'http://127.0.0.1:1');
  });
  afterAll(() => app.close());

  const environmentWith = (folder: string) =>
    readEnvironment({
      DATABASE_URL: 'postgres://none_app_login@127.0.0.1:1/none',
      INTERLOCK_AUTH_SECRET: 'a secret for tests, of sufficient length',
      INTERLOCK_WEB_DIST: folder,
    });

  test('the web server serves the page for every path outside the API, without caching', async () => {
    for (const url of ['/', '/t/acme/tools', '/apis']) {
      const response = await app.inject({ url });
      expect([response.statusCode, response.headers['cache-control']], url).toEqual([200, 'no-cache']);
      expect(response.body).toContain('<title>Interlock</title>');
    }
  });

  test('the web server caches assets forever, and returns 404 for an asset of an earlier build', async () => {
    const asset = await app.inject({ url: '/assets/main-3f2a.js' });
    expect(asset.headers['cache-control']).toContain('immutable');
    const missing = await app.inject({ url: '/assets/main-gone.js' });
    expect([missing.statusCode, missing.json().error.code]).toEqual([404, 'not_found']);
    for (const url of ['/../package.json', '/assets/%2e%2e/%2e%2e/package.json'])
      expect((await app.inject({ url })).body, url).not.toContain('"dependencies"');
  });

  test('the web server returns 503 in the usual error shape when the API is unavailable', async () => {
    const response = await app.inject({ url: '/api/tools' });
    expect([response.statusCode, response.json().error.code]).toEqual([503, 'unavailable']);
  });

  test('without a build, the web server names the build command', async () => {
    await expect(
      buildWebServer(environmentWith('/nowhere'), pino({ level: 'silent' }), 'http://127.0.0.1:1'),
    ).rejects.toThrow('vite build');
  });
});
