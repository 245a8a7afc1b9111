import { afterEach, describe, expect, test } from 'vitest';
import { allowedHostText, readAllowedHost } from '../../../shared/egress/host-text.ts';
import { type AllowedHost, isAllowed, normalHost } from '../../../shared/platform/egress-rules.ts';
import { closeAll, egress, failure, request, serve } from '../../support/guarded-egress.ts';

afterEach(closeAll);

describe('the list of hosts', () => {
  const may = (hosts: AllowedHost[], url: string, method = 'GET') =>
    isAllowed(hosts, { method, url: new URL(url) });

  test('a name covers itself, and a wildcard every name below a domain, but not the domain', () => {
    const hosts = [{ host: 'api.example.com' }, { host: '*.pay.example' }];
    for (const url of [
      'https://api.example.com/x',
      'https://API.example.com.',
      'http://a.pay.example:8080',
      'https://a.b.pay.example',
    ])
      expect(may(hosts, url), url).toBe(true);
    for (const url of [
      'https://example.com',
      'https://x.api.example.com',
      'https://pay.example',
      'https://notpay.example',
      'https://api.example.com.evil.example',
      'https://api.example.com@evil.example',
      'https://127.0.0.1',
    ])
      expect(may(hosts, url), url).toBe(false);
    expect(may([], 'https://api.example.com')).toBe(false);
  });

  test('ports and methods restrict an entry, and another entry may allow more', () => {
    const hosts: AllowedHost[] = [
      { host: 'a.example', ports: [443, 8443], methods: ['GET'] },
      { host: '*.example', ports: [9000] },
    ];
    expect(may(hosts, 'https://a.example')).toBe(true);
    expect(may(hosts, 'https://a.example:8443', 'get')).toBe(true);
    expect(may(hosts, 'https://a.example', 'POST')).toBe(false);
    expect(may(hosts, 'http://a.example')).toBe(false);
    expect(may(hosts, 'http://a.example:9000', 'POST')).toBe(true);
  });

  test.each([
    ['API.Example.com', 'api.example.com'],
    ['bücher.example', 'xn--bcher-kva.example'],
    ['*.Example.com.', '*.example.com'],
    ['127.1', '127.0.0.1'],
    ['[::1]', '[::1]'],
    ['*', null],
    ['*.com', null],
    ['a.*.example', null],
    ['*.127.0.0.1', null],
    ['https://a.example', null],
    ['a.example/path', null],
    ['a.example:443', null],
    ['user@a.example', null],
    ['', null],
  ])('%j is normally written %j', (text, normal) => {
    expect(normalHost(text)).toBe(normal);
  });

  test('a host is read as it is shown', () => {
    for (const text of ['api.example.com', '*.example.com:443', '[::1]:80,8080 GET,POST', 'a.example DELETE'])
      expect(readAllowedHost(text), text).toSatisfy(
        (read: AllowedHost | string) => typeof read !== 'string' && allowedHostText(read) === text,
      );
    expect(readAllowedHost('a.example get, post')).toEqual({ host: 'a.example', methods: ['GET', 'POST'] });
    for (const text of [
      '',
      'https://a.example',
      'a.example:0',
      'a.example:99999',
      'a.example FETCH',
      '*.com',
    ])
      expect(readAllowedHost(text), text).toBeTypeOf('string');
  });
});

describe('a request', () => {
  test('that is not on the list opens no connection, and says who may change the list', async () => {
    const server = await serve((_request, response) => response.end('reached'));
    const guarded = egress();
    const error = await failure(
      guarded.request(request(server.url, { allowedHosts: [{ host: 'api.example.com' }] })),
    );
    expect(error).toMatchObject({ kind: 'refused', code: 'denied', sent: 'before', reason: 'not_allowed' });
    expect(error.message).toContain(`GET ${server.hostPort} is not on the list of hosts`);
    expect(error.message).toContain('A tenant admin can add it');
    expect(server.all.size).toBe(0);
    expect(guarded.reached).toEqual([
      {
        tenantId: 't1',
        caller: { type: 'tool', id: 'tool-1' },
        method: 'GET',
        host: '127.0.0.1',
        port: server.port,
        outcome: 'not_allowed',
      },
    ]);
  });

  test('on the list still has to be public or a listed private address', async () => {
    const server = await serve((_request, response) => response.end('reached'));
    const allowedHosts = [{ host: '127.0.0.1' }];
    const guarded = egress();
    expect((await guarded.request(request(server.url, { allowedHosts }))).body.toString()).toBe('reached');
    const error = await failure(guarded.request(request(server.url, { allowedHosts, privateHosts: [] })));
    expect(error).toMatchObject({ reason: 'address' });
  });

  test('is refused on a connection that is open, from the moment that the list is another', async () => {
    const server = await serve((_request, response) => response.end('reached'));
    const guarded = egress();
    await guarded.request(request(server.url));
    expect(server.open.size).toBe(1);
    await failure(guarded.request(request(server.url, { allowedHosts: [] })));
    expect(server.requests).toHaveLength(1);
    await guarded.request(request(server.url, { allowedHosts: [{ host: '127.0.0.1' }] }));
    expect(server.requests).toHaveLength(2);
    expect(guarded.reached.map(({ outcome }) => outcome)).toEqual(['reached', 'not_allowed', 'reached']);
  });

  test('is checked again at a redirect: its method may be another', async () => {
    const server = await serve((received, response) => {
      if (received.method === 'POST') response.writeHead(303, { location: '/result' }).end();
      else response.end('result');
    });
    const guarded = egress();
    const post = { method: 'POST', body: 'x', followRedirects: true };
    const allowed = { allowedHosts: [{ host: '127.0.0.1', methods: ['POST' as const] }] };
    const error = await failure(guarded.request(request(server.url, { ...post, ...allowed })));
    expect(error).toMatchObject({ reason: 'not_allowed', sent: 'responded' });
    expect(server.requests).toHaveLength(1);
    expect(guarded.reached.map(({ method, outcome }) => [method, outcome])).toEqual([
      ['POST', 'reached'],
      ['GET', 'not_allowed'],
    ]);
  });

  test('of the deployment itself is not counted, and one that was withheld is none', async () => {
    const server = await serve((_request, response) => response.end('reached'));
    const guarded = egress();
    await guarded.request(request(server.url, { caller: null }));
    await failure(guarded.request(request(server.url, { maySend: () => false })));
    expect(guarded.reached).toEqual([]);
  });
});

test('requests to one host share a bounded number of connections, which close when they are idle', async () => {
  const held: (() => void)[] = [];
  const server = await serve((_request, response) => held.push(() => response.end('done')));
  const guarded = egress({ idleMs: 500 });
  const work = Array.from({ length: 140 }, () => guarded.request(request(server.url)));
  // The rest waits for a connection.
  await expect.poll(() => held.length, { timeout: 20_000 }).toBe(128);
  for (const end of held.splice(0)) end();
  await expect.poll(() => held.length, { timeout: 20_000 }).toBe(12);
  for (const end of held.splice(0)) end();
  await Promise.all(work);
  expect(server.all.size).toBe(128);
  await expect.poll(() => server.open.size, { timeout: 20_000 }).toBe(0);
});
