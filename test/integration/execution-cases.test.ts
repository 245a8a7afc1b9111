import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type ProviderServer, sendJson, startProvider } from '../support/provider-server.ts';
import { startTestApi, type TestApi, type TestTenant } from '../support/test-api.ts';

describe('the six cases of the requirements, over REST', () => {
  let api: TestApi;
  let tenant: TestTenant;
  let provider: ProviderServer;
  let tokens = 0;

  beforeAll(async () => {
    provider = await startProvider((request, response) => {
      const url = new URL(request.url, 'http://provider');
      if (url.pathname === '/token') {
        tokens++;
        return sendJson(response, 200, {
          access_token: 'token-271828',
          token_type: 'Bearer',
          expires_in: 3600,
        });
      }
      if (url.pathname === '/odd') return sendJson(response, 200, { unexpected: true });
      return sendJson(response, 200, { id: 'r-1', amount: 12.5, nested: { list: [1, 'two', null] } });
    });
    api = await startTestApi();
    tenant = await api.tenant({ privateHosts: [provider.host] });
  });
  beforeEach(() => {
    provider.requests.length = 0;
  });
  afterAll(async () => {
    await api?.close();
    await provider?.close();
  });

  const define = async (definition: Record<string, unknown>): Promise<string> => {
    const { status, body } = await tenant.as.tool_admin('POST', '/api/tools', definition);
    expect(status, JSON.stringify(body)).toBe(201);
    return body.id;
  };
  const execute = (id: string, payload: unknown) =>
    tenant.as.operator('POST', `/api/tools/${id}/execute`, { payload });

  test('a webhook tool without auth sends its input', async () => {
    const tool = await define({
      name: 'notify_hook',
      type: 'http',
      auth: { type: 'none' },
      config: { method: 'POST', url: `${provider.url}/hook` },
    });
    const { status, body } = await execute(tool, { text: 'hello' });
    expect(status).toBe(200);
    expect(body).toMatchObject({
      status: 'succeeded',
      toolName: 'notify_hook',
      attempts: [{ number: 1, httpStatus: 200 }],
    });
    expect(provider.requests).toMatchObject([{ method: 'POST', url: '/hook', body: '{"text":"hello"}' }]);
    expect(provider.requests[0]!.headers.authorization).toBeUndefined();
  });

  test('a GET tool sends its API key in the query, and no response shows it', async () => {
    const tool = await define({
      name: 'find_weather',
      type: 'http',
      auth: { type: 'api_key', in: 'query', name: 'api_key', value: 'key-161803398' },
      config: { method: 'GET', url: `${provider.url}/weather` },
    });
    const { status, body } = await execute(tool, { city: 'Oslo & Bergen' });
    expect(status).toBe(200);
    const asked = new URL(provider.requests[0]!.url, provider.url);
    expect(Object.fromEntries(asked.searchParams)).toEqual({
      city: 'Oslo & Bergen',
      api_key: 'key-161803398',
    });
    expect(JSON.stringify(body)).not.toContain('key-161803398');
  });

  test('an OAuth2 tool fetches its token once', async () => {
    const tool = await define({
      name: 'oauth_call',
      type: 'http',
      auth: {
        type: 'oauth2_client_credentials',
        tokenUrl: `${provider.url}/token`,
        clientId: 'interlock',
        clientSecret: 'client-secret-577215',
      },
      config: { method: 'POST', url: `${provider.url}/orders` },
    });
    const responses = await Promise.all(Array.from({ length: 5 }, (_, index) => execute(tool, { index })));
    responses.push(await execute(tool, { index: 5 }));
    expect(responses.map(({ status }) => status)).toEqual(Array(6).fill(200));
    expect(tokens).toBe(1);
    const calls = provider.requests.filter((request) => request.url === '/orders');
    expect(calls.map((request) => request.headers.authorization)).toEqual(
      Array(6).fill('Bearer token-271828'),
    );
  });

  test('a missing required input is a 422 with its path, and nothing is executed', async () => {
    const tool = await define({
      name: 'needs_amount',
      type: 'http',
      inputSchema: {
        type: 'object',
        required: ['paymentId', 'amount'],
        properties: { paymentId: { type: 'string' }, amount: { type: 'number', exclusiveMinimum: 0 } },
      },
      config: { method: 'POST', url: `${provider.url}/{paymentId}` },
    });
    const { status, body } = await execute(tool, { paymentId: 'p-1' });
    expect(status).toBe(422);
    expect(body.error).toMatchObject({
      code: 'invalid_input',
      issues: [{ path: '/amount', keyword: 'required' }],
      requestId: expect.any(String),
    });
    expect(provider.requests).toHaveLength(0);
    const list = await tenant.as.viewer('GET', `/api/tools/executions?toolId=${tool}`);
    expect(list.body.items).toEqual([]);
  });

  test('an unexpected output is a 500 invalid_output, and the response is kept', async () => {
    const tool = await define({
      name: 'odd_response',
      type: 'http',
      outputSchema: { type: 'object', required: ['refundId'] },
      config: { method: 'GET', url: `${provider.url}/odd` },
    });
    const { status, body } = await execute(tool, {});
    expect(status).toBe(500);
    expect(body).toMatchObject({
      status: 'failed',
      failure: { code: 'invalid_output' },
      issues: [{ path: '/refundId', keyword: 'required' }],
      output: { unexpected: true },
    });
  });

  test('a success returns the parsed response', async () => {
    const tool = await define({
      name: 'get_refund',
      type: 'http',
      config: { method: 'GET', url: `${provider.url}/refunds/1` },
    });
    const { status, body } = await execute(tool, {});
    expect(status).toBe(200);
    expect(body.output).toEqual({ id: 'r-1', amount: 12.5, nested: { list: [1, 'two', null] } });
    const read = await tenant.as.viewer('GET', `/api/tools/executions/${body.id}`);
    expect(read).toMatchObject({ status: 200, body });
  });
});
