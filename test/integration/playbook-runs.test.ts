import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { complete, publishPlaybook, runWhen, startRun, stepWhen } from '../support/playbook-runs.ts';
import { type ProviderServer, sendJson, startProvider } from '../support/provider-server.ts';
import { startTestApi, type TestApi, type TestTenant } from '../support/test-api.ts';

describe('the run of a playbook', () => {
  let api: TestApi;
  let acme: TestTenant;
  let globex: TestTenant;
  let provider: ProviderServer;

  beforeAll(async () => {
    provider = await startProvider((_request, response) => sendJson(response, 200, { refundId: 're_1' }));
    api = await startTestApi();
    acme = await api.tenant({ privateHosts: [provider.host] });
    globex = await api.tenant();
    const { status } = await acme.as.tool_admin('POST', '/api/tools', {
      name: 'refund_payment',
      type: 'http',
      timeoutMs: 1000,
      retry: { maxAttempts: 1 },
      inputSchema: {
        type: 'object',
        required: ['paymentId', 'amount'],
        properties: {
          paymentId: { type: 'string' },
          amount: { type: 'number', exclusiveMinimum: 0 },
          pin: { type: 'string', writeOnly: true },
        },
      },
      outputSchema: { type: 'object', required: ['refundId'], properties: { refundId: { type: 'string' } } },
      config: { method: 'POST', url: `${provider.url}/refunds/{paymentId}` },
    });
    expect(status).toBe(201);
  });
  afterAll(async () => {
    await api?.close();
    await provider?.close();
  });

  const exception = async () => {
    const { body } = await acme.as.operator('POST', '/api/exceptions', {
      title: 'Payment failed',
      attributes: { paymentId: 'pay_1', amount: 12.5 },
    });
    return body.id as string;
  };

  test('a tool is called when a person completes its step, with values of earlier steps and of the exception', async () => {
    const playbook = await publishPlaybook(acme.as.tool_admin, {
      name: 'failed_payment',
      steps: [
        {
          id: 'check',
          type: 'manual',
          title: 'Check the account',
          instructions: 'Look at it.',
          form: {
            type: 'object',
            required: ['refund'],
            properties: { refund: { type: 'boolean' }, amount: { type: 'number' } },
          },
          due: 'PT4H',
        },
        {
          id: 'refund',
          type: 'call_tool',
          title: 'Refund the payment',
          tool: 'refund_payment',
          when: '${{ steps.check.output.refund = true }}',
          input: {
            paymentId: '${{ exception.attributes.paymentId }}',
            amount: '${{ steps.check.output.amount }}',
          },
        },
        {
          id: 'tell',
          type: 'notify',
          title: 'Tell',
          to: { role: 'operator' },
          message: 'Done: ${{ steps.refund.output.refundId }}',
        },
      ],
    });
    const exceptionId = await exception();
    const runId = await startRun(acme.as.operator, playbook, { exceptionId });
    const check = await stepWhen(acme.as.operator, runId, 'check', 'waiting');
    expect(check).toMatchObject({ assignee: { role: 'operator' }, mayComplete: true });
    expect(Date.parse(check.dueAt)).toBeGreaterThan(Date.now() + 3.9 * 3_600_000);
    expect(
      (await complete(acme.as.operator, runId, 'check', { input: { amount: 1 } })).body.error.issues,
    ).toEqual([expect.objectContaining({ path: '/input/refund' })]);
    const before = provider.requests.length;
    const done = await complete(acme.as.operator, runId, 'check', { input: { refund: true, amount: 12.5 } });
    expect(done).toMatchObject({
      status: 200,
      body: { status: 'completed', completedBy: { name: 'operator key' } },
    });

    const refund = await stepWhen(acme.as.operator, runId, 'refund', 'waiting');
    expect(refund.input).toEqual({ paymentId: 'pay_1', amount: 12.5 });
    expect(provider.requests.length).toBe(before);
    const shown = await acme.as.operator('POST', `/api/playbook-runs/${runId}/steps/refund/preview`, {});
    expect(shown.body.request.url).toBe(`${provider.url}/refunds/pay_1`);
    expect(
      (await complete(acme.as.operator, runId, 'refund', { previewDigest: 'another' })).body.error.code,
    ).toBe('preview_changed');
    expect(
      await complete(acme.as.operator, runId, 'refund', { previewDigest: shown.body.digest }),
    ).toMatchObject({ status: 200 });
    const run = await runWhen(acme.as.operator, runId, (each) => each.status === 'completed');
    expect(provider.requests.length).toBe(before + 1);
    const [, called, notified] = run.steps;
    expect(called).toMatchObject({ status: 'completed', output: { refundId: 're_1' } });
    expect(notified.output).toBe('Done: re_1');
    const execution = await acme.as.viewer('GET', `/api/tools/executions/${called.executionIds[0]}`);
    expect(execution.body).toMatchObject({
      status: 'succeeded',
      exceptionId,
      actor: { name: 'operator key' },
    });
    const description = await api.services.temporal.client.workflow
      .getHandle(execution.body.workflowId)
      .describe();
    expect(description.raw.workflowExecutionInfo?.parentExecution?.workflowId).toBe(run.workflowId);
  });

  test('the step of a failed tool stays open until its input is fixed or the run is aborted', async () => {
    const playbook = await publishPlaybook(acme.as.tool_admin, {
      name: 'refund_only',
      steps: [
        {
          id: 'refund',
          type: 'call_tool',
          title: 'Refund',
          tool: 'refund_payment',
          input: { paymentId: 'pay_2', amount: 1 },
        },
      ],
    });
    provider.respond = (request, response) =>
      request.body.includes('"amount":2')
        ? sendJson(response, 200, { refundId: 're_2' })
        : sendJson(response, 422, { error: 'amount' });
    const runId = await startRun(acme.as.operator, playbook);
    await stepWhen(acme.as.operator, runId, 'refund', 'waiting');
    expect(
      (await complete(acme.as.operator, runId, 'refund', { outcome: 'skip', reason: 'no' })).status,
    ).toBe(422);
    await complete(acme.as.operator, runId, 'refund', { requestId: 'first' });
    const failed = await runWhen(acme.as.operator, runId, (run) => run.steps[0].failure !== null);
    expect(failed.steps[0]).toMatchObject({ status: 'waiting', failure: { code: 'provider_error' } });
    expect(
      (await complete(acme.as.operator, runId, 'refund', { outcome: 'skip' })).body.error.issues,
    ).toEqual([expect.objectContaining({ path: '/reason' })]);
    await complete(acme.as.operator, runId, 'refund', { input: { paymentId: 'pay_2', amount: 2 } });
    const run = await runWhen(acme.as.operator, runId, (each) => each.status === 'completed');
    expect(run.steps[0].executionIds).toHaveLength(2);

    const second = await startRun(acme.as.operator, playbook);
    await stepWhen(acme.as.operator, second, 'refund', 'waiting');
    await complete(acme.as.operator, second, 'refund');
    await runWhen(acme.as.operator, second, (each) => each.steps[0].failure !== null);
    await complete(acme.as.operator, second, 'refund', { outcome: 'abort', reason: 'not worth it' });
    const aborted = await runWhen(acme.as.operator, second, (each) => each.status === 'failed');
    expect(aborted.reason).toContain('not worth it');
  });

  test('a call whose outcome is unknown waits for a person to settle it', async () => {
    const playbook = await publishPlaybook(acme.as.tool_admin, {
      name: 'refund_unknown',
      steps: [
        {
          id: 'refund',
          type: 'call_tool',
          title: 'Refund',
          tool: 'refund_payment',
          input: { paymentId: 'pay_3', amount: 1 },
        },
      ],
    });
    provider.respond = (_request, response) => response.destroy();
    const runId = await startRun(acme.as.operator, playbook);
    await stepWhen(acme.as.operator, runId, 'refund', 'waiting');
    await complete(acme.as.operator, runId, 'refund');
    const unknown = await stepWhen(acme.as.operator, runId, 'refund', 'outcome_unknown');
    expect(unknown.outcomes.map((outcome: { id: string }) => outcome.id)).toEqual([
      'happened',
      'did_not_happen',
      'abort',
    ]);
    expect((await complete(acme.as.operator, runId, 'refund')).status).toBe(422);
    await complete(acme.as.operator, runId, 'refund', {
      outcome: 'did_not_happen',
      reason: 'not in the ledger',
    });
    await stepWhen(acme.as.operator, runId, 'refund', 'waiting');
    await complete(acme.as.operator, runId, 'refund');
    await stepWhen(acme.as.operator, runId, 'refund', 'outcome_unknown');
    await complete(acme.as.operator, runId, 'refund', {
      outcome: 'happened',
      reason: 'seen in the ledger',
      input: { refundId: 're_9' },
    });
    const run = await runWhen(acme.as.operator, runId, (each) => each.status === 'completed');
    expect(run.steps[0]).toMatchObject({ outcome: 'happened', output: { refundId: 're_9' } });
  });

  test('a run continues in the option of a decision, runs branches in parallel, and starts a run for a sub-playbook', async () => {
    await publishPlaybook(acme.as.tool_admin, {
      name: 'inner',
      steps: [{ id: 'look', type: 'manual', title: 'Look' }],
    });
    const playbook = await publishPlaybook(acme.as.tool_admin, {
      name: 'outer',
      steps: [
        {
          id: 'decide',
          type: 'decision',
          title: 'Decide',
          options: [
            {
              id: 'both',
              title: 'Both',
              steps: [
                {
                  id: 'together',
                  type: 'parallel',
                  title: 'Together',
                  branches: [
                    { id: 'a', title: 'A', steps: [{ id: 'left', type: 'manual', title: 'Left' }] },
                    { id: 'b', title: 'B', steps: [{ id: 'right', type: 'manual', title: 'Right' }] },
                  ],
                },
              ],
            },
            { id: 'none', title: 'None', end: true },
          ],
        },
        { id: 'sub', type: 'playbook', title: 'Inner', playbook: 'inner' },
        { id: 'short', type: 'wait', title: 'Wait', for: 'PT0.2S' },
        {
          id: 'word',
          type: 'wait',
          title: 'Word',
          event: 'shipped',
          match: 'event.id = 7 and run.playbook = "outer"',
        },
      ],
    });
    const operator = acme.as.operator;
    const runId = await startRun(operator, playbook);
    await stepWhen(operator, runId, 'decide', 'waiting');
    expect((await complete(operator, runId, 'decide')).body.error.issues[0].path).toBe('/outcome');
    await complete(operator, runId, 'decide', { outcome: 'both' });
    const both = await runWhen(operator, runId, (run) => run.currentSteps.length === 2);
    expect(both.currentSteps.toSorted()).toEqual(['left', 'right']);
    await complete(operator, runId, 'right');
    await complete(operator, runId, 'left');
    const { childRunId } = await stepWhen(operator, runId, 'sub', 'running');
    await stepWhen(operator, childRunId, 'look', 'waiting');
    await complete(operator, childRunId, 'look');
    await stepWhen(operator, runId, 'word', 'waiting');
    const send = (id: number) =>
      operator('POST', `/api/playbook-runs/${runId}/events`, { name: 'shipped', data: { id } });
    expect((await send(6)).body).toEqual({ received: [] });
    expect((await send(7)).body).toEqual({ received: ['word'] });
    const run = await runWhen(operator, runId, (each) => each.status === 'completed');
    expect(run.steps.map((step: { status: string }) => step.status)).toEqual(Array(7).fill('completed'));

    const ended = await startRun(operator, playbook);
    await stepWhen(operator, ended, 'decide', 'waiting');
    await complete(operator, ended, 'decide', { outcome: 'none' });
    const short = await runWhen(operator, ended, (each) => each.status === 'completed');
    expect(short.steps.at(-1)).toMatchObject({ status: 'skipped', reason: 'Not reached.' });
  });

  test('a run completes no step while it is paused, and ends with the reason of its cancel', async () => {
    const playbook = await publishPlaybook(acme.as.tool_admin, {
      name: 'two_steps',
      steps: [
        { id: 'one', type: 'manual', title: 'One' },
        { id: 'two', type: 'manual', title: 'Two' },
      ],
    });
    const operator = acme.as.operator;
    const runId = await startRun(operator, playbook);
    await stepWhen(operator, runId, 'one', 'waiting');
    const paused = await operator('POST', `/api/playbook-runs/${runId}/pause`, { reason: 'audit' });
    expect(paused.body.paused).toMatchObject({ by: 'operator key', reason: 'audit' });
    const refused = await complete(operator, runId, 'one');
    expect(refused).toMatchObject({ status: 409 });
    expect(refused.body.error.message).toContain('audit');
    expect((await operator('POST', `/api/playbook-runs/${runId}/resume`, {})).body.paused).toBeNull();
    expect((await complete(operator, runId, 'one')).status).toBe(200);
    await stepWhen(operator, runId, 'two', 'waiting');
    const cancelled = await operator('POST', `/api/playbook-runs/${runId}/cancel`, { reason: 'a mistake' });
    expect(cancelled.body).toMatchObject({ status: 'cancelled', reason: 'a mistake' });
    const late = await complete(operator, runId, 'two');
    expect(late.status).toBe(409);
  });

  test('a run starts once for an idempotency key, and is invisible to other tenants', async () => {
    const playbook = await publishPlaybook(acme.as.tool_admin, {
      name: 'keyed',
      steps: [{ id: 'one', type: 'manual', title: 'One' }],
    });
    const start = (body: object) =>
      acme.as.operator('POST', '/api/playbook-runs', body, { 'idempotency-key': 'run-1' });
    const runs = await Promise.all(Array.from({ length: 10 }, () => start({ playbookId: playbook })));
    expect(new Set(runs.map((run) => run.body.id)).size).toBe(1);
    expect((await start({ playbookId: playbook, input: { other: true } })).body.error.code).toBe(
      'idempotency_conflict',
    );
    const runId = runs[0]!.body.id;
    await stepWhen(acme.as.operator, runId, 'one', 'waiting');
    for (const [method, path] of [
      ['GET', `/api/playbook-runs/${runId}`],
      ['POST', `/api/playbook-runs/${runId}/steps/one/complete`],
      ['POST', `/api/playbook-runs/${runId}/steps/one/claim`],
      ['POST', `/api/playbook-runs/${runId}/cancel`],
    ] as const) {
      const body = method === 'GET' ? undefined : path.endsWith('cancel') ? { reason: 'x' } : {};
      expect((await globex.as.tenant_admin(method, path, body)).status, path).toBe(404);
    }
    expect((await globex.as.operator('GET', '/api/playbook-runs')).body.items).toEqual([]);
    expect((await globex.as.tenant_admin('GET', '/api/inbox?scope=all')).body.items).toEqual([]);
  });

  test('events of a run, its steps and its executions carry the id of the request that caused them', async () => {
    const { operator, tool_admin: admin } = acme.as;
    await admin('POST', '/api/tools', { name: 'traced_tool', type: 'dummy' });
    const playbook = await publishPlaybook(admin, {
      name: 'traced',
      steps: [
        { id: 'call', type: 'call_tool', title: 'Call', tool: 'traced_tool' },
        { id: 'check', type: 'manual', title: 'Check' },
      ],
    });
    const started = await operator('POST', '/api/playbook-runs', { playbookId: playbook });
    const runId = started.body.id as string;
    await stepWhen(operator, runId, 'call', 'waiting');
    const claimed = await operator('POST', `/api/playbook-runs/${runId}/steps/call/claim`, {});
    const completed = await complete(operator, runId, 'call');
    await stepWhen(operator, runId, 'check', 'waiting');
    const [executionId] = (await stepWhen(operator, runId, 'call', 'completed')).executionIds;
    const cancelled = await operator('POST', `/api/playbook-runs/${runId}/cancel`, { reason: 'a mistake' });
    const { body } = await operator('GET', '/api/events?limit=100');
    type Event = { type: string; subjectId: string; requestId: string | null; data: { runId?: string } };
    const ids = (body.items as Event[])
      .filter(({ subjectId, data }) => data.runId === runId || subjectId === executionId)
      .map(({ type, requestId }) => [type, requestId]);
    const idOf = (response: { headers: Headers }) => response.headers.get('x-request-id');
    expect(Object.fromEntries(ids)).toMatchObject({
      PlaybookRunStarted: idOf(started),
      StepClaimed: idOf(claimed),
      StepStarted: idOf(completed),
      ToolExecutionRequested: idOf(completed),
      // The workflow completes the step, not the request.
      StepCompleted: null,
      PlaybookRunCancelRequested: idOf(cancelled),
    });
  });
});
