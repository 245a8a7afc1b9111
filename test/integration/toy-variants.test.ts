import '../support/toys/register.ts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sendJson, startProvider } from '../support/provider-server.ts';
import { startTestApi, type TestApi, type TestTenant } from '../support/test-api.ts';
import { toySeal } from '../support/toys/auth/apply.ts';

const secret = 'a sealing key that must not be seen';
const definition = {
  name: 'leave_a_message',
  type: 'toy_mailbox',
  inputSchema: {
    type: 'object',
    properties: { paymentId: { type: 'string' } },
    required: ['paymentId'],
  },
  auth: { type: 'toy_seal', sealedBy: 'ana', sealingKey: secret },
  config: { mailbox: 'desk.example', message: 'Look at {paymentId}' },
};
const payload = { paymentId: 'pay_1' };
const message = 'Look at pay_1';

describe('a registered provider and auth kind', () => {
  let api: TestApi;
  let acme: TestTenant;
  const admin = (method: string, path: string, body?: unknown) => acme.as.tenant_admin(method, path, body);
  const issuesOf = async (changes: object) =>
    (await admin('POST', '/api/tools/check', { ...definition, ...changes })).body.error.issues;

  beforeAll(async () => {
    api = await startTestApi();
    acme = await api.tenant();
  });
  afterAll(() => api.close());

  test('a registered provider and auth kind are checked, and each problem has its path', async () => {
    expect((await admin('POST', '/api/tools/check', definition)).body).toEqual({ valid: true });
    const [unknownType] = await issuesOf({ type: 'toy_nothing' });
    expect(unknownType).toMatchObject({ path: '/type', message: expect.stringContaining('toy_mailbox') });
    const [unknownKind] = await issuesOf({ auth: { type: 'toy_nothing' } });
    expect(unknownKind).toMatchObject({ path: '/auth/type', message: expect.stringContaining('toy_seal') });
    expect(await issuesOf({ config: { mailbox: 'desk.example', message: '', more: 1 } })).toMatchObject([
      { path: '/config/message' },
      { path: '/config/more', keyword: 'unknown' },
    ]);
    expect(await issuesOf({ config: { ...definition.config, mailbox: 'desk' } })).toMatchObject([
      { path: '/config/mailbox', keyword: 'toy' },
    ]);
    expect(await issuesOf({ auth: { ...definition.auth, sealedBy: 'a:b' } })).toMatchObject([
      { path: '/auth/sealedBy' },
    ]);
  });

  test('a tool of a registered provider works from definition to outcome, and never shows its secret', async () => {
    const seen: unknown[] = [];
    const call = async (method: string, path: string, body?: unknown) => {
      const response = await admin(method, path, body);
      seen.push(response.body);
      return response;
    };
    const { sealingKey: _secret, ...auth } = definition.auth;
    const missing = await call('POST', '/api/tools', { ...definition, auth });
    expect(missing.body.error.issues).toMatchObject([{ path: '/auth/sealingKey', keyword: 'required' }]);

    const created = await call('POST', '/api/tools', definition);
    expect(created).toMatchObject({
      status: 201,
      body: {
        type: 'toy_mailbox',
        config: definition.config,
        auth: { ...auth, hasSecret: true, credentialId: expect.any(String) },
      },
    });
    const path = `/api/tools/${created.body.id}`;
    const listed = await call('GET', '/api/tools?type=toy_mailbox');
    expect(listed.body.items).toMatchObject([{ name: definition.name, type: 'toy_mailbox' }]);

    expect((await call('POST', `${path}/validate`, { payload: {} })).status).toBe(422);
    expect((await call('POST', `${path}/validate`, { payload })).body).toEqual({ valid: true });
    const preview = await call('POST', `${path}/preview`, { payload });
    expect(preview.body).toMatchObject({
      request: {
        method: 'PUT',
        url: 'toy://desk.example/',
        headers: { 'x-seal': 'ana:[redacted]' },
        body: message,
      },
      credential: { type: 'toy_seal' },
      repeatPolicy: 'Sent once: a second message would be read twice',
    });

    const executed = await call('POST', `${path}/execute`, {
      payload,
      previewDigest: preview.body.digest,
    });
    expect(executed.body).toMatchObject({
      status: 'succeeded',
      output: { message, seal: `ana:${toySeal(secret, message)}`, secret: '[redacted]' },
    });
    const read = await call('GET', `/api/tools/executions/${executed.body.id}`);
    expect(read.body).toMatchObject({ status: 'succeeded', input: payload, output: executed.body.output });

    // The stored secret is bound to the first mailbox.
    const { mailbox: _mailbox, ...config } = definition.config;
    const moved = { ...definition, auth, config: { ...config, mailbox: 'other.example' } };
    expect((await call('PUT', path, moved)).body.error.issues).toMatchObject([
      { path: '/auth/sealingKey', message: expect.stringContaining('other.example:1') },
    ]);
    expect((await call('PUT', path, { ...moved, auth: definition.auth })).status).toBe(200);
    const diff = await call('GET', `${path}/diff?from=1&to=2`);
    expect(diff.body).toMatchObject({
      breaking: true,
      changes: expect.arrayContaining([
        expect.objectContaining({ path: '/config/mailbox', impact: 'breaking' }),
        expect.objectContaining({ path: '/auth/credentialId', impact: 'neutral' }),
      ]),
      before: { type: 'toy_mailbox' },
    });
    expect((await call('GET', `${path}/versions`)).body.items).toHaveLength(2);
    expect(JSON.stringify(seen)).not.toContain(secret);
  });

  test('other providers and connectors can use a registered auth kind', async () => {
    const server = await startProvider((_request, response) => sendJson(response, 200, { ok: true }));
    const globex = await api.tenant({ privateHosts: [server.host] });
    const { body: connector } = await globex.as.tenant_admin('POST', '/api/connectors', {
      name: 'sealed_desk',
      baseUrl: server.url,
      auth: definition.auth,
    });
    expect(connector.auth).toMatchObject({ type: 'toy_seal', sealedBy: 'ana', hasSecret: true });
    const { body: tool } = await globex.as.tenant_admin('POST', '/api/tools', {
      name: 'send_sealed',
      type: 'http',
      inputSchema: definition.inputSchema,
      config: { method: 'POST', connectorId: connector.id, path: '/messages' },
    });
    const path = `/api/tools/${tool.id}/execute`;
    expect((await globex.as.operator('POST', path, { payload })).body.status).toBe('succeeded');
    expect(server.requests[0]).toMatchObject({
      url: '/messages',
      headers: { 'x-seal': `ana:${toySeal(secret, payload)}` },
    });
    await server.close();
  });

  test('a registered provider and auth kind are part of the OpenAPI document', async () => {
    const { body } = await api.call(null)('GET', '/api/openapi.json');
    const { $ref } = body.paths['/api/tools/{id}'].get.responses[200].content['application/json'].schema;
    expect($ref).toBe('#/components/schemas/Tool');
    const { oneOf } = body.components.schemas.Tool;
    const toy = oneOf.find(
      ({ properties }: { properties: { type: { const: string } } }) =>
        properties.type.const === 'toy_mailbox',
    );
    expect(Object.keys(toy.properties.config.properties)).toEqual(['mailbox', 'message']);
    expect(toy.properties.auth.properties.type.enum).toContain('toy_seal');
    expect(toy.properties.auth.properties).toHaveProperty('sealedBy');
    expect(toy.properties.auth.properties).not.toHaveProperty('sealingKey');
  });
});
