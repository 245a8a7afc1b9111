import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { TLSSocket } from 'node:tls';
import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createSecretRedactor } from '../../shared/platform/redaction/redaction.ts';
import { checkIdentity } from '../../shared/tools/auth/mtls/apply/identity.ts';
import { secretTexts } from '../../shared/tools/auth/registry.ts';
import { secretExpiry } from '../../shared/tools/server/secret-rules.ts';
import { type Authority, makeAuthority } from '../support/certificates.ts';
import { eventually } from '../support/eventually.ts';
import { issuePaths, startTestApi, type TestApi, type TestTenant } from '../support/test-api.ts';
import { caller, closeAll } from './http-provider-support.ts';

const authority = makeAuthority('Test authority');
const stranger = makeAuthority('Another authority');

/** A server that admits only who has a certificate of the authority, and says whose it saw on which connection. */
async function startServer() {
  const { certificate: cert, privateKey: key } = authority.issue('server');
  const open = new Set<TLSSocket>();
  const names = new Map<TLSSocket, number>();
  const server = createServer(
    { cert, key, ca: authority.certificate, requestCert: true, rejectUnauthorized: true },
    (request, response) => {
      const socket = request.socket as TLSSocket;
      if (request.url === '/moved') return response.writeHead(307, { location: '/' }).end();
      response
        .setHeader('content-type', 'application/json')
        .end(JSON.stringify({ name: socket.getPeerCertificate().subject.CN, connection: names.get(socket) }));
    },
  );
  server.on('secureConnection', (socket: TLSSocket) => {
    open.add(socket);
    names.set(socket, names.size + 1);
    socket.on('close', () => open.delete(socket));
  });
  server.on('tlsClientError', () => {});
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `https://127.0.0.1:${port}`,
    hostPort: `127.0.0.1:${port}`,
    open,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

let server: Awaited<ReturnType<typeof startServer>>;
let api: TestApi;
let acme: TestTenant;
beforeAll(async () => {
  [server, api] = await Promise.all([startServer(), startTestApi()]);
  acme = await api.tenant({ privateHosts: [server.hostPort] });
});
afterAll(async () => {
  await closeAll();
  await Promise.all([server?.close(), api?.close()]);
});

const identityOf = (from: Authority, name: string, passphrase?: string) => ({
  ...from.issue(name, passphrase),
  ...(passphrase !== undefined && { passphrase }),
});

const credentialId = uuidv7();
const tool = (more: Record<string, unknown> = {}) => ({
  auth: { type: 'mtls', ca: authority.certificate, credentialId, ...more },
});

function calls() {
  const call = caller();
  return (secret: string | null, more: Record<string, unknown> = {}) =>
    call({ config: { url: server.url }, tool: tool(), privateHosts: [server.hostPort], secret, ...more });
}

test('a call presents the certificate, also one whose key is encrypted', async () => {
  const call = calls();
  const plain = await call(JSON.stringify(identityOf(authority, 'acme')));
  expect(plain).toMatchObject({ ok: true, output: { name: 'acme' } });
  const sealed = await call(JSON.stringify(identityOf(authority, 'acme-sealed', 'open sesame')));
  expect(sealed).toMatchObject({ ok: true, output: { name: 'acme-sealed' } });
});

test('without a certificate of its authority the server gets no request', async () => {
  const call = calls();
  const foreign = await call(JSON.stringify(identityOf(stranger, 'mallory')));
  expect(foreign).toMatchObject({ ok: false, message: expect.stringContaining('client certificate') });
  // Nor does ours trust a server of another authority.
  const identity = JSON.stringify(identityOf(authority, 'acme'));
  const untrusted = await call(identity, { tool: tool({ ca: stranger.certificate }) });
  expect(untrusted).toMatchObject({ ok: false, sent: 'before', message: expect.stringContaining('TLS') });
});

test('no connection with one certificate serves another, whichever tenant or version it is of', async () => {
  const call = calls();
  const [acmeOne, acmeTwo, globex] = ['acme-1', 'acme-2', 'globex'].map((name) =>
    JSON.stringify(identityOf(authority, name)),
  ) as [string, string, string];
  const other = { tenantId: uuidv7() };
  const results = [];
  for (let round = 0; round < 3; round++) {
    results.push(await call(acmeOne), await call(globex, other));
  }
  const seen = results.map((result) =>
    result.ok ? (result.output as { name: string; connection: number }) : null,
  );
  expect(seen.map((each) => each?.name)).toEqual([
    'acme-1',
    'globex',
    'acme-1',
    'globex',
    'acme-1',
    'globex',
  ]);
  // Each tenant kept its own connection.
  expect(new Set(seen.map((each) => each?.connection)).size).toBe(2);
  const before = server.open.size;
  expect(await call(acmeTwo)).toMatchObject({ ok: true, output: { name: 'acme-2' } });
  // The connection of the certificate that was replaced ends, and no one else's.
  await eventually(() => server.open.size === before);
  expect(await call(globex, other)).toMatchObject({
    ok: true,
    output: { name: 'globex', connection: seen[1]!.connection },
  });
});

test('it is presented over https only, and to no place that a redirect names', async () => {
  const call = calls();
  const identity = JSON.stringify(identityOf(authority, 'acme'));
  const plain = await call(identity, { config: { url: server.url.replace('https', 'http') } });
  expect(plain).toMatchObject({ ok: false, code: 'denied', sent: 'before' });
  const moved = await call(identity, { config: { url: `${server.url}/moved`, followRedirects: true } });
  expect(moved).toMatchObject({ ok: false, httpStatus: 307 });
});

test('what is wrong with a certificate or its key is said at its place when it is saved', async () => {
  const good = identityOf(authority, 'acme');
  const other = identityOf(authority, 'other');
  const sealed = authority.issue('sealed', 'open sesame');
  const check = async (identity: object, ca = authority.certificate) => {
    const auth = { type: 'mtls', identity, ca };
    const config = { url: server.url };
    const name = 'some_tool';
    return acme.as.tool_admin('POST', '/api/tools/check', { name, type: 'http', auth, config });
  };
  const pathsOf = async (...args: Parameters<typeof check>) => issuePaths(await check(...args));
  expect((await check(good)).status).toBe(200);
  expect(await pathsOf({ ...good, certificate: 'hello' })).toContain('/auth/identity/certificate');
  expect(await pathsOf({ ...good, privateKey: other.privateKey })).toEqual(['/auth/identity/privateKey']);
  expect(await pathsOf({ ...good, privateKey: good.privateKey.replace(/\n.{20}/, '\n!!!!') })).toEqual([
    '/auth/identity/privateKey',
  ]);
  expect(await pathsOf({ ...sealed })).toEqual(['/auth/identity/passphrase']);
  expect(await pathsOf({ ...sealed, passphrase: 'wrong' })).toEqual(['/auth/identity/passphrase']);
  expect((await check({ ...sealed, passphrase: 'open sesame' })).status).toBe(200);
  const later = new Date(Date.now() + 3 * 86_400_000);
  expect(checkIdentity({ type: 'mtls', identity: good }, '/auth', later)).toMatchObject([
    { path: '/auth/identity/certificate', message: expect.stringMatching(/ended on \d{4}-\d\d-\d\d/) },
  ]);
  expect(await pathsOf(good, 'hello')).toContain('/auth/ca');
  expect(await pathsOf({ certificate: good.certificate })).toEqual(['/auth/identity/privateKey']);
});

test('saved as a tool, it is used by executions and never shown', async () => {
  const identity = identityOf(authority, 'acme', 'open sesame');
  const { body: made } = await acme.as.tool_admin('POST', '/api/tools', {
    name: 'certified',
    type: 'http',
    auth: { type: 'mtls', identity, ca: authority.certificate },
    inputSchema: { type: 'object', properties: { note: { type: 'string' } } },
    config: { url: server.url, method: 'POST' },
  });
  expect(made.auth).toMatchObject({ type: 'mtls', hasSecret: true, ca: authority.certificate });
  const keyLine = identity.privateKey.split('\n')[1]!;
  const note = `${keyLine} and ${Buffer.from('open sesame').toString('base64')}`;
  const { body } = await acme.as.operator('POST', `/api/tools/${made.id}/execute`, { payload: { note } });
  expect(body).toMatchObject({
    status: 'succeeded',
    output: { name: 'acme' },
    input: { note: '[redacted] and [redacted]' },
  });
  const all = JSON.stringify([made, body, await acme.as.tenant_admin('GET', '/api/events')]);
  for (const secret of [keyLine, 'open sesame']) expect(all).not.toContain(secret);
});

test('a certificate says when it ends, and its key is found in every text', () => {
  const identity = identityOf(authority, 'acme', 'open sesame');
  const auth = { type: 'mtls', identity };
  const inTwoDays = Date.now() + 2 * 86_400_000;
  expect(Math.abs((secretExpiry(auth)?.getTime() ?? 0) - inTwoDays)).toBeLessThan(3_600_000);
  const { text } = createSecretRedactor(secretTexts(auth, JSON.stringify(identity)));
  const [, firstLine] = identity.privateKey.split('\n');
  const shown = text(
    `${identity.privateKey} ${firstLine} ${Buffer.from(identity.privateKey).toString('hex')}`,
  );
  expect(shown).not.toContain(firstLine);
  expect(shown).not.toContain(Buffer.from(firstLine!).toString('hex'));
});
