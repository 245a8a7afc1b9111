import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildWebServer } from '../../../api/web-server.ts';
import { readServerEnvironment } from '../../../shared/platform/server/environment.ts';
import { createLogger } from '../../../shared/platform/server/logger.ts';

const dist = mkdtempSync(join(tmpdir(), 'interlock-web-'));
let api: Server;
let web: FastifyInstance;

beforeAll(async () => {
  writeFileSync(join(dist, 'index.html'), '<!doctype html><title>Interlock</title>');
  // The API, as far as a proxy sees it: it returns what it got.
  api = createServer(async (request, response) => {
    const body = await text(request);
    response.end(JSON.stringify({ method: request.method, url: request.url, body }));
  }).listen(0, '127.0.0.1');
  await once(api, 'listening');
  const apiUrl = `http://127.0.0.1:${(api.address() as AddressInfo).port}`;
  const environment = readServerEnvironment({ INTERLOCK_ROLES: 'web', INTERLOCK_WEB_DIST: dist });
  web = await buildWebServer(environment, createLogger('silent'), apiUrl);
});
afterAll(async () => {
  await web?.close();
  api?.close();
  rmSync(dist, { recursive: true, force: true });
});

test.each(['/api/tools?limit=1', '/trpc/tools.list', '/hooks/whk_1', '/mcp'])(
  'a separate web process forwards %s to the API, byte for byte',
  async (url) => {
    const payload = '{ "a" : 1.0 }';
    const headers = { 'content-type': 'application/json' };
    const { statusCode, body } = await web.inject({ method: 'POST', url, payload, headers });
    expect([statusCode, JSON.parse(body)]).toEqual([200, { method: 'POST', url, body: payload }]);
  },
);

test('every other path is a page', async () => {
  const { body } = await web.inject({ method: 'GET', url: '/t/acme/tools' });
  expect(body).toContain('<title>Interlock</title>');
});
