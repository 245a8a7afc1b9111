import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createAuthorizationServer } from '../../shared/people/server/oauth/authorization-server.ts';
import type { Egress } from '../../shared/platform/server/egress/egress.ts';
import { PlainApp } from '../support/app-oauth.ts';
import { makeAuthority } from '../support/certificates.ts';
import { closeAll, egress, type Loopback, serve } from '../support/guarded-egress.ts';
import { startTestApi, type TestApi } from '../support/test-api.ts';

/** Clients that are known by the address of a document about them. */
describe('a client that describes itself at an address', () => {
  let api: TestApi;
  let site: Loopback;
  let server: Server;
  let at: string;
  const documents = new Map<string, object>();

  beforeAll(async () => {
    api = await startTestApi({ worker: false, ownAddress: true });
    const authority = makeAuthority('client documents');
    site = await serve((request, response) => {
      const document = documents.get(request.url ?? '');
      if (!document) return response.writeHead(404).end();
      response.setHeader('content-type', 'application/json').end(JSON.stringify(document));
    }, authority.issue('site'));
    const identity = { name: 'test', ...authority.issue('client'), passphrase: undefined };
    const guarded = egress();
    // The site is on this machine and has a certificate of the test: everything else is the guard's.
    const toSite: Egress = {
      ...guarded,
      request: (sent) =>
        guarded.request({
          ...sent,
          privateHosts: [site.hostPort],
          clientCertificate: { ...identity, ca: authority.certificate },
        }),
    };
    const provider = await createAuthorizationServer({ ...api.services, egress: toSite });
    const serveOne = provider.callback();
    server = createServer((request, response) => void serveOne(request, response));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    at = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(async () => {
    server?.close();
    await closeAll();
    await api?.close();
  });

  const asked = async (path: string) => {
    const app = new PlainApp(api);
    app.clientId = `${site.url}${path}`;
    const { pathname, search } = app.authorizeUrl();
    const response = await fetch(at + pathname + search, { redirect: 'manual' });
    return response.headers.get('location') ?? (await response.text());
  };
  const document = (path: string, more: object = {}) => {
    documents.set(path, {
      client_id: `${site.url}${path}`,
      client_name: 'Agent with a document',
      redirect_uris: ['http://127.0.0.1:8976/callback'],
      ...more,
    });
    return path;
  };

  test('comes to the question', async () => {
    expect(await asked(document('/good.json'))).toMatch(/^\/connect-app\/[\w-]{20,}$/);
  });

  test.each([
    ['is not there', undefined, {}],
    ['is about another client', '/other.json', { client_id: 'https://app.example/client.json' }],
    [
      'has a secret',
      '/secret.json',
      { client_secret: 'x', token_endpoint_auth_method: 'client_secret_post' },
    ],
    [
      'wants to go where none may',
      '/far.json',
      { redirect_uris: ['http://127.0.0.1:8976/callback', 'http://app.example/'] },
    ],
    ['has a name that turns the text around', '/name.json', { client_name: 'a\u202eb' }],
    ['is large', '/large.json', { client_uri: `https://app.example/${'x'.repeat(6_000)}` }],
  ])('whose document %s is refused', async (_what, path, more) => {
    if (path) document(path, more);
    expect(await asked(path ?? '/missing.json')).toMatch(
      /^\/connect-app\/refused\?error=invalid_(client|redirect_uri)/,
    );
  });
});
