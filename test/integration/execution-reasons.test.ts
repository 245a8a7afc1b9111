import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Execution } from '../../shared/executions/execution-schemas.ts';
import { eventually } from '../support/eventually.ts';
import { complete, publishPlaybook, startRun, stepWhen } from '../support/playbook-runs.ts';
import { type ProviderServer, sendJson, startProvider } from '../support/provider-server.ts';
import { dumpWorkflow, findSecret } from '../support/secret-scan.ts';
import { startTestApi, type TestApi, type TestTenant } from '../support/test-api.ts';

const secret = 'key/+&"<é 8314462618';

describe('a call that failed', () => {
  let api: TestApi;
  let acme: TestTenant;
  let provider: ProviderServer;
  let tool: string;
  let retried: string;

  beforeAll(async () => {
    [api, provider] = await Promise.all([startTestApi(), startProvider()]);
    acme = await api.tenant({ privateHosts: [provider.host] });
    const define = async (definition: Record<string, unknown>): Promise<string> => {
      const { status, body } = await acme.as.tool_admin('POST', '/api/tools', {
        type: 'http',
        inputSchema: {
          type: 'object',
          properties: {
            paymentId: { type: 'string' },
            amount: { type: 'number' },
            pin: { type: 'string', writeOnly: true },
            note: { type: 'string' },
          },
        },
        ...definition,
      });
      expect(status, JSON.stringify(body)).toBe(201);
      return body.id;
    };
    tool = await define({
      name: 'refund_payment',
      idempotent: true,
      retry: { maxAttempts: 1, initialMs: 20, factor: 1, maxMs: 20 },
      auth: { type: 'api_key', in: 'query', name: 'key', value: secret },
      config: {
        method: 'POST',
        url: `${provider.url}/payments/{paymentId}/refunds`,
        headers: { 'x-channel': 'back office' },
      },
    });
    retried = await define({
      name: 'find_payment',
      retry: { maxAttempts: 2, initialMs: 20, factor: 1, maxMs: 20 },
      config: { method: 'GET', url: `${provider.url}/payments/{paymentId}` },
    });
  });
  afterAll(async () => {
    await api?.close();
    await provider?.close();
  });
  beforeEach(() => {
    provider.requests.length = 0;
  });

  const execute = async (payload: unknown = { paymentId: 'pay_1', amount: 5 }, id = tool) =>
    (await acme.as.operator('POST', `/api/tools/${id}/execute`, { payload })).body as Execution;
  const refuse = (body: unknown, status = 422, headers: Record<string, string> = {}) => {
    provider.respond = (_request, response) => sendJson(response, status, body, headers);
  };
  const history = (execution: Execution) => dumpWorkflow(api.services.temporal.client, execution.workflowId);

  test('says why in the words of the provider, with its host and status: in the execution, the list and the events', async () => {
    refuse({ error: { code: 'card_expired', message: 'Card expired' } });
    const execution = await execute();
    const message = `The provider refused: Card expired. ${provider.host} returned 422.`;
    expect(execution.failure).toEqual({ code: 'provider_error', message, retryable: true });
    expect(execution.attempts[0]!.error).toEqual({
      code: 'provider_error',
      message: `The provider refused: Card expired. ${provider.host} returned 422`,
    });
    const list = await acme.as.viewer('GET', `/api/tools/executions?toolId=${tool}&q=card%20expired`);
    expect(list.body.items[0]).toMatchObject({ id: execution.id, failure: { message } });
    const events = await acme.as.viewer(
      'GET',
      `/api/events?subjectType=execution&subjectId=${execution.id}&type=ToolExecutionFailed`,
    );
    expect(events.body.items).toMatchObject([{ data: { code: 'provider_error', message } }]);
  });

  test('says why in text and in HTML too, and only that it failed when there is no reason', async () => {
    provider.respond = (_request, response) => {
      response.writeHead(502, { 'content-type': 'text/html' });
      response.end('<html><head><title>Bad Gateway</title></head><body><h1>x</h1></body></html>');
    };
    expect((await execute()).failure?.message).toBe(
      `The provider failed: Bad Gateway. ${provider.host} returned 502.`,
    );
    refuse({ ok: false }, 400);
    expect((await execute()).failure?.message).toBe(`${provider.host} returned 400.`);
  });

  test('a reason of almost a megabyte is cut, and its secrets are replaced', async () => {
    refuse({ message: `Key ${secret} is not allowed: ${'very long '.repeat(90_000)}` });
    const execution = await execute();
    expect(execution.failure?.message.length).toBeLessThanOrEqual(300);
    expect(execution.failure?.message).toMatch(/^The provider refused: Key \S+ is not allowed: very long /);
    expect(findSecret({ execution: JSON.stringify(execution) }, secret)).toEqual([]);
    refuse({ message: 'y'.repeat(2_000_000) });
    expect((await execute()).failure?.message).toMatch(/returned 422\. The response is larger than/);
  });

  test('the reason is the one of the last attempt; a success has none', async () => {
    provider.respond = (_request, response) =>
      sendJson(response, 503, { message: `Overloaded ${provider.requests.length}` });
    const failed = await execute({ paymentId: 'pay_1' }, retried);
    expect(failed.attempts.map((attempt) => attempt.error?.message)).toEqual([
      `The provider failed: Overloaded 1. ${provider.host} returned 503`,
      `The provider failed: Overloaded 2. ${provider.host} returned 503`,
    ]);
    expect(failed.failure?.message).toBe(
      `The provider failed: Overloaded 2. ${provider.host} returned 503. This was the last of 2 attempts.`,
    );
    provider.requests.length = 0;
    provider.respond = (_request, response) =>
      provider.requests.length < 2
        ? sendJson(response, 503, { message: 'Overloaded' })
        : sendJson(response, 200, { ok: true });
    const succeeded = await execute({ paymentId: 'pay_1' }, retried);
    expect(succeeded).toMatchObject({ status: 'succeeded' });
    expect(succeeded.failure).toBeUndefined();
  });

  test('Temporal gets host and status, and nothing of the response', async () => {
    refuse({ message: 'Card of Maria Example expired' });
    const execution = await execute();
    const text = await eventually(async () => {
      const found = await history(execution);
      expect(found).toContain(`${provider.host} returned 422`);
      return found;
    });
    expect(text).not.toContain('Maria');
  });

  test('a step of a playbook says why, and so does its event', async () => {
    refuse({ message: 'Card expired' });
    const playbook = await publishPlaybook(acme.as.tool_admin, {
      name: 'refund_step',
      steps: [
        {
          id: 'refund',
          type: 'call_tool',
          title: 'Refund',
          tool: 'refund_payment',
          input: { paymentId: 'p' },
        },
      ],
    });
    const runId = await startRun(acme.as.operator, playbook);
    await stepWhen(acme.as.operator, runId, 'refund', 'waiting');
    await complete(acme.as.operator, runId, 'refund');
    const message = `The provider refused: Card expired. ${provider.host} returned 422.`;
    const step = await eventually(async () => {
      const { body } = await acme.as.viewer('GET', `/api/playbook-runs/${runId}`);
      expect(body.steps[0].failure).not.toBeNull();
      return body.steps[0];
    });
    expect(step.failure.message).toBe(message);
    const events = await acme.as.viewer('GET', '/api/events?type=StepFailed&limit=1');
    expect(events.body.items[0].data.message).toBe(message);
  });

  test('each attempt shows the request that was sent, with its secrets replaced', async () => {
    refuse({ message: 'no' });
    const execution = await execute({ paymentId: 'pay_1', amount: 5, pin: 'pin-27182818', note: 'n' });
    const [received] = provider.requests;
    const { request } = execution.attempts[0]!;
    expect(request).toEqual({
      method: 'POST',
      url: expect.stringMatching(/\/payments\/pay_1\/refunds\?key=/),
      headers: {
        accept: '*/*',
        'accept-encoding': expect.any(String),
        'user-agent': 'Interlock',
        'x-channel': 'back office',
        'content-type': 'application/json',
        'idempotency-key': execution.id,
      },
      body: { amount: 5, pin: expect.any(String), note: 'n' },
      bodyType: 'json',
    });
    // Everything that was sent is shown, apart from what the transport adds.
    for (const [name, value] of Object.entries(request!.headers)) expect(received!.headers[name]).toBe(value);
    expect(Object.keys(received!.headers).toSorted()).toEqual(
      [...Object.keys(request!.headers), 'host', 'connection', 'content-length'].toSorted(),
    );
    expect(JSON.parse(received!.body).pin).toBe('pin-27182818');
    const shown = { execution: JSON.stringify(execution) };
    expect(findSecret(shown, 'pin-27182818')).toEqual([]);
    expect(findSecret(shown, secret)).toEqual([]);
    expect((await acme.as.viewer('GET', `/api/tools/executions/${execution.id}`)).body).toEqual(execution);
  });

  test('each attempt shows status and headers of the response, without cookies, credentials and secrets', async () => {
    const utf8 = Buffer.from(secret, 'utf8').toString('latin1');
    provider.respond = (_request, response) => {
      response.writeHead(200, {
        'content-type': 'application/json',
        'x-request-id': 'req_1',
        'set-cookie': ['session=s-1; HttpOnly', 'other=s-2'],
        'www-authenticate': 'Bearer realm="s-3"',
        'x-auth-token': 's-4',
        'x-echo': encodeURIComponent(secret),
        'x-latin1': `before ${secret}`,
        'x-utf8': `before ${utf8}`,
        'x-base64': Buffer.from(`a${secret}b`).toString('base64'),
        'x-long': 'y'.repeat(5000),
        ...Object.fromEntries(Array.from({ length: 60 }, (_, index) => [`z-${index}`, 'z'])),
      });
      response.end('{}');
    };
    const execution = await execute();
    const { response } = execution.attempts[0]!;
    expect(response).toMatchObject({ status: 200, headers: { 'x-request-id': 'req_1' } });
    expect(Object.keys(response!.headers)).toHaveLength(50);
    expect(response!.headers['x-long']).toHaveLength(2048);
    const text = JSON.stringify(response);
    for (const hidden of ['s-1', 's-2', 's-3', 's-4', '8314462618']) expect(text).not.toContain(hidden);
    expect(findSecret({ text }, secret)).toEqual([]);
  });

  test('a request that is too large to be shown is cut and says so', async () => {
    refuse({ message: 'no' });
    const note = `"\u0001é${'x'.repeat(100_000)}`;
    const { request } = (await execute({ paymentId: 'pay_1', note })).attempts[0]!;
    expect(request).toMatchObject({
      method: 'POST',
      truncated: true,
      body: expect.stringMatching(/^{"note":/),
    });
    expect(Buffer.byteLength(JSON.stringify(request))).toBeLessThanOrEqual(16_384);
    expect(Buffer.byteLength(JSON.stringify(request))).toBeGreaterThan(8_000);
  });

  test('an attempt that sent nothing shows no request', async () => {
    const unreachable = await acme.as.tool_admin('POST', '/api/tools', {
      name: 'nobody_there',
      type: 'http',
      retry: { maxAttempts: 1, initialMs: 20, factor: 1, maxMs: 20 },
      config: { method: 'POST', url: 'http://127.0.0.1:9/' },
    });
    const execution = await execute({}, unreachable.body.id);
    expect(execution.attempts).toHaveLength(1);
    expect(execution.attempts[0]).not.toHaveProperty('request');
    expect(execution.attempts[0]).not.toHaveProperty('response');
  });

  test('a request whose response was lost is shown: a person has to find out what happened', async () => {
    provider.respond = (_request, response) => response.destroy();
    const lost = await acme.as.tool_admin('POST', '/api/tools', {
      name: 'lost',
      type: 'http',
      config: { method: 'POST', url: `${provider.url}/lost` },
    });
    const execution = await execute({ order: 7 }, lost.body.id);
    expect(execution.failure?.code).toBe('outcome_unknown');
    expect(execution.attempts[0]).toMatchObject({ request: { method: 'POST', body: { order: 7 } } });
    expect(execution.attempts[0]).not.toHaveProperty('response');
  });
});
