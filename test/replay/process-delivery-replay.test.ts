import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { deliveryWorkflow } from '../../shared/inbound/inbound-contract.ts';
import { eventually } from '../support/eventually.ts';
import { addSource, breakActions } from '../support/inbound.ts';
import { startTestApi, type TestApi, type TestTenant } from '../support/test-api.ts';
import { fileOf, replay, savedHistories } from './histories.ts';

const fileFor = (name: string) => fileOf('process-delivery-workflow', name);

describe('the history of an inbound delivery', () => {
  let api: TestApi;
  let acme: TestTenant;

  beforeAll(async () => {
    api = await startTestApi();
    acme = await api.tenant();
  });
  afterAll(() => api?.close());

  test('a new history replays, and one is saved', async () => {
    const hook = await addSource(api, acme, 'bearer', {
      actions: [{ do: 'open_exception', title: 'Order ${{ body.id }}' }],
    });
    const { deliveryId } = (await hook.deliver({ id: 'o-1' })).body;
    expect((await hook.ended(deliveryId)).status).toBe('processed');
    await replayed(deliveryId, 'COMPLETED', 'processed');
  });

  test('the history of one that was cancelled between two attempts replays, and one is saved', async () => {
    const hook = await addSource(api, acme, 'bearer', { actions: [{ do: 'open_exception', title: 'x' }] });
    await breakActions(hook.id);
    const { deliveryId } = (await hook.deliver({ id: 'o-2' })).body;
    const handle = workflowOf(deliveryId);
    await eventually(
      async () => ((await handle.describe()).raw.pendingActivities?.[0]?.lastFailure ?? null) !== null,
      { timeoutMs: 50_000 },
    );
    await handle.cancel();
    expect((await hook.ended(deliveryId)).status).toBe('failed');
    await replayed(deliveryId, 'CANCELLED', 'cancelled');
  });

  const workflowOf = (deliveryId: string) =>
    api.services.temporal.client.workflow.getHandle(
      deliveryWorkflow({ tenantId: acme.id, deliveryId, round: 0 }).workflowId,
    );

  async function replayed(deliveryId: string, status: string, name: string): Promise<void> {
    const handle = workflowOf(deliveryId);
    await eventually(async () => (await handle.describe()).status.name === status, { timeoutMs: 50_000 });
    await replay(handle, fileFor(name));
    expect(savedHistories()).toContain(fileFor(name));
  }
});
