import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import {
  createInterlockClient,
  InterlockApiError,
  type InterlockClient,
} from '../../shared/client/interlock-client.ts';
import { connectAdmin } from '../support/connect-admin.ts';
import { complete, publishPlaybook, startRun, stepWhen } from '../support/playbook-runs.ts';
import { type ProviderServer, sendJson, startProvider } from '../support/provider-server.ts';
import {
  type ApiResponse,
  cookieOf,
  issuePaths,
  startTestApi,
  type TestApi,
  type TestTenant,
} from '../support/test-api.ts';

describe('an execution of unknown outcome', () => {
  let api: TestApi;
  let acme: TestTenant;
  let provider: ProviderServer;
  let client: InterlockClient;
  let tool: string;

  beforeAll(async () => {
    [api, provider] = await Promise.all([startTestApi(), startProvider()]);
    acme = await api.tenant({ privateHosts: [provider.host] });
    client = createInterlockClient({ url: api.url, apiKey: acme.keys.operator });
    const created = await acme.as.tool_admin('POST', '/api/tools', {
      name: 'refund_payment',
      type: 'http',
      auth: { type: 'bearer', token: 'credential-of-the-tool-31415' },
      inputSchema: {
        type: 'object',
        properties: { paymentId: { type: 'string' }, pin: { type: 'string', writeOnly: true } },
      },
      outputSchema: {
        type: 'object',
        required: ['refundId'],
        properties: { refundId: { type: 'string' }, receiptKey: { type: 'string', writeOnly: true } },
      },
      config: { method: 'POST', url: `${provider.url}/refunds` },
    });
    expect(created.status, JSON.stringify(created.body)).toBe(201);
    tool = created.body.id;
  });
  afterAll(async () => {
    await api?.close();
    await provider?.close();
  });
  beforeEach(() => {
    provider.requests.length = 0;
  });

  const respond = (refundId: string) => {
    provider.respond = (_request, response) => sendJson(response, 200, { refundId });
  };
  const loseResponses = () => {
    provider.respond = (_request, response) => response.destroy();
  };
  const execute = (payload: unknown = { paymentId: 'pay_1' }, headers?: Record<string, string>) =>
    acme.as.operator('POST', `/api/tools/${tool}/execute`, { payload }, headers);
  /** @returns the id of an execution whose response was lost */
  async function unknown(payload?: unknown): Promise<string> {
    loseResponses();
    const { status, body } = await execute(payload);
    expect([status, body.failure?.code]).toEqual([502, 'outcome_unknown']);
    return body.id;
  }
  const settle = (id: string, body: unknown, as = acme.as.operator) =>
    as('POST', `/api/tools/executions/${id}/settle`, body);
  const rerun = (id: string, body: unknown = {}, headers?: Record<string, string>) =>
    acme.as.operator('POST', `/api/tools/executions/${id}/rerun`, body, headers);
  const read = async (id: string) => (await acme.as.viewer('GET', `/api/tools/executions/${id}`)).body;
  const eventsOf = async (id: string, type: string) =>
    (await acme.as.viewer('GET', `/api/events?subjectType=execution&subjectId=${id}&type=${type}`)).body
      .items;

  test('marked as done, it succeeded: with the output, who settled it, when and why', async () => {
    const id = await unknown();
    const settled = await settle(id, {
      happened: true,
      note: 'Found in the ledger of the provider.',
      output: { refundId: 're_123' },
    });
    expect(settled.status, JSON.stringify(settled.body)).toBe(200);
    expect(settled.body).toMatchObject({
      id,
      status: 'succeeded',
      output: { refundId: 're_123' },
      settlement: {
        happened: true,
        note: 'Found in the ledger of the provider.',
        by: { type: 'api_key', name: 'operator key' },
        at: expect.any(String),
      },
      attempts: [{ number: 1, status: 'unknown' }],
    });
    expect(settled.body.failure).toBeUndefined();
    expect(await read(id)).toEqual(settled.body);
    expect(await eventsOf(id, 'ToolExecutionSettled')).toMatchObject([
      {
        actor: { name: 'operator key' },
        data: { happened: true, note: 'Found in the ledger of the provider.' },
      },
    ]);
    expect(provider.requests).toHaveLength(1);
  });

  test('marked as not done, it failed, and running it again is safe', async () => {
    const id = await unknown();
    const settled = await settle(id, { happened: false, note: 'Not in the ledger.' });
    expect(settled).toMatchObject({
      status: 200,
      body: {
        status: 'failed',
        failure: { code: 'provider_error', retryable: true },
        settlement: { happened: false, note: 'Not in the ledger.' },
        output: null,
      },
    });
    respond('re_2');
    const again = await rerun(id);
    expect(again).toMatchObject({ status: 200, body: { status: 'succeeded', rerunOf: id } });
  });

  test.each([
    ['without a note', { happened: true }, ['/note']],
    ['with a blank note', { happened: true, note: '  ' }, ['/note']],
    ['with a note that is too long', { happened: true, note: 'x'.repeat(2001) }, ['/note']],
    ['without saying whether it happened', { note: 'x' }, ['/happened']],
    [
      'with an output that does not match',
      { happened: true, note: 'x', output: { refundId: 7 } },
      ['/output/refundId'],
    ],
    [
      'as not done, with an output',
      { happened: false, note: 'x', output: { refundId: 're_1' } },
      ['/output'],
    ],
  ])('is not settled %s', async (_, body, paths) => {
    const id = await unknown();
    const refused = await settle(id, body);
    expect(refused.status).toBe(422);
    expect(issuePaths(refused)).toEqual(paths);
    expect((await read(id)).failure.code).toBe('outcome_unknown');
  });

  test('the output that someone enters is redacted like any other', async () => {
    const id = await unknown();
    const { status, body } = await settle(id, {
      happened: true,
      note: 'Copied from the console: Bearer abcdefghijklmnopqrstuvw12345',
      output: {
        refundId: 're_1',
        receiptKey: 'key-of-the-receipt',
        request: 'authorization: credential-of-the-tool-31415',
      },
    });
    expect(status).toBe(200);
    expect(body.output.refundId).toBe('re_1');
    for (const secret of ['key-of-the-receipt', 'credential-of-the-tool-31415', 'abcdefghijklmnop'])
      expect(JSON.stringify([body, await eventsOf(id, 'ToolExecutionSettled')])).not.toContain(secret);
  });

  test('two people settle it at once: one wins, the other learns who did', async () => {
    const id = await unknown();
    const [ana, ben] = [acme.as.operator, acme.as.tool_admin];
    const answers = await Promise.all([
      settle(id, { happened: true, note: 'I found it.' }, ana),
      settle(id, { happened: false, note: 'I did not find it.' }, ben),
    ]);
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409]);
    const winner = answers.find(({ status }) => status === 200) as ApiResponse;
    const loser = answers.find(({ status }) => status === 409) as ApiResponse;
    const { by, happened, at } = winner.body.settlement;
    expect(loser.body.error).toMatchObject({
      code: 'conflict',
      message: expect.stringContaining(by.name),
      details: { settledBy: by, settledAt: at, happened },
    });
    expect(await eventsOf(id, 'ToolExecutionSettled')).toHaveLength(1);
  });

  test('the same request of the same caller settles it once', async () => {
    const id = await unknown();
    const first = await settle(id, { happened: true, note: 'Found.' });
    const second = await settle(id, { happened: true, note: 'Found.' });
    expect([first.status, second.status]).toEqual([200, 200]);
    expect(second.body).toEqual(first.body);
    expect((await settle(id, { happened: false, note: 'Found.' })).status).toBe(409);
    expect(await eventsOf(id, 'ToolExecutionSettled')).toHaveLength(1);
  });

  test('an execution with a known outcome is not settled', async () => {
    respond('re_3');
    const { body } = await execute();
    const refused = await settle(body.id, { happened: false, note: 'I do not believe it.' });
    expect(refused).toMatchObject({ status: 409, body: { error: { code: 'conflict' } } });
    expect(await read(body.id)).toEqual(body);
    expect((await settle('no-id', { happened: true, note: 'x' })).status).toBe(404);
  });

  test('no door runs it again before it is settled', async () => {
    const id = await unknown();
    const refused = await rerun(id);
    expect(refused).toMatchObject({
      status: 409,
      body: { error: { code: 'unsettled', details: { executionId: id } } },
    });
    // With another payload, by the client, and by tRPC.
    expect((await rerun(id, { payload: { paymentId: 'pay_2' } })).body.error.code).toBe('unsettled');
    const failure = await client.executions.rerun({ id }).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(InterlockApiError);
    expect(failure).toMatchObject({ code: 'unsettled', details: { executionId: id } });
    const session = cookieOf((await api.signIn(acme.email, acme.password)).headers);
    const trpc = await api.call(null)(
      'POST',
      '/trpc/executions.rerun',
      { id, waitMs: 0 },
      { cookie: session, 'x-tenant': acme.slug, origin: api.services.environment.publicUrl },
    );
    expect(trpc.status).toBe(409);
    expect(JSON.stringify(trpc.body)).toContain('unsettled');
    expect(provider.requests).toHaveLength(1);

    const settled = await client.executions.settle({ id, happened: false, note: 'By the client.' });
    expect(settled.settlement).toMatchObject({ happened: false, note: 'By the client.' });
    respond('re_4');
    expect((await client.executions.rerun({ id })).status).toBe('succeeded');
  });

  test('a secret input that has to be sent again does not hide that it must be settled first', async () => {
    const id = await unknown({ paymentId: 'pay_1', pin: 'pin-27182818' });
    expect((await rerun(id)).body.error.code).toBe('unsettled');
    await settle(id, { happened: false, note: 'x' });
    expect((await rerun(id)).body.error.code).toBe('invalid_input');
  });

  test('an unknown rerun keeps the whole family from running again', async () => {
    respond('re_5');
    const first = (await execute()).body.id;
    const second = (await rerun(first)).body.id;
    loseResponses();
    const third = await rerun(second, {}, { 'idempotency-key': `third-${first}` });
    expect(third.body.failure.code).toBe('outcome_unknown');
    for (const id of [first, second, third.body.id]) {
      const refused = await rerun(id);
      expect(refused.body.error).toMatchObject({
        code: 'unsettled',
        details: { executionId: third.body.id },
      });
    }
    // A retry of the request itself still gets its execution.
    const replayed = await rerun(second, {}, { 'idempotency-key': `third-${first}` });
    expect(replayed.body.id).toBe(third.body.id);
    expect(provider.requests).toHaveLength(3);
    await settle(third.body.id, { happened: true, note: 'x', output: { refundId: 're_6' } });
    respond('re_7');
    expect((await rerun(first)).status).toBe(200);
  });

  test('a program may run a succeeded execution again, and execute the same input anew', async () => {
    respond('re_8');
    const { body } = await execute();
    expect((await rerun(body.id)).status).toBe(200);
    const lost = await unknown();
    respond('re_9');
    expect((await execute()).status).toBe(200);
    expect((await rerun(lost)).status).toBe(409);
  });

  test('one that is safe to retry can be run again at once', async () => {
    const id = await unknown();
    const admin = await connectAdmin();
    await admin.query('UPDATE tool_execution SET failure_retryable = true WHERE id = $1', [id]);
    await admin.end();
    respond('re_10');
    expect((await rerun(id)).status).toBe(200);
  });

  test('the tools that only read are offered for a check, those of the same system first', async () => {
    const id = await unknown();
    const define = (name: string, method: string, url: string) =>
      acme.as.tool_admin('POST', '/api/tools', { name, type: 'http', config: { method, url } });
    await define('a_elsewhere', 'GET', 'https://ledger.example/entries');
    await define('find_refund', 'GET', `${provider.url}/refunds`);
    await define('send_mail', 'POST', `${provider.url}/mails`);
    const off = await define('find_disabled', 'GET', `${provider.url}/x`);
    await acme.as.tool_admin('PUT', `/api/tools/${off.body.id}/enabled`, { enabled: false });
    const { status, body } = await acme.as.viewer('GET', `/api/tools/executions/${id}/checks`);
    expect(status).toBe(200);
    const own = body.items.filter(({ name }: { name: string }) => /^(a_else|find_|send_|refund_)/.test(name));
    expect(own).toEqual([
      { id: expect.any(String), name: 'find_refund', title: 'find_refund', sameSystem: true },
      { id: expect.any(String), name: 'a_elsewhere', title: 'a_elsewhere', sameSystem: false },
    ]);
  });

  test('settling needs the right to control executions, and nothing of another tenant can be settled', async () => {
    const id = await unknown();
    const body = { happened: true, note: 'x' };
    expect((await settle(id, body, acme.as.viewer)).status).toBe(403);
    const globex = await api.tenant();
    expect((await settle(id, body, globex.as.tenant_admin)).status).toBe(404);
    expect((await read(id)).failure.code).toBe('outcome_unknown');
  });

  describe('of a playbook step', () => {
    let playbook: string;
    beforeAll(async () => {
      playbook = await publishPlaybook(acme.as.tool_admin, {
        name: 'refund_step',
        steps: [
          {
            id: 'refund',
            type: 'call_tool',
            title: 'Refund',
            tool: 'refund_payment',
            input: { paymentId: 'pay_3' },
          },
        ],
      });
    });

    async function unknownStep(): Promise<{ runId: string; id: string }> {
      loseResponses();
      const runId = await startRun(acme.as.operator, playbook);
      await stepWhen(acme.as.operator, runId, 'refund', 'waiting');
      await complete(acme.as.operator, runId, 'refund');
      const step = await stepWhen(acme.as.operator, runId, 'refund', 'outcome_unknown');
      return { runId, id: step.executionIds[0] };
    }

    test('it is settled on the step, which then agrees with the execution', async () => {
      const { runId, id } = await unknownStep();
      const refused = await settle(id, { happened: true, note: 'x' });
      expect(refused).toMatchObject({
        status: 409,
        body: { error: { code: 'conflict', details: { runId, stepId: 'refund' } } },
      });
      expect((await rerun(id)).body.error.code).toBe('unsettled');
      await complete(acme.as.operator, runId, 'refund', {
        outcome: 'happened',
        reason: 'In the ledger.',
        input: { refundId: 're_11' },
      });
      const step = await stepWhen(acme.as.operator, runId, 'refund', 'completed');
      expect(step.output).toEqual({ refundId: 're_11' });
      expect(await read(id)).toMatchObject({
        status: 'succeeded',
        output: { refundId: 're_11' },
        settlement: { happened: true, note: 'In the ledger.', by: { name: 'operator key' } },
      });
    });

    test('not done on the step is not done for the execution, and the step may run again', async () => {
      const { runId, id } = await unknownStep();
      await complete(acme.as.operator, runId, 'refund', {
        outcome: 'did_not_happen',
        reason: 'Not in the ledger.',
      });
      await stepWhen(acme.as.operator, runId, 'refund', 'waiting');
      expect(await read(id)).toMatchObject({
        status: 'failed',
        failure: { code: 'provider_error', retryable: true },
        settlement: { happened: false, note: 'Not in the ledger.' },
      });
      respond('re_12');
      await complete(acme.as.operator, runId, 'refund');
      await stepWhen(acme.as.operator, runId, 'refund', 'completed');
    });

    test('when the run has ended without deciding, the execution is settled itself', async () => {
      const { runId, id } = await unknownStep();
      await complete(acme.as.operator, runId, 'refund', { outcome: 'abort', reason: 'No more.' });
      await stepWhen(acme.as.operator, runId, 'refund', 'failed');
      const settled = await settle(id, { happened: true, note: 'In the ledger after all.' });
      expect(settled).toMatchObject({ status: 200, body: { status: 'succeeded' } });
    });
  });
});
