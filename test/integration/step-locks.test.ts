import { AsyncLocalStorage } from 'node:async_hooks';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Database } from '../../shared/platform/db/database.ts';
import { complete, publishPlaybook, runWhen, startRun, stepWhen } from '../support/playbook-runs.ts';
import { startTestApi, type TestApi, type TestTenant } from '../support/test-api.ts';

let api: TestApi;
let acme: TestTenant;
beforeAll(async () => {
  api = await startTestApi();
  acme = await api.tenant();
});
afterAll(() => api?.close());

/** Records every connection that is taken inside a transaction, which may hold locks. */
function watchConnections(db: Database): { transactions: number; inside: string[] } {
  const seen = { transactions: 0, inside: [] as string[] };
  const transaction = new AsyncLocalStorage<boolean>();
  const note = (what: string) => {
    if (transaction.getStore()) seen.inside.push(new Error(what).stack ?? what);
  };
  const { tenant, tenantTransaction, authPool } = db;
  db.tenant = (...args) => {
    note('tenant');
    return tenant(...args);
  };
  db.tenantTransaction = (...args) => {
    note('tenantTransaction');
    seen.transactions++;
    return transaction.run(true, () => tenantTransaction(...args));
  };
  authPool.on('acquire', () => note('authPool'));
  return seen;
}

test('no step takes a second connection while its transaction holds locks', async () => {
  const { body: tool } = await acme.as.tool_admin('POST', '/api/tools', {
    name: 'look_up',
    title: 'Look up',
    type: 'dummy',
  });
  expect(tool.id).toBeDefined();
  const playbook = await publishPlaybook(acme.as.tool_admin, {
    name: 'locks',
    steps: [
      {
        id: 'late',
        type: 'manual',
        title: 'Late',
        due: 'PT1S',
        reminder: 'PT0.5S',
        escalation: [{ after: 'PT0.2S', to: { user: '${{ "lee@" & run.playbook & ".test" }}' } }],
      },
      { id: 'call', type: 'call_tool', title: 'Call', tool: 'look_up', input: { id: '${{ run.id }}' } },
      { id: 'approve', type: 'approval', title: 'Approve' },
      { id: 'covered', type: 'call_tool', title: 'Covered', tool: 'look_up', input: { id: 'one' } },
      { id: 'wait', type: 'wait', title: 'Wait', for: 'PT0.2S' },
      { id: 'tell', type: 'notify', title: 'Tell', to: { role: 'operator' }, message: 'Done' },
    ],
  });
  const seen = watchConnections(api.services.db);
  const { operator, approver, tenant_admin } = acme.as;
  const runId = await startRun(operator, playbook);
  const late = (run: { steps: { escalated: number }[] }) => run.steps[0]!.escalated === 1;
  await runWhen(operator, runId, late);
  const assigned = await tenant_admin('POST', `/api/playbook-runs/${runId}/steps/late/assign`, {
    role: 'operator',
  });
  expect(assigned.status).toBe(200);
  expect((await complete(operator, runId, 'late')).status).toBe(200);
  await stepWhen(operator, runId, 'call', 'waiting');
  expect((await complete(operator, runId, 'call')).status).toBe(200);
  await stepWhen(operator, runId, 'approve', 'waiting');
  expect((await complete(approver, runId, 'approve', { outcome: 'approve' })).status).toBe(200);
  await stepWhen(operator, runId, 'covered', 'waiting');
  expect((await complete(operator, runId, 'covered', { input: { id: 'two' } })).status).toBe(409);
  expect((await complete(approver, runId, 'approve', { outcome: 'approve' })).status).toBe(200);
  expect((await complete(operator, runId, 'covered')).status).toBe(200);
  await runWhen(operator, runId, ({ status }) => status === 'completed');
  expect(seen.transactions).toBeGreaterThan(8);
  expect(seen.inside).toEqual([]);
});
