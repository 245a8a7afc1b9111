import { createServer, type Server } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { freePort } from '../../../dev/free-port.ts';

const servers: Server[] = [];
const close = (server: Server) => new Promise((resolve) => server.close(resolve));
afterEach(async () => {
  await Promise.all(servers.splice(0).map(close));
});

function listen(host: string): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen({ host, port: 0 }, () =>
      resolve((server.address() as { port: number }).port),
    );
    servers.push(server);
  });
}

/** A port that is not in use. */
async function unusedPort(): Promise<number> {
  const port = await listen('127.0.0.1');
  await close(servers.pop()!);
  return port;
}

test('the preferred port is chosen when it is free', async () => {
  const free = await unusedPort();
  expect(await freePort('a', free)).toBe(free);
});

test('if a port is in use, another is chosen and logged', async () => {
  const taken = await listen('127.0.0.1');
  const logged: string[] = [];
  const port = await freePort('the demo services', taken, { log: (line) => logged.push(line) });
  expect(port).not.toBe(taken);
  expect(logged).toEqual([`Port ${taken} is in use, so the demo services uses ${port}.`]);
});

test('a port is in use if a server listens on all addresses or on ::1 alone', async () => {
  for (const host of ['0.0.0.0', '::1']) {
    const taken = await listen(host);
    expect(await freePort('a', taken)).not.toBe(taken);
  }
});

test('two ports that are chosen before either is opened differ', async () => {
  const preferred = await unusedPort();
  const ports = [await freePort('a', preferred), await freePort('b', preferred)];
  expect(new Set(ports).size).toBe(2);
});
