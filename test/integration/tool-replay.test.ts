import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { ReplayedExecution } from '../../shared/executions/replay-schemas.ts';
import { eventually } from '../support/eventually.ts';
import { type ProviderServer, sendJson, startProvider } from '../support/provider-server.ts';
import { startTestApi, type TestApi, type TestTenant } from '../support/test-api.ts';

let api: TestApi;
let acme: TestTenant;
let globex: TestTenant;
let provider: ProviderServer;
const token = 'tok_9f2ac01b77e34d';

beforeAll(async () => {
  provider = await startProvider(({ url, body }, response) => {
    if (url.startsWith('/large')) return sendJson(response, 200, { text: 'x'.repeat(300_000) });
    if (url.startsWith('/refused')) return sendJson(response, 400, { error: 'no' });
    const sent = body === '' ? {} : JSON.parse(body);
    sendJson(response, 200, {
      refund: { id: 'r-1', amount: sent.amount ?? 0 },
      email: sent.email,
      echo: token,
    });
  });
  api = await startTestApi();
  acme = await api.tenant({ privateHosts: [provider.host] });
  globex = await api.tenant();
});
beforeEach(() => {
  provider.requests.length = 0;
});
afterAll(async () => {
  await api.close();
  await provider.close();
});

const inputSchema = {
  type: 'object',
  required: ['amount'],
  properties: { amount: { type: 'number' }, email: { type: 'string' } },
};
const definition = (
  name: string,
  more: Record<string, unknown> = {},
  config: Record<string, unknown> = {},
) => ({
  name,
  type: 'http',
  inputSchema,
  auth: { type: 'bearer', token },
  config: {
    method: 'POST',
    url: `${provider.url}/refunds`,
    body: { amount: '{amount}', email: '{email}' },
    ...config,
  },
  retry: { maxAttempts: 1 },
  ...more,
});

async function tool(...args: Parameters<typeof definition>): Promise<string> {
  const { status, body } = await acme.as.tenant_admin('POST', '/api/tools', definition(...args));
  expect(status, JSON.stringify(body)).toBe(201);
  return body.id;
}

async function execute(toolId: string, payload: unknown): Promise<string> {
  const { body } = await acme.as.operator('POST', `/api/tools/${toolId}/execute`, { payload });
  expect(body.id, JSON.stringify(body)).toBeDefined();
  return body.id;
}

async function replay(toolId: string, body: unknown = {}) {
  provider.requests.length = 0;
  const response = await acme.as.tool_admin('POST', `/api/tools/${toolId}/replay`, body);
  expect(response.status, JSON.stringify(response.body)).toBe(200);
  expect(provider.requests, 'requests that reached the provider').toEqual([]);
  expect(JSON.stringify(response.body)).not.toContain(token);
  return response.body as {
    version: number | null;
    counts: Record<string, number>;
    items: ReplayedExecution[];
  };
}

test('the same definition comes to the same, and nothing reaches the provider', async () => {
  const id = await tool('same');
  const executionId = await execute(id, { amount: 5, email: 'ana@shop.test' });
  const report = await replay(id);
  expect(report).toMatchObject({
    version: 1,
    counts: { same: 1, changed: 0, would_break: 0, not_recorded: 0 },
    items: [
      { executionId, toolVersion: 1, status: 'succeeded', verdict: 'same', request: null, output: null },
    ],
  });
});

test('a changed request and a changed output are shown with their places', async () => {
  const id = await tool('changing');
  await execute(id, { amount: 5, email: 'a@b.test' });
  const draft = definition(
    'changing',
    {},
    {
      url: `${provider.url}/v2/refunds`,
      transform: '{"id": body.refund.id, "cents": body.refund.amount * 100}',
    },
  );
  const { version, items } = await replay(id, { definition: draft });
  expect(version).toBeNull();
  expect(items[0]).toMatchObject({
    verdict: 'changed',
    request: {
      changes: [{ path: '/url', before: `${provider.url}/refunds`, after: `${provider.url}/v2/refunds` }],
    },
  });
  expect(items[0]!.output!.changes).toContainEqual({ path: '/cents', after: 500 });
});

test('a definition that an input, a transform or an output no longer fits would break', async () => {
  const id = await tool(
    'breaking',
    {},
    { transform: '{"id": body.refund.id, "amount": body.refund.amount}' },
  );
  await execute(id, { amount: 5 });
  const verdict = async (more: Record<string, unknown>, config: Record<string, unknown>) =>
    (await replay(id, { definition: definition('breaking', more, config) })).items[0];
  const transform = '{"id": body.refund.id, "amount": body.refund.amount}';
  const required = {
    ...inputSchema,
    required: ['amount', 'reason'],
    properties: { ...inputSchema.properties, reason: {} },
  };
  expect(await verdict({ inputSchema: required }, { transform })).toMatchObject({
    verdict: 'would_break',
    reason: 'The input does not match the input schema.',
    issues: [{ path: '/reason' }],
  });
  expect(await verdict({}, { transform: '$number(body.refund.id)' })).toMatchObject({
    verdict: 'would_break',
    reason: expect.stringContaining('The transform'),
  });
  const outputSchema = { type: 'object', properties: { id: { type: 'number' } } };
  expect(await verdict({ outputSchema }, { transform })).toMatchObject({
    verdict: 'would_break',
    reason: 'The response does not match the output schema.',
    issues: [{ path: '/id' }],
  });
  // The response was recorded before its transform: another one reads it anew.
  expect(
    await verdict({}, { transform: '{"id": body.refund.id, "currency": "EUR", "amount": 5}' }),
  ).toMatchObject({
    verdict: 'changed',
    output: { changes: [{ path: '/currency', after: 'EUR' }] },
  });
});

test('a transform that fails on a redacted value alone says that it is not known', async () => {
  const marked = {
    type: 'object',
    properties: { echo: { type: 'string', 'x-secret': true } },
  };
  const id = await tool('hiding', { outputSchema: marked });
  await execute(id, { amount: 5 });
  const draft = (transform: string) => definition('hiding', { outputSchema: marked }, { transform });
  expect((await replay(id, { definition: draft('$number(body.echo)') })).items[0]).toMatchObject({
    verdict: 'not_recorded',
    reason: expect.stringContaining('redacted'),
  });
  expect((await replay(id, { definition: draft('$number(body.refund)') })).items[0]).toMatchObject({
    verdict: 'would_break',
  });
});

test('what a transform read is stored without secrets, and not at all where the output schema has marks', async () => {
  const stored = async (executionId: string) => {
    const [row] = await api.services.db.system((connection) =>
      connection.query<{ response: { body?: unknown } }>({
        text: 'SELECT response FROM execution_attempt WHERE execution_id = $1',
        values: [executionId],
      }),
    );
    return row!.response.body;
  };
  const transform = 'body.refund';
  const id = await tool('recorded', {}, { transform });
  const executionId = await execute(id, { amount: 0.1, email: 'a@b.test' });
  expect(await stored(executionId)).toEqual({
    refund: { id: 'r-1', amount: 0.1 },
    email: 'a@b.test',
    echo: '[redacted]',
  });
  const { body } = await acme.as.viewer('GET', `/api/tools/executions/${executionId}`);
  expect(Object.keys(body.attempts[0].response)).toEqual(['status', 'headers']);
  const outputSchema = { type: 'object', properties: { id: { type: 'string', 'x-secret': true } } };
  const marked = await tool('unrecordable', { outputSchema }, { transform });
  expect(await stored(await execute(marked, { amount: 1 }))).toBeUndefined();
  expect((await replay(marked)).items[0]).toMatchObject({ verdict: 'same' });
  const draft = definition('unrecordable', { outputSchema }, { transform: 'body' });
  expect((await replay(marked, { definition: draft })).items[0]).toMatchObject({
    verdict: 'not_recorded',
    reason: 'What its transform read was not kept.',
  });
});

test('an execution that failed by its output would succeed with a schema that fits', async () => {
  const id = await tool('repaired', { outputSchema: { type: 'object', required: ['missing'] } });
  await execute(id, { amount: 1 });
  expect((await replay(id)).items[0]).toMatchObject({ status: 'failed', verdict: 'same' });
  const { items } = await replay(id, { definition: definition('repaired') });
  expect(items[0]).toMatchObject({ verdict: 'changed', reason: 'It failed, and would succeed.' });
  const transforming = await tool('retransformed', {}, { transform: '$number(body.refund)' });
  await execute(transforming, { amount: 1 });
  expect((await replay(transforming)).items[0]).toMatchObject({ status: 'failed', verdict: 'same' });
  const repaired = definition('retransformed', {}, { transform: 'body.refund' });
  expect((await replay(transforming, { definition: repaired })).items[0]).toMatchObject({
    verdict: 'changed',
    reason: 'It failed, and would succeed.',
  });
});

test('a new mark of redaction shows, and a removed one reveals nothing', async () => {
  const marked = {
    ...inputSchema,
    properties: { ...inputSchema.properties, email: { type: 'string', 'x-secret': true } },
  };
  const open = await tool('unmarked');
  await execute(open, { amount: 5, email: 'ana-berg-1970@shop.test' });
  const { items } = await replay(open, { definition: definition('unmarked', { inputSchema: marked }) });
  expect(items[0]).toMatchObject({
    verdict: 'changed',
    request: { changes: [{ path: '/body/email', before: 'ana-berg-1970@shop.test', after: '[redacted]' }] },
  });
  const hidden = await tool(
    'marked',
    { inputSchema: marked },
    { transform: '{"mail": $uppercase(body.email)}' },
  );
  await execute(hidden, { amount: 5, email: 'ana-berg-1970@shop.test' });
  const report = await replay(hidden, { definition: definition('marked') });
  expect(JSON.stringify(report)).not.toMatch(/ana-berg-1970/i);
  expect(report.items[0]!.verdict).toBe('changed');
  // What a transform makes of a mark is no change of the tool.
  expect((await replay(hidden)).items[0]).toMatchObject({ verdict: 'same' });
});

test('what is not recorded is said: no response, another question, removed payloads', async () => {
  const id = await tool('unrecorded');
  const executionId = await execute(id, { amount: 5 });
  const csv = definition('unrecorded', {}, { responseType: 'text' });
  expect((await replay(id, { definition: csv })).items[0]).toMatchObject({
    verdict: 'not_recorded',
    reason: expect.stringContaining('needs a call'),
  });
  await api.services.db.system((connection) =>
    connection.query({
      text: 'UPDATE tool_execution SET input_payload = NULL, output_payload = NULL, payloads_removed_at = now() WHERE id = $1',
      values: [executionId],
    }),
  );
  expect((await replay(id, { executionId })).items).toHaveLength(1);
  expect((await replay(id, { executionIds: [executionId] })).items).toMatchObject([
    { verdict: 'not_recorded', reason: expect.stringContaining('removed') },
  ]);
  const refused = await tool('refusing', {}, { url: `${provider.url}/refused` });
  await execute(refused, { amount: 5 });
  expect((await replay(refused)).items[0]).toMatchObject({
    verdict: 'same',
    reason: 'It failed, whatever the definition: the response was 400.',
  });
  const required = { ...inputSchema, required: ['amount', 'email'] };
  const stricter = definition('refusing', { inputSchema: required }, { url: `${provider.url}/refused` });
  expect((await replay(refused, { definition: stricter })).items[0]).toMatchObject({
    verdict: 'changed',
    reason: expect.stringContaining('It failed, and would earlier'),
  });
  const gone = await tool('gone', {}, { url: 'http://127.0.0.1:1/refunds' });
  await execute(gone, { amount: 5 });
  expect((await replay(gone)).items[0]).toMatchObject({
    verdict: 'not_recorded',
    reason: 'It failed without a response.',
  });
});

test('a request that can no longer be made would break; what is too large or was settled is not known', async () => {
  const id = await tool('rendering');
  const executionId = await execute(id, { amount: 5 });
  const draft = definition('rendering', {}, { url: `${provider.url}/customers/{email}/refunds` });
  expect((await replay(id, { definition: draft })).items[0]).toMatchObject({
    verdict: 'would_break',
    issues: [{ path: '/email' }],
  });
  await api.services.db.system((connection) =>
    connection.query({
      text: `UPDATE tool_execution SET settlement = '{"happened": true, "note": "Seen", "at": "2031-01-01T00:00:00Z", "by": {"type": "user", "id": "u", "name": "Ana"}}' WHERE id = $1`,
      values: [executionId],
    }),
  );
  expect((await replay(id)).items[0]).toMatchObject({
    verdict: 'not_recorded',
    reason: expect.stringContaining('settled'),
  });
  const large = await tool('large', {}, { url: `${provider.url}/large` });
  await execute(large, { amount: 5 });
  expect((await replay(large)).items[0]).toMatchObject({
    verdict: 'not_recorded',
    reason: 'Its output has more than 256 kB.',
  });
});

test('an older version is tried by its number, and wrong requests are refused', async () => {
  const id = await tool('versioned');
  const next = definition('versioned', {}, { transform: 'body.refund' });
  expect((await acme.as.tenant_admin('PUT', `/api/tools/${id}`, next)).status).toBe(200);
  await execute(id, { amount: 3 });
  const { version, items } = await replay(id, { version: 1, last: 1 });
  expect(version).toBe(1);
  expect(items[0]).toMatchObject({ toolVersion: 2, verdict: 'changed' });
  const send = (body: unknown) => acme.as.tool_admin('POST', `/api/tools/${id}/replay`, body);
  expect((await send({ version: 9 })).status).toBe(404);
  expect((await send({ version: 1, definition: next })).status).toBe(422);
  expect((await send({ last: 5, executionIds: [id] })).status).toBe(422);
  expect((await send({ executionId: randomUUID() })).status).toBe(404);
  expect((await send({ last: 1001 })).status).toBe(422);
  expect((await send({ definition: { ...next, inputSchema: 5 } })).status).toBe(422);
  expect((await acme.as.operator('POST', `/api/tools/${id}/replay`, {})).status).toBe(403);
});

test("another organization's executions are never replayed", async () => {
  const id = await tool('ours');
  const executionId = await execute(id, { amount: 5 });
  expect((await globex.as.tool_admin('POST', `/api/tools/${id}/replay`, {})).status).toBe(404);
  const own = await globex.as.tenant_admin('POST', '/api/tools', {
    ...definition('theirs'),
    type: 'dummy',
    config: {},
    auth: { type: 'none' },
  });
  expect(own.status, JSON.stringify(own.body)).toBe(201);
  const report = await globex.as.tool_admin('POST', `/api/tools/${own.body.id}/replay`, {
    executionIds: [executionId],
  });
  expect(report.body.items).toEqual([]);
});

const lines = (toolId: string, body: unknown, signal?: AbortSignal, accept = 'application/x-ndjson') =>
  fetch(`${api.url}/api/tools/${toolId}/replay`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${acme.keys.tool_admin}`,
      'content-type': 'application/json',
      accept,
    },
    body: JSON.stringify(body),
    ...(signal && { signal }),
  });

test('a stream sends each execution as a line, and ends with the counts', async () => {
  const id = await tool('streamed');
  for (let at = 0; at < 3; at++) await execute(id, { amount: at });
  const response = await lines(id, { last: 50 });
  expect(response.headers.get('content-type')).toBe('application/x-ndjson');
  const read = (await response.text())
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(read).toHaveLength(4);
  expect(read[0]).toMatchObject({ item: { verdict: 'same' } });
  expect(read[3]).toEqual({
    report: { toolId: id, version: 1, counts: { same: 3, changed: 0, would_break: 0, not_recorded: 0 } },
  });
  const refused = await lines(id, { version: 9 });
  expect([refused.status, (await refused.json()).error.code]).toEqual([404, 'not_found']);
});

test('to close the request cancels the work, and an organization has two replays at once', async () => {
  const slow = '($f := function($n) { $n < 2 ? $n : $f($n - 1) + $f($n - 2) }; {"n": $f(20)})';
  const id = await tool('slow', {}, { transform: 'body.refund' });
  await Promise.all(Array.from({ length: 20 }, (_, at) => execute(id, { amount: at })));
  const body = { definition: definition('slow', {}, { transform: slow }), last: 1000 };
  const isFull = async () => {
    const { status } = await acme.as.tool_admin('POST', `/api/tools/${id}/replay`, {
      executionIds: [randomUUID()],
    });
    return status === 429;
  };
  // As lines, and as one document.
  for (const accept of ['application/x-ndjson', 'application/json']) {
    const gone = new AbortController();
    /** The question whether all places are taken takes one for a moment. */
    const hold = async (): Promise<string> => {
      const response = await lines(id, body, gone.signal, accept);
      return response.status === 429 ? hold() : response.text();
    };
    const ended = [hold(), hold()];
    await eventually(isFull, { timeoutMs: 10_000, everyMs: 5 });
    const cancelled = performance.now();
    gone.abort();
    await Promise.allSettled(ended);
    await eventually(async () => !(await isFull()), { timeoutMs: 10_000, everyMs: 5 });
    const freeAfterMs = performance.now() - cancelled;
    const whole = performance.now();
    await (await lines(id, body)).text();
    expect(freeAfterMs).toBeLessThan((performance.now() - whole) / 2);
  }
});
