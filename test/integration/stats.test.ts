import { afterAll, beforeAll, expect, test } from 'vitest';
import { countLog } from '../../shared/usage/server/count-log.ts';
import { eventually } from '../support/eventually.ts';
import { complete, publishPlaybook, runWhen, startRun, stepWhen } from '../support/playbook-runs.ts';
import { type ProviderServer, sendJson, startProvider } from '../support/provider-server.ts';
import { startTestApi, type TestApi, type TestTenant } from '../support/test-api.ts';

let api: TestApi;
let acme: TestTenant;
let other: TestTenant;
let provider: ProviderServer;
const ids = { tool: '', connector: '', playbook: '' };

beforeAll(async () => {
  provider = await startProvider(({ url }, response) =>
    sendJson(response, url.endsWith('bad') ? 400 : 200, { ok: true }),
  );
  api = await startTestApi();
  [acme, other] = [await api.tenant({ privateHosts: [provider.host] }), await api.tenant()];
  const as = acme.as.tenant_admin;
  ids.connector = (await as('POST', '/api/connectors', { name: 'shop', baseUrl: provider.url })).body.id;
  const { body: tool } = await as('POST', '/api/tools', {
    name: 'call_shop',
    type: 'http',
    retry: { maxAttempts: 1 },
    inputSchema: { type: 'object', properties: { path: { type: 'string' } } },
    config: { method: 'POST', connectorId: ids.connector, path: '/{path}' },
  });
  expect(tool.id, JSON.stringify(tool)).toBeTruthy();
  ids.tool = tool.id;
  for (const path of ['good', 'good', 'good', 'bad'])
    await acme.as.operator('POST', `/api/tools/${ids.tool}/execute`, { payload: { path } });
  ids.playbook = await publishPlaybook(acme.as.tool_admin, {
    name: 'check',
    steps: [{ id: 'check', type: 'manual', title: 'Check' }],
  });
  const run = await startRun(acme.as.operator, ids.playbook);
  await stepWhen(acme.as.operator, run, 'check', 'waiting');
  await complete(acme.as.operator, run, 'check');
  await runWhen(acme.as.operator, run, ({ status }) => status === 'completed');
});
afterAll(async () => {
  await api?.close();
  await provider?.close();
});

const get = (query: Record<string, string> = {}) =>
  acme.as.viewer('GET', `/api/stats?${new URLSearchParams(query)}`);
/** Once everything is counted. */
const counted = (query: Record<string, string>, count: number) =>
  eventually(async () => {
    await countLog(api.services.db);
    const { status, body } = await get(query);
    expect(status, JSON.stringify(body)).toBe(200);
    return body.total.count === count && body.total.open === 0 && body;
  });

test('a tool, its connector and all tools have the same counts, and the buckets add up', async () => {
  for (const query of [{ toolId: ids.tool }, { connectorId: ids.connector }, {}]) {
    const stats = await counted(query as Record<string, string>, 4);
    expect(stats).toMatchObject({
      bucket: 'day',
      total: { count: 4, succeeded: 3, failed: 1, success: 0.75, open: 0 },
    });
    expect(Object.values(stats.total.failures)).toEqual([1]);
    expect(stats.total.p50).toBeGreaterThan(0);
    expect(stats.total.p99).toBeGreaterThanOrEqual(stats.total.p50);
    expect(stats.buckets.length).toBeGreaterThanOrEqual(7);
    const sum = (field: string) =>
      stats.buckets.reduce((all: number, bucket: Record<string, number>) => all + bucket[field]!, 0);
    expect([sum('count'), sum('succeeded'), sum('failed')]).toEqual([4, 3, 1]);
    expect(stats.buckets[0].from).toBe(stats.from);
    expect(stats.buckets.at(-1).to).toBe(stats.to);
  }
});

test('runs of a playbook are counted, and a span is read by hours or days', async () => {
  const stats = await counted({ playbookId: ids.playbook }, 1);
  expect(stats.total).toMatchObject({ succeeded: 1, failed: 0, success: 1, failures: {} });
  const from = new Date(Date.now() - 3_600_000).toISOString();
  expect((await counted({ toolId: ids.tool, from }, 4)).bucket).toBe('hour');
  expect((await counted({ toolId: ids.tool, from, bucket: 'day' }, 4)).buckets.length).toBeLessThanOrEqual(2);
  const twoDays = await counted(
    { toolId: ids.tool, from: new Date(Date.now() - 40 * 3_600_000).toISOString() },
    4,
  );
  expect(twoDays.bucket).toBe('hour');
  for (const bucket of twoDays.buckets) expect(bucket.p50 !== null, bucket.from).toBe(bucket.count > 0);
  const before = await get({ toolId: ids.tool, from: '2026-01-01T00:00:00Z', to: '2026-01-03T12:00:00Z' });
  expect(before.body).toMatchObject({
    from: '2026-01-01T00:00:00.000Z',
    to: '2026-01-04T00:00:00.000Z',
    total: { count: 0, success: null, p50: null },
  });
  expect(before.body.buckets).toHaveLength(3);
});

test('what names nothing, or too much, is refused where it stands', async () => {
  const refused = async (query: Record<string, string>) => {
    const { status, body } = await get(query);
    return [status, body.error.issues?.[0]?.path ?? body.error.code];
  };
  expect(await refused({ toolId: ids.tool, playbookId: ids.playbook })).toEqual([422, '/playbookId']);
  expect(await refused({ from: '2026-01-02T00:00:00Z', to: '2026-01-01T00:00:00Z' })).toEqual([422, '/from']);
  expect(await refused({ from: '2020-01-01T00:00:00Z', bucket: 'hour' })).toEqual([422, '/from']);
  expect(await refused({ toolId: 'nothing' })).toEqual([404, 'not_found']);
  for (const [name, id] of Object.entries(ids)) {
    const { status } = await other.as.viewer('GET', `/api/stats?${name}Id=${id}`);
    expect(status, name).toBe(404);
  }
});
