import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { eventually } from '../support/eventually.ts';
import { type ProviderServer, sendJson, startProvider } from '../support/provider-server.ts';
import {
  type ApiResponse,
  issuePaths,
  startTestApi,
  type TestApi,
  type TestTenant,
} from '../support/test-api.ts';

const long = { timeoutMs: 60_000, everyMs: 50 };
let api: TestApi;
let acme: TestTenant;
let provider: ProviderServer;
/** What the provider does with a request to a path; other requests get what they sent. */
let behaviour: Record<
  string,
  () => { status: number; body: unknown } | Promise<{ status: number; body: unknown }>
> = {};

beforeAll(async () => {
  provider = await startProvider(async ({ url, body }, response) => {
    const path = url.split('?')[0]!;
    const { status, body: answer } = (await behaviour[path]?.()) ?? {
      status: 200,
      body: { got: JSON.parse(body) },
    };
    sendJson(response, status, answer);
  });
  api = await startTestApi();
  acme = await api.tenant({ privateHosts: [provider.host] });
  await tool('echo', {
    outputSchema: {
      type: 'object',
      properties: { got: { type: 'object', properties: { text: { type: 'string' } } } },
    },
  });
  await tool('flaky', { idempotent: true });
});
afterEach(() => {
  behaviour = {};
  provider.requests.length = 0;
});
afterAll(async () => {
  await api.close();
  await provider.close();
});

async function tool(name: string, more: Record<string, unknown> = {}): Promise<string> {
  const { status, body } = await acme.as.tenant_admin('POST', '/api/tools', {
    name,
    type: 'http',
    inputSchema: {
      type: 'object',
      required: ['text'],
      properties: { text: { type: 'string' }, amount: { type: 'number' } },
    },
    config: { method: 'POST', url: `${provider.url}/${name}` },
    retry: { maxAttempts: 1 },
    ...more,
  });
  expect(status, JSON.stringify(body)).toBe(201);
  return body.id;
}

const post = (path: string, body: unknown, more?: Record<string, string>) =>
  acme.as.operator('POST', path, body, more);
const get = async (id: string) => (await acme.as.viewer('GET', `/api/batches/${id}`)).body;
const statuses = ({ body }: Pick<ApiResponse, 'body'>): Record<string, string> =>
  Object.fromEntries(body.calls.map((call: { id: string; status: string }) => [call.id, call.status]));
const textsSent = () => provider.requests.map(({ body }) => JSON.parse(body).text as string);

test('calls use the results of others, and the batch has the outcome of each', async () => {
  const response = await post('/api/batches', {
    calls: [
      { id: 'second', tool: 'echo', payload: { text: 'after ${{ calls.first.output.got.text }}' } },
      { id: 'first', tool: 'echo', payload: { text: 'one' } },
      { id: 'never', tool: 'echo', payload: { text: 'no' }, when: 'calls.first.output.got.text = "other"' },
      { id: 'last', tool: 'echo', payload: { text: 'end' }, dependsOn: ['second'] },
    ],
  });
  expect(response.status, JSON.stringify(response.body)).toBe(200);
  expect(response.body).toMatchObject({
    status: 'succeeded',
    counts: { total: 4, succeeded: 3, skipped: 1 },
  });
  expect(textsSent()).toEqual(['one', 'after one', 'end']);
  const [second, , never] = response.body.calls;
  expect(second).toMatchObject({
    status: 'succeeded',
    needs: ['first'],
    output: { got: { text: 'after one' } },
  });
  expect(never).toMatchObject({ status: 'skipped', executionId: null, reason: 'Its condition is not met.' });
  const execution = await acme.as.viewer('GET', `/api/tools/executions/${second.executionId}`);
  expect(execution.body).toMatchObject({ status: 'succeeded', input: { text: 'after one' } });
  // A quick call has its own time too, not that at which the batch heard of it.
  expect(second).toMatchObject({
    startedAt: execution.body.createdAt,
    endedAt: execution.body.completedAt,
  });
});

test('a batch that does not hold together is refused whole, with each problem at its place', async () => {
  const refused = await post('/api/batches', {
    calls: [
      { id: 'a', tool: 'echo', payload: { text: '${{ calls.b.output.got.amount }}' }, dependsOn: ['zz'] },
      {
        id: 'b',
        tool: 'echo',
        payload: { text: '${{ calls.c.output }}', amount: '${{ calls.d.output.got.text }}' },
      },
      { id: 'd', tool: 'echo', payload: {} },
    ],
  });
  expect(refused.status).toBe(422);
  expect(issuePaths(refused).sort()).toEqual([
    '/calls/0/dependsOn/0',
    '/calls/0/payload/text',
    '/calls/1/payload/amount',
    '/calls/1/payload/text',
  ]);
  const unknown = await post('/api/batches', {
    calls: [
      { id: 'a', tool: 'nothing_here' },
      { id: 'a', tool: 'echo' },
    ],
  });
  expect(issuePaths(unknown)).toEqual(['/calls/1/id']);
  const circle = await post('/api/batches/check', {
    calls: [
      { id: 'a', tool: 'echo', payload: { text: 'a' }, dependsOn: ['b'] },
      { id: 'b', tool: 'echo', payload: { text: '${{ calls.a.status }}' } },
      { id: 'c', tool: 'echo', payload: { text: 'c' }, dependsOn: ['a'] },
    ],
  });
  expect(issuePaths(circle)).toEqual(['/calls/0/dependsOn', '/calls/1/dependsOn']);
  expect(provider.requests).toEqual([]);
});

test('after a failure a batch stops or continues, and only what failed is retried', async () => {
  let broken = true;
  behaviour['/flaky'] = () => (broken ? { status: 500, body: {} } : { status: 200, body: { fine: true } });
  const calls = [
    { id: 'good', tool: 'echo', payload: { text: 'good' } },
    { id: 'bad', tool: 'flaky', payload: { text: 'bad' }, dependsOn: ['good'] },
    { id: 'after', tool: 'echo', payload: { text: 'after' }, dependsOn: ['bad'] },
    {
      id: 'apart',
      tool: 'echo',
      payload: { text: 'apart' },
      dependsOn: ['good'],
      when: 'calls.good.status = "succeeded"',
    },
  ];
  const response = await post('/api/batches', { calls, onFailure: 'continue' });
  expect(response.body.status).toBe('failed');
  expect(statuses(response)).toEqual({
    good: 'succeeded',
    bad: 'failed',
    after: 'skipped',
    apart: 'succeeded',
  });
  expect(response.body.calls[1].failure.code).toBe('provider_error');
  broken = false;
  const retried = await post(`/api/batches/${response.body.id}/retry-failed`, {});
  expect(retried.status, JSON.stringify(retried.body)).toBe(200);
  expect(statuses(retried)).toEqual({
    good: 'succeeded',
    bad: 'succeeded',
    after: 'succeeded',
    apart: 'succeeded',
  });
  expect(textsSent().sort()).toEqual(['after', 'apart', 'bad', 'bad', 'good']);
  expect((await post(`/api/batches/${response.body.id}/retry-failed`, {})).status).toBe(409);
});

test('whatever fails at whatever moment, what needs it does not begin', async () => {
  // A refusal: other failures would open the breaker of the host.
  behaviour['/flaky'] = () => ({ status: 422, body: {} });
  const pairs = Array.from({ length: 60 }, (_, at) => [
    { id: `bad_${at}`, tool: 'flaky', payload: { text: 'bad' } },
    { id: `after_${at}`, tool: 'echo', payload: { text: 'after' }, dependsOn: [`bad_${at}`] },
  ]);
  const { body } = await post('/api/batches', {
    calls: pairs.flat(),
    onFailure: 'continue',
    concurrency: 20,
  });
  expect(body.counts).toMatchObject({ failed: 60, skipped: 60 });
  expect(textsSent()).not.toContain('after');
});

test('a preview shows every call, and its digest refuses another batch', async () => {
  const calls = [
    { id: 'a', tool: 'echo', payload: { text: 'a' } },
    { id: 'b', tool: 'echo', payload: { text: '${{ calls.a.output.got.text }}' } },
  ];
  const check = await post('/api/batches/check', { calls });
  expect(check.status, JSON.stringify(check.body)).toBe(200);
  expect(check.body.calls[0].preview).toMatchObject({ request: { method: 'POST', body: { text: 'a' } } });
  expect(check.body.calls[1].preview).toBeUndefined();
  expect(provider.requests).toEqual([]);
  const other = [{ ...calls[0], payload: { text: 'other' } }, calls[1]];
  const previewDigest = check.body.digest;
  const refused = await post('/api/batches', { calls: other, previewDigest });
  expect([refused.status, refused.body.error.code]).toEqual([409, 'preview_changed']);
  const made = await post('/api/batches', { calls, previewDigest });
  expect(made.body.status, JSON.stringify(made.body)).toBe('succeeded');
});

test('a batch meets policies, approvals and roles as a single call does', async () => {
  const policy = async (name: string, effect: string, more = {}) => {
    const sent = { name, effect, tools: { id: await tool(name) }, ...more };
    const { status, body } = await acme.as.tenant_admin('POST', '/api/policies', sent);
    expect(status, JSON.stringify(body)).toBe(201);
  };
  await policy('guarded', 'require_approval', { approval: { required: 1, roles: ['approver'] } });
  await policy('forbidden_tool', 'deny');
  const denied = await post('/api/batches', {
    calls: [{ id: 'a', tool: 'forbidden_tool', payload: { text: 'x' } }],
  });
  expect([denied.status, denied.body.error.code]).toEqual([403, 'denied']);
  expect((await acme.as.viewer('POST', '/api/batches', { calls: [] })).status).toBe(403);
  const waiting = await post('/api/batches', {
    calls: [
      { id: 'a', tool: 'guarded', payload: { text: 'asked' } },
      { id: 'b', tool: 'echo', payload: { text: 'then' }, dependsOn: ['a'] },
    ],
  });
  expect(waiting.status, JSON.stringify(waiting.body)).toBe(202);
  expect(statuses(waiting)).toEqual({ a: 'waiting', b: 'pending' });
  const { id, calls } = waiting.body;
  const approved = await acme.as.approver('POST', `/api/tools/executions/${calls[0].executionId}/approve`, {
    reason: 'fine',
  });
  expect(approved.status, JSON.stringify(approved.body)).toBe(200);
  await eventually(async () => (await get(id)).status === 'succeeded', long);
  expect(textsSent()).toEqual(['asked', 'then']);
});

test('a cancelled batch begins nothing more and ends what is in progress', async () => {
  const held = Promise.withResolvers<void>();
  behaviour['/echo'] = async () => {
    await held.promise;
    return { status: 200, body: { got: {} } };
  };
  const calls = [1, 2, 3].map((n) => ({ id: `c${n}`, tool: 'echo', payload: { text: `${n}` } }));
  const { body } = await post('/api/batches', { calls, concurrency: 1, waitMs: 0 });
  await eventually(() => provider.requests.length === 1, long);
  expect((await post(`/api/batches/${body.id}/cancel`, {})).status).toBe(200);
  await eventually(async () => (await get(body.id)).status === 'cancelled', long);
  held.resolve();
  expect(provider.requests).toHaveLength(1);
  expect((await get(body.id)).counts).toMatchObject({ cancelled: 2, failed: 1 });
  expect((await post(`/api/batches/${body.id}/cancel`, {})).status).toBe(409);
});

test('one tool over the rows of a CSV: a sample first, then the rest, and a row once for ever', async () => {
  const csv = 'order,text,amount\nA-1,one,1.50\nA-2,"two, too",2\nA-3,three,\n';
  const forEach = {
    tool: 'echo',
    csv,
    payload: { text: '${{ row.text }}', amount: '${{ row.amount }}' },
    key: 'order',
  };
  const check = await post('/api/batches/check', { forEach });
  expect(check.status, JSON.stringify(check.body)).toBe(200);
  expect(
    check.body.calls.map((call: { preview: { request: { body: unknown } } }) => call.preview.request.body),
  ).toEqual([{ text: 'one', amount: 1.5 }, { text: 'two, too', amount: 2 }, { text: 'three' }]);
  const sampled = await post('/api/batches', { forEach, sample: 1, previewDigest: check.body.digest });
  expect(sampled.body.status, JSON.stringify(sampled.body)).toBe('paused');
  expect(statuses(sampled)).toEqual({ row_1: 'succeeded', row_2: 'pending', row_3: 'pending' });
  const { id } = sampled.body;
  expect((await post(`/api/batches/${id}/resume`, {})).status).toBe(200);
  await eventually(async () => (await get(id)).status === 'succeeded', long);
  expect(textsSent().sort()).toEqual(['one', 'three', 'two, too']);
  const again = await post('/api/batches', { forEach });
  expect(again.body.status).toBe('succeeded');
  expect(again.body.calls[0].executionId).toBe(sampled.body.calls[0].executionId);
  expect(provider.requests).toHaveLength(3);
  const wrong = await post('/api/batches/check', {
    forEach: { tool: 'echo', csv: 'text,amount\nx,many\n,1\n' },
  });
  expect(issuePaths(wrong).sort()).toEqual(['/forEach/rows/0/amount', '/forEach/rows/1/text']);
});

test('two workers that make the same batch make each call once', async () => {
  const calls = Array.from({ length: 20 }, (_, n) => ({
    id: `c${n}`,
    tool: 'echo',
    payload: { text: `${n}` },
  }));
  const { body } = await post('/api/batches', { calls, waitMs: 0 });
  const args = { tenantId: acme.id, batchId: body.id, round: 0, historyLimit: 1000 };
  const { signal } = new AbortController();
  await Promise.all([1, 2].map(() => api.services.batches.drive(args, signal)));
  await eventually(async () => (await get(body.id)).status === 'succeeded', long);
  expect(provider.requests).toHaveLength(20);
});

test('a batch of someone who may no longer execute is paused, and goes on as whoever resumes it', async () => {
  const held = Promise.withResolvers<void>();
  behaviour['/echo'] = async () => {
    await held.promise;
    return { status: 200, body: { got: {} } };
  };
  const calls = ['a', 'b'].map((id) => ({ id, tool: 'echo', payload: { text: id } }));
  const key = await acme.as.tenant_admin('POST', '/api/api-keys', { name: 'importer', roles: ['operator'] });
  expect(key.status, JSON.stringify(key.body)).toBe(201);
  const { body } = await api.call(key.body.key)('POST', '/api/batches', { calls, concurrency: 1, waitMs: 0 });
  await eventually(() => provider.requests.length === 1, long);
  await acme.as.tenant_admin('DELETE', `/api/api-keys/${key.body.id}`);
  const revoked = performance.now();
  // Rights are taken as known for a second.
  await eventually(() => performance.now() > revoked + 1500, long);
  held.resolve();
  await eventually(async () => ['paused', 'succeeded'].includes((await get(body.id)).status), long);
  expect(await get(body.id)).toMatchObject({ status: 'paused', counts: { succeeded: 1, pending: 1 } });
  await post(`/api/batches/${body.id}/resume`, {});
  await eventually(async () => (await get(body.id)).status === 'succeeded', long);
});

test('no call begins after the deadline, and the batch ends soon after it', async () => {
  const calls = ['1', '2', '3', '4'].map((text) => ({ id: `d${text}`, tool: 'echo', payload: { text } }));
  const began = Date.now();
  const { body } = await post('/api/batches', { calls, perMinute: 4, deadlineMs: 1000, waitMs: 0 });
  const batch = await eventually(async () => {
    const found = await get(body.id);
    return found.endedAt === null ? false : found;
  }, long);
  // The second call would have begun after 15 s.
  expect(Date.now() - began).toBeLessThan(12_000);
  expect(textsSent()).toEqual(['1']);
  expect(batch).toMatchObject({
    status: 'failed',
    counts: { succeeded: 1, skipped: 3 },
    calls: [{}, { reason: 'Not started before the deadline of the batch.' }, {}, {}],
  });
});

test('the calls of a batch are recorded with the door and the address through which it came', async () => {
  const calls = ['one', 'two'].map((text) => ({ id: text, tool: 'echo', payload: { text } }));
  const { body } = await post('/api/batches', { calls });
  expect(body.status).toBe('succeeded');
  const doors = async (type: string) => {
    const { body: page } = await acme.as.tenant_admin('GET', `/api/audit?type=${type}&limit=200`);
    const ids = [body.id, ...body.calls.map(({ executionId }: { executionId: string }) => executionId)];
    return page.items
      .filter(({ subjectId }: { subjectId: string }) => ids.includes(subjectId))
      .map(({ door, address, actor }: { door: string; address: string; actor: { type: string } }) => [
        door,
        address,
        actor.type,
      ]);
  };
  const own = ['rest', '127.0.0.1', 'api_key'];
  await eventually(async () => {
    expect(await doors('ToolExecutionRequested')).toEqual([own, own]);
    expect(await doors('BatchEnded')).toEqual([own]);
    return true;
  }, long);
});

test('a row is data: what looks like an expression in it is sent as it is', async () => {
  const text = '${{ calls.row_2.executionId }}';
  const { status, body } = await post('/api/batches', {
    forEach: { tool: 'echo', rows: [{ text }, { text: 'plain' }] },
  });
  expect([status, body.status]).toEqual([200, 'succeeded']);
  expect(textsSent().sort()).toEqual([text, 'plain'].sort());
});

test('a call that uses many long results gets those that fit, and they stay for a call that uses few', async () => {
  // 17 MB together.
  const big = 'x'.repeat(900_000);
  behaviour['/flaky'] = () => ({ status: 200, body: { big } });
  const made = Array.from({ length: 20 }, (_, index) => ({
    id: `p${index}`,
    tool: 'flaky',
    payload: { text: `${index}` },
  }));
  const has = (id: string) => `$exists(calls.${id}.output.big)`;
  const { body } = await post('/api/batches', {
    calls: [
      ...made,
      {
        id: 'many',
        tool: 'echo',
        payload: { text: `\${{ $string($count([${made.map(({ id }) => has(id)).join(', ')}][$])) }}` },
      },
      { id: 'few', tool: 'echo', payload: { text: `\${{ $string(${has('p0')}) }}` }, dependsOn: ['many'] },
    ],
  });
  expect(body.status, JSON.stringify(body).slice(0, 500)).toBe('succeeded');
  const outputs = body.calls.slice(-2).map(({ input }: { input: { text: string } }) => input.text);
  expect(outputs).toEqual(['0', 'true']);
});
