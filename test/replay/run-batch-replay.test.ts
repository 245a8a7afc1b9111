import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { batchWorkflowId } from '../../shared/batches/batch-contract.ts';
import { eventually } from '../support/eventually.ts';
import { complete, publishPlaybook, startRun, stepWhen } from '../support/playbook-runs.ts';
import { type ProviderServer, sendJson, startProvider } from '../support/provider-server.ts';
import { startTestApi, type TestApi, type TestTenant } from '../support/test-api.ts';
import { fileOf, replay, savedHistories } from './histories.ts';

const long = { timeoutMs: 60_000, everyMs: 50 };

describe('the history of a batch', () => {
  let api: TestApi;
  let acme: TestTenant;
  let provider: ProviderServer;
  let toolId: string;

  beforeAll(async () => {
    provider = await startProvider((_request, response) => sendJson(response, 200, {}));
    // Low enough for a batch that waits to continue as new.
    api = await startTestApi({ env: { INTERLOCK_RUN_HISTORY_LIMIT: '20' } });
    acme = await api.tenant({ privateHosts: [provider.host] });
    const config = { method: 'POST', url: provider.url };
    const tool = await acme.as.tenant_admin('POST', '/api/tools', { name: 'act', type: 'http', config });
    toolId = tool.body.id;
  });
  afterAll(async () => {
    await api?.close();
    await provider?.close();
  });

  const start = async (more: Record<string, unknown> = {}) => {
    const calls = ['a', 'b', 'c'].map((id) => ({ id, toolId }));
    const { status, body } = await acme.as.operator('POST', '/api/batches', { calls, ...more });
    expect(status, JSON.stringify(body)).toBeLessThan(300);
    return body as { id: string; status: string };
  };
  const statusOf = async (id: string) => (await acme.as.viewer('GET', `/api/batches/${id}`)).body.status;
  const workflowOf = (id: string) =>
    api.services.temporal.client.workflow.getHandle(batchWorkflowId({ id, round: 0 }));

  test('one that runs to its end replays, and one is saved', async () => {
    const { id, status } = await start();
    expect(status).toBe('succeeded');
    await replayed(id, 'COMPLETED', 'succeeded');
  });

  test('one that is cancelled in Temporal while it waits for the next minute replays, and one is saved', async () => {
    const { id } = await start({ perMinute: 1, waitMs: 0 });
    await eventually(() => provider.requests.length >= 4, long);
    const handle = workflowOf(id);
    // It waits in the workflow, not in an activity.
    await eventually(
      async () =>
        (await handle.describe()).raw.pendingActivities?.length === 0 &&
        (await handle.describe()).historyLength > 5,
      long,
    );
    await handle.cancel();
    await eventually(async () => (await statusOf(id)) === 'cancelled', long);
    await replayed(id, 'CANCELLED', 'cancelled');
  });

  test('one that waits for many minutes continues as new and makes every call once, and one is saved', async () => {
    provider.requests.length = 0;
    // Longer than it waits in an activity.
    const { id } = await start({ perMinute: 11, waitMs: 0 });
    await eventually(async () => (await statusOf(id)) === 'succeeded', long);
    expect(provider.requests).toHaveLength(3);
    const last = await (await workflowOf(id).fetchHistory()).events;
    const began = last?.[0]?.workflowExecutionStartedEventAttributes;
    expect(began?.continuedExecutionRunId).not.toBe('');
    await replayed(id, 'COMPLETED', 'continued as new');
    const first = api.services.temporal.client.workflow.getHandle(
      batchWorkflowId({ id, round: 0 }),
      began?.firstExecutionRunId ?? '',
    );
    const file = fileOf('run-batch-workflow', 'continues as new');
    await replay(first, file);
    expect(savedHistories()).toContain(file);
  });

  test('one of a step tells the run of its end, and one is saved', async () => {
    const id = await publishPlaybook(acme.as.tool_admin, {
      name: 'acts',
      steps: [{ id: 'act', type: 'for_each', title: 'Act', tool: 'act', items: '[{"n": 1}, {"n": 2}]' }],
    });
    const runId = await startRun(acme.as.operator, id);
    await stepWhen(acme.as.operator, runId, 'act', 'waiting');
    await complete(acme.as.operator, runId, 'act');
    const { batchId } = await stepWhen(acme.as.operator, runId, 'act', 'completed');
    await replayed(batchId, 'COMPLETED', 'of a step');
  });

  async function replayed(id: string, status: string, name: string): Promise<void> {
    const handle = workflowOf(id);
    await eventually(async () => (await handle.describe()).status.name === status, long);
    const file = fileOf('run-batch-workflow', name);
    await replay(handle, file);
    expect(savedHistories()).toContain(file);
  }
});
