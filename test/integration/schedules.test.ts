import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { isTimeOf, nextTimes } from '../../shared/schedules/next-times.ts';
import { temporalScheduleId } from '../../shared/schedules/schedule-contract.ts';
import type { ScheduleSpec } from '../../shared/schedules/schedule-schemas.ts';
import { temporalSpec } from '../../shared/schedules/server/temporal-spec.ts';
import { clockChanges } from '../../shared/schedules/time-zone.ts';
import { eventually } from '../support/eventually.ts';
import { createOwnDatabase } from '../support/own-database.ts';
import { type ProviderServer, sendJson, startProvider } from '../support/provider-server.ts';
import { type Call, issuePaths, startTestApi, type TestApi, type TestTenant } from '../support/test-api.ts';

const long = { timeoutMs: 60_000, everyMs: 100 };
const minute = 60_000;
const day = 86_400_000;
/** Once a year: it does not come by itself while a test runs. */
const rarely = { cron: '0 3 1 1 *' };
let api: TestApi;
let acme: TestTenant;
let provider: ProviderServer;
let toolId: string;
/** Requests that wait are answered when it resolves. */
let hold: Promise<void> | null = null;

beforeAll(async () => {
  provider = await startProvider(async (_request, response) => {
    await hold;
    sendJson(response, 200, { ok: true });
  });
  // The sweep looks at the schedules of every tenant.
  const { databaseUrl } = await createOwnDatabase();
  api = await startTestApi({ databaseUrl, reconcile: true });
  acme = await api.tenant({ privateHosts: [provider.host] });
  toolId = await tool('ping');
});
afterEach(() => {
  hold = null;
  provider.requests.length = 0;
});
afterAll(async () => {
  await api?.close();
  await provider?.close();
});

async function tool(name: string): Promise<string> {
  const { status, body } = await acme.as.tenant_admin('POST', '/api/tools', {
    name,
    type: 'http',
    inputSchema: { type: 'object', properties: { text: { type: 'string' } } },
    config: { method: 'POST', url: `${provider.url}/${name}` },
    retry: { maxAttempts: 1 },
    idempotent: true,
    timeoutMs: 60_000,
  });
  expect(status, JSON.stringify(body)).toBe(201);
  return body.id;
}

const target = (text: string) => ({ tool: 'ping', payload: { text } });
async function create(more: Record<string, unknown>, as: Call = acme.as.operator): Promise<string> {
  const { status, body } = await as('POST', '/api/schedules', { spec: rarely, ...more });
  expect(status, JSON.stringify(body)).toBe(201);
  return body.id;
}
const get = async (id: string, as: Call = acme.as.operator) => (await as('GET', `/api/schedules/${id}`)).body;
const post = (id: string, verb: string, body: unknown = {}, as: Call = acme.as.operator) =>
  as('POST', `/api/schedules/${id}/${verb}`, body);
const sent = (text: string) => provider.requests.filter(({ body }) => JSON.parse(body).text === text).length;
const temporalOf = (id: string) => api.services.temporal.client.schedule.getHandle(temporalScheduleId(id));
const statusesOf = async (id: string) => (await get(id)).runs.map((run: { status: string }) => run.status);
/** Of a schedule of every minute: the last `count` that have passed. */
const lastMinutes = (count: number) => {
  const to = Math.floor((Date.now() - 1000) / minute) * minute;
  return { from: new Date(to - (count - 1) * minute).toISOString(), to: new Date(to).toISOString() };
};

test('a time comes once: what it starts is an execution of the owner, through the door of schedules', {
  timeout: 120_000,
}, async () => {
  const id = await create({ title: 'Every ten seconds', target: target('tick'), spec: { everyMs: 10_000 } });
  await eventually(
    async () => (await statusesOf(id)).filter((each: string) => each === 'succeeded').length >= 2,
    long,
  );
  expect((await post(id, 'pause')).body).toMatchObject({ status: 'paused', synced: true });
  const { runs } = await get(id);
  const times = runs.map((run: { scheduledAt: string }) => Date.parse(run.scheduledAt));
  expect(times.every((at: number) => at % 10_000 === 0)).toBe(true);
  expect(new Set(times).size).toBe(times.length);
  expect(sent('tick')).toBe(times.length);
  const execution = await acme.as.viewer('GET', `/api/tools/executions/${runs[0].started.id}`);
  expect(execution.body).toMatchObject({ status: 'succeeded', actor: runs[0].runBy });
  const audit = await acme.as.tenant_admin('GET', '/api/audit?door=schedule&limit=200');
  const types = audit.body.items.map(({ type }: { type: string }) => type);
  expect(types).toEqual(expect.arrayContaining(['ToolExecutionRequested', 'ScheduleFired']));
  expect((await temporalOf(id).describe()).state.paused).toBe(true);
  // A paused one makes up for nothing.
  expect((await post(id, 'backfill', lastMinutes(1))).status).toBe(409);
  expect((await post(id, 'resume')).body.status).toBe('active');
  expect((await temporalOf(id).describe()).state.paused).toBe(false);
  expect((await acme.as.operator('DELETE', `/api/schedules/${id}`)).status).toBe(204);
  await expect(temporalOf(id).describe()).rejects.toThrow();
  expect((await post(id, 'trigger')).status).toBe(409);
});

test('a fire starts nothing when the schedule is paused, or when that is no time of it; two fires of a time are one', async () => {
  const hour = 3_600_000;
  const time = Math.floor(Date.now() / minute) * minute - hour;
  const fire = (at: number) =>
    api.services.schedules.fire({
      tenantId: acme.id,
      scheduleId: id,
      scheduledAt: new Date(at).toISOString(),
      workflowId: 'test',
    });
  const spec = { cron: `${new Date(time).getUTCMinutes()} * * * *` };
  const id = await create({ target: target('once'), spec });
  expect(await fire(time + minute)).toBeNull();
  await post(id, 'pause');
  expect(await fire(time)).toBeNull();
  expect((await get(id)).runs).toEqual([]);
  await post(id, 'resume');
  await Promise.all([fire(time), fire(time), fire(time)]);
  await fire(time);
  await eventually(async () => (await statusesOf(id))[0] === 'succeeded', long);
  expect([(await get(id)).runs.length, sent('once')]).toEqual([1, 1]);
});

test('times are made up for once each, one after the other, and only those that have not come', {
  timeout: 120_000,
}, async () => {
  const id = await create({ target: target('made up'), spec: { cron: '* * * * *' }, overlap: 'allow_all' });
  const range = lastMinutes(3);
  const first = await post(id, 'backfill', range);
  expect(first.body.times, JSON.stringify(first.body)).toHaveLength(3);
  const again = await post(id, 'backfill', range);
  expect(again.status).toBe(200);
  const times = () => get(id).then(({ runs }) => runs.map((run: { scheduledAt: string }) => run.scheduledAt));
  await eventually(
    async () => (await times()).filter((at: string) => first.body.times.includes(at)).length === 3,
    long,
  );
  await eventually(
    async () => (await get(id)).runs.every((run: { status: string }) => run.status === 'succeeded'),
    long,
  );
  expect((await post(id, 'backfill', range)).body.times).toEqual([]);
  const wrong = [
    { from: '2020-01-01T00:00:00Z', to: range.to },
    { from: range.to, to: range.from },
    { from: range.from, to: new Date(Date.now() + day).toISOString() },
    { from: new Date(Date.now() - 2 * day).toISOString(), to: range.to },
  ];
  for (const body of wrong) expect((await post(id, 'backfill', body)).status, JSON.stringify(body)).toBe(422);
  // A minute may begin meanwhile.
  await post(id, 'pause');
  const all = await times();
  expect(new Set(all).size).toBe(all.length);
  await eventually(() => sent('made up') === all.length, long);
});

test('the most common fields may stand beside each other, and a schedule may be created paused', async () => {
  const short = {
    tool: 'ping',
    payload: { text: 'short' },
    cron: '0 6 * * *',
    timeZone: 'Europe/Berlin',
    paused: true,
  };
  const created = await acme.as.operator('POST', '/api/schedules', short);
  expect(created.status, JSON.stringify(created.body)).toBe(201);
  expect(created.body).toMatchObject({
    status: 'paused',
    paused: true,
    spec: { cron: '0 6 * * *', timeZone: 'Europe/Berlin' },
    target: { kind: 'tool', name: 'ping' },
    definition: { payload: { text: 'short' } },
    nextAt: null,
  });
  expect((await temporalOf(created.body.id).describe()).state.paused).toBe(true);
  const { paused: _, cron, ...rest } = short;
  const replaced = await acme.as.operator('PUT', `/api/schedules/${created.body.id}`, {
    ...rest,
    timeZone: undefined,
    every: 'PT1H',
  });
  expect(replaced.body, JSON.stringify(replaced.body)).toMatchObject({
    paused: true,
    spec: { everyMs: 3_600_000 },
  });
  for (const [body, path] of [
    [{ ...short, every: 'soon', cron: undefined }, '/every'],
    [{ ...short, spec: { cron } }, '/cron'],
    [{ ...short, target: target('both') }, '/tool'],
    [rest, '/spec'],
  ] as const) {
    const refused = await acme.as.operator('POST', '/api/schedules', body);
    expect([refused.status, issuePaths(refused)[0]], JSON.stringify(refused.body)).toEqual([422, path]);
  }
});

test('what overlaps is left out until what was started has ended', { timeout: 120_000 }, async () => {
  const gate = Promise.withResolvers<void>();
  hold = gate.promise;
  const id = await create({ target: target('long'), spec: { everyMs: 10_000 }, overlap: 'skip' });
  await eventually(async () => sent('long') === 1, long);
  const { info } = await temporalOf(id).describe();
  await eventually(
    async () =>
      (await temporalOf(id).describe()).info.numActionsSkippedOverlap > info.numActionsSkippedOverlap,
    long,
  );
  expect(await statusesOf(id)).toEqual(['running']);
  gate.resolve();
  await eventually(async () => sent('long') === 2, long);
  await post(id, 'pause');
});

test('the next one cancels what is in progress where the schedule says so', {
  timeout: 120_000,
}, async () => {
  const gate = Promise.withResolvers<void>();
  hold = gate.promise;
  const id = await create({ target: target('old'), spec: { everyMs: 10_000 }, overlap: 'cancel_other' });
  await eventually(async () => sent('old') === 2, long);
  gate.resolve();
  await post(id, 'pause');
  await eventually(async () => !(await statusesOf(id)).includes('running'), long);
  expect((await statusesOf(id)).at(-1)).toBe('cancelled');
});

test('a schedule of someone who has lost their rights is paused, and people are told', {
  timeout: 120_000,
}, async () => {
  const key = await acme.as.tenant_admin('POST', '/api/api-keys', {
    name: 'night shift',
    roles: ['operator'],
  });
  const asKey = api.call(key.body.key);
  const id = await create({ title: 'Nightly', target: target('theirs'), spec: { cron: '* * * * *' } }, asKey);
  await acme.as.tenant_admin('DELETE', `/api/api-keys/${key.body.id}`);
  await api.services.schedules.fire({
    tenantId: acme.id,
    scheduleId: id,
    scheduledAt: lastMinutes(1).to,
    workflowId: 'test',
  });
  const paused = await get(id);
  expect(paused).toMatchObject({ status: 'paused', reason: expect.stringContaining('can no longer act') });
  expect(paused.runs[0]).toMatchObject({ status: 'refused', started: null });
  expect(sent('theirs')).toBe(0);
  await eventually(async () => (await temporalOf(id).describe()).state.paused, long);
  const signedIn = await api.signIn(acme.email, acme.password);
  const cookie = signedIn.headers
    .getSetCookie()
    .map((each) => each.split(';')[0])
    .join('; ');
  const inbox = await api.call(null)('GET', '/api/inbox/notices', undefined, { cookie });
  expect(JSON.stringify(inbox.body)).toContain('The schedule Nightly is paused');
  expect((await post(id, 'resume')).status).toBe(403);
});

test('a tenant admin makes someone else the owner, who has to agree', { timeout: 120_000 }, async () => {
  const id = await create({ target: target('handed over') });
  const members = (await acme.as.viewer('GET', '/api/members')).body.items;
  const member = members.find(({ email }: { email: string }) => email === acme.email);
  expect((await post(id, 'assign', { userId: member.id })).status).toBe(403);
  expect((await post(id, 'assign', { userId: 'nobody' }, acme.as.tenant_admin)).status).toBe(422);
  const { body } = await post(id, 'assign', { userId: member.id }, acme.as.tenant_admin);
  expect(body).toMatchObject({ status: 'paused', owner: { id: member.id }, mine: false });
  expect((await post(id, 'resume')).status).toBe(403);
  expect(
    (await acme.as.operator('PUT', `/api/schedules/${id}`, { target: target('x'), spec: rarely })).status,
  ).toBe(403);
  expect((await acme.as.operator('DELETE', `/api/schedules/${id}`)).status).toBe(403);
  expect((await acme.as.tenant_admin('DELETE', `/api/schedules/${id}`)).status).toBe(204);
});

test('a policy refuses a fire with its reason, and what is denied cannot be scheduled', {
  timeout: 120_000,
}, async () => {
  const guarded = await tool('guarded');
  const id = await create({ target: { toolId: guarded, payload: {} } });
  const policy = await acme.as.tenant_admin('POST', '/api/policies', {
    name: 'Never',
    effect: 'deny',
    tools: { id: guarded },
  });
  expect(policy.status, JSON.stringify(policy.body)).toBe(201);
  const { body } = await post(id, 'trigger');
  expect(body).toMatchObject({ status: 'starting', trigger: 'manual' });
  await eventually(async () => (await statusesOf(id))[0] === 'refused', long);
  expect((await get(id)).runs[0].reason).toContain('Never');
  expect(provider.requests).toEqual([]);
  const refused = await acme.as.operator('POST', '/api/schedules', {
    target: { toolId: guarded },
    spec: rarely,
  });
  expect([refused.status, refused.body.error.code]).toEqual([403, 'denied']);
});

test('an approval is asked for as for any call', { timeout: 120_000 }, async () => {
  const asked = await tool('asked');
  await acme.as.tenant_admin('POST', '/api/policies', {
    name: 'Ask',
    effect: 'require_approval',
    tools: { id: asked },
    approval: { required: 1, roles: ['approver'] },
  });
  const id = await create({ target: { toolId: asked, payload: { text: 'approved' } } });
  await post(id, 'trigger');
  await eventually(async () => (await statusesOf(id))[0] === 'running', long);
  const { started } = (await get(id)).runs[0];
  const path = `/api/tools/executions/${started.id}/approve`;
  expect((await acme.as.approver('POST', path, { reason: 'fine' })).status).toBe(200);
  await eventually(async () => (await statusesOf(id))[0] === 'succeeded', long);
});

test('playbooks and batches are started too, and a run by hand is made once for each key', {
  timeout: 120_000,
}, async () => {
  const document = {
    name: 'nightly_check',
    title: 'Nightly check',
    inputSchema: { type: 'object', required: ['order'], properties: { order: { type: 'string' } } },
    steps: [
      {
        id: 'tell',
        title: 'Tell',
        type: 'notify',
        to: { role: 'operator' },
        message: 'Check ${{ input.order }}',
      },
    ],
  };
  const drafted = await acme.as.tenant_admin('POST', '/api/playbooks', document);
  expect(drafted.status, JSON.stringify(drafted.body)).toBe(201);
  const published = await acme.as.tenant_admin('POST', `/api/playbooks/${drafted.body.id}/publish`, {});
  expect(published.status, JSON.stringify(published.body)).toBeLessThan(300);
  const playbook = await create({ target: { playbook: 'nightly_check', input: { order: 'A-1' } } });
  const calls = [{ id: 'one', tool: 'ping', payload: { text: 'of a batch' } }];
  const batch = await create({ target: { batch: { calls } } });
  for (const [id, type] of [
    [playbook, 'run'],
    [batch, 'batch'],
  ] as const) {
    const headers = { 'idempotency-key': 'once' + id };
    const path = `/api/schedules/${id}/trigger`;
    const first = await acme.as.operator('POST', path, {}, headers);
    expect(first.status, JSON.stringify(first.body)).toBe(200);
    const second = await acme.as.operator('POST', path, {}, headers);
    expect(second.body.id).toBe(first.body.id);
    await eventually(async () => (await get(id)).runs[0].endedAt !== null, long);
    const { runs } = await get(id);
    expect(
      runs,
      JSON.stringify((await acme.as.viewer('GET', `/api/playbook-runs/${runs[0].started?.id}`)).body),
    ).toMatchObject([{ trigger: 'manual', status: 'succeeded', started: { type } }]);
  }
  expect(sent('of a batch')).toBe(1);
});

test('a schedule ends after as many times as it should', { timeout: 120_000 }, async () => {
  const id = await create({ target: target('thrice'), spec: { cron: '* * * * *' }, maxRuns: 1 });
  expect((await get(id)).nextTimes).toHaveLength(1);
  const range = lastMinutes(2);
  await post(id, 'backfill', range);
  await eventually(async () => (await get(id)).status === 'ended', long);
  await eventually(async () => (await statusesOf(id))[0] === 'succeeded', long);
  await eventually(async () => (await get(id)).synced, long);
  await expect(temporalOf(id).describe()).rejects.toThrow();
  expect([(await get(id)).runs.length, sent('thrice')]).toEqual([1, 1]);
  const more = { target: target('thrice'), spec: rarely, maxRuns: 2 };
  expect((await acme.as.operator('PUT', `/api/schedules/${id}`, more)).body.status).toBe('active');
});

test('a schedule that does not hold together is refused at its place', async () => {
  const refused = async (body: Record<string, unknown>) => {
    const response = await acme.as.operator('POST', '/api/schedules', {
      target: target('x'),
      spec: rarely,
      ...body,
    });
    expect(response.status, JSON.stringify(response.body)).toBe(422);
    return issuePaths(response);
  };
  expect(await refused({ spec: {} })).toEqual(['/spec']);
  expect(await refused({ spec: { cron: '0 0 30 2 *' } })).toEqual(['/spec/cron']);
  expect(await refused({ spec: { cron: '* * * *', timeZone: 'Mars/Olympus' } })).toEqual([
    '/spec/timeZone',
    '/spec/cron',
  ]);
  expect(await refused({ spec: { everyMs: 10_500, offsetMs: 20_000 } })).toEqual([
    '/spec/everyMs',
    '/spec/offsetMs',
  ]);
  expect(await refused({ spec: { cron: '@daily', offsetMs: 1000 } })).toEqual(['/spec/offsetMs']);
  expect(
    await refused({
      spec: { cron: '@daily', startAt: '2040-01-01T00:00:00Z', endAt: '2039-01-01T00:00:00Z' },
    }),
  ).toEqual(['/spec/endAt']);
  expect(await refused({ target: {} })).toEqual(['/target']);
  expect(await refused({ target: { tool: 'ping', toolId } })).toEqual(['/target/tool']);
  expect(await refused({ target: { tool: 'ping', batch: { calls: [] } } })).toEqual(['/target']);
  expect(await refused({ target: { tool: 'ping', input: {} } })).toEqual(['/target/input']);
  expect(await refused({ target: { tool: 'nothing' } })).toEqual(['/target/tool']);
  expect(await refused({ target: { tool: 'ping', payload: { text: 1 } } })).toEqual(['/target/payload/text']);
  expect(await refused({ target: { tool: 'ping', exceptionId: 'EX-999' } })).toEqual(['/target/exceptionId']);
  expect(await refused({ target: { playbook: 'nothing' } })).toEqual(['/target/playbook']);
  const calls = [{ id: 'one', tool: 'nothing' }];
  expect(await refused({ target: { batch: { calls } } })).toEqual(['/target/batch/calls/0/tool']);
});

test('a change counts only for the revision that it was made of; inputs are shown to the owner alone', async () => {
  const id = await create({ title: 'Mine', target: target('secret plan') });
  const path = `/api/schedules/${id}`;
  const own = await acme.as.operator('GET', path);
  expect(own.body.definition).toMatchObject({ payload: { text: 'secret plan' } });
  expect(JSON.stringify((await acme.as.tenant_admin('GET', path)).body)).not.toContain('secret plan');
  const change = { title: 'Still mine', target: target('other plan'), spec: { cron: '0 4 1 1 *' } };
  const ifMatch = own.headers.get('etag')!;
  expect((await acme.as.operator('PUT', path, change, { 'if-match': ifMatch })).status).toBe(200);
  expect((await acme.as.operator('PUT', path, change, { 'if-match': ifMatch })).status).toBe(412);
  expect(await get(id)).toMatchObject({
    title: 'Still mine',
    revision: 2,
    words: 'At 04:00 on the 1st in January (UTC)',
  });
  const list = await acme.as.viewer('GET', '/api/schedules?q=still%20MINE');
  expect(list.body.items).toMatchObject([{ id, nextAt: expect.stringContaining('-01-01T04:00:00.000Z') }]);
  expect((await acme.as.viewer('POST', '/api/schedules', change)).status).toBe(403);
  const other = await api.tenant();
  expect((await other.as.tenant_admin('GET', path)).status).toBe(404);
  for (const verb of ['pause', 'resume', 'trigger'])
    expect((await post(id, verb, {}, other.as.tenant_admin)).status, verb).toBe(404);
  expect((await other.as.tenant_admin('GET', '/api/schedules')).body.items).toEqual([]);
});

test('the next times are those of Temporal, when clocks change too', { timeout: 120_000 }, async () => {
  const specs: ScheduleSpec[] = [
    { cron: '30 2 * * *', timeZone: 'Europe/Berlin' },
    { cron: '*/20 0-3 * * SUN', timeZone: 'America/New_York' },
    { cron: '15,45 1 * 3,4,10,11 0,6', timeZone: 'Australia/Lord_Howe' },
    { cron: '0 0 1-7 * 1', timeZone: 'Africa/Cairo' },
    { cron: '5-35/10 */6 * JAN-MAR MON-FRI', timeZone: 'Asia/Kolkata' },
    { cron: '0 9 * * 5-7', timeZone: 'America/Sao_Paulo' },
    { cron: '@weekly' },
    { cron: '*/20 * * * *', timeZone: 'Europe/Berlin' },
    { cron: '30 * * * *', timeZone: 'America/New_York' },
    { cron: '0 9 * * SUN', timeZone: 'America/Santiago' },
    { cron: '15,45 * * * *', timeZone: 'Australia/Lord_Howe' },
    { cron: '30 1 * * *', timeZone: 'Atlantic/Azores' },
    { calendar: { hour: [1, 2], minute: 30, dayOfWeek: ['sunday'] }, timeZone: 'Europe/London' },
    { calendar: { dayOfMonth: [29, 31], month: [2, 3, 10], hour: 2 }, timeZone: 'Europe/Paris' },
    { everyMs: 7_000_000, offsetMs: 61_000 },
    { cron: '0 */5 * * *', timeZone: 'America/Caracas', endAt: new Date(Date.now() + 2 * day).toISOString() },
  ];
  const { client } = api.services.temporal;
  const options = {
    action: { type: 'startWorkflow', workflowType: 'none', taskQueue: 'none' },
    state: { paused: true },
  } as const;
  const now = Date.now();
  for (const spec of specs) {
    // Also just before each change of its clocks.
    const zone = spec.timeZone ?? 'UTC';
    const begins = [now, ...clockChanges(zone, now + day, now + 400 * day).map(({ at }) => at - day / 2)];
    for (const begin of begins) {
      const scheduleId = `times-${crypto.randomUUID()}`;
      const from = { ...spec, startAt: new Date(begin).toISOString() };
      const handle = await client.schedule.create({
        ...options,
        scheduleId,
        spec: temporalSpec(from, begin),
      });
      const { nextActionTimes } = (await handle.describe()).info;
      await handle.delete();
      // A fire at a time that is none starts nothing; Temporal is told of what comes later in time.
      const isNear = (at: Date) => at.getTime() < begin + 199 * day;
      const planned = nextActionTimes.filter((at) => isTimeOf(from, at) && isNear(at));
      const { times } = nextTimes(from, new Date(begin - 1), 10);
      const what = JSON.stringify(from);
      expect(planned, what).toEqual(times.filter(isNear).slice(0, planned.length));
      expect(planned.length, what).toBeGreaterThanOrEqual(Math.min(4, times.filter(isNear).length));
    }
    const preview = await acme.as.viewer('POST', '/api/schedules/preview', { spec });
    expect(preview.body.times[0].at).toBe(nextTimes(spec, new Date(now), 1).times[0]!.toISOString());
  }
});
