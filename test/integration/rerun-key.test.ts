import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { complete, publishPlaybook, runWhen, startRun, stepWhen } from '../support/playbook-runs.ts';
import { type ProviderServer, type Respond, sendJson, startProvider } from '../support/provider-server.ts';
import { startTestApi, type TestApi, type TestTenant } from '../support/test-api.ts';

describe('executing an idempotent tool again', () => {
  let api: TestApi;
  let acme: TestTenant;
  let provider: ProviderServer;
  let tool: string;

  beforeAll(async () => {
    [api, provider] = await Promise.all([startTestApi(), startProvider()]);
    acme = await api.tenant({ privateHosts: [provider.host] });
    const created = await acme.as.tool_admin('POST', '/api/tools', {
      name: 'refund_payment',
      type: 'http',
      idempotent: true,
      retry: { maxAttempts: 1 },
      inputSchema: { type: 'object', properties: { amount: { type: 'number' } } },
      config: { method: 'POST', url: `${provider.url}/refunds` },
    });
    tool = created.body.id;
  });
  afterAll(async () => {
    await api?.close();
    await provider?.close();
  });
  beforeEach(() => {
    provider.requests.length = 0;
  });

  const loseResponse: Respond = (_request, response) => response.destroy();
  const succeed: Respond = (_request, response) => sendJson(response, 200, { refundId: 're_1' });
  const refuse: Respond = (_request, response) => sendJson(response, 422, { message: 'No such payment' });
  const keys = () => provider.requests.map((request) => request.headers['idempotency-key']);
  const execute = async (respond: Respond, amount = 12.5): Promise<string> => {
    provider.respond = respond;
    const { body } = await acme.as.operator('POST', `/api/tools/${tool}/execute`, { payload: { amount } });
    return body.id;
  };
  const rerun = async (id: string, respond: Respond, body: object = {}): Promise<string> => {
    provider.respond = respond;
    return (await acme.as.operator('POST', `/api/tools/executions/${id}/rerun`, body)).body.id;
  };

  test('after a failure that may have had an effect, reruns send the same key: the provider acts once', async () => {
    const first = await execute(loseResponse);
    const second = await rerun(first, loseResponse);
    const third = await rerun(second, succeed);
    expect(new Set([first, second, third]).size).toBe(3);
    expect(keys()).toEqual([first, first, first]);
    const { body } = await acme.as.viewer('GET', `/api/tools/executions/${third}`);
    expect(body.attempts[0].request.headers['idempotency-key']).toBe(first);
  });

  test('what the provider refused, what succeeded, and another payload get a key of their own', async () => {
    const refused = await execute(refuse);
    const again = await rerun(refused, succeed);
    const deliberately = await rerun(again, succeed);
    const lost = await execute(loseResponse);
    const another = await rerun(lost, succeed, { payload: { amount: 13 } });
    const unrelated = await execute(succeed);
    expect(keys()).toEqual([refused, again, deliberately, lost, another, unrelated]);
  });

  test('a step of a playbook that runs its tool again after such a failure sends the same key', async () => {
    const playbook = await publishPlaybook(acme.as.tool_admin, {
      name: 'refund',
      steps: [
        {
          id: 'refund',
          type: 'call_tool',
          title: 'Refund',
          tool: 'refund_payment',
          input: { amount: 3 },
          assignee: { role: 'operator' },
        },
      ],
    });
    provider.respond = loseResponse;
    const runId = await startRun(acme.as.operator, playbook);
    await stepWhen(acme.as.operator, runId, 'refund', 'waiting');
    await complete(acme.as.operator, runId, 'refund');
    await runWhen(acme.as.operator, runId, ({ steps }) => steps[0].failure !== null);
    provider.respond = succeed;
    await complete(acme.as.operator, runId, 'refund', { outcome: 'run' });
    const run = await runWhen(acme.as.operator, runId, ({ status }) => status === 'completed');
    const [first] = run.steps[0].executionIds;
    expect(run.steps[0].executionIds).toHaveLength(2);
    expect(keys()).toEqual([first, first]);
  });
});
