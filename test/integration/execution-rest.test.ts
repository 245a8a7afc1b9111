import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { eventually } from '../support/eventually.ts';
import { type ProviderServer, type Respond, sendJson, startProvider } from '../support/provider-server.ts';
import { startTestApi, type TestApi, type TestTenant } from '../support/test-api.ts';

describe('executions over REST', () => {
  let api: TestApi;
  let acme: TestTenant;
  let globex: TestTenant;
  let provider: ProviderServer;
  let tool: string;

  beforeAll(async () => {
    provider = await startProvider((_request, response) => sendJson(response, 200, { ok: true }));
    api = await startTestApi();
    acme = await api.tenant({ privateHosts: [provider.host] });
    globex = await api.tenant();
    const { body } = await acme.as.tool_admin('POST', '/api/tools', {
      name: 'refund',
      type: 'http',
      timeoutMs: 600,
      retry: { maxAttempts: 1 },
      inputSchema: { type: 'object', properties: { pin: { type: 'string', writeOnly: true } } },
      config: { method: 'POST', url: provider.url },
    });
    tool = body.id;
  });
  afterAll(async () => {
    await api?.close();
    await provider?.close();
  });

  const execute = (
    payload: unknown = {},
    headers: Record<string, string> = {},
    body: Record<string, unknown> = {},
  ) => acme.as.operator('POST', `/api/tools/${tool}/execute`, { payload, ...body }, headers);

  test('a failed execution has the HTTP status of its failure, and the body is the execution', async () => {
    const failures: [Respond, number, string][] = [
      [(_request, response) => sendJson(response, 503, {}), 502, 'provider_error'],
      [() => {}, 502, 'outcome_unknown'],
      [(_request, response) => response.socket?.destroy(), 502, 'outcome_unknown'],
    ];
    for (const [how, status, code] of failures) {
      provider.respond = how;
      expect(await execute()).toMatchObject({ status, body: { status: 'failed', failure: { code } } });
    }
    provider.respond = (_request, response) => sendJson(response, 200, { ok: true });
  });

  test('a timeout of a call that is safe to retry is a 504', async () => {
    const { body } = await acme.as.tool_admin('POST', '/api/tools', {
      name: 'slow_look',
      type: 'http',
      timeoutMs: 200,
      retry: { maxAttempts: 1 },
      config: { method: 'GET', url: provider.url },
    });
    provider.respond = () => {};
    const execution = await acme.as.operator('POST', `/api/tools/${body.id}/execute`, { payload: {} });
    expect(execution).toMatchObject({ status: 504, body: { failure: { code: 'timeout' } } });
    provider.respond = (_request, response) => sendJson(response, 200, { ok: true });
  });

  test('an address that the tenant may not reach is a 403 denied, without a connection', async () => {
    const before = provider.requests.length;
    const { body } = await globex.as.tool_admin('POST', '/api/tools', {
      name: 'reach_inside',
      type: 'http',
      config: { method: 'GET', url: provider.url },
    });
    const execution = await globex.as.operator('POST', `/api/tools/${body.id}/execute`, { payload: {} });
    expect(execution).toMatchObject({ status: 403, body: { status: 'failed', failure: { code: 'denied' } } });
    expect(provider.requests).toHaveLength(before);
  });

  test('a disabled tool is a 409, and an archived one or one of another tenant is a 404', async () => {
    await acme.as.tool_admin('PUT', `/api/tools/${tool}/enabled`, { enabled: false });
    expect(await execute()).toMatchObject({ status: 409, body: { error: { code: 'disabled' } } });
    await acme.as.tool_admin('PUT', `/api/tools/${tool}/enabled`, { enabled: true });
    const foreign = await globex.as.operator('POST', `/api/tools/${tool}/execute`, { payload: {} });
    expect(foreign).toMatchObject({ status: 404, body: { error: { code: 'not_found' } } });
    const { body } = await acme.as.tool_admin('POST', '/api/tools', { name: 'gone', type: 'dummy' });
    await acme.as.tool_admin('DELETE', `/api/tools/${body.id}`);
    const archived = await acme.as.operator('POST', `/api/tools/${body.id}/execute`, { payload: {} });
    expect(archived.status).toBe(404);
    expect({ ...archived.body.error, requestId: '' }).toEqual({ ...foreign.body.error, requestId: '' });
  });

  test('a caller without permission gets the name of the role that is missing', async () => {
    const refused = await acme.as.viewer('POST', `/api/tools/${tool}/execute`, { payload: {} });
    expect(refused).toMatchObject({
      status: 403,
      body: { error: { message: expect.stringMatching(/operator/) } },
    });
    const stranger = await api.call(null)('POST', `/api/tools/${tool}/execute`, { payload: {} });
    expect(stranger.status).toBe(401);
  });

  test('respond-async returns 202 at once, and the execution can be read by its id', async () => {
    provider.respond = (_request, response) => setTimeout(() => sendJson(response, 200, { ok: true }), 300);
    const { status, body } = await execute({}, { prefer: 'respond-async' });
    expect(status).toBe(202);
    await eventually(async () => {
      const read = await acme.as.viewer('GET', `/api/tools/executions/${body.id}`);
      return read.body.status === 'succeeded';
    });
    const short = await execute({}, {}, { waitMs: 20 });
    expect(short).toMatchObject({
      status: 202,
      body: { status: expect.stringMatching(/requested|running/) },
    });
  });

  test('a payload that cannot be stored is a 422, whatever its schema', async () => {
    expect(await execute({ text: 'a\u0000b' })).toMatchObject({
      status: 422,
      body: { error: { issues: [{ path: '/text' }] } },
    });
    const deep = JSON.parse('['.repeat(400) + ']'.repeat(400));
    expect((await execute({ deep })).status).toBe(422);
  });

  test('an empty body and no body are an empty payload', async () => {
    for (const body of [{}, undefined]) {
      const post = (what: string) => acme.as.operator('POST', `/api/tools/${tool}/${what}`, body);
      expect(await post('validate')).toMatchObject({ status: 200, body: { valid: true } });
      expect(await post('preview')).toMatchObject({ status: 200, body: { request: { method: 'POST' } } });
      expect(await post('execute')).toMatchObject({ status: 200, body: { status: 'succeeded', input: {} } });
    }
    const strict = await acme.as.tool_admin('POST', '/api/tools', {
      name: 'needs_amount',
      type: 'dummy',
      inputSchema: { type: 'object', required: ['amount'] },
    });
    for (const what of ['validate', 'preview', 'execute']) {
      const refused = await acme.as.operator('POST', `/api/tools/${strict.body.id}/${what}`, {});
      expect(refused).toMatchObject({ status: 422, body: { error: { issues: [{ path: '/amount' }] } } });
    }
  });

  test('the header Idempotency-Key returns the first execution, or 409 for another payload', async () => {
    const first = await execute({ a: 1 }, { 'idempotency-key': 'order-1' });
    const again = await execute({ a: 1 }, { 'idempotency-key': 'order-1' });
    expect([again.status, again.body.id]).toEqual([200, first.body.id]);
    const other = await execute({ a: 2 }, { 'idempotency-key': 'order-1' });
    expect(other).toMatchObject({ status: 409, body: { error: { code: 'idempotency_conflict' } } });
  });

  test('a rerun has the same input, and each execution links to the other', async () => {
    const first = await execute({ a: 1 });
    const again = await acme.as.operator('POST', `/api/tools/executions/${first.body.id}/rerun`);
    expect(again).toMatchObject({ status: 200, body: { input: { a: 1 }, rerunOf: first.body.id } });
    const read = await acme.as.viewer('GET', `/api/tools/executions/${first.body.id}`);
    expect(read.body.reruns).toEqual([again.body.id]);
  });

  test('a rerun needs a secret input again', async () => {
    const first = await execute({ pin: '4711-4711', a: 1 });
    expect(first.body.input).toEqual({ pin: '[redacted]', a: 1 });
    const path = `/api/tools/executions/${first.body.id}/rerun`;
    expect(await acme.as.operator('POST', path)).toMatchObject({
      status: 422,
      body: { error: { issues: [{ path: '/pin' }] } },
    });
    const again = await acme.as.operator('POST', path, { payload: { pin: '4711-4711', a: 1 } });
    expect(again.status).toBe(200);
    expect(JSON.parse(provider.requests.at(-1)!.body)).toEqual({ pin: '4711-4711', a: 1 });
  });

  test('another tenant cannot read, cancel or rerun an execution', async () => {
    const { body } = await execute();
    const path = `/api/tools/executions/${body.id}`;
    const responses = await Promise.all([
      globex.as.tenant_admin('GET', path),
      globex.as.tenant_admin('POST', `${path}/cancel`),
      globex.as.tenant_admin('POST', `${path}/rerun`),
      globex.as.tenant_admin('GET', '/api/tools/executions/no-such-id'),
    ]);
    expect(responses.map(({ status }) => status)).toEqual([404, 404, 404, 404]);
    const list = await globex.as.tenant_admin('GET', '/api/tools/executions');
    expect(list.body.items.map((item: { id: string }) => item.id)).not.toContain(body.id);
  });

  test('the list is newest first, paged and filtered', async () => {
    const made: string[] = [];
    for (const title of ['First', 'Second'])
      expect((await acme.as.operator('POST', '/api/exceptions', { title })).status).toBe(201);
    for (const exceptionId of ['EX-1', 'EX-1', 'EX-2'])
      made.push((await execute({}, {}, { exceptionId })).body.id);
    const list = async (query: string) => {
      const { status, body } = await acme.as.viewer('GET', `/api/tools/executions?${query}`);
      expect(status, JSON.stringify(body)).toBe(200);
      return body as { items: { id: string; status: string }[]; nextCursor: string | null };
    };
    const ids = async (query: string) => (await list(query)).items.map((item) => item.id);
    expect(await ids('exceptionId=EX-1')).toEqual([made[1], made[0]]);
    const first = await list('limit=2');
    const second = await list(`limit=2&cursor=${first.nextCursor}`);
    expect(first.items.map((item) => item.id)).toEqual([made[2], made[1]]);
    expect(second.items[0]!.id).toBe(made[0]);
    expect(await ids(`toolId=${tool}&limit=1`)).toEqual([made[2]]);
    const failed = (await list('status=failed')).items.map((item) => item.status);
    expect(new Set(failed)).toEqual(new Set(['failed']));
    expect(await ids('failureCode=provider_error')).toHaveLength(1);
    expect(await ids('actor=operator')).not.toHaveLength(0);
    expect(await ids('actor=unknown')).toEqual([]);
    expect(await ids('q=EX-2')).toEqual([made[2]]);
    expect(await ids('from=2100-01-01T00:00:00Z')).toEqual([]);
    expect(await ids('to=2020-01-01T00:00:00Z')).toEqual([]);
    expect(await ids('from=2020-01-01T00:00:00Z&limit=1')).toEqual([made[2]]);
    expect((await acme.as.viewer('GET', '/api/tools/executions?cursor=x')).status).toBe(422);
  });
});
