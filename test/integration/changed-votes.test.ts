import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { requireApproval } from '../support/approvals.ts';
import { eventually } from '../support/eventually.ts';
import { peopleOf } from '../support/people.ts';
import { complete, publishPlaybook, startRun, stepWhen } from '../support/playbook-runs.ts';
import { type ProviderServer, sendJson, startProvider } from '../support/provider-server.ts';
import { type Call, startTestApi, type TestApi, type TestTenant } from '../support/test-api.ts';

describe('a vote that a person changes', () => {
  let api: TestApi;
  let acme: TestTenant;
  let operator: Call;
  let people: ReturnType<typeof peopleOf>;
  let ana: Call;
  let bea: Call;
  let cleo: Call;
  let provider: ProviderServer;
  let toolId: string;
  const mail = (name: string) => `${name}@${acme.slug}.test`;

  beforeAll(async () => {
    provider = await startProvider((_request, response) => sendJson(response, 200, { refundId: 're_1' }));
    api = await startTestApi({ reconcile: true });
    acme = await api.tenant({ privateHosts: [provider.host] });
    operator = acme.as.operator;
    people = peopleOf(api, acme);
    [ana, bea, cleo] = (await Promise.all(
      ['ana', 'bea', 'cleo'].map((name) => people.person(mail(name), ['approver'])),
    )) as [Call, Call, Call];
    const config = { method: 'POST', url: `${provider.url}/refunds` };
    const { body } = await acme.as.tool_admin('POST', '/api/tools', { name: 'refund', type: 'http', config });
    toolId = body.id;
    await requireApproval(acme, toolId, { required: 2 });
  });
  afterAll(async () => {
    await api?.close();
    await provider?.close();
  });

  const ask = async (): Promise<string> =>
    (await operator('POST', `/api/tools/${toolId}/execute`, { payload: { amount: 620 } })).body.id;
  const send = (as: Call, id: string, what: string, body: object = {}) =>
    as('POST', `/api/tools/executions/${id}/${what}`, body);
  const read = async (as: Call, id: string) => (await as('GET', `/api/tools/executions/${id}`)).body;
  /** What the log says about a subject, oldest first. */
  const logged = async (subjectId: string, types: string[]) => {
    const { body } = await operator('GET', `/api/events?subjectId=${subjectId}&limit=100`);
    return body.items
      .toReversed()
      .filter(({ type }: { type: string }) => types.includes(type))
      .map(({ type, actor, data }: { type: string; actor: { name: string }; data: object }) => ({
        type,
        by: actor.name,
        data,
      }));
  };
  const ofExecution = ['ToolExecutionApproved', 'ToolExecutionApprovalWithdrawn', 'ToolExecutionRejected'];

  test('who approved an execution may reject it while it waits; nothing is sent, and the log has both', async () => {
    const id = await ask();
    const first = await send(ana, id, 'approve', { reason: 'Looks right' });
    expect(first.body.approval).toMatchObject({ mayDecide: false, mayChange: true });
    expect((await read(bea, id)).approval).toMatchObject({ mayDecide: true, mayChange: false });
    expect((await send(ana, id, 'reject', {})).status).toBe(422);
    const rejected = await send(ana, id, 'reject', { reason: 'Paid back already' });
    expect(rejected).toMatchObject({
      status: 200,
      body: {
        status: 'failed',
        failure: { code: 'denied', message: 'Rejected by ana: Paid back already.' },
        approval: { status: 'rejected', mayChange: false, votes: [{ outcome: 'rejected' }] },
      },
    });
    expect(await logged(id, ofExecution)).toEqual([
      { type: 'ToolExecutionApproved', by: 'ana', data: { votes: 1, required: 2, reason: 'Looks right' } },
      { type: 'ToolExecutionRejected', by: 'ana', data: { reason: 'Paid back already', before: 'approved' } },
    ]);
    expect(provider.requests).toHaveLength(0);
  });

  test('a withdrawn approval no longer counts, and may be given again', async () => {
    const id = await ask();
    await send(ana, id, 'approve');
    expect((await send(bea, id, 'withdraw')).status).toBe(409);
    const alias = await people.person(mail('ana+two'), ['approver']);
    const withdrawn = await send(alias, id, 'withdraw', { reason: 'Wrong order' });
    expect(withdrawn).toMatchObject({
      status: 200,
      body: {
        status: 'requested',
        approval: { status: 'waiting', votes: [], mayDecide: true, mayChange: false },
      },
    });
    expect((await send(ana, id, 'withdraw')).body.error.message).toMatch(/You have not approved/);
    expect((await send(bea, id, 'approve')).body.approval).toMatchObject({ status: 'waiting', votes: [{}] });
    expect(provider.requests).toHaveLength(0);
    expect((await send(ana, id, 'approve')).body.approval.status).toBe('approved');
    await eventually(async () => (await read(operator, id)).status === 'succeeded');
    const late = await send(ana, id, 'withdraw');
    expect([late.status, late.body.error.message]).toEqual([
      409,
      expect.stringMatching(/^Already approved by/),
    ]);
    expect(await logged(id, ofExecution)).toMatchObject([
      { type: 'ToolExecutionApproved', by: 'ana' },
      { type: 'ToolExecutionApprovalWithdrawn', data: { votes: 0, required: 2, reason: 'Wrong order' } },
      { type: 'ToolExecutionApproved', by: 'bea', data: { votes: 1 } },
      { type: 'ToolExecutionApproved', by: 'ana', data: { votes: 2 } },
    ]);
    expect(provider.requests).toHaveLength(1);
  });

  test('approvals and withdrawals at once: it begins only if two approvals are left', async () => {
    provider.requests.length = 0;
    for (let round = 0; round < 4; round++) {
      const id = await ask();
      await send(ana, id, 'approve');
      const [withdrawn, approved] = await Promise.all([send(ana, id, 'withdraw'), send(bea, id, 'approve')]);
      expect(approved.status).toBe(200);
      const { approval } = await read(operator, id);
      if (withdrawn.status === 200)
        expect(approval).toMatchObject({ status: 'waiting', votes: [{ by: { name: 'bea' } }] });
      else {
        expect(approval).toMatchObject({ status: 'approved', votes: [{}, {}] });
        await eventually(async () => (await read(operator, id)).status === 'succeeded');
      }
    }
  });

  test('the list of executions shows those that wait for an approval', async () => {
    const waiting = await ask();
    const list = async (query: string) => {
      const { body } = await operator('GET', `/api/tools/executions?limit=100&${query}`);
      return body.items.map(({ id }: { id: string }) => id);
    };
    expect(await list('approval=waiting')).toContain(waiting);
    expect(await list(`approval=waiting&toolId=${toolId}&status=requested`)).toContain(waiting);
    const { actor } = await read(operator, waiting);
    expect(await list(`approval=waiting&actor=${actor.id}`)).toContain(waiting);
    expect(await list('approval=waiting&actor=no-one')).toEqual([]);
    await send(ana, waiting, 'reject', { reason: 'No' });
    expect(await list('approval=waiting')).not.toContain(waiting);
    expect(await list(`approval=rejected&actor=${actor.id}`)).toContain(waiting);
    expect((await operator('GET', '/api/tools/executions?approval=maybe')).status).toBe(422);
  });

  const sign = async (name: string, more: object = {}) => {
    const steps = [{ id: 'sign', type: 'approval', title: 'Sign', required: 2, ...more }];
    const runId = await startRun(operator, await publishPlaybook(acme.as.tool_admin, { name, steps }));
    const step = await stepWhen(operator, runId, 'sign', 'waiting');
    return { runId, step };
  };
  const approve = (as: Call, runId: string, more: object = {}) =>
    complete(as, runId, 'sign', { outcome: 'approved', ...more });
  const withdraw = (as: Call, runId: string, body: object = {}) =>
    as('POST', `/api/playbook-runs/${runId}/steps/sign/withdraw`, body);

  test('who approved a step may reject it while it waits', async () => {
    const { runId } = await sign('reject_after', { onReject: 'continue' });
    expect((await approve(ana, runId)).body.approvals).toMatchObject({ mayChange: true });
    const needs = await complete(ana, runId, 'sign', { outcome: 'reject' });
    expect(needs.status).toBe(422);
    const rejected = await complete(ana, runId, 'sign', { outcome: 'reject', reason: 'Not ours' });
    expect(rejected).toMatchObject({
      status: 200,
      body: {
        status: 'completed',
        outcome: 'rejected',
        approvals: { given: [{ outcome: 'rejected', by: { name: 'ana' } }], mayChange: false },
      },
    });
    const { body } = await operator('GET', `/api/playbook-runs/${runId}`);
    expect(body.status).toBe('completed');
  });

  test('a withdrawn approval of a step no longer counts, also when the same request is sent again', async () => {
    const { runId } = await sign('withdraw_step');
    const request = { requestId: 'vote 1' };
    await approve(ana, runId, request);
    expect((await withdraw(cleo, runId)).status).toBe(409);
    const withdrawn = await withdraw(ana, runId, { reason: 'Wrong case' });
    expect(withdrawn).toMatchObject({
      status: 200,
      body: { status: 'waiting', mayComplete: true, approvals: { given: [], mayChange: false } },
    });
    const again = await approve(ana, runId, request);
    expect([again.status, again.body.error.message]).toEqual([409, expect.stringMatching(/was withdrawn/)]);
    expect((await approve(bea, runId)).body).toMatchObject({ status: 'waiting', approvals: { given: [{}] } });
    const done = await approve(cleo, runId);
    expect(done.body).toMatchObject({ status: 'completed', approvals: { given: [{}, {}] } });
    expect((await withdraw(cleo, runId)).body.error.message).toMatch(/^Already completed by cleo/);
    const [{ id }] = (await operator('GET', '/api/events?type=StepApprovalWithdrawn&limit=1')).body.items;
    expect(id).toBeDefined();
  });
});
