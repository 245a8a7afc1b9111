import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildWebServer } from '../../api/web-server.ts';
import { readEnvironment } from '../../shared/platform/server/environment.ts';

describe('the server of the page', () => {
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
      DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none',
      INTERLOCK_AUTH_SECRET: 'a secret for tests, of sufficient length',
      INTERLOCK_WEB_DIST: folder,
    });

  test("every path that is not the API's is the page, never cached", async () => {
    for (const url of ['/', '/t/acme/tools', '/apis']) {
      const answer = await app.inject({ url });
      expect([answer.statusCode, answer.headers['cache-control']], url).toEqual([200, 'no-cache']);
      expect(answer.body).toContain('<title>Interlock</title>');
    }
  });

  test('assets are cached forever; an asset of an earlier build is a 404', async () => {
    const asset = await app.inject({ url: '/assets/main-3f2a.js' });
    expect(asset.headers['cache-control']).toContain('immutable');
    const missing = await app.inject({ url: '/assets/main-gone.js' });
    expect([missing.statusCode, missing.json().error.code]).toEqual([404, 'not_found']);
    for (const url of ['/../package.json', '/assets/%2e%2e/%2e%2e/package.json'])
      expect((await app.inject({ url })).body, url).not.toContain('"dependencies"');
  });

  test('an unavailable API is a 503 in the usual shape of errors', async () => {
    const answer = await app.inject({ url: '/api/tools' });
    expect([answer.statusCode, answer.json().error.code]).toEqual([503, 'unavailable']);
  });

  test('without a build, the error names the command that makes one', async () => {
    await expect(
      buildWebServer(environmentWith('/nowhere'), pino({ level: 'silent' }), 'http://127.0.0.1:1'),
    ).rejects.toThrow('vite build');
  });
});
