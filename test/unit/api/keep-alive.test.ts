import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import { keepAlive } from '../../../api/live/keep-alive.ts';

let server: WebSocketServer;
beforeAll(async () => {
  server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
  server.on('connection', (socket) => keepAlive(socket, 50));
  await once(server, 'listening');
});
afterAll(() => new Promise((resolve) => server.close(resolve)));

const connect = (autoPong: boolean) =>
  new WebSocket(`ws://127.0.0.1:${(server.address() as AddressInfo).port}`, { autoPong });

test('a client that does not respond to a ping is dropped, and one that does stays', async () => {
  const [alive, dead] = [connect(true), connect(false)];
  let pings = 0;
  alive.on('ping', () => {
    pings += 1;
  });
  const [code] = await once(dead, 'close');
  expect(code).toBe(1006);
  while (pings < 5) await once(alive, 'ping');
  expect(alive.readyState).toBe(WebSocket.OPEN);
  alive.close();
  await once(alive, 'close');
});
