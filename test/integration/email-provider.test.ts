import { createServer as createHttpServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { v7 as uuidv7 } from 'uuid';
import { afterEach, describe, expect, test } from 'vitest';
import type { JsonValue } from '../../shared/platform/json.ts';
import type { CallContext } from '../../shared/tools/server/provider.ts';
import { makeAuthority } from '../support/certificates.ts';
import { eventually } from '../support/eventually.ts';
import { type MailServer, refusal, startMailServer } from '../support/mail-server.ts';
import { caller, closeAll } from './http-provider-support.ts';

const authority = makeAuthority('Mail authority');
const servers: { close(): Promise<void> }[] = [];
afterEach(async () => {
  await closeAll();
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

async function start(options: Parameters<typeof startMailServer>[0] = {}): Promise<MailServer> {
  const server = await startMailServer(options);
  servers.push(server);
  return server;
}

interface Sending extends Partial<CallContext> {
  config?: Record<string, unknown>;
  tool?: Record<string, unknown>;
  input?: JsonValue;
  timeoutMs?: number;
}

function sender({ port, hostPort }: MailServer) {
  const call = caller();
  return ({ config = {}, tool = {}, ...more }: Sending = {}) =>
    call({
      executionId: 'e-1',
      timeoutMs: 60_000,
      privateHosts: [hostPort],
      ...more,
      config: {
        ...{ host: '127.0.0.1', port, tls: 'none', from: 'Acme <desk@acme.example>' },
        ...{ to: 'ana@b.example', subject: 'Hello', text: 'Hi {name}' },
        ...config,
      },
      tool: { type: 'email', ...tool },
    });
}

describe('a message', () => {
  test('arrives as it was rendered: names, parts, attachments, every recipient once', async () => {
    const server = await start();
    const added: unknown[] = [];
    const result = await sender(server)({
      config: {
        to: ['{who}', 'Ünal <unal@bücher.example>'],
        bcc: ['secret@b.example', 'ana@b.example'],
        html: '<p>{name}</p>',
        headers: { 'X-Case': 'Fälle {name}' },
        attachments: '{file}',
        text: '.{name}\r\n.\r\nRCPT TO:<x@y.example>',
      },
      input: {
        who: { name: 'Díaz, "Ana"', address: 'ana@b.example' },
        name: '<i>7</i>',
        file: {
          filename: 'fälle.csv',
          contentType: 'text/csv',
          content: Buffer.from('a,b').toString('base64'),
        },
      },
      onSent: (headers) => added.push(headers),
    });
    expect(result).toMatchObject({
      ok: true,
      output: {
        messageId: '<e-1@acme.example>',
        accepted: ['ana@b.example', 'unal@xn--bcher-kva.example', 'secret@b.example'],
        rejected: [],
        response: expect.stringMatching(/^250/),
      },
    });
    expect(added).toEqual([{ 'Message-ID': '<e-1@acme.example>' }]);
    const [mail] = server.mails;
    expect(mail!.to).toEqual(['ana@b.example', 'unal@bücher.example', 'secret@b.example']);
    const { raw } = mail!;
    expect(raw).toMatch(/^Message-ID: <e-1@acme\.example>\r$/m);
    expect(raw).toMatch(/^From: Acme <desk@acme\.example>\r$/m);
    expect(raw).not.toMatch(/secret@b\.example|^Bcc:/im);
    expect(raw).toContain('&lt;i&gt;7&lt;/i&gt;');
    expect(raw).toContain(Buffer.from('a,b').toString('base64'));
    expect(raw).toContain('RCPT TO:<x@y.example>');
    expect(raw).toMatch(/^X-Case: =\?UTF-8\?/m);
    // The server closes its side when it has said goodbye.
    await eventually(() => server.connections() === 0, { timeoutMs: 60_000 });
  });

  test('has the same Message-ID for every attempt', async () => {
    const server = await start();
    const send = sender(server);
    await send({ attempt: 1 });
    await send({ attempt: 2 });
    expect(server.mails.map(({ raw }) => /^Message-ID: (.*)\r$/m.exec(raw)?.[1])).toEqual([
      '<e-1@acme.example>',
      '<e-1@acme.example>',
    ]);
  });
});

describe('how the server is reached', () => {
  const issued = authority.issue('127.0.0.1');
  const options = { tls: issued, hideSTARTTLS: false, disabledCommands: [] };

  test('by TLS from the start or by STARTTLS, with a certificate of an authority that is known', async () => {
    const implicit = await start({ ...options, secure: true });
    const starttls = await start(options);
    const ca = authority.certificate;
    expect(await sender(implicit)({ config: { tls: 'implicit', ca } })).toMatchObject({ ok: true });
    expect(await sender(starttls)({ config: { tls: 'starttls', ca } })).toMatchObject({ ok: true });
    expect([implicit.mails[0]!.secure, starttls.mails[0]!.secure]).toEqual([true, true]);
    for (const [server, tls] of [
      [implicit, 'implicit'],
      [starttls, 'starttls'],
    ] as const)
      expect(await sender(server)({ config: { tls } })).toMatchObject({
        ok: false,
        code: 'provider_error',
        sent: 'before',
        transient: false,
        message: expect.stringMatching(/^The TLS connection to 127\.0\.0\.1:\d+ failed \(UNABLE_TO_VERIFY/),
        sentCalls: 0,
      });
    expect([implicit.mails.length, starttls.mails.length]).toEqual([1, 1]);
  });

  test('never without TLS where STARTTLS is required', async () => {
    const server = await start({ disabledCommands: ['STARTTLS'] });
    expect(await sender(server)({ config: { tls: 'starttls' } })).toMatchObject({
      ok: false,
      sent: 'before',
      transient: false,
      message: expect.stringMatching(/refused TLS \(5\d\d/),
    });
    expect(server.mails).toEqual([]);
  });

  test('not at all when the address is private and not allowed', async () => {
    const server = await start();
    const result = await sender(server)({ privateHosts: [] });
    expect(result).toMatchObject({ ok: false, code: 'denied', sent: 'before', transient: false });
    expect(server.connections()).toBe(0);
  });

  test('a server that is not there can be tried again', async () => {
    const server = await start();
    await server.close();
    expect(await sender(server)()).toMatchObject({
      ok: false,
      code: 'provider_error',
      sent: 'before',
      transient: true,
      sentCalls: 0,
    });
  });
});

describe('the sign-in', () => {
  const accounts = new Map([
    ['desk', 'right'],
    ['desk@acme.example', 'token-2'],
  ]);
  const startWithAccounts = (asked: string[] = []) =>
    start({
      tls: authority.issue('127.0.0.1'),
      secure: true,
      authOptional: false,
      authMethods: ['PLAIN', 'XOAUTH2'],
      onAuth({ username = '', password, accessToken }, _session, done) {
        asked.push(`${username} ${password ?? accessToken}`);
        if (accounts.get(username) === (password ?? accessToken)) done(null, { user: username });
        else if (accessToken !== undefined) done(null, { data: { status: '401', schemes: 'bearer' } });
        else done(refusal(535, '5.7.8 Wrong password'));
      },
    });
  const config = { tls: 'implicit', ca: authority.certificate };
  const credentialId = uuidv7();
  const basic = { auth: { type: 'basic', username: 'desk', credentialId } };

  test('uses the password of the credential, and says when it is refused', async () => {
    const server = await startWithAccounts();
    const send = sender(server);
    expect(await send({ config, tool: basic, secret: 'right' })).toMatchObject({ ok: true });
    expect(server.mails[0]!.user).toBe('desk');
    expect(await send({ config, tool: basic, secret: 'wrong' })).toMatchObject({
      ok: false,
      code: 'provider_error',
      message: expect.stringMatching(/^127\.0\.0\.1:\d+ refused the sign-in \(535 5\.7\.8\)$/),
      sent: 'before',
      transient: false,
      credentialRefused: true,
      sentCalls: 0,
    });
    expect(server.mails).toHaveLength(1);
  });

  test('after a rotation tries the value before, while it is valid', async () => {
    const asked: string[] = [];
    const server = await startWithAccounts(asked);
    let usedPrevious = 0;
    const result = await sender(server)({
      config,
      tool: basic,
      secret: 'new',
      previousSecret: 'right',
      onPrevious: () => usedPrevious++,
    });
    expect(result).toMatchObject({ ok: true });
    expect([asked, usedPrevious]).toEqual([['desk new', 'desk right'], 1]);
  });

  test('with an access token is XOAUTH2 for the sender, with a renewed token when the first is refused', async () => {
    const asked: string[] = [];
    const server = await startWithAccounts(asked);
    let issued = 0;
    const tokens = createHttpServer((_request, response) => {
      response.setHeader('content-type', 'application/json');
      response.end(
        JSON.stringify({ access_token: `token-${++issued}`, token_type: 'Bearer', expires_in: 3600 }),
      );
    });
    await new Promise<void>((resolve) => tokens.listen(0, '127.0.0.1', resolve));
    servers.push({
      close: async () => {
        tokens.closeAllConnections();
        await new Promise((resolve) => tokens.close(resolve));
      },
    });
    const tokenHost = `127.0.0.1:${(tokens.address() as AddressInfo).port}`;
    const auth = {
      ...{ type: 'oauth2_client_credentials', clientId: 'desk', credentialId },
      tokenUrl: `http://${tokenHost}/token`,
    };
    const result = await sender(server)({
      config,
      tool: { auth },
      secret: 'client secret',
      privateHosts: [server.hostPort, tokenHost],
    });
    expect(result).toMatchObject({ ok: true, secrets: ['token-1', 'token-2'] });
    expect(asked).toEqual(['desk@acme.example token-1', 'desk@acme.example token-2']);
  });

  test('never sends a secret without TLS', async () => {
    const server = await start({ authMethods: ['PLAIN'] });
    const result = await sender(server)({ tool: basic, secret: 'right' });
    expect(result).toMatchObject({ ok: false, code: 'denied', sent: 'before' });
    expect(server.connections()).toBe(0);
  });
});

describe('what the server refuses has not happened', () => {
  test.each([
    [
      'sender',
      {
        onMailFrom: (_from: unknown, _session: unknown, done: (error: Error) => void) =>
          done(refusal(550, '5.1.8 No')),
      },
      'the sender (550 5.1.8)',
      false,
    ],
    [
      'sender for now',
      {
        onMailFrom: (_from: unknown, _session: unknown, done: (error: Error) => void) =>
          done(refusal(451, '4.7.1 Later')),
      },
      'the sender (451 4.7.1)',
      true,
    ],
    [
      'recipient',
      {
        onRcptTo: (_to: unknown, _session: unknown, done: (error: Error) => void) =>
          done(refusal(550, '5.1.1 No such user')),
      },
      'every recipient (550 5.1.1)',
      false,
    ],
    [
      'recipient for now',
      {
        onRcptTo: (_to: unknown, _session: unknown, done: (error: Error) => void) =>
          done(refusal(450, '4.2.1 Busy')),
      },
      'every recipient (450 4.2.1)',
      true,
    ],
  ] as const)('the %s', async (_what, options, words, transient) => {
    const server = await start(options);
    expect(await sender(server)()).toMatchObject({
      ok: false,
      code: 'provider_error',
      message: `${server.hostPort} refused ${words}`,
      sent: 'before',
      transient,
      sentCalls: 0,
    });
    expect(server.mails).toEqual([]);
  });

  test.each([
    [554, '5.7.1 Spam', false],
    [452, '4.3.1 Full', true],
  ])('the message, with %i', async (code, text, transient) => {
    const server = await start({ took: (_mail, _session, reply) => reply(refusal(code, text)) });
    expect(await sender(server)()).toMatchObject({
      ok: false,
      message: `${server.hostPort} refused the message (${code} ${text.slice(0, 5)})`,
      raw: { response: `${code} ${text}` },
      sent: 'before',
      transient,
      sentCalls: 1,
    });
  });

  test('a message that only some recipients get names them, and is not sent again', async () => {
    const server = await start({
      onRcptTo: ({ address }, _session, done) =>
        address === 'bo@b.example' ? done(refusal(550, '5.1.1 No such user')) : done(),
    });
    const result = await sender(server)({ config: { to: ['ana@b.example', 'bo@b.example'] } });
    expect(result).toMatchObject({
      ok: false,
      code: 'provider_error',
      message: `${server.hostPort} took the message for 1 of 2 recipients and refused the others (550). The response names them`,
      sent: 'responded',
      transient: false,
      raw: {
        accepted: ['ana@b.example'],
        rejected: [{ address: 'bo@b.example', response: '550 5.1.1 No such user' }],
        messageId: '<e-1@acme.example>',
      },
    });
    expect(server.mails.map(({ to }) => to)).toEqual([['ana@b.example']]);
  });
});

describe('a connection that ends', () => {
  test('before the message is sent, has had no effect', async () => {
    const server = await start({ onConnect: (_session, done) => done(refusal(421, 'Not now')) });
    expect(await sender(server)()).toMatchObject({
      ok: false,
      message: `${server.hostPort} refused the connection (421)`,
      sent: 'before',
      transient: true,
      sentCalls: 0,
    });
  });

  test('after the message was sent and before its reply, leaves the outcome unknown', async () => {
    const server: MailServer = await start({ took: () => server.cut() });
    expect(await sender(server)()).toMatchObject({
      ok: false,
      code: 'provider_error',
      message: `The connection to ${server.hostPort} ended after the message was sent and before its reply`,
      sent: 'unknown',
      sentCalls: 1,
    });
    expect(server.mails).toHaveLength(1);
  });

  test('a reply that does not come in time leaves it unknown too; before the message, nothing was sent', async () => {
    const late = new AbortController();
    const silent = await start({ took: () => late.abort(new Error('timeout')) });
    const result = await sender(silent)({ signal: late.signal });
    expect(result).toMatchObject({ ok: false, code: 'timeout', sent: 'unknown' });
    const early = new AbortController();
    const mute = await start({ onConnect: () => early.abort(new Error('timeout')) });
    expect(await sender(mute)({ signal: early.signal })).toMatchObject({
      ok: false,
      code: 'timeout',
      message: `${mute.hostPort} did not respond in time. The message was not sent`,
      sent: 'before',
      transient: true,
      sentCalls: 0,
    });
    await eventually(() => silent.connections() + mute.connections() === 0, { timeoutMs: 60_000 });
  });

  test('a message whose time has passed is withheld', async () => {
    const server = await start();
    expect(await sender(server)({ maySend: () => false })).toMatchObject({
      ok: false,
      code: 'timeout',
      sent: 'before',
      transient: true,
      sentCalls: 0,
    });
    await eventually(() => server.connections() === 0, { timeoutMs: 60_000 });
    expect(server.mails).toEqual([]);
  });
});
