import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Backtest, BacktestedCase } from '../../shared/playbooks/backtest-schemas.ts';
import { complete, publishPlaybook, runWhen, startRun, stepWhen } from '../support/playbook-runs.ts';
import { type ProviderServer, sendJson, startProvider } from '../support/provider-server.ts';
import { startTestApi, type TestApi, type TestTenant } from '../support/test-api.ts';

let api: TestApi;
let acme: TestTenant;
let globex: TestTenant;
let provider: ProviderServer;
let playbookId: string;
const runs: string[] = [];

const check = {
  id: 'check',
  type: 'manual',
  title: 'Check the account',
  form: { type: 'object', required: ['refund'], properties: { refund: { type: 'boolean' } } },
};
const refund = {
  id: 'refund',
  type: 'call_tool',
  title: 'Refund',
  tool: 'refund',
  when: '${{ steps.check.output.refund = true }}',
  input: { amount: '${{ exception.attributes.amount }}' },
};
const document = (steps: unknown[], more: Record<string, unknown> = {}) => ({
  name: 'refunds',
  title: 'Refunds',
  triggers: [{ domain: 'general' }],
  steps,
  ...more,
});

async function openException(as: TestTenant, amount: number): Promise<string> {
  const { status, body } = await as.as.operator('POST', '/api/exceptions', {
    title: `Refund of ${amount}`,
    attributes: { amount },
  });
  expect(status, JSON.stringify(body)).toBe(201);
  return body.id;
}

async function pastRun(amount: number, isRefund: boolean): Promise<void> {
  const exceptionId = await openException(acme, amount);
  const runId = await startRun(acme.as.operator, playbookId, { exceptionId });
  await stepWhen(acme.as.operator, runId, 'check', 'waiting');
  await complete(acme.as.operator, runId, 'check', { input: { refund: isRefund } });
  if (isRefund) {
    await stepWhen(acme.as.operator, runId, 'refund', 'waiting');
    await complete(acme.as.operator, runId, 'refund', {});
  }
  await runWhen(acme.as.operator, runId, ({ status }) => status === 'completed');
  runs.push(runId);
}

beforeAll(async () => {
  provider = await startProvider((_request, response) => sendJson(response, 200, { refundId: 'r-1' }));
  api = await startTestApi();
  acme = await api.tenant({ privateHosts: [provider.host] });
  globex = await api.tenant();
  const tool = await acme.as.tenant_admin('POST', '/api/tools', {
    name: 'refund',
    type: 'http',
    inputSchema: { type: 'object', required: ['amount'], properties: { amount: { type: 'number' } } },
    config: { method: 'POST', url: `${provider.url}/refunds`, body: { amount: '{amount}' } },
  });
  expect(tool.status, JSON.stringify(tool.body)).toBe(201);
  playbookId = await publishPlaybook(acme.as.tool_admin, document([check, refund]));
  await pastRun(100, true);
  await pastRun(20, false);
});
afterAll(async () => {
  await api.close();
  await provider.close();
});

async function backtest(body: unknown = {}, id = playbookId): Promise<Backtest> {
  provider.requests.length = 0;
  const response = await acme.as.tool_admin('POST', `/api/playbooks/${id}/backtest`, body);
  expect(response.status, JSON.stringify(response.body)).toBe(200);
  expect(provider.requests).toEqual([]);
  return response.body;
}
/** Of the run at this place, in the order in which they were made. */
const of = ({ items }: Backtest, at: number): BacktestedCase =>
  items.find(({ runId }) => runId === runs[at])!;

test('the published version takes the path of every run, and nothing is written', async () => {
  const count = () =>
    api.services.db.system((connection) =>
      connection.query<{ events: string; runs: string }>({
        text: 'SELECT (SELECT count(*) FROM event WHERE tenant_id = $1) AS events, (SELECT count(*) FROM playbook_run WHERE tenant_id = $1) AS runs',
        values: [acme.id],
      }),
    );
  const before = await count();
  const report = await backtest();
  expect(report).toMatchObject({ version: 1, counts: { same: 2, differs: 0, would_break: 0, unknown: 0 } });
  expect(of(report, 0).path).toEqual({ happened: ['check', 'refund'], would: ['check', 'refund'] });
  expect(of(report, 1).path).toEqual({ happened: ['check'], would: ['check'] });
  expect(await count()).toEqual(before);
});

test('another condition takes another path, and says at which step', async () => {
  const definition = document([check, { ...refund, when: '${{ exception.attributes.amount < 50 }}' }]);
  const report = await backtest({ definition });
  expect(report.version).toBeNull();
  expect(of(report, 0)).toMatchObject({
    verdict: 'differs',
    differsAt: 'refund',
    path: { would: ['check'] },
  });
  expect(of(report, 1)).toMatchObject({
    verdict: 'differs',
    reason: expect.stringContaining('Refund would take place'),
    path: { would: ['check', 'refund'] },
  });
});

test('a new approval is asked where its condition holds', async () => {
  const approve = {
    id: 'approve',
    type: 'approval',
    title: 'Approve large refunds',
    when: '${{ exception.attributes.amount > 50 }}',
  };
  const report = await backtest({ definition: document([check, approve, refund]) });
  expect(of(report, 0)).toMatchObject({
    verdict: 'differs',
    differsAt: 'approve',
    approvals: { happened: [], would: ['approve'] },
    steps: [{ stepId: 'approve', isNew: true, happened: 'not_reached', would: 'reached' }],
  });
  expect(of(report, 1)).toMatchObject({ verdict: 'same', approvals: { would: [] } });
});

test('an input that does not validate would break the case', async () => {
  const broken = { ...refund, input: { amount: '${{ exception.title }}' } };
  const report = await backtest({ definition: document([check, broken]) });
  expect(of(report, 0)).toMatchObject({
    verdict: 'would_break',
    differsAt: 'refund',
    steps: [{ stepId: 'refund', issues: [{ path: '/amount' }] }],
  });
  expect(of(report, 1).verdict).toBe('same');
  expect(report.counts).toMatchObject({ would_break: 1, same: 1 });
});

test('a step that is gone no longer takes place', async () => {
  const report = await backtest({ definition: document([check]) });
  expect(of(report, 0)).toMatchObject({
    verdict: 'differs',
    steps: [{ stepId: 'refund', would: 'removed' }],
  });
});

test('the period and the number of cases are chosen, and removed payloads are said', async () => {
  expect((await backtest({ limit: 1 })).items).toHaveLength(1);
  expect((await backtest({ to: '2020-01-01T00:00:00Z' })).items).toEqual([]);
  expect((await backtest({ from: '2020-01-01T00:00:00Z' })).items).toHaveLength(2);
  await api.services.db.system((connection) =>
    connection.query({
      text: 'UPDATE playbook_run SET payloads_removed_at = now() WHERE id = $1',
      values: [runs[1]],
    }),
  );
  expect(of(await backtest(), 1)).toMatchObject({
    verdict: 'not_recorded',
    reason: expect.stringContaining('removed'),
  });
});

test('a playbook that has never run is tried on the exceptions that its triggers fit', async () => {
  const created = await acme.as.tool_admin('POST', '/api/playbooks', {
    ...document([check, refund]),
    name: 'never_run',
  });
  const report = await backtest({}, created.body.id);
  expect(report.items).toHaveLength(2);
  expect(report.items[0]).toMatchObject({
    runId: null,
    verdict: 'not_recorded',
    exception: { title: 'Refund of 20' },
    path: { happened: [], would: ['check'] },
  });
  const other = { ...document([check]), name: 'never_run', triggers: [{ domain: 'other' }] };
  expect((await backtest({ definition: other }, created.body.id)).items).toEqual([]);
});

test('wrong requests, other roles and other organizations are refused', async () => {
  const send = (body: unknown, as = acme.as.tool_admin) =>
    as('POST', `/api/playbooks/${playbookId}/backtest`, body);
  expect((await send({ version: 7 })).status).toBe(404);
  expect((await send({ version: 1, definition: document([check]) })).status).toBe(422);
  expect((await send({ definition: {} })).status).toBe(422);
  expect((await send({ limit: 501 })).status).toBe(422);
  expect((await send({}, acme.as.operator)).status).toBe(403);
  expect((await send({}, globex.as.tool_admin)).status).toBe(404);
});

test('cases are sent as they are found', async () => {
  const response = await fetch(`${api.url}/api/playbooks/${playbookId}/backtest`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${acme.keys.tool_admin}`,
      'content-type': 'application/json',
      accept: 'application/x-ndjson',
    },
    body: '{}',
  });
  const lines = (await response.text())
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(lines.map((line) => Object.keys(line)[0])).toEqual(['item', 'item', 'report']);
});
