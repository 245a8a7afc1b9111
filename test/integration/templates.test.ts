import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestApi, type TestApi, type TestTenant } from '../support/test-api.ts';

const token = 'xoxb-9f8e7d6c5b4a39281706f5e4d3c2b1a0';

describe('templates', () => {
  let api: TestApi;
  let acme: TestTenant;

  beforeAll(async () => {
    api = await startTestApi();
    acme = await api.tenant();
  });
  afterAll(() => api?.close());

  const admin = (method: string, path: string, body?: unknown, headers?: Record<string, string>) =>
    acme.as.tool_admin(method, path, body, headers);
  const install = (id: string, body: unknown = {}, headers?: Record<string, string>) =>
    admin('POST', `/api/templates/${id}/install`, body, headers);
  const connectors = async () => (await admin('GET', '/api/connectors')).body.items;

  test('the catalogue is listed page by page, and found by words and service', async () => {
    const first = await acme.as.viewer('GET', '/api/templates?limit=100');
    expect(first.body.items).toHaveLength(100);
    const next = await acme.as.viewer('GET', `/api/templates?limit=100&cursor=${first.body.nextCursor}`);
    expect(next.body.items.length).toBeGreaterThan(0);
    const found = await acme.as.viewer('GET', '/api/templates?q=post%20a%20reply&service=slack');
    expect(found.body.items).toEqual([
      expect.objectContaining({ id: 'slack_post_message', auth: 'bearer', safeToRetry: false }),
    ]);
  });

  test('the texts are in the language that is asked for, and so is the tool that is made; without, English', async () => {
    const german = await acme.as.viewer('GET', '/api/templates?q=nachricht&service=slack&language=de');
    expect(german.body.items).toContainEqual(
      expect.objectContaining({ id: 'slack_post_message', title: 'Nachricht veröffentlichen' }),
    );
    const { body: view } = await acme.as.viewer('GET', '/api/templates/github_create_issue?language=de');
    expect(view.inputSchema.properties.labels.description).toBe('Namen von Labels');
    const { body: english } = await acme.as.viewer('GET', '/api/templates/github_create_issue');
    expect(english.title).toBe('Create an issue');
    expect({ ...view.sample, method: view.method }).toEqual({ ...english.sample, method: english.method });
    const other = await api.tenant();
    const made = await other.as.tool_admin('POST', '/api/templates/anthropic_list_models/install', {
      auth: { value: token },
      language: 'de',
    });
    expect(made.status, JSON.stringify(made.body)).toBe(201);
    expect(made.body).toMatchObject({ name: 'anthropic_list_models', title: 'Modelle auflisten' });
    expect((await acme.as.viewer('GET', '/api/templates?language=fr')).status).toBe(422);
  });

  test('the second tool of a service needs no secret, and no answer shows it', async () => {
    const missing = await install('slack_post_message');
    expect([missing.status, missing.body.error?.code]).toEqual([422, 'invalid_definition']);
    const first = await install('slack_post_message', { auth: { token } });
    expect(first.status, JSON.stringify(first.body)).toBe(201);
    expect(first.body).toMatchObject({ name: 'slack_post_message', type: 'http', category: 'communication' });
    const second = await install('slack_create_channel', { name: 'open_channel' });
    expect(second.status, JSON.stringify(second.body)).toBe(201);
    const all = await connectors();
    expect(all.map(({ name }: { name: string }) => name)).toEqual(['slack']);
    expect(second.body.config.connectorId).toBe(all[0].id);
    const view = await admin('GET', '/api/templates/slack_post_message');
    expect(view.body).toMatchObject({
      connector: { id: all[0].id, name: 'slack' },
      tool: { id: first.body.id, name: 'slack_post_message' },
    });
    expect(JSON.stringify([first.body, second.body, view.body, all])).not.toContain(token);
  });

  test('a preview of the sample is the request that the provider documents', async () => {
    const { body: view } = await admin('GET', '/api/templates/github_create_issue');
    const { body: tool } = await install('github_create_issue', { auth: { token } });
    const preview = await admin('POST', `/api/tools/${tool.id}/preview`, { payload: view.sample });
    expect(preview.status, JSON.stringify(preview.body)).toBe(200);
    expect(preview.body.request).toMatchObject({
      method: 'POST',
      url: 'https://api.github.com/repos/octo-org/shop/issues',
    });
    expect(JSON.stringify(preview.body)).not.toContain(token);
  });

  test('two keys of a service are one credential, and a preview shows neither', async () => {
    const keys = { 'DD-API-KEY': 'a1b2c3d4e5f60718', 'DD-APPLICATION-KEY': 'f0e1d2c3b4a59687' };
    const parameters = { site: 'datadoghq.eu' };
    const half = await install('datadog_get_monitor', {
      auth: { keys: { 'DD-API-KEY': keys['DD-API-KEY'] } },
      parameters,
    });
    expect(half.body.error.issues).toEqual([
      expect.objectContaining({ message: 'The key DD-APPLICATION-KEY is required' }),
    ]);
    const { status, body: tool } = await install('datadog_get_monitor', { auth: { keys }, parameters });
    expect(status, JSON.stringify(tool)).toBe(201);
    const preview = await admin('POST', `/api/tools/${tool.id}/preview`, { payload: { monitor_id: 7 } });
    expect(preview.body.request).toMatchObject({
      url: 'https://api.datadoghq.eu/api/v1/monitor/7',
      headers: { 'DD-API-KEY': '[redacted]', 'DD-APPLICATION-KEY': '[redacted]' },
    });
    expect(JSON.stringify([tool, preview.body])).not.toMatch(/a1b2c3d4|f0e1d2c3/);
  });

  test('a tool with an address of its own gets no connector and sends no credential', async () => {
    const { body: view } = await admin('GET', '/api/templates/slack_upload_2_text');
    expect(view).toMatchObject({ auth: 'none', needsConnector: false, connector: null, parameters: [] });
    const { status, body: tool } = await install('slack_upload_2_text');
    expect(status, JSON.stringify(tool)).toBe(201);
    expect(tool).toMatchObject({
      auth: { type: 'none' },
      config: { url: 'https://files.slack.com/upload/v1/{upload_path}' },
    });
    const preview = await admin('POST', `/api/tools/${tool.id}/preview`, { payload: view.sample });
    expect(preview.body.request).toMatchObject({
      url: 'https://files.slack.com/upload/v1/ABC123',
      body: 'Order 4711 is refunded.\n',
    });
    expect(JSON.stringify(preview.body)).not.toContain('uthorization');
  });

  test('what a service needs to know is asked, and checked', async () => {
    const missing = await install('jira_get_issue', { auth: { password: token } });
    expect(missing.body.error.issues).toEqual(
      expect.arrayContaining([expect.objectContaining({ path: '/parameters/site' })]),
    );
    const parameters = { site: 'acme', email: 'ops@acme.example' };
    const wrong = await install('jira_get_issue', {
      auth: { password: token },
      parameters: { ...parameters, site: 'evil.example/' },
    });
    expect([wrong.status, wrong.body.error.code]).toEqual([422, 'invalid_input']);
    const right = await install('jira_get_issue', { auth: { password: token }, parameters });
    expect(right.status, JSON.stringify(right.body)).toBe(201);
    expect((await connectors()).find(({ name }: { name: string }) => name === 'jira').baseUrl).toBe(
      'https://acme.atlassian.net/rest/api/3',
    );
    // Its own auth would name the email address, which only the parameters say.
    const own = await install('jira_create_issue', { auth: { password: token } });
    expect([own.status, own.body.error.code]).toEqual([422, 'invalid_input']);
    const other = await install('jira_create_issue', {
      auth: { password: token },
      parameters: { ...parameters, site: 'other' },
    });
    expect([other.status, other.body.error.code]).toEqual([409, 'already_exists']);
  });

  test('the same request with one Idempotency-Key makes one tool', async () => {
    const sent = { auth: { token }, name: 'ask_once' };
    const key = { 'idempotency-key': 'install-1' };
    const both = await Promise.all([
      install('openai_create_response', sent, key),
      install('openai_create_response', sent, key),
    ]);
    const again = await install('openai_create_response', sent, key);
    const ids = [...both, again].filter(({ status }) => status === 201).map(({ body }) => body.id);
    expect(ids).toContain(again.body.id);
    expect(new Set(ids).size).toBe(1);
    const other = await install('openai_chat', { name: 'ask_twice' }, key);
    expect([other.status, other.body.error.code]).toEqual([409, 'idempotency_conflict']);
  });

  test('a connector of the same name that calls something else is left alone', async () => {
    await admin('POST', '/api/connectors', { name: 'stripe', baseUrl: 'https://other.example/v1' });
    const taken = await install('stripe_refund_payment', { auth: { token } });
    expect([taken.status, taken.body.error.code]).toEqual([409, 'already_exists']);
    const own = await install('stripe_refund_payment', { auth: { token }, connectorName: 'stripe_payments' });
    expect(own.status, JSON.stringify(own.body)).toBe(201);
    expect((await install('nothing_such')).status).toBe(404);
    expect((await acme.as.operator('POST', '/api/templates/stripe_get_payment/install', {})).status).toBe(
      403,
    );
  });
});
