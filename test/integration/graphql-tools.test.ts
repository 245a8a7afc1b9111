import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startGraphql } from '../support/graphql-server.ts';
import type { ProviderServer, Respond } from '../support/provider-server.ts';
import { startTestApi, type TestApi, type TestTenant } from '../support/test-api.ts';

const token = 'graph-token-8314462618';

describe('tools of a GraphQL endpoint', () => {
  let api: TestApi;
  let acme: TestTenant;
  let server: ProviderServer;
  let connectorId: string;
  /** Responds in place of the endpoint. */
  let instead: Respond | null = null;

  beforeAll(async () => {
    server = await startGraphql((request, response) => {
      if (request.headers.authorization !== `Bearer ${token}`) response.writeHead(401).end();
      else if (instead) void instead(request, response);
      else return false;
      return true;
    });
    api = await startTestApi();
    acme = await api.tenant({ privateHosts: [server.host] });
  });
  afterAll(() => Promise.all([api?.close(), server?.close()]));

  const as = (...request: Parameters<TestTenant['as']['tool_admin']>) => acme.as.tool_admin(...request);
  const connector = (more: object = {}) => ({
    name: 'orders',
    kind: 'graphql',
    url: `${server.url}/graphql`,
    headers: { 'x-shop': 'one' },
    auth: { type: 'bearer', token },
    ...more,
  });
  const made = async (path: string, body: object): Promise<string> => {
    const response = await as('POST', path, body);
    expect(response.status, JSON.stringify(response.body)).toBe(201);
    return response.body.id;
  };
  let count = 0;
  const tool = (document: string, properties: object = {}, more: object = {}) =>
    made('/api/tools', {
      name: `graph_${++count}`,
      type: 'graphql',
      config: { connectorId, document },
      inputSchema: { type: 'object', properties, required: Object.keys(properties) },
      retry: { maxAttempts: 2, initialMs: 10, maxMs: 10 },
      ...more,
    });
  const run = async (id: string, payload: object = {}) =>
    (await as('POST', `/api/tools/${id}/execute`, { payload })).body;
  const responding = async <T>(respond: Respond, work: () => Promise<T>): Promise<T> => {
    instead = respond;
    try {
      return await work();
    } finally {
      instead = null;
    }
  };

  test('the schema is fetched with the auth of the connector, and nothing is stored', async () => {
    const described = await as('POST', '/api/connectors/describe', { definition: connector({ name: '' }) });
    expect(described.body).toEqual({ fields: { schema: expect.stringContaining('input NewRefund {') } });
    expect((await as('GET', '/api/connectors')).body.items).toEqual([]);

    connectorId = await made('/api/connectors', connector());
    const stored = await as('POST', '/api/connectors/describe', { id: connectorId });
    expect(stored.body).toEqual(described.body);
    const edited = connector({ auth: { type: 'bearer' }, ...described.body.fields });
    const again = await as('POST', '/api/connectors/describe', { id: connectorId, definition: edited });
    expect(again.body).toEqual(described.body);
    expect((await as('PUT', `/api/connectors/${connectorId}`, edited)).status).toBe(200);

    const list = (await as('GET', '/api/connectors')).body.items;
    expect(list).toMatchObject([{ id: connectorId, kind: 'graphql' }]);
    expect(list[0]).not.toHaveProperty('schema');
    expect((await as('GET', `/api/connectors/${connectorId}`)).body.schema).toContain('NewRefund');
  });

  test('a schema that cannot be fetched says why, without the secret', async () => {
    const describe = (definition: object) => as('POST', '/api/connectors/describe', { definition });
    const errorOf = async (definition: object) => {
      const { status, body } = await describe(definition);
      expect(JSON.stringify(body)).not.toContain(token);
      return [status, body.error.code, body.error.message];
    };
    const wrong = connector({ auth: { type: 'bearer', token: 'another' } });
    expect(await errorOf(wrong)).toEqual([502, 'provider_error', expect.stringContaining('returned 401')]);
    const disabled: Respond = (_request, response) =>
      response.end(JSON.stringify({ errors: [{ message: `introspection is off for ${token}` }] }));
    expect(await responding(disabled, () => errorOf(connector()))).toEqual([
      502,
      'provider_error',
      expect.stringContaining('introspection is off'),
    ]);
    expect(await errorOf(connector({ url: 'http://10.1.2.3/graphql' }))).toEqual([
      403,
      'denied',
      expect.any(String),
    ]);
    const located = await describe({ kind: 'graphql', url: 'ftp://x', auth: { type: 'bearer' } });
    expect(located.body.error.issues.map((issue: { path: string }) => issue.path)).toEqual(
      expect.arrayContaining(['/definition/url', '/definition/auth/token']),
    );
    const rest = await describe({ baseUrl: server.url });
    expect(rest.body.error.issues).toMatchObject([{ path: '/definition/kind' }]);
  });

  test('operations are listed, found and made tools of', async () => {
    const path = `/api/connectors/${connectorId}/operations`;
    const page = (await as('GET', `${path}?limit=2`)).body;
    expect(page.items.map((each: { key: string }) => each.key)).toEqual(['query.order', 'query.orders']);
    const next = (await as('GET', `${path}?limit=2&cursor=${page.nextCursor}`)).body;
    expect(next).toMatchObject({ items: [{ key: 'mutation.refund', method: 'mutation' }], nextCursor: null });
    expect((await as('GET', `${path}?cursor=x`)).status).toBe(422);
    const found = (await as('GET', `${path}?q=order%20number`)).body.items;
    expect(found).toMatchObject([{ key: 'query.order', tool: { config: { connectorId } } }]);

    const id = await made('/api/tools', found[0].tool);
    const shown = (await as('GET', `/api/tools/${id}`)).body;
    expect(shown.config).toMatchObject({ operation: 'query', operationName: 'Order' });
  });

  test('a document that does not fit the schema is refused at its place', async () => {
    const { status, body } = await as('POST', '/api/tools', {
      name: 'misfit',
      type: 'graphql',
      config: { connectorId, document: 'query ($id: ID!) {\n  order(id: $id) { nothing }\n}' },
      inputSchema: { type: 'object', properties: { id: { type: 'boolean' } }, required: ['id'] },
    });
    expect(status).toBe(422);
    expect(body.error.issues).toEqual([
      expect.objectContaining({
        path: '/config/document',
        message: 'Line 2, column 20: Cannot query field "nothing" on type "Order".',
      }),
      expect.objectContaining({ path: '/inputSchema/properties/id' }),
    ]);
    const broken = await as('PUT', `/api/connectors/${connectorId}`, {
      ...connector({ auth: { type: 'bearer' } }),
      schema: 'type Query {',
    });
    expect(broken.body.error.issues).toMatchObject([{ path: '/schema' }]);
  });

  test('a preview is what the endpoint gets, and its data is the output', async () => {
    const id = await tool('query ($id: ID!) { order(id: $id) { id total } }', { id: { type: 'string' } });
    const payload = { id: '7' };
    const { request } = (await as('POST', `/api/tools/${id}/preview`, { payload })).body;
    const execution = await run(id, payload);
    expect(execution).toMatchObject({ status: 'succeeded', output: { order: { id: '7', total: 12.5 } } });
    const received = server.requests.at(-1)!;
    expect(request).toMatchObject({
      method: 'POST',
      url: `${server.url}/graphql`,
      body: JSON.parse(received.body),
    });
    expect(received.headers['x-shop']).toBe('one');
    expect(JSON.stringify([request, execution])).not.toContain(token);
  });

  test('errors in a 200 fail the execution, in the words of the provider, and the partial data is kept', async () => {
    const id = await tool('query ($id: ID!) { order(id: $id) { id secretNote(reason: "x") } }', {
      id: { type: 'string' },
    });
    const execution = await run(id, { id: '7' });
    expect(execution).toMatchObject({
      status: 'failed',
      failure: {
        code: 'provider_error',
        message: `The provider refused: The note of this order is locked. ${server.host} returned an error.`,
      },
      output: { data: { order: { id: '7', secretNote: null } } },
    });
    expect(execution.attempts ?? [1]).toHaveLength(1);
  });

  test('a query is retried; a mutation whose response is lost is an unknown outcome, unless it is idempotent', async () => {
    const lost: Respond = (_request, response) => response.socket?.destroy();
    const refund = 'mutation ($refund: NewRefund!) { refund(refund: $refund) { id amount } }';
    const properties = { refund: { type: 'object' } };
    const payload = { refund: { orderId: '7', amount: 3 } };
    const query = await tool('{ orders { id } }');
    const mutation = await tool(refund, properties);
    const idempotent = await tool(refund, properties, { idempotent: true });

    const calls = async (id: string, input: object) => {
      const before = server.requests.length;
      const { failure } = await responding(lost, () => run(id, input));
      return [failure.code, server.requests.length - before];
    };
    expect(await calls(query, {})).toEqual(['provider_error', 2]);
    expect(await calls(mutation, payload)).toEqual(['outcome_unknown', 1]);
    expect(await calls(idempotent, payload)).toEqual(['provider_error', 2]);
    expect(server.requests.at(-1)?.headers['idempotency-key']).toEqual(
      server.requests.at(-2)?.headers['idempotency-key'],
    );
    expect(await run(mutation, payload)).toMatchObject({ output: { refund: { id: 're_1', amount: 3 } } });
    const refused = await run(mutation, { refund: { orderId: '7', amount: 300 } });
    expect(refused.failure).toMatchObject({ code: 'provider_error' });
    expect(refused.failure.message).toContain('More than was paid');
  });

  test('what is no GraphQL response, and a refusal by status, fail in words', async () => {
    const id = await tool('{ orders { id } }', {}, { retry: { maxAttempts: 1 } });
    const failing = async (status: number, body: string) => {
      const respond: Respond = (_request, response) =>
        response.writeHead(status, { 'content-type': 'application/json' }).end(body);
      const { failure } = await responding(respond, () => run(id));
      return `${failure.code} ${failure.message}`;
    };
    expect(await failing(200, '<html>')).toMatch(/^invalid_output The response is not valid JSON/);
    expect(await failing(200, '{"ok":1}')).toMatch(
      /^invalid_output The response has neither data nor errors/,
    );
    expect(await failing(400, '{"errors":[{"message":"Bad document"}]}')).toMatch(
      /^provider_error The provider refused: Bad document\. .* returned 400/,
    );
    expect(await failing(503, '')).toMatch(/^provider_error .* returned 503/);
    const large = JSON.stringify({
      data: { orders: Array.from({ length: 3000 }, (_, at) => ({ id: `order ${at} of many` })) },
    });
    const { output } = await responding(
      (_request, response) => response.end(large),
      () => run(id),
    );
    expect(output.orders).toHaveLength(3000);
  });

  test('an endpoint that does not respond in time, and one that may not be reached, fail', async () => {
    const id = await tool('{ orders { id } }', {}, { timeoutMs: 200, retry: { maxAttempts: 1 } });
    const slow = await responding(
      () => {},
      () => run(id),
    );
    expect(slow.failure.code).toBe('timeout');
    const elsewhere = await made('/api/tools', {
      name: 'elsewhere',
      type: 'graphql',
      config: { url: 'http://10.1.2.3/graphql', document: '{ a }' },
    });
    expect((await run(elsewhere)).failure.code).toBe('denied');
  });
});
