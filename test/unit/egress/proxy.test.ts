import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { afterEach, describe, expect, test } from 'vitest';
import { makeAuthority } from '../../support/certificates.ts';
import { type ConnectProxy, proxyPassword, startConnectProxy } from '../../support/connect-proxy.ts';
import { closeAll, closeLater, egress, failure, request, serve } from '../../support/guarded-egress.ts';

afterEach(closeAll);

async function proxyFor(names?: Record<string, string>): Promise<ConnectProxy> {
  const proxy = await startConnectProxy(names);
  closeLater(proxy.close);
  return proxy;
}

const through = ({ url }: Pick<ConnectProxy, 'url'>, target: 'address' | 'name' = 'address') => ({
  proxy: { url, target },
});
const atLoopback = async () => [{ address: '127.0.0.1', family: 4 }];

describe('a deployment with a forward proxy', () => {
  test('every connection is a tunnel through it, for HTTP and HTTPS', async () => {
    const authority = makeAuthority('proxy-test');
    const identity = { name: 'c1', ...authority.issue('client'), passphrase: undefined };
    const plain = await serve((_request, response) => response.end('plain'));
    const secure = await serve((_request, response) => response.end('secure'), authority.issue('server'));
    const proxy = await proxyFor();
    const guarded = egress(through(proxy));
    const bodies = [
      await guarded.request(request(plain.url, { method: 'POST', body: 'sent' })),
      await guarded.request(
        request(secure.url, { clientCertificate: { ...identity, ca: authority.certificate } }),
      ),
    ].map(({ body }) => body.toString());
    expect(bodies).toEqual(['plain', 'secure']);
    expect(proxy.asked).toEqual([plain.hostPort, secure.hostPort]);
    for (const port of [...plain.all, ...secure.all]) expect(proxy.ports).toContain(port);
    // A tunnel is kept like any connection.
    await guarded.request(request(plain.url));
    expect(proxy.asked).toHaveLength(2);
    // What the proxy is told stays with it.
    expect(plain.requests[0]!.headers).not.toHaveProperty('proxy-authorization');
  });

  test('the proxy may speak TLS, with a certificate that the process trusts', async () => {
    const authority = makeAuthority('tls-proxy-test');
    const server = authority.issue('server');
    const proxy = await startConnectProxy({}, server);
    closeLater(proxy.close);
    const identity = { name: 'c1', ...authority.issue('client'), passphrase: undefined };
    const clientCertificate = { ...identity, ca: authority.certificate };
    const [plain, secure] = [
      await serve((_request, response) => response.end('plain')),
      await serve((_request, response) => response.end('secure'), server),
    ];
    const untrusted = await failure(egress(through(proxy)).request(request(plain.url)));
    expect(untrusted).toMatchObject({ kind: 'unreachable', sent: 'before' });
    expect(proxy.asked).toEqual([]);
    const known = getCACertificates('default');
    setDefaultCACertificates([...known, authority.certificate]);
    closeLater(async () => setDefaultCACertificates(known));
    const guarded = egress(through(proxy));
    const bodies = [
      await guarded.request(request(plain.url)),
      await guarded.request(request(secure.url, { clientCertificate })),
    ].map(({ body }) => body.toString());
    expect(bodies).toEqual(['plain', 'secure']);
    expect(proxy.asked).toEqual([plain.hostPort, secure.hostPort]);
  });

  test('the tunnel goes to the address that was checked, and the request keeps the name', async () => {
    const server = await serve((received, response) => response.end(received.headers.host));
    const proxy = await proxyFor();
    const guarded = egress({ ...through(proxy), resolve: atLoopback });
    const { body } = await guarded.request(request(`http://pay.internal:${server.port}`));
    expect(body.toString()).toBe(`pay.internal:${server.port}`);
    expect(proxy.asked).toEqual([server.hostPort]);
  });

  test('where it decides by name, it gets the name, after our own checks', async () => {
    const server = await serve((_request, response) => response.end('reached'));
    const proxy = await proxyFor({ 'pay.internal': '127.0.0.1' });
    const url = `http://pay.internal:${server.port}`;
    const guarded = egress({ ...through(proxy, 'name'), resolve: atLoopback });
    expect((await guarded.request(request(url))).body.toString()).toBe('reached');
    expect(proxy.asked).toEqual([`pay.internal:${server.port}`]);
    const error = await failure(guarded.request(request(url, { privateHosts: [], tenantId: 't2' })));
    expect(error).toMatchObject({ reason: 'address', sent: 'before' });
    expect(proxy.asked).toHaveLength(1);
  });

  test('private addresses, our own servers and what is not on the list never reach it', async () => {
    const server = await serve((_request, response) => response.end('reached'));
    const proxy = await proxyFor();
    const guarded = egress(through(proxy), [{ host: 'localhost', port: server.port }]);
    for (const [more, reason] of [
      [{ privateHosts: [] }, 'address'],
      [{}, 'reserved'],
      [{ allowedHosts: [] }, 'not_allowed'],
    ] as const)
      expect(await failure(guarded.request(request(server.url, more)))).toMatchObject({ reason });
    expect([proxy.asked, server.all.size]).toEqual([[], 0]);
  });

  test.each([
    [502, { kind: 'unreachable', message: expect.stringContaining('it returned 502') }],
    [407, { kind: 'unreachable', message: expect.stringContaining('does not accept the credentials') }],
    [403, { kind: 'refused', reason: 'proxy', message: expect.stringContaining('does not allow') }],
  ])('a tunnel that it refuses with %i sent nothing', async (status, expected) => {
    const server = await serve((_request, response) => response.end('reached'));
    const proxy = await proxyFor();
    proxy.decide = () => status;
    let left = 0;
    const error = await failure(
      egress(through(proxy)).request(request(server.url, { onSent: () => left++ })),
    );
    expect(error).toMatchObject({ sent: 'before', ...expected });
    expect(error.message).toContain(server.hostPort);
    expect([left, server.all.size]).toEqual([0, 0]);
  });

  test('one that is down, or that closes the connection, sent nothing, and no message has its password', async () => {
    const server = await serve((_request, response) => response.end('reached'));
    const down = await startConnectProxy();
    await down.close();
    const hangsUp = await serve((_request, response) => response.destroy());
    const url = `http://interlock:${encodeURIComponent(proxyPassword)}@${hangsUp.hostPort}`;
    for (const proxy of [down, { url }]) {
      const error = await failure(egress(through(proxy)).request(request(server.url)));
      expect(error).toMatchObject({ kind: 'unreachable', sent: 'before' });
      expect(error.message).toMatch(/proxy .*Nothing was sent/);
      const said = `${error.message} ${error.stack} ${JSON.stringify(error)} ${String(error.cause)}`;
      for (const secret of [proxyPassword, encodeURIComponent(proxyPassword), 'interlock:'])
        expect(said).not.toContain(secret);
    }
    expect(server.all.size).toBe(0);
  });

  test('one that does not respond is given up at the end of the call', async () => {
    const server = await serve((_request, response) => response.end('reached'));
    const proxy = await proxyFor();
    proxy.decide = () => null;
    const error = await failure(
      egress(through(proxy)).request(request(server.url, { signal: AbortSignal.timeout(300) })),
    );
    expect(error).toMatchObject({ kind: 'aborted', sent: 'before' });
  });

  test('another address of a name is tried where the first cannot be connected to', async () => {
    const server = await serve((_request, response) => response.end('reached'));
    const proxy = await proxyFor();
    proxy.decide = (authority) => (authority.startsWith('127.0.0.1:') ? 200 : 502);
    const resolve = async () => [
      { address: '::1', family: 6 },
      { address: '127.0.0.2', family: 4 },
      { address: '127.0.0.1', family: 4 },
    ];
    const guarded = egress({ ...through(proxy), resolve });
    const { body } = await guarded.request(request(`http://pay.internal:${server.port}`));
    expect(body.toString()).toBe('reached');
    expect(proxy.asked).toEqual([`127.0.0.2:${server.port}`, server.hostPort]);
  });
});
