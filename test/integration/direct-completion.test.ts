import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runWorkflowId } from '../../shared/playbooks/playbook-contract.ts';
import { eventually } from '../support/eventually.ts';
import { complete, publishPlaybook, runWhen, startRun, stepWhen } from '../support/playbook-runs.ts';
import { type ProviderServer, sendJson, startProvider } from '../support/provider-server.ts';
import { type Call, startTestApi, type TestApi, type TestTenant } from '../support/test-api.ts';

const notDirectly = /accepts no completions that are sent to Temporal directly\. Nothing was done/;
const notIdentified = /An approval needs an identified person\. Nothing was done/;

/** Whoever reaches Temporal's port can send any message to any workflow. */
describe('a message sent to Temporal directly', () => {
  let api: TestApi;
  let acme: TestTenant;
  let operator: Call;
  let provider: ProviderServer;

  beforeAll(async () => {
    provider = await startProvider((_request, response) => sendJson(response, 200, { ok: true }));
    api = await startTestApi();
    acme = await api.tenant({ privateHosts: [provider.host] });
    operator = acme.as.operator;
    await acme.as.tool_admin('POST', '/api/tools', {
      name: 'act',
      type: 'http',
      config: { method: 'POST', url: provider.url },
    });
  });
  afterAll(async () => {
    await api?.close();
    await provider?.close();
  });

  const call = { id: 'one', type: 'call_tool', title: 'Call', tool: 'act' };
  const manual = { id: 'one', type: 'manual', title: 'Manual' };
  const sign = { id: 'one', type: 'approval', title: 'Sign' };

  /** A run that waits at its step `one`. */
  async function waiting(name: string, step: object, more: object = {}, tenant = acme) {
    const { tool_admin, operator: starter } = tenant.as;
    const playbook = await publishPlaybook(tool_admin, { name, steps: [step], ...more });
    const runId = await startRun(starter, playbook);
    const { id } = await stepWhen(starter, runId, 'one', 'waiting');
    expect(id).toBe('one');
    const workflowId = runWorkflowId({ playbookName: name, id: runId });
    const handle = api.services.temporal.client.workflow.getHandle(workflowId);
    return {
      runId,
      handle,
      /** The words of the refusal of an Update; fails when it is accepted. */
      async refused(message: unknown): Promise<string> {
        const sent = handle.executeUpdate('completeStep', { args: [message] });
        return sent.then(
          () => Promise.reject(new Error('The update was accepted')),
          (error: Error) => (error.cause as Error | undefined)?.message ?? error.message,
        );
      },
    };
  }
  const refusals = async (runId: string): Promise<string[]> => {
    const { body } = await operator('GET', '/api/events?type=StepCompletionRefused&limit=200');
    return body.items
      .filter((event: { data: { runId?: string } }) => event.data.runId === runId)
      .map((event: { data: { reason: string } }) => event.data.reason);
  };
  const stepOf = async (runId: string) =>
    (await operator('GET', `/api/playbook-runs/${runId}`)).body.steps[0];
  /** A completion that is stored and not yet decided. */
  async function pendingCompletion(tenant: TestTenant, runId: string): Promise<string> {
    const id = randomUUID();
    await api.services.db.tenant(tenant.id, (connection) =>
      connection.query({
        text: `INSERT INTO step_completion (id, tenant_id, run_id, step_run_id, request_id, fingerprint, outcome,
            actor_type, actor_id, actor_name, actor_roles)
          SELECT $1::text::uuid, tenant_id, run_id, id, $1::text, '', 'done', 'user', 'ana', 'Ana', '{operator}'
          FROM playbook_step_run WHERE run_id = $2`,
        values: [id, runId],
      }),
    );
    return id;
  }
  const statusOf = (tenant: TestTenant, id: string) =>
    api.services.db.tenant(tenant.id, async (connection) => {
      const [row] = await connection.query<{ status: string }>({
        text: 'SELECT status FROM step_completion WHERE id = $1',
        values: [id],
      });
      return row?.status;
    });

  test('completes no step by default, neither as an update nor as a signal, and the timeline shows it', async () => {
    const before = provider.requests.length;
    const { runId, handle, refused } = await waiting('closed', call);
    expect(await refused({ stepId: 'one' })).toMatch(notDirectly);
    await handle.signal('completeStep', { stepId: 'one', outcome: 'run', requestId: 'again' });
    await eventually(async () => (await refusals(runId)).length === 2);
    for (const reason of await refusals(runId)) expect(reason).toMatch(notDirectly);
    expect((await stepOf(runId)).status).toBe('waiting');
    expect(provider.requests.length).toBe(before);
    expect((await complete(operator, runId, 'one')).status).toBe(200);
    await runWhen(operator, runId, ({ status }) => status === 'completed');
  });

  test('neither retries, skips nor aborts a step by default', async () => {
    const stuck = { ...manual, assignee: { user: '${{ input.owner }}' }, optional: true };
    const { runId, refused } = await waiting('closed_stuck', stuck);
    expect((await stepOf(runId)).failure).toMatchObject({ code: 'expression_error' });
    for (const outcome of ['retry', 'skip', 'abort'])
      expect(await refused({ stepId: 'one', outcome, reason: 'because' })).toMatch(notDirectly);
    expect((await stepOf(runId)).status).toBe('waiting');
  });

  test('completes a step of a playbook that accepts it, once for each request id', async () => {
    const { runId, handle } = await waiting('open', manual, { directCompletion: true });
    const message = { stepId: 'one', outcome: null, reason: null, requestId: 'engine-17' };
    const send = () => handle.executeUpdate('completeStep', { args: [message] });
    expect(await send()).toEqual({ stepId: 'one', status: 'completed' });
    const run = await runWhen(operator, runId, ({ status }) => status === 'completed');
    expect(run.steps[0].completedBy).toMatchObject({ type: 'system', name: 'Temporal operator' });
  });

  test('does not take over the request of someone else', async () => {
    const other = await waiting('open_ids', manual, { directCompletion: true });
    const id = await pendingCompletion(acme, other.runId);
    expect(await other.refused({ stepId: 'one', requestId: id })).toMatch(/used for another completion/);
    expect(await statusOf(acme, id)).toBe('pending');
  });

  test('decides no approval, also where the playbook accepts direct completions', async () => {
    for (const [name, step] of [
      ['open_sign', sign],
      ['open_sign_stuck', { ...sign, assignee: { user: '${{ input.owner }}' } }],
    ] as const) {
      const { runId, handle, refused } = await waiting(name, step, { directCompletion: true });
      for (const outcome of ['approved', 'rejected', 'retry', 'skip', 'abort'])
        expect(await refused({ stepId: 'one', outcome, reason: 'because' })).toMatch(notIdentified);
      await handle.signal('completeStep', { stepId: 'one', outcome: 'approved' });
      await eventually(async () => (await refusals(runId)).length === 6);
      expect((await stepOf(runId)).status).toBe('waiting');
    }
  });

  test('has no effect with the stored completion of another step, run or tenant, or with one that was made up', async () => {
    const globex = await api.tenant();
    const target = await waiting('forged', manual);
    const other = await waiting('forged_other', manual);
    const foreign = await waiting('forged_foreign', manual, {}, globex);
    const ofOther = await pendingCompletion(acme, other.runId);
    const ofForeign = await pendingCompletion(globex, foreign.runId);
    for (const completionId of [ofOther, ofForeign, randomUUID()])
      expect(await target.refused({ stepId: 'one', completionId, outcome: 'done' })).toBe(
        'Completion not found.',
      );
    expect(await refusals(target.runId)).toHaveLength(3);
    expect((await stepOf(target.runId)).status).toBe('waiting');
    expect(await statusOf(acme, ofOther)).toBe('pending');
    expect(await statusOf(globex, ofForeign)).toBe('pending');
    const own = await pendingCompletion(acme, target.runId);
    await target.handle.executeUpdate('completeStep', { args: [{ stepId: 'one', completionId: own }] });
    expect((await stepOf(target.runId)).completedBy).toMatchObject({ name: 'Ana' });
  });

  test('is refused at once when it is malformed, and the run goes on', async () => {
    const { runId, refused, handle } = await waiting('malformed', manual, { directCompletion: true });
    let deep: unknown = 1;
    for (let level = 0; level < 2000; level++) deep = [deep];
    const malformed = [
      { requestId: 'a\0' },
      { requestId: '' },
      { requestId: 'x'.repeat(300) },
      { requestId: 7 },
      { outcome: 'done\0' },
      { outcome: ['done'] },
      { reason: 'why\0' },
      { reason: 'half \ud83d' },
      { reason: {} },
      { reason: 'x'.repeat(5000) },
      { completionId: 'nonsense' },
      { completionId: `${randomUUID()}\0` },
      { completionId: '' },
      { completionId: true },
      { input: { note: 'a\0' } },
      { input: deep },
    ];
    const words = await Promise.all(malformed.map((each) => refused({ stepId: 'one', ...each })));
    for (const [index, each] of words.entries())
      expect(each).toBe(`The message has an invalid ${Object.keys(malformed[index]!)[0]}. Nothing was done.`);
    for (const stepId of ['one\0', 'two', '__proto__', 'x'.repeat(10_000)])
      expect(await refused({ stepId, completionId: randomUUID() })).toMatch(/reached|already/);
    for (const message of [null, 'one', 7, [], {}, { stepId: 1 }])
      expect(await refused(message)).toMatch(/has no stepId/);
    expect(await refusals(runId)).toHaveLength(malformed.length);
    await handle.signal('completeStep', null);
    await handle.signal('completeStep', { stepId: 'one', apiRequestId: 'not one', reason: 'still open' });
    await runWhen(operator, runId, ({ status }) => status === 'completed');
  });

  test('cannot stop a run by a malformed pause', async () => {
    const { runId, handle } = await waiting('malformed_pause', manual);
    for (const message of [
      null,
      'now',
      { by: 'Olga\0', reason: 'a\0b' },
      { by: { name: 1 }, reason: ['x'] },
    ]) {
      await handle.executeUpdate('pauseRun', { args: [message] });
      await runWhen(operator, runId, ({ paused }) => paused !== null);
      await handle.executeUpdate('resumeRun', { args: [message] });
      await runWhen(operator, runId, ({ paused }) => paused === null);
    }
    expect((await complete(operator, runId, 'one')).status).toBe(200);
  });
});

describe('a completion through the API', () => {
  let api: TestApi;
  let acme: TestTenant;

  beforeAll(async () => {
    api = await startTestApi();
    acme = await api.tenant();
  });
  afterAll(() => api?.close());

  const started = async (name: string, steps: unknown[]) => {
    const runId = await startRun(
      acme.as.operator,
      await publishPlaybook(acme.as.tool_admin, { name, steps }),
    );
    return { runId, first: (steps[0] as { id: string }).id };
  };
  const manual = (id: string, more: object = {}) => ({ id, type: 'manual', title: id, ...more });

  test('with a reason that is cut in the middle of a character completes the step', async () => {
    const { operator } = acme.as;
    const { runId } = await started('cut_reason', [manual('one', { optional: true })]);
    await stepWhen(operator, runId, 'one', 'waiting');
    const reason = `${'x'.repeat(499)}😀`;
    expect((await complete(operator, runId, 'one', { outcome: 'skip', reason })).body).toMatchObject({
      status: 'skipped',
      reason,
    });
  });

  test('with text that cannot be stored is refused with its path', async () => {
    const { operator } = acme.as;
    const { runId } = await started('unstorable', [manual('one')]);
    await stepWhen(operator, runId, 'one', 'waiting');
    for (const [field, value] of [
      ['reason', 'a\0'],
      ['requestId', 'half \ud83d'],
      ['outcome', 'done\0'],
    ] as const) {
      const { status, body } = await complete(operator, runId, 'one', { [field]: value });
      expect([status, body.error.issues?.[0].path]).toEqual([422, `/${field}`]);
    }
    const path = `/api/playbook-runs/${runId}`;
    const requests: [string, object, string][] = [
      [`${path}/pause`, { reason: 'a\0' }, '/reason'],
      [`${path}/cancel`, { reason: 'half \ud83d' }, '/reason'],
      [`${path}/steps/one/assign`, { user: 'a\0@x.test' }, '/user'],
      [`${path}/steps/one/assign`, { role: 'operator', reason: 'a\0' }, '/reason'],
      [`${path}/events`, { name: 'x', requestId: 'a\0' }, '/requestId'],
    ];
    for (const [url, sent, issue] of requests) {
      const { status, body } = await operator('POST', url, sent);
      expect([status, body.error.issues?.[0].path]).toEqual([422, issue]);
    }
  });

  test('waits at a step that is called like a property of every object', async () => {
    const { operator } = acme.as;
    const { runId } = await started('odd_names', [manual('constructor'), manual('after')]);
    await stepWhen(operator, runId, 'constructor', 'waiting');
    expect((await complete(operator, runId, 'constructor')).body.status).toBe('completed');
    await stepWhen(operator, runId, 'after', 'waiting');
  });
});
