import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { countAlike } from '../../shared/exceptions/db/exceptions-suggestions.ts';
import { connectTo } from '../support/connect-admin.ts';
import { createOwnDatabase } from '../support/own-database.ts';
import { complete, publishPlaybook, runWhen, startRun, stepWhen } from '../support/playbook-runs.ts';
import { type ProviderServer, sendJson, startProvider } from '../support/provider-server.ts';
import { startTestApi, type TestApi, type TestTenant } from '../support/test-api.ts';

let api: TestApi;
let acme: TestTenant;
let provider: ProviderServer;
let refund: string;
let databaseUrl: string;
let adminUrl: string;

beforeAll(async () => {
  provider = await startProvider((request, response) =>
    sendJson(response, request.body.includes('bad') ? 422 : 200, { refundId: 're_1' }),
  );
  // A plan depends on how many rows others have.
  ({ databaseUrl, adminUrl } = await createOwnDatabase());
  api = await startTestApi({ databaseUrl });
  acme = await api.tenant({ privateHosts: [provider.host] });
  const { body } = await acme.as.tool_admin('POST', '/api/tools', {
    name: 'refund_payment',
    title: 'Refund',
    type: 'http',
    inputSchema: {
      type: 'object',
      required: ['paymentId'],
      properties: {
        paymentId: { type: 'string' },
        amount: { type: 'number', 'x-from': 'case.attributes.total' },
        ticket: { type: 'integer', 'x-from': 'case.number' },
        refund_id: { type: 'string' },
        pin: { type: 'string', writeOnly: true },
        severity: { type: 'string' },
        receipt: { type: 'object', 'x-file': true },
      },
    },
    config: { method: 'POST', url: `${provider.url}/refunds` },
  });
  refund = body.id;
});
afterAll(async () => {
  await api?.close();
  await provider?.close();
});

const open = async (more: Record<string, unknown> = {}) =>
  (await acme.as.operator('POST', '/api/exceptions', { title: 'Failed', domain: 'payments', ...more })).body;
const suggestions = (id: string, as = acme) => as.as.viewer('GET', `/api/exceptions/${id}/suggestions`);
const resolve = (id: string) => acme.as.operator('POST', `/api/exceptions/${id}/resolve`, { code: 'fixed' });

test('what was run and started on like exceptions that are resolved is counted, once for each of them', async () => {
  const playbook = await publishPlaybook(acme.as.tool_admin, {
    name: 'stuck',
    title: 'Stuck shipment',
    steps: [{ id: 'look', type: 'manual', title: 'Look' }],
  });
  const cases = [
    await open(),
    await open({ severity: 'high' }),
    await open(),
    await open({ domain: 'other' }),
  ];
  const execute = (exceptionId: string, paymentId: string) =>
    acme.as.operator('POST', `/api/tools/${refund}/execute`, { payload: { paymentId }, exceptionId });
  for (const { id } of cases) await execute(id, 'p1');
  await execute(cases[0].id, 'p2');
  const failing = await open();
  await execute(failing.id, 'bad');
  const runId = await startRun(acme.as.operator, playbook, { exceptionId: cases[1].id });
  await stepWhen(acme.as.operator, runId, 'look', 'waiting');
  await complete(acme.as.operator, runId, 'look');
  await runWhen(acme.as.operator, runId, ({ status }) => status === 'completed');
  const now = await open();
  expect((await suggestions(now.id)).body).toEqual({
    like: { domain: 'payments', severity: null, cases: 0 },
    items: [],
  });
  // Not the third: it is not resolved.
  for (const { id } of [cases[0], cases[1], cases[3], failing]) await resolve(id);
  expect((await suggestions(now.id)).body).toEqual({
    like: { domain: 'payments', severity: null, cases: 3 },
    items: [
      { kind: 'tool', id: refund, name: 'refund_payment', title: 'Refund', cases: 3, succeeded: 2 },
      { kind: 'playbook', id: playbook, name: 'stuck', title: 'Stuck shipment', cases: 1, succeeded: 1 },
    ],
  });
  await acme.as.tenant_admin('PUT', `/api/tools/${refund}/enabled`, { enabled: false });
  await acme.as.tool_admin('DELETE', `/api/playbooks/${playbook}`);
  expect((await suggestions(now.id)).body).toMatchObject({ like: { cases: 3 }, items: [] });
  await acme.as.tenant_admin('PUT', `/api/tools/${refund}/enabled`, { enabled: true });
  const globex = await api.tenant();
  expect((await suggestions(now.id, globex)).status).toBe(404);
});

test('an input is known from the exception with its source, if the schema of the tool accepts it', async () => {
  const uploaded = await acme.as.operator('POST', '/api/artifacts', {
    name: 'upload.txt',
    contentType: 'text/plain',
    data: Buffer.from('paid').toString('base64'),
  });
  const made = await open({ attributes: { payment_id: 'p7', total: 12.5, pin: '1234', severity: 3 } });
  const path = `/api/exceptions/${made.id}`;
  await acme.as.operator('POST', `${path}/attachments`, {
    artifactId: uploaded.body.id,
    name: 'receipt.txt',
  });
  const first = await acme.as.operator('POST', `/api/tools/${refund}/execute`, {
    payload: { paymentId: 'p7' },
    exceptionId: made.id,
  });
  const { status, body } = await acme.as.viewer('GET', `${path}/known-inputs?toolId=${refund}`);
  expect(status).toBe(200);
  expect(body).toEqual({
    toolVersion: 1,
    items: [
      { path: '/paymentId', value: 'p7', from: { kind: 'attribute', name: 'payment_id' } },
      { path: '/amount', value: 12.5, from: { kind: 'attribute', name: 'total' } },
      { path: '/ticket', value: made.number, from: { kind: 'field', name: 'number' } },
      {
        path: '/refund_id',
        value: 're_1',
        from: { kind: 'output', name: 'refundId', executionId: first.body.id, toolTitle: 'Refund' },
      },
      { path: '/receipt', value: uploaded.body.reference, from: { kind: 'file', name: 'receipt.txt' } },
    ],
  });
  // The file can be sent as it is.
  const payload = Object.fromEntries(
    body.items.map(({ path: at, value }: { path: string; value: unknown }) => [at.slice(1), value]),
  );
  const valid = await acme.as.operator('POST', `/api/tools/${refund}/validate`, { payload });
  expect([valid.status, valid.body]).toEqual([200, { valid: true }]);
  const globex = await api.tenant();
  for (const [as, at, tool] of [
    [globex, path, refund],
    [acme, path, uuidv7()],
    [acme, `/api/exceptions/${uuidv7()}`, refund],
  ] as const)
    expect((await as.as.viewer('GET', `${at}/known-inputs?toolId=${tool}`)).status).toBe(404);
});

test('of 100,000 exceptions at most the latest are read, by an index; those of the same severity where there are 50', async () => {
  const tenantId = uuidv7();
  const { db } = api.services;
  await db.tenantTransaction(tenantId, async (connection) => {
    await connection.query({
      text: `INSERT INTO exception (tenant_id, id, number, title, domain, severity, status, resolution_code, resolved_at,
          created_by_type, created_by_id, created_by_name)
        SELECT $1::uuid, (lpad(to_hex(i), 8, '0') || '-0000-7000-8000-' || right($1::uuid::text, 12))::uuid, i, 'x',
          CASE WHEN i % 3 = 0 THEN 'payments' ELSE 'shipping' END,
          CASE WHEN i % 5 = 0 THEN 'high' ELSE 'low' END, 'resolved', 'fixed', now(), 'system', 'test', 'Test'
        FROM generate_series(1, 100000) i`,
      values: [tenantId],
    });
  });
  const admin = await connectTo(adminUrl);
  await admin.query('ANALYZE exception').finally(() => admin.end());
  const rows: Record<string, number> = {};
  const visit = (node: Record<string, unknown>) => {
    const scans = String(node['Node Type']);
    if (scans.includes('Scan') && typeof node['Relation Name'] === 'string') {
      const removed = Number(node['Rows Removed by Filter'] ?? 0);
      const read = (Number(node['Actual Rows']) + removed) * Number(node['Actual Loops']);
      rows[String(node['Relation Name'])] = (rows[String(node['Relation Name'])] ?? 0) + read;
    }
    for (const plan of (node.Plans ?? []) as Record<string, unknown>[]) visit(plan);
  };
  const counts = await db.tenant(tenantId, async (connection) => {
    const asked = { id: uuidv7(), domain: 'payments', severity: 'high' } as const;
    const explaining = Object.create(connection, {
      query: {
        value: async ({ text, values }: { text: string; values: unknown[] }) => {
          const [found] = await connection.query<{ 'QUERY PLAN': [{ Plan: Record<string, unknown> }] }>({
            text: `EXPLAIN (ANALYZE, FORMAT JSON) ${text}`,
            values,
          });
          visit(found!['QUERY PLAN'][0].Plan);
          return [{ counts: null }];
        },
      },
    });
    await countAlike(explaining, asked);
    return countAlike(connection, asked);
  });
  expect(counts).toMatchObject({ cases: 200, sameSeverity: true, tools: [], playbooks: [] });
  expect(rows.exception).toBeGreaterThan(0);
  expect(Object.entries(rows).filter(([, read]) => read > 1000)).toEqual([]);
});
