import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import fastify, { type FastifyInstance } from 'fastify';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { sendError } from '../../../api/rest/rest-bridge.ts';
import { registerApiProxy } from '../../../api/web-proxy.ts';

/** An API that gets a request and ends before it responds. */
let dying: Server;
const proxies: FastifyInstance[] = [];
beforeAll(async () => {
  dying = createServer((request) => request.on('end', () => request.socket.destroy()).resume());
  await new Promise<void>((resolve) => dying.listen(0, '127.0.0.1', resolve));
});
afterAll(async () => {
  await Promise.all(proxies.map((proxy) => proxy.close()));
  dying.close();
});

async function responseOf(apiUrl: string, method: 'GET' | 'POST') {
  const proxy = fastify({ forceCloseConnections: true });
  proxies.push(proxy);
  proxy.setErrorHandler((error, request, reply) => sendError(error, request, reply));
  await proxy.register(async (scope) => registerApiProxy(scope, apiUrl));
  const url = await proxy.listen({ host: '127.0.0.1', port: 0 });
  const response = await fetch(`${url}/api/tools`, {
    method,
    ...(method === 'POST' && { body: ' '.repeat(500_000) }),
  });
  const { error } = await response.json();
  return [response.status, error.code, error.message.split('.')[0], error.details];
}

test('a change whose response was lost is not said to have changed nothing', async () => {
  const url = `http://127.0.0.1:${(dying.address() as AddressInfo).port}`;
  expect(await responseOf(url, 'POST')).toEqual([
    503,
    'unavailable',
    'The outcome of this request is not known; repeat it with the same Idempotency-Key',
    { outcome: 'unknown' },
  ]);
  expect(await responseOf(url, 'GET')).toEqual([503, 'unavailable', 'The API is unavailable', undefined]);
});

test('a change that was never sent may be repeated', async () => {
  expect(await responseOf('http://127.0.0.1:1', 'POST')).toEqual([
    503,
    'unavailable',
    'The API is unavailable',
    undefined,
  ]);
});
