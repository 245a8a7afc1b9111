import { createServer, type Server } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { freePort } from '../../../dev/free-port.ts';

const servers: Server[] = [];
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => new Promise((resolve) => server.close(resolve))));
});

function listen(host: string): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen({ host, port: 0 }, () =>
      resolve((server.address() as { port: number }).port),
    );
    servers.push(server);
  });
}

test('the preferred port is taken when it is free', async () => {
  const free = await freePort('a', 0);
  expect(await freePort('a', free)).toBe(free);
});

test('a taken port is answered by another one, said aloud', async () => {
  const taken = await listen('127.0.0.1');
  const said: string[] = [];
  const port = await freePort('the demo services', taken, { log: (line) => said.push(line) });
  expect(port).not.toBe(taken);
  expect(said).toEqual([`Port ${taken} is taken: the demo services uses ${port} instead.`]);
});

test('a server on all addresses or on ::1 alone takes the port too', async () => {
  for (const host of ['0.0.0.0', '::1']) {
    const taken = await listen(host);
    expect(await freePort('a', taken)).not.toBe(taken);
  }
});

test('two that are chosen before either is opened differ', async () => {
  const taken = new Set<number>();
  const preferred = await freePort('a', 0);
  const ports = [await freePort('a', preferred, { taken }), await freePort('b', preferred, { taken })];
  expect(new Set(ports).size).toBe(2);
});
