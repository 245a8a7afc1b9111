import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { requireApproval } from '../support/approvals.ts';
import { eventually } from '../support/eventually.ts';
import { peopleOf } from '../support/people.ts';
import { complete, publishPlaybook, runWhen, startRun, stepWhen } from '../support/playbook-runs.ts';
import { type ProviderServer, sendJson, startProvider } from '../support/provider-server.ts';
import {
  type ApiResponse,
  type Call,
  startTestApi,
  type TestApi,
  type TestTenant,
} from '../support/test-api.ts';

describe('an execution that needs approval', () => {
  let api: TestApi;
  let acme: TestTenant;
  let operator: Call;
  let people: ReturnType<typeof peopleOf>;
  let ana: Call;
  let bea: Call;
  let provider: ProviderServer;
  let made = 0;
  const mail = (name: string) => `${name}@${acme.slug}.test`;

  beforeAll(async () => {
    provider = await startProvider((_request, response) => sendJson(response, 200, { refundId: 're_1' }));
    api = await startTestApi({ reconcile: true });
    acme = await api.tenant({ privateHosts: [provider.host] });
    operator = acme.as.operator;
    people = peopleOf(api, acme);
    [ana, bea] = await Promise.all([
      people.person(mail('ana'), ['operator', 'approver']),
      people.person(mail('bea'), ['approver']),
    ]);
  });
  beforeEach(() => {
    provider.requests.length = 0;
  });
  afterAll(async () => {
    await api?.close();
    await provider?.close();
  });

  const definition = (name: string, more: object = {}) => ({
    name,
    type: 'http',
    inputSchema: {
      type: 'object',
      properties: { amount: { type: 'number' }, pin: { type: 'string', writeOnly: true } },
    },
    config: { method: 'POST', url: `${provider.url}/refunds` },
    ...more,
  });
  /** A tool whose executions need approval. @returns its id */
  async function tool(terms: Parameters<typeof requireApproval>[2] = {}, more: object = {}): Promise<string> {
    const { body } = await acme.as.tool_admin('POST', '/api/tools', definition(`refund_${++made}`, more));
    await requireApproval(acme, body.id, terms);
    return body.id;
  }
  const payload = { amount: 620, pin: '4711-secret' };
  const execute = (toolId: string, as = operator, headers = {}): Promise<ApiResponse> =>
    as('POST', `/api/tools/${toolId}/execute`, { payload }, headers);
  const approve = (as: Call, id: string, body: object = {}) =>
    as('POST', `/api/tools/executions/${id}/approve`, body);
  const reject = (as: Call, id: string, reason = 'Already paid') =>
    as('POST', `/api/tools/executions/${id}/reject`, { reason });
  const read = async (id: string) => (await operator('GET', `/api/tools/executions/${id}`)).body;
  const ended = (id: string) =>
    eventually(async () => {
      const execution = await read(id);
      if (!['succeeded', 'failed'].includes(execution.status)) throw new Error(execution.status);
      return execution;
    });
  /** The events of the log, oldest first. */
  const events = async (id: string): Promise<string[]> => {
    const { body } = await operator('GET', `/api/events?subjectType=execution&subjectId=${id}&limit=50`);
    return body.items.map(({ type }: { type: string }) => type).toReversed();
  };

  test('waits with the exact request, and runs once that is approved', async () => {
    const toolId = await tool();
    const { status, body } = await execute(toolId);
    expect(status).toBe(202);
    expect(body).toMatchObject({
      status: 'requested',
      attempts: [],
      approval: {
        status: 'waiting',
        required: 1,
        roles: ['approver'],
        fourEyes: true,
        reason: expect.stringMatching(/^“Refunds” requires/),
        votes: [],
        url: expect.stringContaining(`/executions/${body.id}`),
        request: { request: { method: 'POST', url: `${provider.url}/refunds`, body: { amount: 620 } } },
      },
    });
    expect(JSON.stringify(body)).not.toContain('4711');
    expect(provider.requests).toHaveLength(0);
    const approved = await approve(ana, body.id, { reason: 'Matches the order' });
    expect(approved.status).toBe(200);
    expect(approved.body.approval).toMatchObject({
      status: 'approved',
      votes: [{ by: { name: 'ana' }, outcome: 'approved', reason: 'Matches the order' }],
    });
    expect(await ended(body.id)).toMatchObject({ status: 'succeeded', output: { refundId: 're_1' } });
    expect(provider.requests.map((request) => JSON.parse(request.body))).toEqual([payload]);
    expect(await events(body.id)).toEqual([
      'ToolExecutionRequested',
      'ToolExecutionApprovalRequested',
      'ToolExecutionApproved',
      'ToolExecutionStarted',
      'ToolExecutionAttempted',
      'ToolExecutionCompleted',
    ]);
  });

  test('approved twice at once by two people, it runs once, and each counts once', async () => {
    const cleo = await people.person(mail('cleo'), ['approver']);
    const { body } = await execute(await tool({ required: 2 }));
    const responses = await Promise.all([ana, ana, bea, cleo, bea].map((as) => approve(as, body.id)));
    expect(responses.filter(({ status }) => status === 200)).toHaveLength(2);
    expect(new Set(responses.map(({ status }) => status))).toEqual(new Set([200, 409]));
    const execution = await ended(body.id);
    expect(execution.status).toBe('succeeded');
    expect(execution.approval.votes).toHaveLength(2);
    expect(provider.requests).toHaveLength(1);
  });

  test('with one of two approvals it waits on, and says so to who has approved', async () => {
    const { body } = await execute(await tool({ required: 2 }));
    const first = await approve(ana, body.id);
    expect(first.body).toMatchObject({
      status: 'requested',
      approval: { status: 'waiting', mayDecide: false, mayNot: expect.stringContaining('already') },
    });
    const again = await approve(ana, body.id);
    expect([again.status, again.body.error.message]).toEqual([
      409,
      'You have approved this already. Someone else must approve too.',
    ]);
    expect(provider.requests).toHaveLength(0);
    expect((await approve(bea, body.id)).body.approval.status).toBe('approved');
    expect((await ended(body.id)).status).toBe('succeeded');
    const late = await approve(await people.person(mail('dan'), ['approver']), body.id);
    expect([late.status, late.body.error.message]).toEqual([
      409,
      expect.stringMatching(/^Already approved by bea, \d+ s ago\.$/),
    ]);
  });

  test('a rejection needs a reason, and ends it with that; running it again asks again', async () => {
    const { body } = await execute(await tool({ required: 2 }));
    await approve(ana, body.id);
    expect((await reject(bea, body.id, ' ')).status).toBe(422);
    const rejected = await reject(bea, body.id, 'Already paid back');
    expect(rejected.status).toBe(200);
    expect(rejected.body).toMatchObject({
      status: 'failed',
      failure: {
        code: 'denied',
        message: 'Rejected by bea: Already paid back.',
        retryable: true,
      },
      approval: { status: 'rejected' },
      attempts: [],
    });
    expect((await approve(ana, body.id)).status).toBe(409);
    const rerun = await operator('POST', `/api/tools/executions/${body.id}/rerun`, { payload });
    expect(rerun).toMatchObject({ status: 202, body: { approval: { status: 'waiting', votes: [] } } });
    expect(await events(body.id)).toContain('ToolExecutionRejected');
    expect(provider.requests).toHaveLength(0);
    await reject(ana, rerun.body.id);
  });

  test('a caller who waits gets the outcome, or the rejection', async () => {
    const toolId = await tool();
    const waits = () => operator('POST', `/api/tools/${toolId}/execute`, { payload, waitMs: 60_000 });
    const waiting = (count: number) =>
      eventually(async () => {
        const { body } = await operator('GET', `/api/tools/executions?toolId=${toolId}&status=requested`);
        return body.items.length === count && body.items;
      });
    const [first, second] = [waits(), waits()];
    const [one, other] = await waiting(2);
    expect(one.approval).toMatchObject({ status: 'waiting' });
    await approve(ana, one.id);
    await reject(ana, other.id);
    const responses = await Promise.all([first, second]);
    expect(responses.map(({ status }) => status).toSorted()).toEqual([200, 403]);
    const ran = responses.find(({ status }) => status === 200)!;
    expect(ran.body).toMatchObject({ id: one.id, approval: { status: 'approved', votes: [{}] } });
  });

  test('an Idempotency-Key repeats the same waiting execution, and its outcome', async () => {
    const toolId = await tool();
    const keyed = () => execute(toolId, operator, { 'idempotency-key': 'refund 1' });
    const first = await keyed();
    const second = await keyed();
    expect([second.status, second.body.id]).toEqual([202, first.body.id]);
    await approve(ana, first.body.id);
    await ended(first.body.id);
    const third = await keyed();
    expect([third.status, third.body.id]).toEqual([200, first.body.id]);
    expect(provider.requests).toHaveLength(1);
  });

  test('no one decides on what they asked for, with any account or key; without four eyes they may', async () => {
    const four = /You asked for this execution/;
    const toolId = await tool();
    const asked = await execute(toolId, ana);
    const alias = await people.person(mail('ana+two'), ['approver']);
    const anasKey = await people.key(['approver'], mail('ana'));
    for (const same of [ana, alias, anasKey])
      for (const decide of [approve, reject]) {
        const { status, body } = await decide(same, asked.body.id);
        expect([status, body.error?.message]).toEqual([403, expect.stringMatching(four)]);
      }
    expect((await approve(bea, asked.body.id)).status).toBe(200);
    const cyd = await people.person(mail('cyd'), ['operator', 'approver']);
    const byKey = await execute(toolId, await people.key(['operator'], mail('cyd')));
    expect((await approve(cyd, byKey.body.id)).body.error.message).toMatch(four);
    const ofNoOne = await people.key(['approver']);
    expect((await approve(ofNoOne, byKey.body.id)).body.error.message).toMatch(/no member is accountable/);
    expect((await approve(anasKey, byKey.body.id)).status).toBe(200);
    const own = await execute(await tool({ fourEyes: false }), ana);
    expect((await approve(ana, own.body.id)).status).toBe(200);
  });

  test('only the roles of the policy decide; others, and other tenants, learn why not', async () => {
    const { body } = await execute(await tool());
    const refused = await approve(operator, body.id);
    expect([refused.status, refused.body.error.message]).toEqual([403, 'Only approvers can do this.']);
    expect((await read(body.id)).approval).toMatchObject({
      mayDecide: false,
      mayNot: 'Only approvers can do this.',
    });
    const globex = await api.tenant();
    const foreign = await approve(globex.as.tenant_admin, body.id);
    const missing = await approve(globex.as.tenant_admin, '0198a000-0000-7000-8000-000000000001');
    expect([foreign.status, foreign.body.error.message]).toEqual([404, missing.body.error.message]);
    expect((await approve(acme.as.tenant_admin, body.id)).status).toBe(200);
    const plain = await acme.as.tool_admin('POST', '/api/tools', definition(`plain_${++made}`));
    const ran = await execute(plain.body.id);
    expect(ran.body).not.toHaveProperty('approval');
    expect((await approve(ana, ran.body.id)).status).toBe(409);
  });

  test('it expires, and ends with that', async () => {
    const { body } = await execute(await tool({ expiresIn: 'PT2S', required: 2 }));
    await approve(ana, body.id);
    expect(await ended(body.id)).toMatchObject({
      failure: { code: 'denied', message: 'The approval expired with 1 of 2 approvals.' },
      approval: { status: 'expired' },
    });
    const late = await approve(bea, body.id);
    expect([late.status, late.body.error.message]).toEqual([
      409,
      'The approval has expired. Nothing was sent.',
    ]);
    expect(await events(body.id)).toContain('ToolExecutionApprovalExpired');
    expect(provider.requests).toHaveLength(0);
  });

  test('in an organization that limits its calls it runs once it is approved', async () => {
    const limits = { hostConcurrency: 5 };
    expect((await acme.as.tool_admin('PUT', '/api/limits/tenant', limits)).status).toBe(200);
    const { body } = await execute(await tool());
    expect((await approve(ana, body.id)).status).toBe(200);
    expect(await ended(body.id)).toMatchObject({ status: 'succeeded', output: { refundId: 're_1' } });
    expect(provider.requests).toHaveLength(1);
    await acme.as.tool_admin('PUT', '/api/limits/tenant', {});
  });

  test('cancelled while it waits, it leaves the inbox and can no longer be approved', async () => {
    const { body } = await execute(await tool());
    const cancelled = await operator('POST', `/api/tools/executions/${body.id}/cancel`, {});
    expect(cancelled.body).toMatchObject({
      failure: { code: 'cancelled' },
      approval: { status: 'cancelled' },
    });
    expect((await approve(ana, body.id)).body.error.message).toMatch(/ended before a decision/);
    expect(await inboxOf(ana)).not.toContain(body.id);
    expect(provider.requests).toHaveLength(0);
  });

  test('a tool that was changed meanwhile is not approved: the execution ends, and nothing is sent', async () => {
    const toolId = await tool();
    const { body } = await execute(toolId);
    const path = `/api/tools/${toolId}`;
    const changed = await acme.as.tool_admin('PUT', path, definition(`refund_${made}`, { timeoutMs: 9000 }));
    expect(changed.status).toBe(200);
    const approved = await approve(ana, body.id);
    expect([approved.status, approved.body.error.code]).toEqual([409, 'preview_changed']);
    expect(await read(body.id)).toMatchObject({
      status: 'failed',
      failure: { code: 'denied', message: expect.stringContaining('The tool was changed') },
    });
    const disabled = await execute(toolId);
    await acme.as.tool_admin('PUT', `${path}/enabled`, { enabled: false });
    expect((await approve(ana, disabled.body.id)).status).toBe(409);
    expect((await read(disabled.body.id)).failure.message).toContain('The tool was disabled');
    expect(provider.requests).toHaveLength(0);
  });

  const inboxOf = async (as: Call, scope = 'roles'): Promise<string[]> => {
    const { body } = await as('GET', `/api/inbox?scope=${scope}&limit=200`);
    return body.items.flatMap((item: { execution?: { id: string } }) => item.execution?.id ?? []);
  };

  test('the inbox lists it beside the steps, by due date, for those who may approve', async () => {
    const count = async () => (await bea('GET', '/api/inbox/count')).body;
    const before = await count();
    const later = await execute(await tool({ expiresIn: 'PT15M' }));
    const sooner = await execute(await tool({ expiresIn: 'PT13M' }));
    const steps = [{ id: 'sign', type: 'approval', title: 'Sign', due: 'PT14M' }];
    const playbook = await publishPlaybook(acme.as.tool_admin, { name: 'beside', steps });
    const runId = await startRun(operator, playbook);
    await stepWhen(operator, runId, 'sign', 'waiting');
    const own: string[] = [sooner.body.id, runId, later.body.id];
    const listed: string[] = [];
    for (let cursor = ''; ; ) {
      const { body } = await bea('GET', `/api/inbox?limit=1${cursor && `&cursor=${cursor}`}`);
      listed.push(
        ...body.items.map(
          (item: { execution?: { id: string }; run: { id: string } }) => item.execution?.id ?? item.run.id,
        ),
      );
      if (!body.nextCursor) break;
      cursor = encodeURIComponent(body.nextCursor);
    }
    expect(listed.filter((id) => own.includes(id))).toEqual(own);
    expect(new Set(listed).size).toBe(listed.length);
    expect(await count()).toMatchObject({ mine: 0, roles: before.roles + 3, all: before.all + 3 });
    const { body } = await bea('GET', '/api/inbox?limit=200');
    expect(
      body.items.find((item: { execution?: { id: string } }) => item.execution?.id === later.body.id),
    ).toEqual({
      execution: expect.objectContaining({
        required: 1,
        approved: 0,
        waitingOn: 'Any approver',
        reason: expect.stringMatching(/^“Refunds” requires/),
        dueAt: later.body.approval.expiresAt,
      }),
      exception: null,
    });
    expect(await inboxOf(operator)).not.toContain(sooner.body.id);
    expect(await inboxOf(operator, 'all')).toContain(sooner.body.id);
    await reject(bea, later.body.id);
    await approve(bea, sooner.body.id);
    await complete(bea, runId, 'sign', { outcome: 'approved' });
    expect(await count()).toMatchObject({ roles: before.roles, all: before.all });
  });

  test('what waits holds no place of those in flight, and has a bound of its own', async () => {
    const few = await startTestApi({
      env: { INTERLOCK_TENANT_IN_FLIGHT: '1', INTERLOCK_TENANT_WAITING: '2' },
    });
    try {
      const tenant = await few.tenant();
      const { as } = tenant;
      const make = async (name: string) =>
        (await as.tool_admin('POST', '/api/tools', { name, type: 'dummy' })).body.id;
      const run = (id: string) => as.operator('POST', `/api/tools/${id}/execute`, { payload: {} });
      const [held, plain] = [await make('held'), await make('plain')];
      await requireApproval(tenant, held);
      expect([(await run(held)).status, (await run(held)).status]).toEqual([202, 202]);
      expect((await run(plain)).status).toBe(200);
      const refused = await run(held);
      expect([refused.status, refused.body.error]).toEqual([
        429,
        expect.objectContaining({
          code: 'rate_limited',
          message: expect.stringContaining('wait for an approval'),
        }),
      ]);
    } finally {
      await few.close();
    }
  });

  test('the call of a step waits like any other: the step says so, and goes on after the decision', async () => {
    const toolId = await tool();
    const steps = ['refund', 'again'].map((id) => ({
      id,
      type: 'call_tool',
      title: id,
      tool: `refund_${made}`,
      input: payload,
      assignee: { role: 'operator' },
    }));
    expect(toolId).toBeDefined();
    const runId = await startRun(
      operator,
      await publishPlaybook(acme.as.tool_admin, { name: `held_${made}`, steps }),
    );
    const held = async (id: string) => {
      await stepWhen(operator, runId, id, 'waiting');
      expect((await complete(ana, runId, id, { outcome: 'run' })).status).toBe(200);
      const step = await stepWhen(operator, runId, id, 'running');
      expect(step.callApproval).toMatchObject({ required: 1, approved: 0, waitingOn: 'Any approver' });
      return step.callApproval.executionId;
    };
    const first = await held('refund');
    expect((await approve(ana, first)).body.error.message).toMatch(/You asked for this execution/);
    expect((await approve(bea, first)).status).toBe(200);
    const done = await stepWhen(operator, runId, 'refund', 'completed');
    expect(done).toMatchObject({ output: { refundId: 're_1' } });
    expect(done).not.toHaveProperty('callApproval');
    const second = await held('again');
    await reject(bea, second, 'Not twice');
    const failed = await stepWhen(operator, runId, 'again', 'waiting');
    expect(failed.failure).toMatchObject({ code: 'denied', message: expect.stringContaining('Not twice') });
    expect(provider.requests).toHaveLength(1);
    await operator('POST', `/api/playbook-runs/${runId}/cancel`, { reason: 'Done' });
  });

  test('a run that is cancelled takes its waiting call with it', async () => {
    await tool();
    const step = { id: 'refund', type: 'call_tool', title: 'Refund', tool: `refund_${made}`, input: payload };
    const steps = [{ ...step, assignee: { role: 'operator' } }];
    const playbook = await publishPlaybook(acme.as.tool_admin, { name: `ended_${made}`, steps });
    const runId = await startRun(operator, playbook);
    await stepWhen(operator, runId, 'refund', 'waiting');
    await complete(ana, runId, 'refund', { outcome: 'run' });
    const { callApproval } = await stepWhen(operator, runId, 'refund', 'running');
    await operator('POST', `/api/playbook-runs/${runId}/cancel`, { reason: 'No longer needed' });
    await runWhen(operator, runId, ({ status }) => status === 'cancelled');
    expect((await approve(bea, callApproval.executionId)).status).toBe(409);
    expect(await ended(callApproval.executionId)).toMatchObject({
      failure: { code: 'cancelled' },
      approval: { status: 'cancelled' },
    });
  });
});
