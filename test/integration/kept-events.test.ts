import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { complete, publishPlaybook, runWhen, startRun, stepWhen } from '../support/playbook-runs.ts';
import { startTestApi, type TestApi } from '../support/test-api.ts';

let api: TestApi;
let acme: Awaited<ReturnType<TestApi['tenant']>>;
let playbook: string;

const wait = (id: string, more: Record<string, unknown> = {}) => ({
  id,
  type: 'wait',
  title: id,
  event: 'shipped',
  ...more,
});

beforeAll(async () => {
  api = await startTestApi();
  acme = await api.tenant();
  playbook = await publishPlaybook(acme.as.tool_admin, {
    name: 'kept',
    steps: [
      { id: 'first', type: 'manual', title: 'First' },
      wait('parcel', { match: 'event.parcel = 1' }),
      wait('any'),
    ],
  });
});

afterAll(() => api.close());

const start = async () => {
  const runId = await startRun(acme.as.operator, playbook);
  await stepWhen(acme.as.operator, runId, 'first', 'waiting');
  return runId;
};
const send = (runId: string, data: unknown, requestId?: string, name = 'shipped') =>
  acme.as.tenant_admin('POST', `/api/playbook-runs/${runId}/events`, { name, data, requestId });

test('events that come before their steps are kept; each is received once, by the first step that it matches', async () => {
  const runId = await start();
  const kept = { received: [], kept: true };
  expect((await send(runId, { parcel: 2 }, 'two')).body).toEqual(kept);
  expect((await send(runId, { parcel: 1, token: 'sk_live_4eC39HqLyjWDarjtT1zdp7dc' }, 'one')).body).toEqual(
    kept,
  );
  expect((await send(runId, { parcel: 2 }, 'two')).body).toEqual(kept);
  expect((await send(runId, { parcel: 3 }, 'two')).body.error.code).toBe('idempotency_conflict');
  expect((await send(runId, {}, undefined, 'lost')).body).toEqual({ received: [] });

  await complete(acme.as.operator, runId, 'first');
  const run = await runWhen(acme.as.operator, runId, ({ status }) => status === 'completed');
  const [, parcel, any] = run.steps;
  expect(parcel).toMatchObject({ output: { parcel: 1 }, outcome: 'received' });
  expect(any).toMatchObject({ output: { parcel: 2 }, outcome: 'received' });
  expect(parcel.completedBy.name).toMatch(/key$/);
  expect(JSON.stringify(run)).not.toContain('sk_live_4eC39');

  const { body } = await acme.as.operator('GET', '/api/events?type=PlaybookEventKept&limit=100');
  expect(body.items.filter((each: { data: { runId: string } }) => each.data.runId === runId)).toHaveLength(2);
});

test('the same request gets the step that received its event', async () => {
  const runId = await start();
  await send(runId, { parcel: 1 }, 'one');
  await complete(acme.as.operator, runId, 'first');
  await stepWhen(acme.as.operator, runId, 'any', 'waiting');
  expect((await send(runId, { parcel: 1 }, 'one')).body).toEqual({ received: ['parcel'] });
  expect((await send(runId, { parcel: 4 }, 'four')).body).toEqual({ received: ['any'] });
});

test('an event for a run that does not exist is not found, with or without a request id', async () => {
  for (const runId of ['no-run', uuidv7()])
    for (const requestId of ['one', undefined])
      expect((await send(runId, {}, requestId)).body.error?.code, runId).toBe('not_found');
});

test('an event that comes while its step opens is received', async () => {
  const runs = await Promise.all(Array.from({ length: 12 }, start));
  await Promise.all(
    runs.flatMap((runId, index) => [
      complete(acme.as.operator, runId, 'first'),
      new Promise((resolve) => setTimeout(resolve, index * 8)).then(() => send(runId, { parcel: 1 })),
    ]),
  );
  for (const runId of runs) await stepWhen(acme.as.operator, runId, 'parcel', 'completed');
});

test('a run keeps a limited number of events, and a paused one refuses them', async () => {
  const runId = await start();
  const statuses = new Set<number>();
  for (let sent = 0; sent < 100; sent++) statuses.add((await send(runId, { sent })).status);
  expect([...statuses]).toEqual([200]);
  const refused = await send(runId, {});
  expect(refused.status).toBe(409);
  expect(refused.body.error.message).toContain('It was not kept');
  const large = await send(await start(), { text: 'x'.repeat(300_000) });
  expect(large.status).toBe(409);

  const paused = await start();
  await acme.as.operator('POST', `/api/playbook-runs/${paused}/pause`, { reason: 'wait' });
  expect((await send(paused, {})).status).toBe(409);
});
