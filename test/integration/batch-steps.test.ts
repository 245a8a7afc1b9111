import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { completeStepName, runWorkflowId } from '../../shared/playbooks/playbook-contract.ts';
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
  expect(
    shown.body.calls.map((call: { preview: { request: unknown } }) => call.preview.request),
  ).toMatchObject([{ body: { text: 'A-1', amount: 2.5 } }, { body: { text: 'A-2', amount: 2.5 } }]);
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
  expect(types).toEqual(
    expect.arrayContaining(['BatchStarted', 'BatchEnded', 'StepStarted', 'StepCompleted']),
  );
});

test('a batch step keeps references between its calls for the batch, and data never becomes an expression', async () => {
  const hostile = '${{ calls.one.executionId }} "quoted" }} \\ ünïcode';
  const runId = await runOf(
    'graph',
    [
      {
        id: 'graph',
        type: 'batch',
        title: 'Graph',
        calls: [
          { id: 'one', tool: 'echo', payload: { text: '${{ input.name }}' } },
          {
            id: 'two',
            tool: 'echo',
            payload: {
              text: '$${{ input.tail }} after ${{ calls.one.output.got.text }} for ${{ input.name }}',
            },
          },
          { id: 'never', tool: 'echo', payload: { text: 'no' }, when: 'input.name = "other"' },
          { id: 'if', tool: 'echo', payload: { text: 'if' }, when: 'calls.two.status = "succeeded"' },
        ],
      },
    ],
    { input: { name: hostile, tail: '{{ calls.one.status }}' } },
  );
  await stepWhen(operator, runId, 'graph', 'waiting');
  const shown = await preview(runId, 'graph');
  expect(shown.body.counts, JSON.stringify(shown.body)).toMatchObject({ total: 4 });
  const done = await complete(operator, runId, 'graph', { previewDigest: shown.body.digest });
  expect(done.status, JSON.stringify(done.body)).toBe(200);
  const { output } = await stepWhen(operator, runId, 'graph', 'completed');
  expect(textsSent().sort()).toEqual(
    [hostile, `\${{ calls.one.status }} after ${hostile} for ${hostile}`, 'if'].sort(),
  );
  expect(output.calls).toMatchObject({
    never: { status: 'skipped' },
    if: { status: 'succeeded', output: { got: { text: 'if' } } },
  });
});

test('a step whose batch has failed stays open: what failed is retried there, and not on the batch', async () => {
  let broken = true;
  behaviour = (text) => (text === 'A-2' && broken ? { status: 400, body: { no: 'funds' } } : undefined);
  const runId = await runOf('retried', [eachRow({ onCallFailure: 'continue' })], {
    input: { orders: orders('A-1', 'A-2', 'A-3') },
  });
  await stepWhen(operator, runId, 'refunds', 'waiting');
  await complete(operator, runId, 'refunds');
  const failed = await eventually(async () => {
    const step = await stepWhen(operator, runId, 'refunds', 'waiting');
    expect(step.failure).not.toBeNull();
    return step;
  }, long);
  expect(failed).toMatchObject({
    failure: {
      code: 'batch_failed',
      message: expect.stringContaining('2 of 3 calls succeeded, 1 failed. row_2'),
    },
    outcomes: [{ id: 'retry_failed' }, { id: 'skip' }, { id: 'abort' }],
  });
  expect(textsSent()).toEqual(['A-1', 'A-2', 'A-3']);
  expect((await preview(runId)).status).toBe(409);
  const there = await operator('POST', `/api/batches/${failed.batchId}/retry-failed`, {});
  expect([there.status, there.body.error.details]).toEqual([409, { runId, stepId: 'refunds' }]);

  // Still broken: it fails once more, and the step is open again.
  await complete(operator, runId, 'refunds', { outcome: 'retry_failed' });
  await eventually(() => provider.requests.length === 4, long);
  await eventually(async () => {
    const { failure } = await stepWhen(operator, runId, 'refunds', 'waiting');
    return failure !== null;
  }, long);
  broken = false;
  const again = await complete(operator, runId, 'refunds', { outcome: 'retry_failed' });
  expect(again.status, JSON.stringify(again.body)).toBe(200);
  const step = await stepWhen(operator, runId, 'refunds', 'completed');
  expect(step.batchId).toBe(failed.batchId);
  expect(step.output.counts).toMatchObject({ total: 3, succeeded: 3, failed: 0 });
  expect(textsSent()).toEqual(['A-1', 'A-2', 'A-2', 'A-2', 'A-3']);
  await runWhen(operator, runId, ({ status }) => status === 'completed');
});

test.each([
  { onFailure: 'skip', status: 'skipped', run: 'completed' },
  { onFailure: 'abort', status: 'failed', run: 'failed' },
])('a batch that fails in a step with onFailure $onFailure ends the step as $status', async (expected) => {
  behaviour = () => ({ status: 400, body: {} });
  const name = `ends_${expected.onFailure}`;
  const runId = await runOf(name, [eachRow({ onFailure: expected.onFailure })], {
    input: { orders: orders('A-1', 'A-2') },
  });
  await stepWhen(operator, runId, 'refunds', 'waiting');
  await complete(operator, runId, 'refunds');
  const step = await stepWhen(operator, runId, 'refunds', expected.status);
  // The batch stops at the first failure.
  expect(step).toMatchObject({ outcome: 'failed', output: { status: 'failed' } });
  await runWhen(operator, runId, ({ status }) => status === expected.run);
});

test('a batch pauses after its sample, and a person who resumes it lets the step go on', async () => {
  const runId = await runOf('sampled', [eachRow({ sample: 1, concurrency: 1 })], {
    input: { orders: orders('A-1', 'A-2', 'A-3') },
  });
  await stepWhen(operator, runId, 'refunds', 'waiting');
  await complete(operator, runId, 'refunds');
  const { batchId } = await stepWhen(operator, runId, 'refunds', 'running');
  await eventually(async () => (await batchOf(batchId)).status === 'paused', long);
  expect(textsSent()).toEqual(['A-1']);
  expect((await operator('POST', `/api/batches/${batchId}/resume`, {})).status).toBe(200);
  const { output } = await stepWhen(operator, runId, 'refunds', 'completed');
  expect(output.counts.succeeded).toBe(3);
  const { body } = await acme.as.viewer('GET', '/api/events?type=BatchPaused&limit=50');
  expect(body.items.some(({ subjectId }: { subjectId: string }) => subjectId === batchId)).toBe(true);
});

test('a run that is cancelled cancels the batch of its step', async () => {
  const runId = await runOf('cancelled', [eachRow({ perMinute: 1 })], {
    input: { orders: orders('A-1', 'A-2', 'A-3') },
  });
  await stepWhen(operator, runId, 'refunds', 'waiting');
  await complete(operator, runId, 'refunds');
  const { batchId } = await stepWhen(operator, runId, 'refunds', 'running');
  await eventually(() => provider.requests.length === 1, long);
  await operator('POST', `/api/playbook-runs/${runId}/cancel`, { reason: 'Wrong orders' });
  await eventually(async () => (await batchOf(batchId)).status === 'cancelled', long);
  expect(await batchOf(batchId)).toMatchObject({
    reason: 'Its playbook run was cancelled.',
    counts: { succeeded: 1, cancelled: 2 },
  });
  const run = await runWhen(operator, runId, ({ status }) => status === 'cancelled');
  expect(run.steps[0]).toMatchObject({ status: 'failed', failure: { code: 'terminated' } });
  expect(textsSent()).toEqual(['A-1']);
});

test('a key makes each item once, in another run too', async () => {
  const steps = [eachRow({ key: 'order' })];
  const playbook = await publishPlaybook(acme.as.tool_admin, { name: 'keyed', steps });
  for (const names of [
    ['K-1', 'K-2'],
    ['K-2', 'K-3'],
  ]) {
    const runId = await startRun(operator, playbook, { input: { orders: orders(...names) } });
    await stepWhen(operator, runId, 'refunds', 'waiting');
    await complete(operator, runId, 'refunds');
    await stepWhen(operator, runId, 'refunds', 'completed');
  }
  expect(textsSent()).toEqual(['K-1', 'K-2', 'K-3']);
  const twice = await startRun(operator, playbook, { input: { orders: orders('K-4', 'K-4') } });
  expect(await stepWhen(operator, twice, 'refunds', 'waiting')).toMatchObject({
    failure: { code: 'expression_error', message: 'Two items are about K-4 (/key).' },
  });
  expect((await preview(twice)).body.error.code).toBe('conflict');
  const without = await startRun(operator, playbook, { input: { orders: [{ amount: 1 }] } });
  expect(await stepWhen(operator, without, 'refunds', 'waiting')).toMatchObject({
    failure: { message: expect.stringContaining('Item 1 has no order') },
  });
  const none = await startRun(operator, playbook, { input: { orders: [] } });
  expect(await stepWhen(operator, none, 'refunds', 'skipped')).toMatchObject({
    outcome: 'empty',
    output: { counts: { total: 0 } },
  });
});

test('what can never run is found before publishing, each problem at its place', async () => {
  const steps = [
    { id: 'sign', type: 'approval', title: 'Sign', covers: ['wrong'] },
    eachRow({ tool: 'nothing_here' }),
    eachRow({
      id: 'wrong',
      payload: { text: '${{ row.order }}', amount: true },
      items: '${{ steps.later.output }}',
    }),
    {
      id: 'graph',
      type: 'batch',
      title: 'Graph',
      calls: [
        { id: 'a', tool: 'echo', payload: { text: '${{ calls.zz.output }}' }, dependsOn: ['zz', 'a'] },
        { id: 'a', tool: 'echo', payload: { text: '${{ calls.a.output.nothing }}' } },
        { id: 'b', tool: 'echo', payload: { text: '${{ calls.a.status & input.name }}' }, when: 'row.x' },
      ],
    },
  ];
  const { body } = await acme.as.tool_admin('POST', '/api/playbooks/check', {
    name: 'wrong',
    title: 'Wrong',
    steps,
  });
  expect(body.issues.map(({ path }: { path: string }) => path).sort()).toEqual([
    '/steps/0/covers/0',
    '/steps/1/tool',
    '/steps/2/items',
    '/steps/2/payload/amount',
    '/steps/3/calls/0/dependsOn/0',
    '/steps/3/calls/0/dependsOn/1',
    '/steps/3/calls/0/payload/text',
    '/steps/3/calls/1/id',
    '/steps/3/calls/1/payload/text',
    '/steps/3/calls/2/payload/text',
    '/steps/3/calls/2/when',
  ]);
});

test('a batch that does not hold together is refused when a person completes the step, and the step stays open', async () => {
  const runId = await runOf('unfit', [eachRow({ payload: '${{ row }}' })], {
    input: { orders: [{ text: 'fine' }, { text: 5 }] },
  });
  await stepWhen(operator, runId, 'refunds', 'waiting');
  const shown = await preview(runId);
  expect([shown.status, issuePaths(shown)]).toEqual([422, ['/calls/1/payload/text']]);
  const refused = await complete(operator, runId, 'refunds');
  expect([refused.status, issuePaths(refused)]).toEqual([422, ['/calls/1/payload/text']]);
  await stepWhen(operator, runId, 'refunds', 'waiting');
  const viewer = await complete(acme.as.viewer, runId, 'refunds');
  expect(viewer.status).toBe(403);
  expect(provider.requests).toEqual([]);
});

test('a completion that is sent twice makes one batch', async () => {
  const runId = await runOf('once', [eachRow()], { input: { orders: orders('O-1', 'O-2') } });
  await stepWhen(operator, runId, 'refunds', 'waiting');
  const sent = await Promise.all(
    Array.from({ length: 12 }, (_, index) =>
      complete(operator, runId, 'refunds', { requestId: `r-${index % 3}` }),
    ),
  );
  expect(new Set(sent.map(({ status }) => status))).toEqual(new Set([200, 409]));
  await stepWhen(operator, runId, 'refunds', 'completed');
  expect(textsSent()).toEqual(['O-1', 'O-2']);
});

test('a dry run says for how many items a person would be asked', async () => {
  const document = { name: 'dry', title: 'Dry', steps: [eachRow()] };
  const { body } = await acme.as.tool_admin('POST', '/api/playbooks/dry-run', {
    document,
    input: { orders: orders('A', 'B') },
  });
  expect(JSON.stringify(body)).toContain('run echo for 2 items');
});

test('a step makes a thousand calls', { timeout: 120_000 }, async () => {
  const names = Array.from({ length: 1000 }, (_, index) => `T-${index}`);
  const runId = await runOf('thousand', [eachRow({ concurrency: 200 })], {
    input: { orders: orders(...names) },
  });
  await stepWhen(operator, runId, 'refunds', 'waiting');
  const shown = await preview(runId);
  expect(shown.body.counts.total).toBe(1000);
  const done = await complete(operator, runId, 'refunds', { previewDigest: shown.body.digest });
  expect(done.status, JSON.stringify(done.body)).toBe(200);
  const ended = await runWhen(operator, runId, ({ status }) => status === 'completed', 90_000);
  expect(ended.steps[0].output.counts.succeeded).toBe(1000);
  expect(new Set(textsSent()).size).toBe(1000);
  expect(provider.requests).toHaveLength(1000);
  const many = await startRun(operator, 'thousand', { input: { orders: orders(...names, 'one more') } });
  expect(await stepWhen(operator, many, 'refunds', 'waiting')).toMatchObject({
    failure: { message: 'There are 1001 items, more than 1000 (/items).' },
  });
});

test('someone whom no one knows cannot run the calls, not by a message to Temporal either', async () => {
  const playbook = await publishPlaybook(acme.as.tool_admin, {
    name: 'direct',
    directCompletion: true,
    steps: [eachRow()],
  });
  const runId = await startRun(operator, playbook, { input: { orders: orders('D-1') } });
  await stepWhen(operator, runId, 'refunds', 'waiting');
  const handle = api.services.temporal.client.workflow.getHandle(
    runWorkflowId({ playbookName: 'direct', id: runId }),
  );
  const sent = handle.executeUpdate(completeStepName, { args: [{ stepId: 'refunds', outcome: 'run' }] });
  await expect(sent).rejects.toMatchObject({
    cause: { message: expect.stringContaining('identified person') },
  });
  await stepWhen(operator, runId, 'refunds', 'waiting');
  expect(provider.requests).toEqual([]);
});
