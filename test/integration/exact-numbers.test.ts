import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { eventually } from '../support/eventually.ts';
import { type ProviderServer, startProvider } from '../support/provider-server.ts';
import { startTestApi, type TestApi, type TestTenant } from '../support/test-api.ts';

/** Each would be another text, and most another number, as a double. */
const numbers = {
  id: '9007199254740993',
  amount: '19.90',
  rate: '1.0',
  long: '-12345678901234567890.123456789',
  tiny: '0.00000001',
};
const numbersJson = `{${Object.entries(numbers)
  .map(([name, digits]) => `"${name}":${digits}`)
  .join(',')}}`;
const schema = {
  type: 'object',
  properties: Object.fromEntries(Object.keys(numbers).map((name) => [name, { type: 'number' }])),
};

let api: TestApi;
let tenant: TestTenant;
let provider: ProviderServer;

beforeAll(async () => {
  api = await startTestApi();
  provider = await startProvider((_request, response) => {
    response.writeHead(200, { 'content-type': 'application/json' }).end(numbersJson);
  });
  tenant = await api.tenant({ privateHosts: [provider.host] });
});

afterAll(async () => {
  await api?.close();
  await provider?.close();
});

beforeEach(() => {
  provider.requests.length = 0;
});

/** The properties of a flat object, sorted: jsonb has an order of its own. */
const sorted = (json: string): string[] => json.slice(1, -1).split(',').sort();

/** Sends and returns JSON as text: the test's own parser would change the numbers. */
async function send(method: string, path: string, body?: string, headers: Record<string, string> = {}) {
  const response = await fetch(api.url + path, {
    method,
    headers: {
      authorization: `Bearer ${tenant.keys.tenant_admin}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body === undefined ? {} : { body }),
  });
  return { status: response.status, text: await response.text() };
}

const idOf = ({ text }: { text: string }): string => (JSON.parse(text) as { id: string }).id;

let tools = 0;
async function createTool(definition: string): Promise<string> {
  const head = `"name":"numbers_${++tools}","type":"http"`;
  const created = await send('POST', '/api/tools', `{${head},${definition}}`);
  expect(created).toMatchObject({ status: 201 });
  return idOf(created);
}

const postTool = () =>
  createTool(
    `"inputSchema":${JSON.stringify(schema)},"config":{"method":"POST","url":"${provider.url}/orders"}`,
  );

test('numbers are sent, stored, previewed and returned as they were written', async () => {
  const tool = await postTool();
  const payload = `{"payload":${numbersJson}}`;
  expect(await send('POST', `/api/tools/${tool}/validate`, payload)).toMatchObject({ status: 200 });
  const preview = await send('POST', `/api/tools/${tool}/preview`, payload);
  expect(preview.text).toContain(`"body":${numbersJson}`);
  const { digest } = JSON.parse(preview.text) as { digest: string };

  const executed = await send(
    'POST',
    `/api/tools/${tool}/execute`,
    `{"payload":${numbersJson},"previewDigest":"${digest}"}`,
  );
  expect(executed.status).toBe(200);
  const stored = await send('GET', `/api/tools/executions/${idOf(executed)}`);
  const rerun = await send('POST', `/api/tools/executions/${idOf(executed)}/rerun`, '{}');
  expect(rerun.status).toBe(200);
  for (const { text } of [executed, stored, rerun]) {
    for (const digits of Object.values(numbers)) expect(text).toContain(`:${digits}`);
    // In the input, in the output and in the request of the attempt.
    expect(text.split(numbers.id)).toHaveLength(4);
  }
  expect(provider.requests.map(({ body }) => sorted(body))).toEqual([
    sorted(numbersJson),
    sorted(numbersJson),
  ]);
});

test('a path, a query, a header and a form have the digits too', async () => {
  const config = {
    method: 'PUT',
    url: `${provider.url}/orders/{id}`,
    query: { amount: '{amount}', text: 'from {tiny}' },
    headers: { 'x-rate': '{rate}' },
    bodyType: 'form',
  };
  const tool = await createTool(`"inputSchema":${JSON.stringify(schema)},"config":${JSON.stringify(config)}`);
  expect(await send('POST', `/api/tools/${tool}/execute`, `{"payload":${numbersJson}}`)).toMatchObject({
    status: 200,
  });
  const [request] = provider.requests;
  expect(request).toMatchObject({
    url: `/orders/${numbers.id}?amount=${numbers.amount}&text=from%20${numbers.tiny}`,
    body: `long=${numbers.long}`,
  });
  expect(request!.headers['x-rate']).toBe(numbers.rate);
});

test('an exponent is written out, and a call that is prepared again is still the previewed one', async () => {
  const tool = await postTool();
  const payload = '{"id":1E2,"amount":1.5e-7,"rate":-0,"long":1e400}';
  const preview = await send('POST', `/api/tools/${tool}/preview`, `{"payload":${payload}}`);
  const { digest } = JSON.parse(preview.text) as { digest: string };
  const executed = await send(
    'POST',
    `/api/tools/${tool}/execute`,
    `{"payload":${payload},"previewDigest":"${digest}"}`,
    { prefer: 'respond-async' },
  );
  expect(executed.status).toBeLessThan(300);
  await eventually(() => provider.requests.length === 1);
  const sent = provider.requests[0]!.body;
  expect(sorted(sent)).toEqual(['"amount":0.00000015', '"id":100', `"long":1${'0'.repeat(400)}`, '"rate":0']);
});

test('schemas compare what was written', async () => {
  const tool = await createTool(
    `"inputSchema":{"type":"object","properties":{
      "id":{"type":"integer","maximum":9007199254740993},
      "price":{"type":"number","multipleOf":0.01},
      "kind":{"enum":[1,9007199254740995]}
    }},"outputSchema":{"properties":{"id":{"const":9007199254740993}}},
    "config":{"method":"POST","url":"${provider.url}/orders"}`,
  );
  const validate = (payload: string) => send('POST', `/api/tools/${tool}/validate`, `{"payload":${payload}}`);
  for (const payload of [
    '{"id":9007199254740993,"price":19.99,"kind":1.0}',
    '{"price":12345678901234567.89,"kind":9007199254740995}',
  ])
    expect(await validate(payload)).toMatchObject({ status: 200 });
  const refused = await validate('{"id":9007199254740994,"price":19.995,"kind":9007199254740996}');
  expect(refused.status).toBe(422);
  const { error } = JSON.parse(refused.text) as { error: { issues: { path: string; message: string }[] } };
  expect(error.issues.map(({ path, message }) => `${path} ${message}`).sort()).toEqual([
    '/id id must be at most 9007199254740993',
    '/kind kind must be one of 1, 9007199254740995',
    '/price price must be a multiple of 0.01',
  ]);
  // The output schema has the same digits.
  expect(await send('POST', `/api/tools/${tool}/execute`, '{"payload":{}}')).toMatchObject({ status: 200 });
  expect((await send('GET', `/api/tools/${tool}`)).text).toContain('"maximum":9007199254740993');
});

test('one key with an equal number is one execution, and with another number a conflict', async () => {
  const tool = await postTool();
  const execute = (payload: string) =>
    send('POST', `/api/tools/${tool}/execute`, `{"payload":${payload}}`, {
      'idempotency-key': `key-${tool}`,
    });
  const first = await execute('{"id":9007199254740993,"amount":19.90}');
  const same = await execute('{"amount":19.9,"id":9007199254740993.0}');
  expect(idOf(same)).toBe(idOf(first));
  expect(await execute('{"id":9007199254740992,"amount":19.90}')).toMatchObject({ status: 409 });
  expect(provider.requests).toHaveLength(1);
});

test('fields that are numbers may be written with a fraction of zeros, and a literal of a definition keeps its digits', async () => {
  const tool = await createTool(
    `"timeoutMs":5000.0,"retry":{"factor":2.0,"maxAttempts":1.0},
    "config":{"method":"POST","url":"${provider.url}/orders","body":{"price":19.90,"id":9007199254740993}}`,
  );
  const shown = await send('GET', `/api/tools/${tool}`);
  expect(shown.text).toContain('"timeoutMs":5000,');
  expect(shown.text).toContain('"factor":2,');
  expect(await send('POST', `/api/tools/${tool}/execute`, '{"payload":{},"waitMs":20000.0}')).toMatchObject({
    status: 200,
  });
  expect(provider.requests[0]!.body).toBe('{"price":19.90,"id":9007199254740993}');
});

test('a number of more than 1,000 digits is refused and nothing is sent', async () => {
  const tool = await postTool();
  for (const digits of ['1e1000', '9'.repeat(1001)]) {
    const refused = await send('POST', `/api/tools/${tool}/execute`, `{"payload":{"id":${digits}}}`);
    expect(refused.status).toBe(422);
    expect(refused.text).toContain('more than 1000 digits');
    expect(refused.text).toContain('"path":"/payload/id"');
  }
  expect(provider.requests).toHaveLength(0);
});

test('tRPC, alone and in a batch, takes and returns the same digits', async () => {
  const tool = await postTool();
  const input = `{"id":"${tool}","payload":${numbersJson}}`;
  const alone = await send('POST', '/trpc/tools.execute', input);
  const batch = await send(
    'POST',
    '/trpc/tools.execute,tools.preview?batch=1',
    `{"0":${input},"1":${input}}`,
  );
  expect(provider.requests.map(({ body }) => body)).toEqual([numbersJson, numbersJson]);
  for (const { text } of [alone, batch])
    for (const digits of Object.values(numbers)) expect(text).toContain(`:${digits}`);
});

test('a run passes numbers on as they were written', async () => {
  const tool = await postTool();
  const { name } = JSON.parse((await send('GET', `/api/tools/${tool}`)).text) as { name: string };
  const step = (id: string, input: unknown) => ({ id, type: 'call_tool', title: id, tool: name, input });
  const document = {
    name: `numbers_${tools}`,
    title: 'Numbers',
    inputSchema: { type: 'object' },
    steps: [
      step('first', {
        order: '${{ exception.attributes.order }}',
        text: 'Order ${{ exception.attributes.order }}',
        id: '${{ input.id }}',
        amount: '${{ input.lines[sku = "b"].amount }}',
      }),
      step('second', '${{ steps.first.output }}'),
    ],
  };
  const playbook = await send('POST', '/api/playbooks', JSON.stringify(document));
  expect(await send('POST', `/api/playbooks/${idOf(playbook)}/publish`, '{}')).toMatchObject({ status: 200 });
  const exception = await send(
    'POST',
    '/api/exceptions',
    '{"title":"An order","attributes":{"order":9007199254740997,"paid":19.90}}',
  );
  expect(exception.text).toContain('"paid":19.90');
  const run = await send(
    'POST',
    '/api/playbook-runs',
    `{"playbookId":"${idOf(playbook)}","exceptionId":"${idOf(exception)}","input":{"id":9007199254740993,"lines":[{"sku":"b","amount":9007199254740995}]}}`,
  );
  for (const [index, stepId] of ['first', 'second'].entries()) {
    await eventually(async () => {
      const path = `/api/playbook-runs/${idOf(run)}/steps/${stepId}/complete`;
      const { status, text } = await send('POST', path, '{}');
      expect([status, text]).toEqual([200, expect.anything()]);
      return true;
    });
    await eventually(() => provider.requests.length === index + 1);
  }
  expect(sorted(provider.requests[0]!.body)).toEqual([
    '"amount":9007199254740995',
    '"id":9007199254740993',
    '"order":9007199254740997',
    '"text":"Order 9007199254740997"',
  ]);
  expect(sorted(provider.requests[1]!.body)).toEqual(sorted(numbersJson));
});
