import { afterAll, beforeAll, expect, test } from 'vitest';
import { complete, publishPlaybook, startRun, stepWhen } from '../support/playbook-runs.ts';
import { startTestApi, type TestApi, type TestTenant } from '../support/test-api.ts';

let api: TestApi;
let tenant: TestTenant;
beforeAll(async () => {
  api = await startTestApi();
  tenant = await api.tenant();
});
afterAll(() => api?.close());

test('a run whose workflow is gone is told apart from a Temporal that is unreachable', async () => {
  const as = tenant.as.tenant_admin;
  const playbook = await publishPlaybook(as, {
    name: 'asks',
    steps: [{ id: 'ask', type: 'manual', title: 'Ask', assignee: { role: 'tenant_admin' } }],
  });
  const run = await startRun(as, playbook);
  await stepWhen(as, run, 'ask', 'waiting');
  const { body } = await as('GET', `/api/playbook-runs/${run}`);
  await api.services.temporal.client.workflow.getHandle(body.workflowId).terminate();
  for (const response of [
    await complete(as, run, 'ask'),
    await as('POST', `/api/playbook-runs/${run}/pause`, { reason: 'to look' }),
  ]) {
    expect([response.status, response.body.error.code]).toEqual([503, 'unavailable']);
    expect(response.body.error.message).toMatch(/^Temporal has no open workflow for this run/);
    expect(response.body.error.message).toMatch(/Nothing was (done|changed)/);
  }
});
