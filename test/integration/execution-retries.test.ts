import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { connectAdmin } from '../support/connect-admin.ts';
import { eventually } from '../support/eventually.ts';
import { type ExecutionStack, startExecutionStack } from '../support/execution-stack.ts';
import { type ProviderServer, type Respond, sendJson, startProvider } from '../support/provider-server.ts';

const fast = { maxAttempts: 4, initialMs: 50, factor: 2, maxMs: 200 };

describe('retries of an execution', () => {
  let stack: ExecutionStack;
  let provider: ProviderServer;
  let tools: Record<'get' | 'post' | 'idempotent', string>;

  beforeAll(async () => {
    [stack, provider] = await Promise.all([startExecutionStack(), startProvider()]);
    await stack.allowHosts(provider.host);
    const make = (name: string, method: 'GET' | 'POST', idempotent: boolean) =>
      stack.createTool({
        name,
        type: 'http',
        idempotent,
        retry: fast,
        timeoutMs: 700,
        deadlineMs: 6000,
        config: { method, url: `${provider.url}/v1/things` },
      });
    tools = {
      get: await make('get_thing', 'GET', false),
      post: await make('post_thing', 'POST', false),
      idempotent: await make('post_thing_idempotent', 'POST', true),
    };
  });
  beforeEach(() => {
    provider.requests.length = 0;
  });
  afterAll(async () => {
    await stack?.close();
    await provider?.close();
  });

  test('a failing provider is called again until it responds, and every attempt is recorded', async () => {
    provider.respond = (_request, response) =>
      provider.requests.length < 3
        ? sendJson(response, 503, { busy: true })
        : sendJson(response, 200, { ok: true });
    const execution = await stack.execute(tools.get, {});
    expect(execution).toMatchObject({ status: 'succeeded', output: { ok: true } });
    expect(execution.attempts).toMatchObject([
      {
        number: 1,
        status: 'failed',
        httpStatus: 503,
        error: { code: 'provider_error' },
        willRetryAt: expect.any(String),
      },
      { number: 2, status: 'failed', httpStatus: 503 },
      { number: 3, status: 'succeeded', httpStatus: 200 },
    ]);
    expect(provider.requests).toHaveLength(3);
  });

  test('Temporal Web shows the attempt and the last failure of an execution that waits for its next attempt', async () => {
    provider.respond = (_request, response) =>
      sendJson(response, 503, { busy: true }, { 'retry-after': '2' });
    const running = stack.execute(tools.get, {});
    const handle = (await eventually(async () => {
      const { items } = await stack.executor.list(stack.identity, { limit: 1, status: 'running' });
      return items[0] && stack.temporal.client.workflow.getHandle(items[0].workflowId);
    }))!;
    await eventually(async () => {
      const { raw } = await handle.describe();
      expect(raw.pendingActivities?.[0]?.attempt).toBe(2);
      expect(raw.pendingActivities?.[0]?.lastFailure?.message).toMatch(
        /^Attempt 2 of 4 failed: .*returned 503\. Next attempt in /,
      );
      return true;
    });
    const description = await handle.describe();
    expect(description.typedSearchAttributes.getAll().map(({ value }) => value)).toEqual(
      expect.arrayContaining([stack.identity.tenantId, tools.get, 'get_thing']),
    );
    expect(await description.staticSummary()).toBe(`get_thing v1 · acme · GET ${provider.host}`);
    expect(await description.staticDetails()).toMatch(/http:\/\/interlock\.test\/executions\/[0-9a-f-]{36}/);
    provider.respond = (_request, response) => sendJson(response, 200, { ok: true });
    expect((await running).status).toBe('succeeded');
  });

  test('the next attempt is not made before Retry-After', async () => {
    provider.respond = (_request, response) =>
      provider.requests.length < 2
        ? sendJson(response, 429, {}, { 'retry-after': '1' })
        : sendJson(response, 200, { ok: true });
    const execution = await stack.execute(tools.post, {});
    expect(execution.status).toBe('succeeded');
    const [first, second] = provider.requests;
    expect(second!.at - first!.at).toBeGreaterThanOrEqual(1000);
  });

  test('a Retry-After beyond the deadline ends the execution at once', async () => {
    provider.respond = (_request, response) => sendJson(response, 503, {}, { 'retry-after': '3600' });
    const execution = await stack.execute(tools.get, {});
    expect(execution).toMatchObject({
      status: 'failed',
      failure: { code: 'provider_error', retryable: true },
    });
    expect(execution.failure?.message).toMatch(/after the deadline/);
    expect(provider.requests).toHaveLength(1);
  });

  test.each([500, 502, 504])(
    'a POST that got a %d has an unknown outcome, and is not sent again',
    async (status) => {
      provider.respond = (_request, response) => sendJson(response, status, { error: 'x' });
      const execution = await stack.execute(tools.post, {});
      expect(execution).toMatchObject({
        status: 'failed',
        failure: { code: 'outcome_unknown', retryable: false },
        attempts: [{ status: 'unknown', httpStatus: status, error: { code: 'provider_error' } }],
        output: { error: 'x' },
      });
      expect(provider.requests).toHaveLength(1);
    },
  );

  test('a POST that got a 503 without Retry-After has failed, and is not sent again', async () => {
    provider.respond = (_request, response) => sendJson(response, 503, { error: 'x' });
    expect(await stack.execute(tools.post, {})).toMatchObject({
      status: 'failed',
      failure: { code: 'provider_error', retryable: false },
    });
    expect(provider.requests).toHaveLength(1);
  });

  test('a POST of a tool whose 5xx mean “not done” is sent again, and may be executed again', async () => {
    const tool = await stack.createTool({
      name: 'post_not_done',
      type: 'http',
      serverErrors: 'not_done',
      retry: { ...fast, maxAttempts: 2 },
      config: { method: 'POST', url: provider.url },
    });
    provider.respond = (_request, response) =>
      provider.requests.length < 2 ? sendJson(response, 502, {}) : sendJson(response, 201, { ok: true });
    expect(await stack.execute(tool, {})).toMatchObject({
      status: 'succeeded',
      attempts: [{ status: 'failed', httpStatus: 502 }, { status: 'succeeded' }],
    });
    provider.respond = (_request, response) => sendJson(response, 500, {});
    expect(await stack.execute(tool, {})).toMatchObject({
      failure: { code: 'provider_error', retryable: true },
      attempts: [{ status: 'failed' }, { status: 'failed' }],
    });
  });

  const unusable: [string, Respond, Record<string, unknown>?][] = [
    [
      'is invalid JSON',
      (_request, response) => response.setHeader('content-type', 'application/json').end('{'),
    ],
    ['is too large', (_request, response) => sendJson(response, 201, { text: 'x'.repeat(5000) })],
    [
      'says it is gzip and is not',
      (_request, response) => response.setHeader('content-encoding', 'gzip').end('no'),
    ],
    [
      'fails its transform',
      (_request, response) => sendJson(response, 200, {}),
      { transform: '$error("no")' },
    ],
    ['does not match its schema', (_request, response) => sendJson(response, 200, { other: 1 })],
  ];
  test.each(unusable)(
    'a POST that succeeded, but whose response %s, is not retryable; a GET is',
    async (words, how, config = {}) => {
      provider.respond = how;
      for (const method of ['POST', 'GET'] as const) {
        const tool = await stack.createTool({
          name: `${method}_${words.replaceAll(/\W/g, '_')}`.toLowerCase(),
          type: 'http',
          outputSchema: { type: 'object', required: ['ok'] },
          config: { method, url: provider.url, maxResponseBytes: 1024, ...config },
        });
        expect(await stack.execute(tool, {})).toMatchObject({
          status: 'failed',
          failure: { code: 'invalid_output', retryable: method === 'GET' },
          attempts: [{ number: 1 }],
        });
      }
    },
  );

  test('a POST whose response cannot be processed is not retryable; a GET is', async () => {
    provider.respond = (_request, response) => sendJson(response, 200, { ok: true });
    const admin = await connectAdmin();
    for (const method of ['POST', 'GET'] as const) {
      const tool = await stack.createTool({
        name: `unprocessed_${method.toLowerCase()}`,
        type: 'http',
        outputSchema: { type: 'object' },
        config: { method, url: provider.url },
      });
      // The API would refuse this schema.
      await admin.query(
        `UPDATE tool_version SET definition = jsonb_set(definition::jsonb, '{outputSchema,type}', '"nonsense"')
         WHERE tool_id = $1`,
        [tool],
      );
      expect(await stack.execute(tool, {})).toMatchObject({
        status: 'failed',
        failure: { code: 'internal', retryable: method === 'GET' },
        attempts: [{ number: 1, status: 'failed', httpStatus: 200 }],
      });
    }
    await admin.end();
  });

  test('an idempotent POST is sent again with the same Idempotency-Key: the execution id', async () => {
    provider.respond = (_request, response) =>
      sendJson(response, provider.requests.length < 3 ? 500 : 201, { ok: true });
    const execution = await stack.execute(tools.idempotent, {});
    expect(execution.status).toBe('succeeded');
    expect(provider.requests.map((request) => request.headers['idempotency-key'])).toEqual(
      Array(3).fill(execution.id),
    );
  });

  test('a POST without a response in time has an unknown outcome, and is not sent again', async () => {
    provider.respond = () => {};
    const execution = await stack.execute(tools.post, {});
    expect(execution).toMatchObject({
      status: 'failed',
      failure: { code: 'outcome_unknown', retryable: false },
      attempts: [{ number: 1, status: 'unknown', error: { code: 'timeout' } }],
    });
    expect(provider.requests).toHaveLength(1);
  });

  test('a GET without a response ends with a timeout, at most a second after its deadline', async () => {
    provider.respond = () => {};
    const at = performance.now();
    const execution = await stack.execute(tools.get, {});
    expect(performance.now() - at).toBeLessThan(7000);
    expect(execution).toMatchObject({ status: 'failed', failure: { code: 'timeout', retryable: true } });
    expect(execution.attempts).toHaveLength(4);
  });

  test('a POST that was refused a connection is retried: nothing was sent', async () => {
    const closed = await startProvider(() => {});
    await closed.close();
    await stack.allowHosts(closed.host);
    const tool = await stack.createTool({
      name: 'post_nowhere',
      type: 'http',
      retry: { ...fast, maxAttempts: 2 },
      config: { method: 'POST', url: closed.url },
    });
    const execution = await stack.execute(tool, {});
    expect(execution).toMatchObject({
      status: 'failed',
      failure: { code: 'provider_error', retryable: true },
    });
    expect(execution.attempts).toHaveLength(2);
  });

  test('a 404 is not retried', async () => {
    provider.respond = (_request, response) => sendJson(response, 404, { error: 'no such thing' });
    const execution = await stack.execute(tools.get, {});
    expect(execution).toMatchObject({
      status: 'failed',
      failure: { code: 'provider_error' },
      output: { error: 'no such thing' },
    });
    expect(provider.requests).toHaveLength(1);
  });

  test('the workflow fails with the failure of the row', async () => {
    provider.respond = (_request, response) => sendJson(response, 400, {});
    const execution = await stack.execute(tools.get, {});
    const handle = stack.temporal.client.workflow.getHandle(execution.workflowId);
    await eventually(async () => (await handle.describe()).status.name === 'FAILED');
    await expect(
      stack.temporal.client.workflow.getHandle(execution.workflowId).result(),
    ).rejects.toMatchObject({
      cause: { type: 'provider_error', message: execution.failure?.message },
    });
  });

  test('a long call is an activity from its first attempt, so Temporal Web shows it', async () => {
    provider.respond = (_request, response) => setTimeout(() => sendJson(response, 200, { ok: true }), 600);
    const tool = await stack.createTool({
      name: 'long_call',
      type: 'http',
      timeoutMs: 20_000,
      config: { method: 'POST', url: provider.url },
    });
    const running = stack.execute(tool, {});
    await eventually(async () => {
      const { items } = await stack.executor.list(stack.identity, { limit: 1, toolId: tool });
      const { raw } = await stack.temporal.client.workflow.getHandle(items[0]!.workflowId).describe();
      expect(raw.pendingActivities?.[0]?.activityType?.name).toBe('retryExecution');
      return true;
    });
    expect(await running).toMatchObject({ status: 'succeeded', attempts: [{ number: 1 }] });
  });
});
