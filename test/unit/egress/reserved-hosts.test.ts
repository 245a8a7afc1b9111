import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { networkInterfaces } from 'node:os';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createEgress, type Egress } from '../../../shared/platform/server/egress/egress.ts';
import { EgressRefused } from '../../../shared/platform/server/egress/egress-error.ts';
import { createReservedHosts, type Endpoint } from '../../../shared/platform/server/egress/reserved-hosts.ts';
import type { Lookup } from '../../../shared/platform/server/egress/resolver.ts';

let port: number;
let connections: number;
let close: () => Promise<void>;
const open: Egress[] = [];

/** A server of ours, on every address of this machine. */
beforeEach(async () => {
  connections = 0;
  const server = createServer((_request, response) => response.end('ours'));
  server.on('connection', () => connections++);
  await new Promise<void>((resolve) => server.listen(0, '::', resolve));
  port = (server.address() as AddressInfo).port;
  close = () =>
    new Promise((resolve) => {
      server.closeAllConnections();
      server.close(() => resolve());
    });
});
afterEach(async () => {
  await Promise.all(open.splice(0).map((egress) => egress.close()));
  await close();
});

const addresses = (table: Record<string, string[]>): Lookup => {
  return async (name) => {
    const found = table[name];
    if (!found) throw Object.assign(new Error('no such name'), { code: 'ENOTFOUND' });
    return found.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));
  };
};

/** Calls a host that the tenant lists. @returns the body, or the error */
async function reach(
  host: string,
  reserved: Endpoint[],
  { targets, names }: { targets?: Lookup; names?: Lookup } = {},
): Promise<string | Error> {
  const egress = createEgress(createReservedHosts(reserved, names), targets ? { resolve: targets } : {});
  open.push(egress);
  const { host: hostPort, href } = new URL(`http://${host}:${port}/`);
  return egress
    .request({
      tenantId: 't1',
      caller: null,
      allowedHosts: null,
      privateHosts: [hostPort],
      method: 'GET',
      url: href,
      headers: {},
      signal: AbortSignal.timeout(5_000),
      maxResponseBytes: 1_000,
    })
    .then(
      ({ body }) => body.toString(),
      (error: Error) => error,
    );
}

const own = Object.values(networkInterfaces())
  .flatMap((each) => each ?? [])
  .filter(({ address }) => !address.startsWith('fe80'))
  .map(({ address, family }) => (family === 'IPv6' ? `[${address}]` : address));
const aliases = [
  '127.0.0.1',
  '127.8.9.10',
  '2130706433',
  '0x7f.1',
  '0.0.0.0',
  '[::]',
  '[::1]',
  '[::ffff:127.0.0.1]',
  '[::7f00:1]',
  'localhost',
  'api.localhost',
  ...own,
];

test.each(aliases)('%s, though listed, does not lead to a reserved host of this machine', async (alias) => {
  for (const host of ['127.0.0.1', '0.0.0.0', '::1', 'localhost']) {
    const result = await reach(alias, [{ host, port }]);
    expect(result, host).toBeInstanceOf(EgressRefused);
    expect((result as Error).message).toContain('belongs to Interlock itself');
  }
  expect(connections).toBe(0);
});

test('a listed host beside a reserved one is reached', async () => {
  expect(await reach('127.0.0.1', [{ host: '127.0.0.1', port: port + 1 }])).toBe('ours');
  expect(await reach('127.0.0.1', [{ host: '10.9.8.7', port }])).toBe('ours');
});

test('a name that resolves to a reserved host, now or after a rebinding, gets no connection', async () => {
  const answers = [['127.0.0.1'], ['10.9.8.7', '127.0.0.1'], ['::ffff:127.0.0.1'], ['0.0.0.0']];
  while (answers.length > 0) {
    const targets = addresses({ 'pay.internal': answers.shift()! });
    expect(await reach('pay.internal', [{ host: '127.0.0.1', port }], { targets })).toBeInstanceOf(
      EgressRefused,
    );
  }
  expect(connections).toBe(0);
});

test('a reserved name keeps its addresses from being reached by number', async () => {
  const reserved = [{ host: 'db.internal', port }];
  const names = addresses({ 'db.internal': ['10.9.8.7', '127.0.0.1'] });
  expect(await reach('127.0.0.1', reserved, { names })).toBeInstanceOf(EgressRefused);
  expect(await reach('127.9.9.9', reserved, { names })).toBeInstanceOf(EgressRefused);
  // A name that does not resolve now may be any private address.
  expect(await reach('127.0.0.1', reserved, { names: addresses({}) })).toBeInstanceOf(EgressRefused);
  expect(await reach('127.0.0.1', reserved, { names: addresses({ 'db.internal': ['10.9.8.7'] }) })).toBe(
    'ours',
  );
  expect(connections).toBe(1);
});

test('a site that shares the public address of a reserved one is not refused, nor looked up', async () => {
  let lookups = 0;
  const names = addresses({ 'temporal.example': ['93.184.216.34'], 'inside.example': ['10.0.0.9'] });
  const reserved = createReservedHosts(
    [443, 5432].flatMap((each) =>
      ['temporal.example', 'inside.example'].map((host) => ({ host, port: each })),
    ),
    (name) => {
      lookups++;
      return names(name);
    },
  );
  expect(await reserved.includesAny(['93.184.216.34'], 443)).toBe(false);
  expect(lookups).toBe(0);
  expect(await reserved.includesAny(['10.0.0.9'], 443)).toBe(true);
  expect(await reserved.includesAny(['93.184.216.34'], 5432)).toBe(true);
  expect(reserved.includes({ host: 'Temporal.example.', port: 443 })).toBe(true);
});
