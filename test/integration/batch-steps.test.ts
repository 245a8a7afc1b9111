import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { eventually } from '../support/eventually.ts';
import { complete, publishPlaybook, runWhen, startRun, stepWhen } from '../support/playbook-runs.ts';
import { type ProviderServer, sendJson, startProvider } from '../support/provider-server.ts';
import { issuePaths, startTestApi, type TestApi, type TestTenant } from '../support/test-api.ts';

const long = { timeoutMs: 60_000, everyMs: 50 };
let api: TestApi;
let acme: TestTenant;
let provider: ProviderServer;
/** What the provider does with the texts that it gets; others are sent back. */
let behaviour: (text: string) => { status: number; body: unknown } | undefined = () => undefined;

beforeAll(async () => {
  provider = await startProvider(({ body }, response) => {
    const got = JSON.parse(body);
    const { status, body: sent } = behaviour(got.text) ?? { status: 200, body: { got } };
    sendJson(response, status, sent);
  });
  api = await startTestApi();
  acme = await api.tenant({ privateHosts: [provider.host] });
  const definition = {
    name: 'echo',
    type: 'http',
    inputSchema: {
      type: 'object',
      required: ['text'],
      properties: { text: { type: 'string' }, amount: { type: 'number' } },
    },
    outputSchema: {
      type: 'object',
      properties: { got: { type: 'object', properties: { text: { type: 'string' } } } },
    },
    config: { method: 'POST', url: provider.url },
    retry: { maxAttempts: 1 },
  };
  const { status, body } = await acme.as.tenant_admin('POST', '/api/tools', definition);
  expect(status, JSON.stringify(body)).toBe(201);
});
afterEach(() => {
  behaviour = () => undefined;
  provider.requests.length = 0;
});
afterAll(async () => {
  await api?.close();
  await provider?.close();
});

const operator: TestTenant['as']['operator'] = (...args) => acme.as.operator(...args);
const textsSent = () => provider.requests.map(({ body }) => JSON.parse(body).text as string).sort();
const runOf = async (name: string, steps: unknown[], more: Record<string, unknown> = {}) =>
  startRun(operator, await publishPlaybook(acme.as.tool_admin, { name, steps }), more);
const eachRow = (more: Record<string, unknown> = {}) => ({
  id: 'refunds',
  type: 'for_each',
  title: 'Refunds',
  tool: 'echo',
  items: '${{ input.orders }}',
  payload: { text: '${{ row.order }}', amount: '${{ item.amount }}' },
  ...more,
});
const orders = (...names: string[]) => names.map((order) => ({ order, amount: 2.5 }));
const batchOf = async (id: string) => (await operator('GET', `/api/batches/${id}`)).body;
const preview = (runId: string, stepId = 'refunds') =>
  operator('POST', `/api/playbook-runs/${runId}/steps/${stepId}/preview-batch`, {});

test('a for_each step makes its calls when a person completes it, and later steps see each result', async () => {
  const { body: exception } = await operator('POST', '/api/exceptions', { title: 'Two refunds' });
  const runId = await runOf(
    'refund_each',
    [
      eachRow(),
      {
        id: 'tell',
        type: 'manual',
        title: 'Tell',
        when: 'steps.refunds.output.counts.succeeded = 2 and steps.refunds.output.calls.row_2.output.got.text = "A-2"',
      },
    ],
    { input: { orders: orders('A-1', 'A-2') }, exceptionId: exception.id },
  );
  const open = await stepWhen(operator, runId, 'refunds', 'waiting');
  expect(open).toMatchObject({ input: { calls: 2 }, tool: null, form: null, batchId: null, issues: [] });
  const shown = await preview(runId);
  expect(shown.status, JSON.stringify(shown.body)).toBe(200);
  expect(shown.body.calls.map((call: { preview: { request: unknown } }) => call.preview.request)).toMatchObject([
    { body: { text: 'A-1', amount: 2.5 } },
    { body: { text: 'A-2', amount: 2.5 } },
  ]);
  expect(provider.requests).toEqual([]);

  const changed = await complete(operator, runId, 'refunds', { previewDigest: 'f'.repeat(64) });
  expect(changed.body.error.code).toBe('preview_changed');
  const done = await complete(operator, runId, 'refunds', { previewDigest: shown.body.digest });
  expect(done.status, JSON.stringify(done.body)).toBe(200);
  const step = await stepWhen(operator, runId, 'refunds', 'completed');
  expect(textsSent()).toEqual(['A-1', 'A-2']);
  expect(step).toMatchObject({
    outcome: 'run',
    output: {
      status: 'succeeded',
      counts: { total: 2, succeeded: 2, failed: 0 },
      calls: { row_1: { status: 'succeeded', output: { got: { text: 'A-1' } } } },
    },
    completedBy: { name: expect.stringContaining('operator') },
  });
  await stepWhen(operator, runId, 'tell', 'waiting');

  const batch = await batchOf(step.batchId);
  expect(batch).toMatchObject({
    status: 'succeeded',
    exceptionId: exception.id,
    step: { runId, stepId: 'refunds' },
    title: 'Refunds · refund_each',
  });
  const { body: timeline } = await operator('GET', `/api/exceptions/${exception.id}/timeline?limit=100`);
  const types = timeline.items.flatMap(({ event }: { event?: { type: string } }) => event?.type ?? []);
  expect(types).toEqual(expect.arrayContaining(['BatchStarted', 'BatchEnded', 'StepStarted', 'StepCompleted']));
});
