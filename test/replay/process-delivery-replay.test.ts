import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { deliveryWorkflow } from '../../shared/inbound/inbound-contract.ts';
import { eventually } from '../support/eventually.ts';
import { addSource } from '../support/inbound.ts';
import { startTestApi, type TestApi, type TestTenant } from '../support/test-api.ts';
import { fileOf, replay, savedHistories } from './histories.ts';

const file = fileOf('process-delivery-workflow', 'processed');

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
    const { workflowId } = deliveryWorkflow({ tenantId: acme.id, deliveryId, round: 0 });
    const handle = api.services.temporal.client.workflow.getHandle(workflowId);
    await eventually(async () => (await handle.describe()).status.name === 'COMPLETED', {
      timeoutMs: 50_000,
    });
    await replay(handle, file);
    expect(savedHistories()).toContain(file);
  });
});
