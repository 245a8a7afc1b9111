import { Webhook } from 'standardwebhooks';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { connectAdmin } from '../support/connect-admin.ts';
import { eventually } from '../support/eventually.ts';
import { type ProviderServer, sendJson, startProvider } from '../support/provider-server.ts';
import { findSecret } from '../support/secret-scan.ts';
import { issuePaths, startTestApi, type TestApi, type TestTenant } from '../support/test-api.ts';

const first = `whsec_${Buffer.from('the first secret of a receiver').toString('base64')}`;

describe('a tool that sends webhooks', () => {
  let api: TestApi;
  let acme: TestTenant;
  let receiver: ProviderServer;

  beforeAll(async () => {
    [api, receiver] = await Promise.all([
      startTestApi(),
      startProvider((_request, response) => sendJson(response, 200, { received: true })),
    ]);
    acme = await api.tenant({ privateHosts: [receiver.host] });
  });
  afterAll(async () => {
    await receiver?.close();
    await api?.close();
  });

  const create = (name: string, more: object = {}) =>
    acme.as.tenant_admin('POST', '/api/tools', {
      name,
      type: 'webhook',
      timeoutMs: 60_000,
      deadlineMs: 180_000,
      retry: { maxAttempts: 3, initialMs: 10, factor: 1, maxMs: 20 },
      inputSchema: { type: 'object', properties: { orderId: { type: 'string' } } },
      config: { url: `${receiver.url}/hooks`, secret: first },
      ...more,
    });
  /** The whole execution, when it has ended. */
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
  const received = () => receiver.requests.splice(0);

  test('the secret of the config goes to the vault, and nothing shows or stores it', async () => {
    const { body: tool } = await create('first_webhook');
    expect(tool).toMatchObject({
      config: { url: `${receiver.url}/hooks` },
      auth: { type: 'standard_webhooks', hasSecret: true },
    });
    expect(JSON.stringify(tool)).not.toContain(first);

    const payload = { orderId: 'o-1' };
    const { body: preview } = await acme.as.operator('POST', `/api/tools/${tool.id}/preview`, { payload });
    expect(preview).toMatchObject({
      request: { method: 'POST', headers: { 'webhook-signature': 'v1,[redacted]' }, body: payload },
      repeatPolicy: expect.stringContaining('webhook-id'),
    });
    const execution = await run(tool.id, payload);
    expect(execution).toMatchObject({ status: 'succeeded', output: { received: true } });

    const [sent] = received();
    expect(new Webhook(first).verify(sent!.body, sent!.headers as Record<string, string>)).toEqual(payload);
    expect(sent!.headers['webhook-id']).toBe(execution.id);
    const shown = execution.attempts[0].request;
    expect(shown.headers).toEqual({
      ...preview.request.headers,
      'webhook-id': execution.id,
      'webhook-timestamp': sent!.headers['webhook-timestamp'],
    });
    expect(shown.body).toEqual(preview.request.body);

    expect(findSecret({ ...(await storedBy(acme.id)), preview: JSON.stringify(preview) }, first)).toEqual([]);
    const bare = first.replace('whsec_', '');
    expect(findSecret(await storedBy(acme.id), bare)).toEqual([]);
  });

  test('a response that is lost is retried with the same id, a new timestamp and a new signature', async () => {
    const { body: tool } = await create('lost_webhook');
    let calls = 0;
    receiver.respond = (_request, response) =>
      ++calls < 3 ? response.socket?.destroy() : sendJson(response, 202, { received: true });
    const execution = await run(tool.id, { orderId: 'o-2' });
    expect(execution).toMatchObject({ status: 'succeeded', attempts: [{}, {}, { status: 'succeeded' }] });
    const sent = received();
    expect(sent.map(({ headers }) => headers['webhook-id'])).toEqual(Array(3).fill(execution.id));
    for (const { body, headers } of sent) new Webhook(first).verify(body, headers as Record<string, string>);
  });

  test('after a rotation both signatures are sent while the old secret is valid; 401 is not sent again', async () => {
    const { body: tool } = await create('rotated_webhook');
    const next = `whsec_${Buffer.alloc(32, 9).toString('base64')}`;
    const rotate = (value: string, overlapSeconds: number) =>
      acme.as.tenant_admin('POST', `/api/credentials/${tool.auth.credentialId}/rotate`, {
        value,
        overlapSeconds,
      });
    expect((await rotate('whsec_short', 60)).status).toBe(422);
    expect((await rotate(next, 3600)).status).toBe(200);
    receiver.respond = (_request, response) => sendJson(response, 401, {});
    expect(await run(tool.id, { orderId: 'o-3' })).toMatchObject({ failure: { code: 'provider_error' } });
    const [sent, ...more] = received();
    expect(more).toEqual([]);
    for (const secret of [first, next])
      new Webhook(secret).verify(sent!.body, sent!.headers as Record<string, string>);
    await eventually(
      async () => {
        const { body } = await acme.as.tenant_admin('GET', `/api/credentials/${tool.auth.credentialId}`);
        return body.refused?.httpStatus === 401;
      },
      { timeoutMs: 60_000 },
    );
  });

  test('410 Gone says what to do, and is not retried', async () => {
    const { body: tool } = await create('gone_webhook');
    receiver.respond = (_request, response) => sendJson(response, 410, {});
    const { failure } = await run(tool.id, { orderId: 'o-4' });
    expect(failure.message).toMatch(
      /returned 410 Gone: the receiver wants no more messages .* Disable the tool/,
    );
    expect(received()).toHaveLength(1);
  });

  test('a webhook without a signature, or with a secret in both places, is refused at its place', async () => {
    expect(issuePaths(await create('unsigned', { config: { url: receiver.url } }))).toEqual(['/auth/type']);
    const auth = { type: 'standard_webhooks', secret: first };
    expect(issuePaths(await create('twice', { auth }))).toEqual(['/config/secret']);
    const weak = { url: receiver.url, secret: 'whsec_short' };
    expect(issuePaths(await create('weak', { config: weak }))).toEqual(['/auth/secret']);
  });
});

/** Everything that is stored in clear of a tenant's tools, executions and events. */
async function storedBy(tenantId: string): Promise<Record<string, string>> {
  const admin = await connectAdmin();
  const places: Record<string, string> = {};
  for (const table of [
    'tool',
    'tool_version',
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
