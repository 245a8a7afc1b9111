import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ProviderServer, startProvider } from '../support/provider-server.ts';
import { startTestApi, type TestApi, type TestTenant } from '../support/test-api.ts';

const bearer = 'sk_live_4eC39HqLyjWDarjtT1zdp7dc';

/** An API with a list, a change with a body, and an operation that no tool can be. */
const shop = (changed = false) => ({
  openapi: '3.0.3',
  info: { title: 'Shop', version: '1' },
  servers: [{ url: 'https://shop.example/v1' }],
  components: {
    securitySchemes: { key: { type: 'apiKey', in: 'header', name: 'X-Shop-Key' } },
    schemas: {
      Refund: {
        type: 'object',
        required: changed ? ['amount', 'reason'] : ['amount'],
        properties: {
          id: { type: 'string', readOnly: true },
          amount: { type: 'number', minimum: 0, exclusiveMinimum: true },
          reason: { type: 'string', nullable: true },
          parent: { $ref: '#/components/schemas/Refund' },
        },
      },
    },
  },
  security: [{ key: [] }],
  paths: {
    '/orders': {
      get: {
        operationId: 'listOrders',
        parameters: [
          { name: 'status', in: 'query', schema: { type: 'string', enum: ['open', 'closed'] } },
          { name: 'ids', in: 'query', explode: false, schema: { type: 'array', items: { type: 'string' } } },
        ],
        responses: { 200: { content: { 'application/json': { schema: { type: 'array', items: {} } } } } },
      },
    },
    '/orders/{orderId}/refunds': {
      parameters: [{ name: 'orderId', in: 'path', required: true, schema: { type: 'string' } }],
      post: {
        operationId: 'refundOrder',
        summary: 'Refund an order',
        parameters: [{ name: 'Idempotency-Key', in: 'header', schema: { type: 'string' } }],
        requestBody: {
          required: true,
          content: { 'application/json': { schema: { $ref: '#/components/schemas/Refund' } } },
        },
        responses: { 201: { description: 'Done' } },
      },
    },
    '/orders/{orderId}': { trace: { responses: {} } },
  },
});

describe('imports', () => {
  let api: TestApi;
  let acme: TestTenant;
  let provider: ProviderServer;

  beforeAll(async () => {
    provider = await startProvider((request, response) => {
      if (request.url === '/openapi.json')
        return response.end(JSON.stringify({ ...shop(), servers: [{ url: '/v1' }] }));
      if (request.url === '/bomb')
        return response.setHeader('content-encoding', 'gzip').end(gzipSync(Buffer.alloc(30_000_000, ' ')));
      response.setHeader('content-type', 'application/json').end(JSON.stringify({ got: request.url }));
    });
    api = await startTestApi();
    acme = await api.tenant({ privateHosts: [provider.host] });
  });
  afterAll(() => Promise.all([api?.close(), provider?.close()]));

  const admin = (method: string, path: string, body?: unknown) => acme.as.tool_admin(method, path, body);
  async function read(sent: Record<string, unknown>) {
    const { status, body } = await admin('POST', '/api/imports', sent);
    expect(status, JSON.stringify(body)).toBe(201);
    return body;
  }
  async function apply(id: string, sent: Record<string, unknown>) {
    const { status, body } = await admin('POST', `/api/imports/${id}/apply`, sent);
    expect(status, JSON.stringify(body)).toBe(200);
    return body;
  }
  const toolOf = async (id: string) => (await admin('GET', `/api/tools/${id}`)).body;

  test('an OpenAPI document lists its operations, and the chosen ones become tools of one connector', async () => {
    const found = await read({ document: JSON.stringify(shop()), connectorName: 'shop_one' });
    expect(found).toMatchObject({
      format: 'openapi',
      title: 'Shop',
      connector: {
        id: null,
        name: 'shop_one',
        baseUrl: 'https://shop.example/v1',
        auth: { type: 'api_key', name: 'X-Shop-Key' },
      },
    });
    expect(found.operations).toMatchObject([
      {
        key: 'GET /orders',
        name: 'list_orders',
        method: 'GET',
        supported: true,
        state: 'new',
        inputs: ['status', 'ids'],
      },
      {
        key: 'POST /orders/{orderId}/refunds',
        name: 'refund_order',
        title: 'Refund an order',
        inputs: ['orderId', 'amount', 'reason', 'parent'],
      },
      { key: 'TRACE /orders/{orderId}', supported: false, reason: 'A tool cannot send TRACE requests' },
    ]);
    const keys = found.operations.slice(0, 2).map(({ key }: { key: string }) => key);
    const auth = { type: 'api_key', in: 'header', name: 'X-Shop-Key', value: bearer };
    const result = await apply(found.id, { operations: keys, auth });
    expect(result).toMatchObject({ created: 2, updated: 0, unchanged: 0 });
    const refund = await toolOf(result.toolIds[1]);
    expect(refund).toMatchObject({
      name: 'refund_order',
      idempotent: true,
      config: { connectorId: result.connectorId, method: 'POST', path: '/orders/{orderId}/refunds' },
      inputSchema: {
        required: ['orderId', 'amount'],
        properties: {
          amount: { exclusiveMinimum: 0 },
          reason: { type: ['string', 'null'] },
          parent: { $ref: '#/$defs/Refund' },
        },
      },
    });
    const { body: preview } = await acme.as.operator('POST', `/api/tools/${refund.id}/preview`, {
      payload: { orderId: 'o 1', amount: 5 },
    });
    expect(preview.request).toMatchObject({
      url: 'https://shop.example/v1/orders/o%201/refunds',
      body: { amount: 5 },
    });
    expect(JSON.stringify(preview)).not.toContain(bearer);
  });

  test('the same document again is a difference: nothing, then what changed, and whom it breaks', async () => {
    const first = await read({ document: shop(), connectorName: 'shop_two' });
    const keys = ['GET /orders', 'POST /orders/{orderId}/refunds'];
    const { toolIds } = await apply(first.id, { operations: keys });
    // What a person has set stays.
    const { body: edited } = await admin('PUT', `/api/tools/${toolIds[1]}`, {
      ...(await toolOf(toolIds[1])),
      title: 'Give the money back',
      timeoutMs: 1234,
    });
    const same = await read({ document: shop(), connectorName: 'shop_two' });
    expect(same.operations.slice(0, 2)).toMatchObject([
      { state: 'same' },
      { state: 'same', toolId: toolIds[1] },
    ]);
    expect(await apply(same.id, { operations: keys })).toMatchObject({
      created: 0,
      updated: 0,
      unchanged: 2,
    });

    const { '/orders': _gone, ...paths } = shop(true).paths;
    const next = await read({ document: { ...shop(true), paths }, connectorName: 'shop_two' });
    expect(next.operations[0]).toMatchObject({ state: 'changed', change: { breaking: true } });
    expect(next.gone).toMatchObject([{ key: 'GET /orders', toolId: toolIds[0] }]);
    expect(await apply(next.id, { operations: [keys[1]] })).toMatchObject({ created: 0, updated: 1 });
    const updated = await toolOf(toolIds[1]);
    expect(updated).toMatchObject({
      version: edited.version + 1,
      title: 'Give the money back',
      timeoutMs: 1234,
    });
    expect(updated.inputSchema.required).toEqual(['orderId', 'amount', 'reason']);
  });

  test('whoever uses a tool is known before its next edition is applied', async () => {
    const first = await read({ document: shop(), connectorName: 'shop_used' });
    const keys = ['GET /orders', 'POST /orders/{orderId}/refunds'];
    const { toolIds } = await apply(first.id, { operations: keys });
    const { body: tool } = await admin('GET', `/api/tools/${toolIds[1]}`);
    const step = {
      id: 'refund',
      type: 'call_tool',
      title: 'Refund',
      tool: tool.name,
      input: { orderId: 'o-1', amount: 5 },
    };
    const document = { name: 'give_back', title: 'Give back', steps: [step] };
    const created = await admin('POST', '/api/playbooks', document);
    expect(created.status, JSON.stringify(created.body)).toBe(201);
    const published = await admin('POST', `/api/playbooks/${created.body.id}/publish`, {});
    expect(published.status, JSON.stringify(published.body)).toBe(200);

    const next = await read({ document: shop(true), connectorName: 'shop_used' });
    const impact = await admin('POST', `/api/imports/${next.id}/impact`, { operations: keys });
    expect(impact.status, JSON.stringify(impact.body)).toBe(200);
    // The operation that is as it was is left out.
    expect(impact.body.operations).toMatchObject([
      {
        key: keys[1],
        toolId: toolIds[1],
        uses: { playbooks: [{ id: created.body.id, stepIds: ['refund'] }], waitingSteps: [] },
        playbooks: [{ playbookId: created.body.id, version: 1, issues: [{ message: 'reason is required' }] }],
        waitingSteps: [],
        storedInputs: { failing: [] },
      },
    ]);
    expect(next.connector).not.toHaveProperty('callsInstead');
    const moved = { ...shop(), servers: [{ url: 'https://shop.example/v2' }] };
    expect((await read({ document: moved, connectorName: 'shop_used' })).connector).toMatchObject({
      baseUrl: 'https://shop.example/v2',
      callsInstead: 'https://shop.example/v1',
    });
    const elsewhere = await read({ document: shop(), connectorName: 'shop_too' });
    expect(elsewhere.operations[0]).toMatchObject({ name: 'shop_too_list_orders', nameTaken: true });
    const none = await admin('POST', `/api/imports/${first.id}/impact`, { operations: keys });
    expect(none.body).toEqual({ operations: [] });
    expect(
      (await acme.as.operator('POST', `/api/imports/${next.id}/impact`, { operations: keys })).status,
    ).toBe(403);
  });

  test('an operation with a server of its own runs there, without the credential of the connector', async () => {
    const document = shop();
    Object.assign(document.paths['/orders'].get, {
      servers: [{ url: `${provider.url}/elsewhere` }],
      responses: {},
    });
    const found = await read({ document, connectorName: 'shop_elsewhere' });
    const { toolIds } = await apply(found.id, {
      operations: ['GET /orders'],
      auth: { type: 'api_key', in: 'header', name: 'X-Shop-Key', value: bearer },
    });
    const { body: execution } = await acme.as.operator('POST', `/api/tools/${toolIds[0]}/execute`, {
      payload: { status: 'open' },
    });
    expect(execution, JSON.stringify(execution)).toMatchObject({
      status: 'succeeded',
      output: { got: '/elsewhere/orders?status=open' },
    });
    expect(provider.requests.at(-1)?.headers['x-shop-key']).toBeUndefined();
    // Back at the server of the document, it has what its connector adds.
    const next = await read({ document: shop(), connectorName: 'shop_elsewhere' });
    expect(await apply(next.id, { operations: ['GET /orders'] })).toMatchObject({ updated: 1 });
    expect(await toolOf(toolIds[0])).toMatchObject({
      auth: { type: 'inherit' },
      config: { path: '/orders' },
    });
  });

  test('one operation that cannot become a tool stops all of them', async () => {
    const document = shop();
    const found = await read({ document, connectorName: 'shop_three' });
    const { status, body } = await admin('POST', `/api/imports/${found.id}/apply`, {
      operations: ['GET /orders', 'TRACE /orders/{orderId}', 'GET /nothing'],
    });
    expect(status).toBe(422);
    expect(body.error.issues.map(({ path }: { path: string }) => path)).toEqual([
      '/operations/1',
      '/operations/2',
    ]);
    const { body: connectors } = await admin('GET', '/api/connectors?q=shop_three');
    expect(connectors.items).toEqual([]);
  });

  test('a curl command becomes a tool that runs, and its secret goes to the vault', async () => {
    const curl = `curl -X POST '${provider.url}/v1/things?kind=a' \\\n -H 'Authorization: Bearer ${bearer}' --json '{"name": "x {y}"}'`;
    const found = await read({ curl, connectorName: 'by_curl' });
    expect(JSON.stringify(found)).not.toContain(bearer);
    expect(found).toMatchObject({ format: 'curl', connector: { auth: { type: 'bearer' } } });
    const { toolIds, connectorId } = await apply(found.id, { operations: [found.operations[0].key] });
    const { body: execution } = await acme.as.operator('POST', `/api/tools/${toolIds[0]}/execute`, {
      payload: {},
    });
    expect(execution).toMatchObject({ status: 'succeeded', output: { got: '/v1/things?kind=a' } });
    const [request] = provider.requests.slice(-1);
    expect(request).toMatchObject({ body: '{"name":"x {y}"}' });
    expect(request?.headers.authorization).toBe(`Bearer ${bearer}`);
    const { body: connector } = await admin('GET', `/api/connectors/${connectorId}`);
    expect(connector.auth).toMatchObject({ type: 'bearer', hasSecret: true });
    const rows = await api.services.db.system((connection) =>
      connection.query({
        text: 'SELECT row_to_json(d)::text AS row FROM imported_document d WHERE id = $1',
        values: [found.id],
      }),
    );
    expect(JSON.stringify(rows)).not.toContain(bearer);
  });

  test('a URL is read through the egress guard, and relative servers are relative to it', async () => {
    const found = await read({ url: `${provider.url}/openapi.json`, connectorName: 'by_url' });
    expect(found.connector.baseUrl).toBe(`${provider.url}/v1`);
    const refused = await admin('POST', '/api/imports', { url: 'http://127.0.0.1:9/openapi.json' });
    expect(refused.status).toBe(422);
    expect(refused.body.error.issues[0]).toMatchObject({ path: '/url' });
    expect(refused.body.error.issues[0].message).toContain('not a public address');
  });

  test('a document may be larger than other bodies, for those who may import', async () => {
    const document = JSON.stringify({ ...shop(), 'x-notes': 'n'.repeat(3_000_000) });
    expect((await read({ document, connectorName: 'large' })).operations).toHaveLength(3);
    expect((await acme.as.operator('POST', '/api/imports', { document })).status).toBe(403);
    expect((await api.call(null)('POST', '/api/imports', { document })).status).toBe(401);
    expect((await admin('POST', '/api/connectors', { document })).status).toBe(413);
  });

  test('hostile documents get a clear answer, and the API goes on', async () => {
    const loop = { a: { $ref: '#/components/schemas/b' }, b: { $ref: '#/components/schemas/a' } };
    const deep = `${'{"a":'.repeat(20_000)}1${'}'.repeat(20_000)}`;
    const bomb = [
      'a: &a ["x","x","x","x","x","x","x","x","x"]',
      ...'bcdefghij'
        .split('')
        .map((name, index) => `${name}: &${name} [${Array(9).fill(`*${'abcdefghij'[index]}`).join(',')}]`),
    ].join('\n');
    const external = structuredClone(shop());
    Object.assign(external.components.schemas, {
      Refund: { $ref: 'https://evil.example/schemas.json#/Refund' },
    });
    for (const [document, status] of [
      ['not a document', 422],
      ['', 422],
      [deep, 422],
      [bomb, 422],
      [JSON.stringify({ openapi: '3.1.0', info: {}, paths: {}, components: { schemas: loop } }), 201],
      [JSON.stringify({ ...shop(), components: { schemas: { Refund: loop.a, ...loop } } }), 201],
      [JSON.stringify(external), 201],
    ] as const) {
      const response = await admin('POST', '/api/imports', { document, connectorName: 'hostile' });
      expect(response.status, JSON.stringify(response.body).slice(0, 400)).toBe(status);
    }
    const huge = `type Query { ${Array.from({ length: 100_000 }, (_, at) => `field_${at}: Int`).join('\n')} }`;
    for (const [sent, words] of [
      [{ format: 'mcp', document: 'no server' }, 'Send the URL of the server'],
      [{ format: 'graphql', document: '{"fetched":' }, 'Send the URL of the server'],
      [{ document: huge }, 'The description of a GraphQL API can have 900,000 characters'],
      [{ url: `${provider.url}/bomb` }, 'larger than'],
    ] as const) {
      const { status, body } = await admin('POST', '/api/imports', sent);
      expect(status, JSON.stringify(body)).toBe(422);
      expect(body.error.issues[0].message).toContain(words);
    }
    expect((await admin('GET', '/api/tools?limit=1')).status).toBe(200);
  });
});
