import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import { type AddressInfo, createServer as createTcpServer, isIP } from 'node:net';
import { setImmediate } from 'node:timers/promises';
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib';
import { afterEach, expect, test } from 'vitest';
import {
  createEgress,
  type Egress,
  type EgressRequest,
} from '../../../shared/platform/server/egress/egress.ts';
import { EgressError, EgressRefused } from '../../../shared/platform/server/egress/egress-error.ts';
import { assertLiteralAllowed } from '../../../shared/platform/server/egress/guarded-connector.ts';
import { createReservedHosts } from '../../../shared/platform/server/egress/reserved-hosts.ts';
import type { Lookup } from '../../../shared/platform/server/egress/resolver.ts';

const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

interface Loopback {
  port: number;
  url: string;
  connections: () => number;
  requests: IncomingMessage[];
}

async function serve(handler: RequestListener, host = '127.0.0.1'): Promise<Loopback> {
  const requests: IncomingMessage[] = [];
  let connections = 0;
  const server: Server = createServer((request, response) => {
    requests.push(request);
    handler(request, response);
  });
  server.on('connection', () => connections++);
  await new Promise<void>((resolve) => server.listen(0, host, resolve));
  closers.push(
    () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  );
  const { port } = server.address() as AddressInfo;
  return { port, url: `http://${host}:${port}`, connections: () => connections, requests };
}

function egress(options: { resolve?: Lookup } = {}): Egress {
  const made = createEgress(createReservedHosts([]), options);
  closers.push(() => made.close());
  return made;
}

const request = (url: string, more: Partial<EgressRequest> = {}): EgressRequest => ({
  tenantId: 't1',
  caller: null,
  allowedHosts: null,
  privateHosts: [],
  method: 'GET',
  url,
  headers: {},
  signal: AbortSignal.timeout(5000),
  maxResponseBytes: 1_000_000,
  ...more,
});

const failure = async (work: Promise<unknown>): Promise<EgressError> => {
  const error = await work.then(
    () => null,
    (caught: unknown) => caught,
  );
  expect(error).toBeInstanceOf(EgressError);
  return error as EgressError;
};

test.each([
  '127.0.0.1',
  '2130706433',
  '0x7f000001',
  '0x7f.1',
  '0177.0.0.1',
  '127.1',
  '0',
  '[::1]',
  '[::ffff:127.0.0.1]',
  '[::ffff:7f00:1]',
  '[::7f00:1]',
  'localhost',
  'localhost.',
  '127.0.0.1.',
  '169.254.169.254',
])('a private address written as %s gets no connection', async (host) => {
  const v4 = await serve((_request, response) => response.end('leaked'));
  const guarded = egress();
  let sent = 0;
  const error = await failure(
    guarded.request(request(`http://${host}:${v4.port}/`, { onSent: () => sent++ })),
  );
  // Some systems do not resolve "localhost.", which is safe too.
  if (host !== 'localhost.') expect(error).toBeInstanceOf(EgressRefused);
  expect(error.sent).toBe('before');
  expect([v4.connections(), sent]).toEqual([0, 0]);
});

test('a private address is reached only through its listed host and port', async () => {
  const server = await serve((_request, response) => response.end('ok'));
  const guarded = egress();
  const listed = { privateHosts: [`127.0.0.1:${server.port}`] };
  expect((await guarded.request(request(server.url, listed))).body.toString()).toBe('ok');
  await failure(guarded.request(request(`http://localhost:${server.port}`, listed)));
  await failure(guarded.request(request(server.url, { privateHosts: [`127.0.0.1:${server.port + 1}`] })));
  await failure(guarded.request(request(server.url, { privateHosts: ['127.0.0.1'] })));
  expect(server.connections()).toBe(1);
});

test('a name that resolves to a private address gets no connection', async () => {
  const server = await serve((_request, response) => response.end('leaked'));
  const lookups = [
    [{ address: '127.0.0.1', family: 4 }],
    [
      { address: '93.184.216.34', family: 4 },
      { address: '127.0.0.1', family: 4 },
    ],
    [{ address: '::ffff:127.0.0.1', family: 6 }],
  ];
  const guarded = egress({ resolve: async () => lookups.shift()! });
  while (lookups.length > 0) {
    const error = await failure(guarded.request(request(`http://rebind.example:${server.port}/`)));
    expect(error).toBeInstanceOf(EgressRefused);
  }
  expect(server.connections()).toBe(0);
});

test('the connection goes to the checked address, without a second lookup', async () => {
  const server = await serve((_request, response) => response.end('ok'));
  let lookups = 0;
  const guarded = egress({
    resolve: async () => {
      lookups++;
      return [{ address: '127.0.0.1', family: 4 }];
    },
  });
  const listed = { privateHosts: [`pay.internal:${server.port}`] };
  await guarded.request(request(`http://pay.internal:${server.port}/`, listed));
  await setImmediate();
  await guarded.request(request(`http://pay.internal:${server.port}/`, listed));
  expect([lookups, server.connections(), server.requests[0]!.headers.host]).toEqual([
    1,
    1,
    `pay.internal:${server.port}`,
  ]);
});

const neverReached = ['169.254.169.254', '168.63.129.16', '100.100.100.200', 'fe80::1', '::ffff:a9fe:a9fe'];

test.each(neverReached)('listing %s does not make it reachable', (address) => {
  const host = address.includes(':') ? `[${address}]` : address;
  const allowed = () =>
    assertLiteralAllowed(new URL(`http://${host}/`), {
      privateHosts: [`${host}:80`],
      reserved: createReservedHosts([]),
    });
  expect(allowed).toThrow(EgressRefused);
  expect(allowed).toThrow('link-local or metadata');
});

test.each(neverReached)('a listed name does not lead to %s', async (address) => {
  const guarded = egress({ resolve: async () => [{ address, family: isIP(address) }] });
  const listed = { privateHosts: ['pay.internal:80'] };
  const error = await failure(guarded.request(request('http://pay.internal/', listed)));
  expect(error).toBeInstanceOf(EgressRefused);
  expect(error.message).toContain('link-local or metadata');
});

test('tenants do not share connections', async () => {
  const server = await serve((_request, response) => response.end('ok'));
  const guarded = egress();
  const listed = { privateHosts: [`127.0.0.1:${server.port}`] };
  for (const tenantId of ['t1', 't1', 't2', 't1']) {
    await guarded.request(request(server.url, { ...listed, tenantId }));
    await setImmediate();
  }
  expect(server.connections()).toBe(2);
});

test('removing a private host ends its open connections too', async () => {
  const server = await serve((_request, response) => response.end('ok'));
  const guarded = egress();
  await guarded.request(request(server.url, { privateHosts: [`127.0.0.1:${server.port}`] }));
  await failure(guarded.request(request(server.url)));
  expect(server.requests).toHaveLength(1);
});

const body = Buffer.from('decoded '.repeat(100));
test.each([
  ['gzip', gzipSync(body)],
  ['br', brotliCompressSync(body)],
  ['deflate', deflateSync(body)],
  ['deflate', deflateRawSync(body)],
  ['zstd', zstdCompressSync(body)],
  ['gzip, br', brotliCompressSync(gzipSync(body))],
  ['identity', body],
])('a response in %s is decoded', async (encoding, encoded) => {
  const server = await serve((_request, response) =>
    response.writeHead(200, { 'content-encoding': encoding }).end(encoded),
  );
  const response = await egress().request(
    request(server.url, { privateHosts: [`127.0.0.1:${server.port}`] }),
  );
  expect(response.body.equals(body)).toBe(true);
});

test.each([
  ['gzip', (bomb: Buffer) => gzipSync(bomb)],
  ['br', (bomb: Buffer) => brotliCompressSync(bomb)],
  ['deflate', (bomb: Buffer) => deflateSync(bomb)],
  ['zstd', (bomb: Buffer) => zstdCompressSync(bomb)],
  ['gzip, gzip', (bomb: Buffer) => gzipSync(gzipSync(bomb))],
])('a bomb in %s stops at the size limit and uses little memory', async (encoding, encode) => {
  const encoded = encode(Buffer.alloc(100_000_000));
  const server = await serve((_request, response) =>
    response.writeHead(200, { 'content-encoding': encoding }).end(encoded),
  );
  const guarded = egress();
  const before = process.memoryUsage().rss;
  const listed = { privateHosts: [`127.0.0.1:${server.port}`], maxResponseBytes: 100_000 };
  const error = await failure(guarded.request(request(server.url, listed)));
  expect([error.kind, error.sent, error.status]).toEqual(['too_large', 'responded', 200]);
  expect(process.memoryUsage().rss - before).toBeLessThan(40_000_000);
});

test('a plain body stops at the size limit, with and without a content length', async () => {
  const server = await serve((incoming, response) => {
    if (incoming.url === '/announced') response.writeHead(200, { 'content-length': 50_000 });
    response.write(Buffer.alloc(25_000));
    response.end(Buffer.alloc(25_000));
  });
  const guarded = egress();
  const listed = { privateHosts: [`127.0.0.1:${server.port}`], maxResponseBytes: 30_000 };
  for (const path of ['/announced', '/chunked']) {
    expect((await failure(guarded.request(request(server.url + path, listed)))).kind).toBe('too_large');
  }
});

test('an invalid or unknown encoding is an error', async () => {
  const server = await serve((incoming, response) =>
    response.writeHead(200, { 'content-encoding': incoming.url!.slice(1) }).end('this is not encoded'),
  );
  const guarded = egress();
  const listed = { privateHosts: [`127.0.0.1:${server.port}`] };
  for (const encoding of ['gzip', 'br', 'zstd', 'deflate', 'compress', 'constructor']) {
    expect(
      (await failure(guarded.request(request(`${server.url}/${encoding}`, listed)))).kind,
      encoding,
    ).toBe('undecodable');
  }
});

test('redirects are not followed by default', async () => {
  const server = await serve((incoming, response) =>
    incoming.url === '/a' ? response.writeHead(302, { location: '/b' }).end() : response.end('arrived'),
  );
  const guarded = egress();
  const listed = { privateHosts: [`127.0.0.1:${server.port}`] };
  expect((await guarded.request(request(`${server.url}/a`, listed))).status).toBe(302);
  const followed = await guarded.request(request(`${server.url}/a`, { ...listed, followRedirects: true }));
  expect([followed.body.toString(), followed.url]).toEqual(['arrived', `${server.url}/b`]);
});

test('a redirect to another host, public or private, gets no connection', async () => {
  const secret = await serve((_request, response) => response.end('leaked'));
  const targets = [
    secret.url,
    `http://localhost:${secret.port}`,
    'http://169.254.169.254/',
    'https://evil.example/',
    'file:///etc/passwd',
  ];
  const server = await serve((incoming, response) =>
    response.writeHead(302, { location: targets[Number(incoming.url!.slice(1))]! }).end(),
  );
  const guarded = egress();
  const more = {
    privateHosts: [`127.0.0.1:${server.port}`, `127.0.0.1:${secret.port}`],
    followRedirects: true,
  };
  for (const index of targets.keys()) {
    const error = await failure(guarded.request(request(`${server.url}/${index}`, more)));
    expect([error.kind, error.sent]).toEqual(['refused', 'responded']);
  }
  expect(secret.connections()).toBe(0);
});

test('a redirect loop ends after five redirects', async () => {
  const server = await serve((_request, response) => response.writeHead(307, { location: '/' }).end());
  const more = { privateHosts: [`127.0.0.1:${server.port}`], followRedirects: true };
  expect((await failure(egress().request(request(server.url, more)))).message).toContain('more than 5');
  expect(server.requests).toHaveLength(6);
});

test('303 turns a POST into a GET without its body', async () => {
  const server = await serve((incoming, response) =>
    incoming.url === '/done'
      ? response.end(incoming.method)
      : response.writeHead(303, { location: '/done' }).end(),
  );
  const more = {
    privateHosts: [`127.0.0.1:${server.port}`],
    followRedirects: true,
    method: 'POST',
    body: '{}',
    headers: { 'content-type': 'application/json' },
  };
  expect((await egress().request(request(server.url, more))).body.toString()).toBe('GET');
  expect(server.requests[1]!.headers['content-type']).toBeUndefined();
});

test('a slow or silent response ends at the timeout', async () => {
  const server = await serve((incoming, response) => {
    if (incoming.url === '/silent') return;
    const gzip = incoming.url === '/gzip';
    response.writeHead(200, gzip ? { 'content-encoding': 'gzip' } : {});
    const encoded = gzipSync(Buffer.alloc(10_000, 'x'));
    let at = 0;
    const timer = setInterval(() => response.write(gzip ? encoded.subarray(at, ++at) : '.'), 20);
    response.on('close', () => clearInterval(timer));
  });
  const guarded = egress();
  for (const path of ['/silent', '/plain', '/gzip']) {
    const started = performance.now();
    const more = { privateHosts: [`127.0.0.1:${server.port}`], signal: AbortSignal.timeout(300) };
    const error = await failure(guarded.request(request(server.url + path, more)));
    expect([error.kind, error.sent]).toEqual(['aborted', 'unknown']);
    expect(performance.now() - started).toBeLessThan(10_000);
  }
});

test('a resolver that never responds ends at the timeout, with nothing sent', async () => {
  const guarded = egress({ resolve: () => new Promise(() => {}) });
  const error = await failure(
    guarded.request(request('http://slow.example/', { signal: AbortSignal.timeout(100) })),
  );
  expect([error.kind, error.sent]).toEqual(['aborted', 'before']);
});

test('a failure before sending says that nothing was sent', async () => {
  const closed = await serve(() => {});
  const listed = { privateHosts: [`127.0.0.1:${closed.port}`] };
  await closers.pop()!();
  expect(await failure(egress().request(request(closed.url, listed)))).toMatchObject({
    kind: 'unreachable',
    sent: 'before',
  });
  const unknown = egress({
    resolve: async () => Promise.reject(Object.assign(new Error('no'), { code: 'ENOTFOUND' })),
  });
  const error = await failure(unknown.request(request('http://nowhere.example/')));
  expect(error).toMatchObject({
    kind: 'unreachable',
    sent: 'before',
    message: 'The host name does not resolve (nowhere.example:80)',
  });
  const plain = await serve((_request, response) => response.end());
  const tls = await failure(
    egress().request(
      request(`https://127.0.0.1:${plain.port}/`, { privateHosts: [`127.0.0.1:${plain.port}`] }),
    ),
  );
  expect(tls).toMatchObject({ kind: 'unreachable', sent: 'before' });
  expect(await failure(egress().request(request('ftp://a.example/')))).toMatchObject({ kind: 'refused' });
  expect(await failure(egress().request(request('http://user:pw@a.example/')))).toMatchObject({
    kind: 'refused',
  });
});

test('a connection that ends after the request was written leaves the outcome unknown', async () => {
  const server = await serve((incoming, response) => {
    if (incoming.url === '/reset') return response.socket!.destroy();
    response.writeHead(200, { 'content-length': 100 }).write('half');
    setTimeout(() => response.socket!.destroy(), 20);
  });
  const guarded = egress();
  for (const path of ['/reset', '/half']) {
    let sent = 0;
    const more = {
      privateHosts: [`127.0.0.1:${server.port}`],
      method: 'POST',
      body: '{}',
      onSent: () => sent++,
    };
    const error = await failure(guarded.request(request(server.url + path, more)));
    expect([error.kind, error.sent, sent]).toEqual(['broken', 'unknown', 1]);
  }
  expect(server.requests).toHaveLength(2);
});

test('a response that is not HTTP is an error', async () => {
  const server = createTcpServer((socket) => {
    socket.on('error', () => {}).resume();
    socket.end('SSH-2.0-OpenSSH\r\n');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closers.push(() => new Promise((resolve) => server.close(() => resolve())));
  const { port } = server.address() as AddressInfo;
  const error = await failure(
    egress().request(request(`http://127.0.0.1:${port}/`, { privateHosts: [`127.0.0.1:${port}`] })),
  );
  expect(error.kind).toBe('broken');
});
