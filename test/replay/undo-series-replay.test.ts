import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { undoWorkflowId } from '../../shared/undo/undo-contract.ts';
import { requireApproval } from '../support/approvals.ts';
import { eventually } from '../support/eventually.ts';
import { startTestApi, type TestApi, type TestTenant } from '../support/test-api.ts';
import { fileOf, replay, savedHistories } from './histories.ts';

const long = { timeoutMs: 60_000, everyMs: 50 };

describe('the history of an undo', () => {
  let api: TestApi;
  let acme: TestTenant;
  let undoTool: string;

  beforeAll(async () => {
    // Low enough for one that waits to continue as new.
    api = await startTestApi({ env: { INTERLOCK_RUN_HISTORY_LIMIT: '20' } });
    acme = await api.tenant();
    undoTool = await tool('undo', {});
    await tool('act', { undo: { tool: 'undo' } });
  });
  afterAll(() => api?.close());

  async function tool(name: string, more: Record<string, unknown>): Promise<string> {
    const { status, body } = await acme.as.tenant_admin('POST', '/api/tools', {
      name,
      type: 'dummy',
      ...more,
    });
    expect(status, JSON.stringify(body)).toBe(201);
    return body.id;
  }
  const undo = async () => {
    const calls = ['a', 'b'].map((id) => ({ id, tool: 'act' }));
    const batch = await acme.as.operator('POST', '/api/batches', { calls });
    const { body } = await acme.as.operator('POST', `/api/batches/${batch.body.id}/undo`, {});
    return { batchId: batch.body.id as string, ...body };
  };
  const statusOf = async (batchId: string) =>
    (await acme.as.viewer('GET', `/api/batches/${batchId}`)).body.undo[0].status;
  const workflowOf = (id: string) =>
    api.services.temporal.client.workflow.getHandle(undoWorkflowId({ id, round: 0 }));

  test('one that runs to its end replays, and one is saved', async () => {
    const { id, status } = await undo();
    expect(status).toBe('succeeded');
    await replayed(id, 'COMPLETED', 'succeeded');
  });

  test('one that is cancelled in Temporal while it waits for an approval replays, and one is saved', async () => {
    await requireApproval(acme, undoTool);
    const { id, batchId } = await undo();
    const handle = workflowOf(id);
    // It waits in the workflow, not in an activity.
    await eventually(
      async () =>
        (await handle.describe()).raw.pendingActivities?.length === 0 &&
        (await handle.describe()).historyLength > 5,
      long,
    );
    await handle.cancel();
    await eventually(async () => (await statusOf(batchId)) === 'stopped', long);
    await replayed(id, 'CANCELLED', 'cancelled');
  });

  async function replayed(id: string, status: string, name: string): Promise<void> {
    const handle = workflowOf(id);
    await eventually(async () => (await handle.describe()).status.name === status, long);
    const file = fileOf('undo-series-workflow', name);
    await replay(handle, file);
    expect(savedHistories()).toContain(file);
  }
});
