import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Role } from '../../shared/identity/roles.ts';
import { createAuth } from '../../shared/identity/server/auth.ts';
import { seedIdentity } from '../../shared/identity/server/seed-identity.ts';
import { runWorkflowId } from '../../shared/playbooks/playbook-contract.ts';
import { countStatements } from '../support/count-statements.ts';
import { eventually } from '../support/eventually.ts';
import { complete, publishPlaybook, runWhen, startRun, stepWhen } from '../support/playbook-runs.ts';
import { type ProviderServer, sendJson, startProvider } from '../support/provider-server.ts';
import {
  type Call,
  cookieOf,
  startTestApi,
  type TestApi,
  type TestTenant,
  testPassword,
} from '../support/test-api.ts';

describe('completing a step', () => {
  let api: TestApi;
  let acme: TestTenant;
  let provider: ProviderServer;
  let operator: Call;

  beforeAll(async () => {
    provider = await startProvider((_request, response) => sendJson(response, 200, { ok: true }));
    api = await startTestApi();
    acme = await api.tenant({ privateHosts: [provider.host] });
    operator = acme.as.operator;
    await acme.as.tool_admin('POST', '/api/tools', {
      name: 'post_once',
      type: 'http',
      retry: { maxAttempts: 1 },
      config: { method: 'POST', url: provider.url },
    });
  });
  afterAll(async () => {
    await api?.close();
    await provider?.close();
  });

  /** Creates a person and signs them in. */
  async function person(email: string, roles: Role[]): Promise<Call> {
    const auth = createAuth({
      pool: api.services.db.authPool,
      secret: api.services.environment.INTERLOCK_AUTH_SECRET,
      publicUrl: api.services.environment.publicUrl,
    });
    await seedIdentity(auth, {
      tenants: [{ slug: acme.slug, name: acme.slug }],
      users: [
        {
          email,
          name: email.split('@')[0]!,
          password: testPassword,
          memberships: [{ tenant: acme.slug, roles }],
        },
      ],
    });
    const origin = api.services.environment.publicUrl;
    const signedIn = await api.signIn(email, testPassword);
    const cookie = cookieOf(signedIn.headers);
    const call = api.call(null);
    return (method, path, body, headers = {}) =>
      call(method, path, body, { cookie, 'x-tenant': acme.slug, origin, ...headers });
  }

  const manualPlaybook = (name: string, step: Record<string, unknown> = {}) =>
    publishPlaybook(acme.as.tool_admin, {
      name,
      directCompletion: true,
      steps: [{ id: 'one', type: 'manual', title: 'One', ...step }],
    });
  const handleOf = (name: string, runId: string) =>
    api.services.temporal.client.workflow.getHandle(runWorkflowId({ playbookName: name, id: runId }));
  const events = async (runId: string, type: string) => {
    const { body } = await operator('GET', `/api/events?type=${type}&limit=200`);
    return body.items.filter((event: { data: { runId?: string } }) => event.data.runId === runId);
  };

  test('one of fifty concurrent completions counts, and the others get a conflict that names who was first', async () => {
    const playbook = await publishPlaybook(acme.as.tool_admin, {
      name: 'raced',
      steps: [{ id: 'post', type: 'call_tool', title: 'Post', tool: 'post_once' }],
    });
    const runId = await startRun(operator, playbook);
    await stepWhen(operator, runId, 'post', 'waiting');
    const before = provider.requests.length;
    const callers = [operator, acme.as.tenant_admin, acme.as.tool_admin];
    const responses = await Promise.all(
      Array.from({ length: 50 }, (_, index) =>
        complete(callers[index % 3]!, runId, 'post', { requestId: `race-${index}` }),
      ),
    );
    const won = responses.filter((response) => response.status === 200);
    expect(won).toHaveLength(1);
    const lost = responses.filter((response) => response.status !== 200);
    expect(new Set(lost.map((response) => response.status))).toEqual(new Set([409]));
    const run = await runWhen(operator, runId, (each) => each.status === 'completed');
    expect(provider.requests.length).toBe(before + 1);
    expect(run.steps[0].executionIds).toHaveLength(1);
    expect(await events(runId, 'StepStarted')).toHaveLength(1);
    const late = await complete(operator, runId, 'post');
    expect(late.body.error.message).toMatch(/^Already completed by .+ key, \d+ s ago\.$/);
  });

  test('a request id completes once and gets the same response again, and is refused with another body', async () => {
    const runId = await startRun(
      operator,
      await manualPlaybook('same_request', { form: { type: 'object' } }),
    );
    await stepWhen(operator, runId, 'one', 'waiting');
    const send = (input: unknown) =>
      complete(operator, runId, 'one', { requestId: 'r1', input: input as never });
    const responses = await Promise.all([send({ a: 1 }), send({ a: 1 }), send({ a: 1 })]);
    expect(responses.map((response) => response.status)).toEqual([200, 200, 200]);
    expect((await send({ a: 1 })).body.output).toEqual({ a: 1 });
    expect((await send({ a: 2 })).body.error.code).toBe('idempotency_conflict');
    expect(await events(runId, 'StepCompleted')).toHaveLength(1);
  });

  test('of concurrent signals, updates and requests, one completes the step', async () => {
    const playbook = await manualPlaybook('signalled');
    for (let round = 0; round < 5; round++) {
      const runId = await startRun(operator, playbook);
      await stepWhen(operator, runId, 'one', 'waiting');
      const handle = handleOf('signalled', runId);
      const signal = () => handle.signal('completeStep', { stepId: 'one', requestId: `signal-${round}` });
      const results = await Promise.allSettled([
        signal(),
        complete(operator, runId, 'one'),
        signal(),
        handle.executeUpdate('completeStep', { args: [{ stepId: 'one', requestId: `update-${round}` }] }),
        complete(acme.as.tenant_admin, runId, 'one'),
      ]);
      const [firstSignal, firstRequest, secondSignal, update, secondRequest] = results;
      expect([firstSignal.status, secondSignal.status]).toEqual(['fulfilled', 'fulfilled']);
      const requests = [firstRequest, secondRequest].map((each) =>
        each.status === 'fulfilled' ? each.value.status : each.reason,
      );
      expect([200, 409]).toEqual(expect.arrayContaining(requests));
      const accepted = [...requests, update.status].filter((each) => each === 200 || each === 'fulfilled');
      expect(accepted.length).toBeLessThanOrEqual(1);
      await runWhen(operator, runId, (each) => each.status === 'completed');
      expect(await events(runId, 'StepCompleted')).toHaveLength(1);
    }
  });

  test('a signal completes a step, and a refused signal leaves an event', async () => {
    const playbook = await manualPlaybook('by_signal', {
      form: { type: 'object', required: ['note'], properties: { note: { type: 'string' } } },
    });
    const runId = await startRun(operator, playbook);
    await stepWhen(operator, runId, 'one', 'waiting');
    const handle = handleOf('by_signal', runId);
    await handle.signal('completeStep', { stepId: 'one', input: {} });
    await eventually(async () => (await events(runId, 'StepCompletionRefused')).length === 1);
    await handle.signal('completeStep', { stepId: 'one', input: { note: 'done' }, requestId: 's1' });
    const run = await runWhen(operator, runId, (each) => each.status === 'completed');
    expect(run.steps[0]).toMatchObject({
      output: { note: 'done' },
      completedBy: { type: 'system', name: 'Temporal operator' },
    });
  });

  test('an approval needs the required number of different people, and one rejection ends it', async () => {
    const [carla, dora] = await Promise.all([
      person(`carla@${acme.slug}.test`, ['approver']),
      person(`dora@${acme.slug}.test`, ['approver']),
    ]);
    const playbook = await publishPlaybook(acme.as.tool_admin, {
      name: 'two_of_many',
      steps: [{ id: 'sign', type: 'approval', title: 'Sign', required: 2 }],
    });
    const runId = await startRun(operator, playbook);
    await stepWhen(operator, runId, 'sign', 'waiting');
    expect((await complete(operator, runId, 'sign', { outcome: 'approved' })).body.error.message).toContain(
      'Only approvers can do this.',
    );
    expect((await complete(carla, runId, 'sign')).body.error.issues[0].path).toBe('/outcome');
    const first = await complete(carla, runId, 'sign', { outcome: 'approve' });
    expect(first.body).toMatchObject({ status: 'waiting', approvals: { required: 2 } });
    expect(first.body.approvals.given).toHaveLength(1);
    expect((await complete(carla, runId, 'sign', { outcome: 'approved' })).status).toBe(409);
    expect((await complete(dora, runId, 'sign', { outcome: 'approved' })).body.status).toBe('completed');
    await runWhen(operator, runId, (each) => each.status === 'completed');

    const second = await startRun(operator, playbook);
    await stepWhen(operator, second, 'sign', 'waiting');
    expect((await complete(carla, second, 'sign', { outcome: 'rejected' })).body.error.issues[0].path).toBe(
      '/reason',
    );
    await complete(carla, second, 'sign', { outcome: 'rejected', reason: 'wrong account' });
    const rejected = await runWhen(operator, second, (each) => each.status === 'failed');
    expect(rejected.reason).toContain('wrong account');
  });

  test('no one approves their own request, not with a second account, an API key or Temporal', async () => {
    const both: Role[] = ['operator', 'approver'];
    const mail = `ana@${acme.slug}.test`;
    const [ana, alias, bea] = await Promise.all([
      person(mail, both),
      person(mail.replace('@', '+two@'), both),
      person(`bea@${acme.slug}.test`, both),
    ]);
    const auth = createAuth({
      pool: api.services.db.authPool,
      secret: api.services.environment.INTERLOCK_AUTH_SECRET,
      publicUrl: api.services.environment.publicUrl,
    });
    const { apiKeys } = await seedIdentity(auth, {
      tenants: [{ slug: acme.slug, name: acme.slug }],
      users: [],
      apiKeys: [
        { tenant: acme.slug, name: "Ana's engine", roles: both, createdBy: mail },
        { tenant: acme.slug, name: 'No one’s engine', roles: both },
      ],
    });
    const [anasKey, noOnesKey] = apiKeys.map(({ key }) => api.call(key)) as [Call, Call];
    const playbook = await publishPlaybook(acme.as.tool_admin, {
      name: 'four_eyes',
      steps: [
        { id: 'prepare', type: 'manual', title: 'Prepare' },
        { id: 'sign', type: 'approval', title: 'Sign', noSelfApproval: true },
      ],
    });
    const approve = (as: Call, runId: string) => complete(as, runId, 'sign', { outcome: 'approved' });
    for (const [starter, preparer] of [
      [ana, acme.as.operator],
      [anasKey, acme.as.operator],
      [acme.as.operator, ana],
      [acme.as.operator, anasKey],
      [alias, acme.as.operator],
    ] as const) {
      const runId = await startRun(starter, playbook);
      await stepWhen(operator, runId, 'prepare', 'waiting');
      expect((await complete(preparer, runId, 'prepare')).status).toBe(200);
      await stepWhen(operator, runId, 'sign', 'waiting');
      expect((await approve(ana, runId)).status).toBe(403);
      expect((await approve(alias, runId)).status).toBe(403);
      expect((await approve(anasKey, runId)).status).toBe(403);
      expect((await approve(noOnesKey, runId)).status).toBe(403);
      await handleOf('four_eyes', runId).signal('completeStep', { stepId: 'sign', outcome: 'approved' });
      await eventually(async () => (await events(runId, 'StepCompletionRefused')).length === 1);
      const handed = await ana('POST', `/api/playbook-runs/${runId}/steps/sign/assign`, { user: mail });
      expect(handed.status).toBe(403);
      expect((await approve(ana, runId)).status).toBe(403);
      expect((await approve(bea, runId)).status).toBe(200);
      await runWhen(operator, runId, (each) => each.status === 'completed');
    }
  }, 60_000);

  test('a step is reassigned only by those who may complete it', async () => {
    const gil = `gil@${acme.slug}.test`;
    const ivy = `ivy@${acme.slug}.test`;
    const [asGil, hal, asIvy] = await Promise.all([
      person(gil, ['operator']),
      person(`hal@${acme.slug}.test`, ['approver']),
      person(ivy, ['approver']),
    ]);
    const playbook = await publishPlaybook(acme.as.tool_admin, {
      name: 'handed',
      steps: [{ id: 'sign', type: 'approval', title: 'Sign' }],
    });
    const runId = await startRun(operator, playbook);
    await stepWhen(operator, runId, 'sign', 'waiting');
    const path = `/api/playbook-runs/${runId}/steps/sign/assign`;
    expect((await asGil('POST', path, { user: gil })).status).toBe(403);
    expect((await asGil('POST', path, { role: 'operator' })).status).toBe(403);
    expect((await hal('POST', path, { user: 'unknown' })).body.error.issues[0].path).toBe('/user');
    // Assigning makes no one an approver.
    expect((await hal('POST', path, { user: gil })).status).toBe(422);
    const handed = await hal('POST', path, { user: ivy, reason: 'on holiday' });
    expect(handed.body).toMatchObject({ assignee: { user: ivy }, waitingOn: 'ivy' });
    expect((await complete(hal, runId, 'sign', { outcome: 'approved' })).status).toBe(403);
    expect((await complete(asGil, runId, 'sign', { outcome: 'approved' })).status).toBe(403);
    expect((await complete(asIvy, runId, 'sign', { outcome: 'approved' })).status).toBe(200);
  });

  test('a claimed step belongs to one person until they release it or someone takes it over', async () => {
    const runId = await startRun(operator, await manualPlaybook('claimed'));
    await stepWhen(operator, runId, 'one', 'waiting');
    const path = `/api/playbook-runs/${runId}/steps/one`;
    expect((await acme.as.viewer('POST', `${path}/claim`, {})).status).toBe(403);
    expect((await operator('POST', `${path}/claim`, {})).body.claimedBy.name).toBe('operator key');
    const other = await complete(acme.as.tenant_admin, runId, 'one');
    expect(other.body.error.message).toContain('operator key has claimed this step');
    expect((await acme.as.tenant_admin('POST', `${path}/claim`, {})).status).toBe(409);
    expect((await acme.as.tenant_admin('POST', `${path}/claim`, { takeOver: true })).status).toBe(200);
    expect((await complete(operator, runId, 'one')).status).toBe(409);
    expect((await operator('POST', `${path}/release`, {})).status).toBe(409);
    expect((await acme.as.tenant_admin('POST', `${path}/release`, {})).body.claimedBy).toBeNull();
    expect((await complete(operator, runId, 'one')).status).toBe(200);
  });

  test('a step that is due sends a reminder and is reassigned by its escalations, but is never completed by time', async () => {
    const playbook = await manualPlaybook('escalated', {
      due: 'PT0.6S',
      reminder: 'PT0.4S',
      escalation: [
        { after: 'PT0.2S', to: { role: 'tool_admin' } },
        { after: 'PT0.6S', to: { role: 'tenant_admin' } },
      ],
    });
    const runId = await startRun(operator, playbook);
    await eventually(async () => (await events(runId, 'StepReminded')).length === 1);
    const run = await runWhen(operator, runId, (each) => each.steps[0].escalated === 2);
    expect(run.steps[0]).toMatchObject({ status: 'waiting', assignee: { role: 'tenant_admin' } });
    expect((await complete(operator, runId, 'one')).status).toBe(403);
    const { body } = await acme.as.tenant_admin('GET', '/api/inbox/notices');
    const kinds = body.items
      .filter((notice: { runId: string }) => notice.runId === runId)
      .map((notice: { kind: string }) => notice.kind);
    expect(kinds).toEqual(['escalation', 'escalation', 'reminder']);
    expect((await acme.as.tenant_admin('GET', '/api/inbox/count')).body.unreadNotices).toBeGreaterThan(0);
    await acme.as.tenant_admin('POST', '/api/inbox/notices/read', { upTo: body.items[0].id });
    expect((await acme.as.tenant_admin('GET', '/api/inbox/count')).body.unreadNotices).toBe(0);
    expect((await complete(acme.as.tenant_admin, runId, 'one')).status).toBe(200);
  });

  test('a completion at the moment of a reminder, an escalation, a claim or a pause counts once, and the run continues', async () => {
    const playbook = await manualPlaybook('coincident', {
      due: 'PT0.25S',
      reminder: 'PT0.05S',
      escalation: [{ after: 'PT0.05S', to: { role: 'operator' } }],
    });
    await Promise.all(
      Array.from({ length: 16 }, async (_, index) => {
        const runId = await startRun(operator, playbook);
        await stepWhen(operator, runId, 'one', 'waiting');
        const path = `/api/playbook-runs/${runId}`;
        // Sweeps over the times at which the timers fire.
        await sleep(index * 20);
        await Promise.all([
          complete(operator, runId, 'one', { requestId: 'mine' }),
          operator('POST', `${path}/steps/one/claim`, {}),
          index % 4 === 0 ? operator('POST', `${path}/pause`, { reason: 'just now' }) : null,
        ]);
        const { body } = await operator('GET', path);
        if (body.paused) await operator('POST', `${path}/resume`, {});
        // A completion that the pause refused has to be sent again under another id.
        if (body.steps[0].status === 'waiting') await complete(operator, runId, 'one');
        await runWhen(operator, runId, (run) => run.status === 'completed');
        expect(await events(runId, 'StepCompleted')).toHaveLength(1);
      }),
    );
  }, 60_000);

  test('a run continues or ends when an event does not arrive in time, as its step says', async () => {
    const wait = (onTimeout: string) => ({
      type: 'wait',
      title: 'Word',
      event: 'shipped',
      timeout: 'PT0.3S',
      onTimeout,
    });
    const going = await publishPlaybook(acme.as.tool_admin, {
      name: 'times_out',
      steps: [{ id: 'word', ...wait('continue') }],
    });
    const goes = await startRun(operator, going);
    const done = await runWhen(operator, goes, (each) => each.status === 'completed');
    expect(done.steps[0].outcome).toBe('timed_out');
    const ending = await publishPlaybook(acme.as.tool_admin, {
      name: 'gives_up',
      steps: [{ id: 'word', ...wait('abort') }],
    });
    const ends = await startRun(operator, ending);
    const failed = await runWhen(operator, ends, (each) => each.status === 'failed');
    expect(failed.reason).toContain('shipped did not arrive in time');
  });

  test('a step that cannot be opened waits for a person, who fixes the cause and retries', async () => {
    const created = await operator('POST', '/api/exceptions', { title: 'No owner yet', attributes: {} });
    const playbook = await manualPlaybook('owned', {
      assignee: { user: '${{ exception.attributes.owner }}' },
    });
    const runId = await startRun(operator, playbook, { exceptionId: created.body.id });
    const stuck = await stepWhen(operator, runId, 'one', 'waiting');
    expect(stuck.failure).toMatchObject({ code: 'expression_error' });
    expect(stuck.outcomes.map((outcome: { id: string }) => outcome.id)).toEqual(['retry', 'skip', 'abort']);
    await operator('PUT', `/api/exceptions/${created.body.id}`, {
      attributes: { owner: `owner@${acme.slug}.test` },
    });
    const retried = await complete(operator, runId, 'one', { outcome: 'retry' });
    expect(retried.body).toMatchObject({ status: 'waiting', failure: null });
    expect((await complete(operator, runId, 'one')).status).toBe(403);
    const owner = await person(`owner@${acme.slug}.test`, ['viewer']);
    expect((await complete(owner, runId, 'one')).status).toBe(200);
  });

  test('the inbox shows each person their steps, the most urgent first, in pages', async () => {
    const fay = await person(`fay@${acme.slug}.test`, ['operator']);
    const playbook = (name: string, due: string | undefined, assignee: object | undefined) =>
      manualPlaybook(name, { title: name, ...(due ? { due } : {}), ...(assignee ? { assignee } : {}) });
    const ids = [
      await playbook('inbox_late', 'P2D', { user: `fay@${acme.slug}.test` }),
      await playbook('inbox_soon', 'PT1H', { user: `fay@${acme.slug}.test` }),
      await playbook('inbox_some_day', undefined, { user: `fay@${acme.slug}.test` }),
      await playbook('inbox_approver', 'PT1H', { role: 'approver' }),
    ];
    for (const id of ids) {
      const runId = await startRun(operator, id);
      await stepWhen(operator, runId, 'one', 'waiting');
    }
    const titles = async (query: string) => {
      const { body } = await fay('GET', `/api/inbox?${query}`);
      return { titles: body.items.map((item: { step: { title: string } }) => item.step.title), body };
    };
    expect((await titles('scope=mine')).titles).toEqual(['inbox_soon', 'inbox_late', 'inbox_some_day']);
    expect((await titles('scope=roles&limit=200')).titles).not.toContain('inbox_approver');
    expect((await titles('scope=all&limit=200')).titles).toContain('inbox_approver');
    const page = await titles('scope=mine&limit=2');
    const rest = await titles(`scope=mine&limit=2&cursor=${encodeURIComponent(page.body.nextCursor)}`);
    expect([...page.titles, ...rest.titles]).toEqual(['inbox_soon', 'inbox_late', 'inbox_some_day']);
    expect((await fay('GET', '/api/inbox/count')).body.mine).toBe(3);
    expect((await fay('GET', '/api/inbox?cursor=nonsense')).status).toBe(422);
    const statements = (limit: number) =>
      countStatements(api.services.db, () => fay('GET', `/api/inbox?scope=mine&limit=${limit}`));
    expect(await statements(3)).toBe(await statements(1));
  });
});
