import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeAuthority } from '../support/certificates.ts';
import { connectAdmin } from '../support/connect-admin.ts';
import { eventually } from '../support/eventually.ts';
import { type MailServer, refusal, startMailServer, type Took } from '../support/mail-server.ts';
import { findSecret } from '../support/secret-scan.ts';
import { issuePaths, startTestApi, type TestApi, type TestTenant } from '../support/test-api.ts';

const authority = makeAuthority('Mail authority');
const password = 'a password of the mail server 299792458';

describe('a tool that sends email', () => {
  let api: TestApi;
  let acme: TestTenant;
  let server: MailServer;
  let connector: string;
  let took: Took | undefined;

  beforeAll(async () => {
    [api, server] = await Promise.all([
      startTestApi(),
      startMailServer({
        tls: authority.issue('127.0.0.1'),
        secure: true,
        authOptional: false,
        onAuth: ({ username, password: sent }, _session, done) =>
          sent === password ? done(null, { user: username }) : done(refusal(535, `5.7.8 Not ${sent}`)),
        took: (mail, session, reply) => (took ? took(mail, session, reply) : reply()),
      }),
    ]);
    acme = await api.tenant({ privateHosts: [server.hostPort] });
    const { body } = await acme.as.tenant_admin('POST', '/api/connectors', {
      name: 'mail',
      kind: 'smtp',
      ...{ host: '127.0.0.1', port: server.port, tls: 'implicit', ca: authority.certificate },
      from: 'Acme Desk <desk@acme.example>',
      auth: { type: 'basic', username: 'desk', password },
    });
    connector = body.id;
  });
  afterAll(async () => {
    await api?.close();
    await server?.close();
  });

  const create = (name: string, more: object = {}, config: object = {}) =>
    acme.as.tenant_admin('POST', '/api/tools', {
      name,
      type: 'email',
      ...{
        timeoutMs: 60_000,
        deadlineMs: 180_000,
        retry: { maxAttempts: 3, initialMs: 10, factor: 1, maxMs: 20 },
      },
      inputSchema: {
        type: 'object',
        properties: { to: {}, pin: { type: 'string', writeOnly: true } },
      },
      config: { connectorId: connector, to: '{to}', subject: 'Your code', text: 'It is {pin}', ...config },
      ...more,
    });
  const run = async (toolId: string, payload: object) => {
    const { body } = await acme.as.operator('POST', `/api/tools/${toolId}/execute`, { payload });
    return eventually(
      async () => {
        const { body: execution } = await acme.as.operator('GET', `/api/tools/executions/${body.id}`);
        return ['succeeded', 'failed'].includes(execution.status) && execution;
      },
      { timeoutMs: 60_000 },
    );
  };
  const received = () => server.mails.splice(0);

  test('sends what its preview shows, with the server, the sign-in and the sender of its connector', async () => {
    const { body: tool } = await create('first_mail');
    const payload = { to: 'ana@b.example', pin: 'pin 6626070150' };
    const { body: preview } = await acme.as.operator('POST', `/api/tools/${tool.id}/preview`, { payload });
    expect(preview.request).toEqual({
      method: 'SEND',
      url: `smtp://${server.hostPort}`,
      headers: {
        From: 'Acme Desk <desk@acme.example>',
        To: 'ana@b.example',
        Subject: 'Your code',
      },
      body: { text: 'It is [redacted]' },
      bodyType: 'json',
    });
    const { body: started } = await acme.as.operator('POST', `/api/tools/${tool.id}/execute`, {
      payload,
      previewDigest: preview.digest,
    });
    expect(started).toMatchObject({ status: 'succeeded', output: { accepted: ['ana@b.example'] } });
    const [mail] = received();
    expect(mail).toMatchObject({ from: 'desk@acme.example', to: ['ana@b.example'], user: 'desk' });
    expect(mail!.raw).toContain('It is pin 6626070150');
    const messageId = `<${started.id}@acme.example>`;
    expect(mail!.raw).toContain(`Message-ID: ${messageId}`);
    expect(started.output.messageId).toBe(messageId);
    expect(started.attempts[0].request).toEqual({
      ...preview.request,
      headers: { ...preview.request.headers, 'Message-ID': messageId },
    });

    const places = { ...(await storedBy(acme.id)), preview: JSON.stringify(preview) };
    for (const secret of [password, payload.pin]) expect(findSecret(places, secret)).toEqual([]);
  });

  test('is sent again when the server refused it for now, and has one Message-ID', async () => {
    const { body: tool } = await create('later_mail');
    let asked = 0;
    took = (_mail, _session, reply) => reply(++asked < 3 ? refusal(451, '4.3.0 Later') : undefined);
    const execution = await run(tool.id, { to: 'ana@b.example', pin: '1' });
    took = undefined;
    expect(execution).toMatchObject({ status: 'succeeded', attempts: [{}, {}, { status: 'succeeded' }] });
    const ids = received().map(({ raw }) => /^Message-ID: (.*)\r$/m.exec(raw)?.[1]);
    expect(ids).toEqual(Array(3).fill(`<${execution.id}@acme.example>`));
  });

  test('is not sent again when the reply to the message was lost: the outcome is unknown', async () => {
    const { body: tool } = await create('lost_mail');
    took = () => server.cut();
    const execution = await run(tool.id, { to: 'ana@b.example', pin: '1' });
    expect(execution.failure).toMatchObject({
      code: 'outcome_unknown',
      message: expect.stringMatching(/ended after the message was sent and before its reply/),
    });
    expect(received()).toHaveLength(1);
    const { body: safe } = await create('safe_mail', { idempotent: true });
    let lost = 0;
    took = (_mail, _session, reply) => (++lost === 1 ? server.cut() : reply());
    expect(await run(safe.id, { to: 'ana@b.example', pin: '1' })).toMatchObject({ status: 'succeeded' });
    took = undefined;
    expect(received()).toHaveLength(2);
  });

  test('an input that would begin another header is refused, and nothing is sent', async () => {
    const { body: tool } = await create('injected_mail', {}, { subject: 'For {to}', to: 'ana@b.example' });
    const payload = { to: 'x\r\nBcc: all@b.example', pin: '1' };
    const refused = await acme.as.operator('POST', `/api/tools/${tool.id}/execute`, { payload });
    expect([refused.status, issuePaths(refused)]).toEqual([422, ['/to']]);
    expect(received()).toEqual([]);
  });

  test('a credential that the server refuses is shown as refused', async () => {
    const { body: tool } = await create('refused_mail', {
      auth: { type: 'basic', username: 'desk', password: 'wrong' },
    });
    const { failure, output } = await run(tool.id, { to: 'ana@b.example', pin: '1' });
    expect(failure).toMatchObject({
      code: 'provider_error',
      message: expect.stringMatching(/refused the sign-in \(535 5\.7\.8\)/),
      retryable: true,
    });
    expect(output.response).toBe('535 5.7.8 Not [redacted]');
    await eventually(
      async () => {
        const { body } = await acme.as.tenant_admin('GET', `/api/credentials/${tool.auth.credentialId}`);
        return body.refused !== null;
      },
      { timeoutMs: 60_000 },
    );
  });

  test('what its connector lacks is found when it is saved', async () => {
    const { body } = await acme.as.tenant_admin('POST', '/api/connectors', {
      ...{ name: 'plain_mail', kind: 'smtp', host: '127.0.0.1', port: server.port, tls: 'none' },
    });
    const config = { connectorId: body.id };
    expect(issuePaths(await create('no_sender', {}, config))).toEqual(['/config/from']);
    const auth = { type: 'basic', username: 'desk', password };
    const both = await create('no_tls', { auth }, { ...config, from: 'a@b.example' });
    expect(issuePaths(both)).toEqual(['/auth/type']);
    const http = { type: 'http', config: { connectorId: body.id, path: '/x' } };
    expect(issuePaths(await create('not_http', { inputSchema: {}, ...http }))).toEqual([
      '/config/connectorId',
    ]);
  });
});

/** Everything that is stored in clear of a tenant's tools, executions and events. */
async function storedBy(tenantId: string): Promise<Record<string, string>> {
  const admin = await connectAdmin();
  const places: Record<string, string> = {};
  for (const table of [
    'tool_version',
    'connector',
    'credential',
    'tool_execution',
    'execution_attempt',
    'event',
  ]) {
    const { rows } = await admin.query<{ row: string }>(
      `SELECT to_jsonb(t)::text AS row FROM ${table} t WHERE tenant_id = $1`,
      [tenantId],
    );
    places[table] = rows.map(({ row }) => row).join('\n');
  }
  await admin.end();
  return places;
}
