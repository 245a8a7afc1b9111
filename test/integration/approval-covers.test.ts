import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Role } from '../../shared/identity/roles.ts';
import { createAuth } from '../../shared/identity/server/auth.ts';
import { seedIdentity } from '../../shared/identity/server/seed-identity.ts';
import { runWorkflowId } from '../../shared/playbooks/playbook-contract.ts';
import { connectAdmin } from '../support/connect-admin.ts';
import { eventually } from '../support/eventually.ts';
import { complete, publishPlaybook, runWhen, startRun, stepWhen } from '../support/playbook-runs.ts';
import { type ProviderServer, sendJson, startProvider } from '../support/provider-server.ts';
import { findSecret } from '../support/secret-scan.ts';
import {
  type Call,
  cookieOf,
  startTestApi,
  type TestApi,
  type TestTenant,
  testPassword,
} from '../support/test-api.ts';

describe('an approval is what runs', () => {
  let api: TestApi;
  let acme: TestTenant;
  let provider: ProviderServer;
  let operator: Call;
  let ana: Call;
  let ben: Call;

  beforeAll(async () => {
    provider = await startProvider((_request, response) => sendJson(response, 200, { refundId: 're_1' }));
    api = await startTestApi();
    acme = await api.tenant({ privateHosts: [provider.host] });
    operator = acme.as.operator;
    [ana, ben] = await Promise.all([person('ana', ['approver']), person('ben', ['approver'])]);
  });
  afterAll(async () => {
    await api?.close();
    await provider?.close();
  });

  /** Creates a person and signs them in. */
  async function person(name: string, roles: Role[], at = { api, tenant: acme }): Promise<Call> {
    const { slug } = at.tenant;
    const email = `${name}@${slug}.test`;
    const { environment, db } = at.api.services;
    const auth = createAuth({
      pool: db.authPool,
      secret: environment.INTERLOCK_AUTH_SECRET,
      publicUrl: environment.publicUrl,
    });
    await seedIdentity(auth, {
      tenants: [{ slug, name: slug }],
      users: [{ email, name, password: testPassword, memberships: [{ tenant: slug, roles }] }],
    });
    const cookie = cookieOf((await at.api.signIn(email, testPassword)).headers);
    const call = at.api.call(null);
    return (method, path, body, headers = {}) =>
      call(method, path, body, { cookie, 'x-tenant': slug, origin: environment.publicUrl, ...headers });
  }

  const definition = (name: string, more: object = {}) => ({
    name,
    type: 'http',
    retry: { maxAttempts: 1 },
    inputSchema: {
      type: 'object',
      required: ['amount'],
      properties: {
        amount: { type: 'number' },
        note: { type: 'string' },
        pin: { type: 'string', writeOnly: true },
      },
    },
    config: { method: 'POST', url: `${provider.url}/${name}` },
    ...more,
  });

  const sign = (more: object = {}) => ({ id: 'sign', type: 'approval', title: 'Sign off', ...more });
  const manual = (id: string, more: object = {}) => ({ id, type: 'manual', title: id, ...more });
  const refund = (tool: string, more: object = {}) => ({
    id: 'refund',
    type: 'call_tool',
    title: 'Refund',
    tool,
    input: { amount: '${{ exception.attributes.amount }}' },
    ...more,
  });

  /** A tool and a playbook of this name, and a run of it on a new exception. */
  async function begin(name: string, steps: unknown[], attributes: object = { amount: 12.5 }) {
    const tool = await acme.as.tool_admin('POST', '/api/tools', definition(name));
    expect(tool.status).toBe(201);
    const playbook = await publishPlaybook(acme.as.tool_admin, { name, steps });
    const exception = await operator('POST', '/api/exceptions', { title: name, attributes });
    const exceptionId = exception.body.id as string;
    const runId = await startRun(operator, playbook, { exceptionId });
    const setAttributes = async (next: object) => {
      const { status } = await operator('PUT', `/api/exceptions/${exceptionId}`, { attributes: next });
      expect(status).toBe(200);
    };
    return { name, runId, toolId: tool.body.id as string, setAttributes };
  }

  const sentTo = (name: string) =>
    provider.requests.filter(({ url }) => url === `/${name}`).map(({ body }) => JSON.parse(body));
  const approve = (as: Call, runId: string, more: object = {}) =>
    complete(as, runId, 'sign', { outcome: 'approved', ...more });
  const stepOf = async (runId: string, stepId: string) =>
    (await operator('GET', `/api/playbook-runs/${runId}/steps/${stepId}`)).body;

  test('an approval shows the exact request that it covers, and exactly that request runs, once', async () => {
    const { name, runId } = await begin('covers_plain', [sign(), refund('covers_plain')]);
    const waiting = await stepWhen(operator, runId, 'sign', 'waiting');
    expect(waiting.covers).toEqual([
      expect.objectContaining({
        stepId: 'refund',
        title: 'Refund',
        digest: expect.stringMatching(/^[0-9a-f]{64}$/),
        problem: null,
        issues: [],
        changes: [],
      }),
    ]);
    expect(waiting.covers[0].preview).toMatchObject({
      toolVersion: 1,
      request: { method: 'POST', url: `${provider.url}/${name}`, body: { amount: 12.5 } },
    });
    expect((await approve(ana, runId)).body.status).toBe('completed');
    await stepWhen(operator, runId, 'refund', 'waiting');
    expect((await complete(operator, runId, 'refund')).status).toBe(200);
    const run = await runWhen(operator, runId, (each) => each.status === 'completed');
    expect(run.steps[1].executionIds).toHaveLength(1);
    expect(sentTo(name)).toEqual([{ amount: 12.5 }]);
  });

  test('an input that the operator changed is not sent: the approval opens again with the difference', async () => {
    const { name, runId } = await begin('covers_input', [sign(), refund('covers_input')]);
    await stepWhen(operator, runId, 'sign', 'waiting');
    await approve(ana, runId);
    await stepWhen(operator, runId, 'refund', 'waiting');

    const changed = await complete(operator, runId, 'refund', { input: { amount: 1250 } });
    expect(changed.status).toBe(409);
    expect(changed.body.error).toMatchObject({
      code: 'not_approved',
      message: 'Not sent. The request differs from what ana approved. Sign off is open again.',
    });
    expect(sentTo(name)).toEqual([]);
    const reopened = await stepWhen(operator, runId, 'sign', 'waiting');
    expect(reopened.approvals.given).toEqual([]);
    expect(reopened.covers[0].changes).toEqual([{ path: 'body.amount', from: 12.5, to: 1250 }]);
    expect(reopened.covers[0].since).toBe('approved');
    expect(reopened.covers[0].preview.request.body).toEqual({ amount: 1250 });
    const held = await stepOf(runId, 'refund');
    expect(held).toMatchObject({ status: 'waiting', input: { amount: 1250 } });
    expect(held.failure.code).toBe('not_approved');

    // Neither the new request nor the old one runs while the approval is open.
    const again = await complete(operator, runId, 'refund');
    expect(again.body.error).toMatchObject({ code: 'not_approved' });
    expect(again.body.error.message).toContain('Sign off is waiting for any approver');
    expect((await stepOf(runId, 'sign')).covers[0].digest).toBe(reopened.covers[0].digest);

    expect((await approve(ana, runId)).body.status).toBe('completed');
    expect((await stepOf(runId, 'refund')).failure).toBeNull();
    expect((await complete(operator, runId, 'refund')).status).toBe(200);
    await runWhen(operator, runId, (each) => each.status === 'completed');
    expect(sentTo(name)).toEqual([{ amount: 1250 }]);
  });

  test('attributes that change while the approval waits are shown before anyone approves them', async () => {
    const { name, runId, setAttributes } = await begin('covers_edited', [sign(), refund('covers_edited')]);
    const shown = await stepWhen(operator, runId, 'sign', 'waiting');
    await setAttributes({ amount: 99_000 });
    const digest = shown.approvals.digest;
    const early = await approve(ana, runId, { previewDigest: digest });
    expect(early.status).toBe(409);
    expect(early.body.error.code).toBe('preview_changed');
    const refreshed = await stepOf(runId, 'sign');
    expect(refreshed).toMatchObject({ status: 'waiting', approvals: { given: [] } });
    expect(refreshed.covers[0].changes).toEqual([{ path: 'body.amount', from: 12.5, to: 99_000 }]);
    expect(refreshed.covers[0].since).toBe('shown');
    expect((await approve(ana, runId, { previewDigest: digest })).body.error.code).toBe('preview_changed');
    const vote = await approve(ana, runId, { previewDigest: refreshed.approvals.digest });
    expect(vote.body.status).toBe('completed');
    await stepWhen(operator, runId, 'refund', 'waiting');
    await complete(operator, runId, 'refund');
    await runWhen(operator, runId, (each) => each.status === 'completed');
    expect(sentTo(name)).toEqual([{ amount: 99_000 }]);
  });

  test('attributes that change after the approval open it again when its call opens', async () => {
    const steps = [sign(), manual('between'), refund('covers_later')];
    const { name, runId, setAttributes } = await begin('covers_later', steps);
    await stepWhen(operator, runId, 'sign', 'waiting');
    await approve(ana, runId);
    await stepWhen(operator, runId, 'between', 'waiting');
    await setAttributes({ amount: 13 });
    await complete(operator, runId, 'between');
    const reopened = await stepWhen(operator, runId, 'sign', 'waiting');
    expect(reopened.covers[0].changes).toEqual([{ path: 'body.amount', from: 12.5, to: 13 }]);
    await stepWhen(operator, runId, 'refund', 'waiting');
    expect((await complete(operator, runId, 'refund')).body.error.code).toBe('not_approved');
    expect(sentTo(name)).toEqual([]);
    await approve(ana, runId);
    await complete(operator, runId, 'refund');
    await runWhen(operator, runId, (each) => each.status === 'completed');
    expect(sentTo(name)).toEqual([{ amount: 13 }]);
  });

  test('a new version of the tool is not what was approved', async () => {
    const { name, runId, toolId } = await begin('covers_version', [sign(), refund('covers_version')]);
    await stepWhen(operator, runId, 'sign', 'waiting');
    await approve(ana, runId);
    await stepWhen(operator, runId, 'refund', 'waiting');
    const next = definition(name, {
      config: { method: 'POST', url: `${provider.url}/${name}`, query: { fast: 'yes' } },
    });
    expect((await acme.as.tool_admin('PUT', `/api/tools/${toolId}`, next)).status).toBe(200);
    expect((await complete(operator, runId, 'refund')).body.error.code).toBe('not_approved');
    const { covers } = await stepOf(runId, 'sign');
    expect(covers[0].changes).toEqual([
      { path: 'tool version', from: 1, to: 2 },
      { path: 'url', from: `${provider.url}/${name}`, to: `${provider.url}/${name}?fast=yes` },
    ]);
    expect(sentTo(name)).toEqual([]);
  });

  test('a hidden value that changes opens the approval again without being shown', async () => {
    const input = { amount: 1, pin: '${{ exception.attributes.pin }}' };
    const { name, runId } = await begin('covers_hidden', [sign(), refund('covers_hidden', { input })], {
      pin: 'pin-4711-first',
    });
    await stepWhen(operator, runId, 'sign', 'waiting');
    await approve(ana, runId);
    await stepWhen(operator, runId, 'refund', 'waiting');
    const sent = await complete(operator, runId, 'refund', { input: { amount: 1, pin: 'pin-4711-second' } });
    expect(sent.body.error.code).toBe('not_approved');
    const reopened = await stepOf(runId, 'sign');
    expect(reopened.covers[0].changes).toHaveLength(1);
    expect(reopened.covers[0].changes[0].path).toContain('hidden value');
    const admin = await connectAdmin();
    try {
      const { rows } = await admin.query(
        `SELECT s.*, (SELECT jsonb_agg(c) FROM step_completion c WHERE c.run_id = s.run_id) AS sent,
          (SELECT jsonb_agg(e) FROM event e WHERE e.data ->> 'runId' = s.run_id::text) AS told
        FROM playbook_step_run s WHERE s.run_id = $1`,
        [runId],
      );
      expect(rows).toHaveLength(2);
      const places = { rows: JSON.stringify(rows), view: JSON.stringify(reopened) };
      for (const pin of ['pin-4711-first', 'pin-4711-second']) expect(findSecret(places, pin)).toEqual([]);
    } finally {
      await admin.end();
    }
    await approve(ana, runId);
    await complete(operator, runId, 'refund');
    await runWhen(operator, runId, (each) => each.status === 'completed');
    expect(sentTo(name)).toEqual([{ amount: 1, pin: 'pin-4711-second' }]);
  });

  test('a request that is not known yet is approved once it is', async () => {
    const form = { type: 'object', required: ['amount'], properties: { amount: { type: 'number' } } };
    const steps = [
      sign({ covers: ['refund'] }),
      manual('between', { form }),
      refund('covers_unknown', { input: { amount: '${{ steps.between.output.amount }}' } }),
    ];
    const { name, runId } = await begin('covers_unknown', steps);
    const waiting = await stepWhen(operator, runId, 'sign', 'waiting');
    expect(waiting.covers[0]).toMatchObject({ stepId: 'refund', digest: null, preview: null });
    expect(waiting.covers[0].problem).toContain('between');
    await approve(ana, runId);
    await stepWhen(operator, runId, 'between', 'waiting');
    await complete(operator, runId, 'between', { input: { amount: 7 } });
    const reopened = await stepWhen(operator, runId, 'sign', 'waiting');
    expect(reopened.covers[0].preview.request.body).toEqual({ amount: 7 });
    await stepWhen(operator, runId, 'refund', 'waiting');
    expect((await complete(operator, runId, 'refund')).body.error.code).toBe('not_approved');
    await approve(ben, runId);
    await complete(operator, runId, 'refund');
    await runWhen(operator, runId, (each) => each.status === 'completed');
    expect(sentTo(name)).toEqual([{ amount: 7 }]);
  });

  test('two people approve again after a change, and one vote of before does not count', async () => {
    const steps = [sign({ required: 2 }), refund('covers_two')];
    const { name, runId, setAttributes } = await begin('covers_two', steps);
    await stepWhen(operator, runId, 'sign', 'waiting');
    expect((await approve(ana, runId)).body.approvals.given).toHaveLength(1);
    await setAttributes({ amount: 20 });
    expect((await approve(ben, runId)).body.error.code).toBe('preview_changed');
    expect((await approve(ben, runId)).body).toMatchObject({ status: 'waiting' });
    expect((await approve(ben, runId)).status).toBe(409);
    expect((await approve(ana, runId)).body.status).toBe('completed');
    await stepWhen(operator, runId, 'refund', 'waiting');
    expect((await complete(operator, runId, 'refund', { input: { amount: 21 } })).status).toBe(409);
    expect((await approve(ana, runId)).body).toMatchObject({ status: 'waiting' });
    expect((await complete(operator, runId, 'refund')).body.error.code).toBe('not_approved');
    expect((await stepOf(runId, 'sign')).approvals.given).toHaveLength(1);
    expect((await approve(ben, runId)).body.status).toBe('completed');
    await complete(operator, runId, 'refund');
    await runWhen(operator, runId, (each) => each.status === 'completed');
    expect(sentTo(name)).toEqual([{ amount: 21 }]);
  });

  test('of a completion and a change at the same moment, what runs is what is approved', async () => {
    const steps = [sign(), refund('covers_race')];
    const { name, runId } = await begin('covers_race', steps);
    await stepWhen(operator, runId, 'sign', 'waiting');
    await approve(ana, runId);
    await stepWhen(operator, runId, 'refund', 'waiting');
    const responses = await Promise.all(
      Array.from({ length: 8 }, (_, index) =>
        complete(
          index % 2 ? operator : acme.as.tenant_admin,
          runId,
          'refund',
          index % 2 ? {} : { input: { amount: 1000 + index } },
        ),
      ),
    );
    expect(responses.filter(({ status }) => status === 200).length).toBeLessThanOrEqual(1);
    for (const { amount } of sentTo(name)) expect(amount).toBe(12.5);
  });

  test('an approval that opened again and is rejected ends the run, and nothing is sent', async () => {
    const { name, runId } = await begin('covers_rejected', [sign(), refund('covers_rejected')]);
    await stepWhen(operator, runId, 'sign', 'waiting');
    await approve(ana, runId);
    await stepWhen(operator, runId, 'refund', 'waiting');
    await complete(operator, runId, 'refund', { input: { amount: 1250 } });
    const rejected = await complete(ana, runId, 'sign', { outcome: 'rejected', reason: 'too much' });
    expect(rejected.status).toBe(200);
    const run = await runWhen(operator, runId, (each) => each.status === 'failed');
    expect(run.reason).toContain('too much');
    expect(sentTo(name)).toEqual([]);
  });

  test('a call that failed runs again as it was approved, and is approved again when its input is corrected', async () => {
    const { name, runId } = await begin('covers_failed', [sign(), refund('covers_failed')]);
    await stepWhen(operator, runId, 'sign', 'waiting');
    await approve(ana, runId);
    await stepWhen(operator, runId, 'refund', 'waiting');
    const { respond } = provider;
    provider.respond = (_request, response) => sendJson(response, 422, { message: 'no' });
    try {
      for (const attempt of [1, 2]) {
        expect((await complete(operator, runId, 'refund')).status).toBe(200);
        await runWhen(
          operator,
          runId,
          ({ steps: [, step] }) => step.status === 'waiting' && step.executionIds.length === attempt,
        );
      }
    } finally {
      provider.respond = respond;
    }
    expect((await stepOf(runId, 'sign')).status).toBe('completed');
    const corrected = await complete(operator, runId, 'refund', { input: { amount: 12 } });
    expect(corrected.body.error.code).toBe('not_approved');
    await approve(ana, runId);
    expect((await complete(operator, runId, 'refund')).status).toBe(200);
    await runWhen(operator, runId, (each) => each.status === 'completed');
    expect(sentTo(name)).toEqual([{ amount: 12.5 }, { amount: 12.5 }, { amount: 12 }]);
  });

  test('an approval of before requests were stored is asked for again, with the request', async () => {
    const { name, runId } = await begin('covers_old', [sign(), refund('covers_old')]);
    await stepWhen(operator, runId, 'sign', 'waiting');
    await approve(ana, runId);
    await stepWhen(operator, runId, 'refund', 'waiting');
    const admin = await connectAdmin();
    await admin.query('UPDATE playbook_step_run SET covers = NULL WHERE run_id = $1', [runId]);
    await admin.end();
    expect((await complete(operator, runId, 'refund')).body.error.code).toBe('not_approved');
    expect((await stepOf(runId, 'sign')).covers[0].preview.request.body).toEqual({ amount: 12.5 });
    expect(sentTo(name)).toEqual([]);
    await approve(ana, runId);
    expect((await complete(operator, runId, 'refund')).status).toBe(200);
    await runWhen(operator, runId, (each) => each.status === 'completed');
    expect(sentTo(name)).toEqual([{ amount: 12.5 }]);
  });

  test('an approval that is open again is due again: it reminds and escalates', async () => {
    const times = {
      due: 'PT4S',
      reminder: 'PT0.5S',
      escalation: [{ after: 'PT0.3S', to: { role: 'tenant_admin' } }],
    };
    const { runId } = await begin('covers_due', [sign(times), refund('covers_due')]);
    await stepWhen(operator, runId, 'sign', 'waiting');
    expect((await approve(ana, runId)).body.status).toBe('completed');
    await stepWhen(operator, runId, 'refund', 'waiting');
    await complete(operator, runId, 'refund', { input: { amount: 1250 } });
    const again = await stepOf(runId, 'sign');
    expect(again).toMatchObject({ status: 'waiting', reminded: 0, escalated: 0 });
    const late = await runWhen(operator, runId, ({ steps: [step] }) => step.escalated === 1);
    expect(late.steps[0]).toMatchObject({ reminded: 1, assignee: { role: 'tenant_admin' } });
    const tom = await person('tom', ['tenant_admin']);
    expect((await approve(tom, runId)).body.status).toBe('completed');
    expect((await complete(operator, runId, 'refund')).status).toBe(200);
    await runWhen(operator, runId, (each) => each.status === 'completed');
  });

  test('a run that continues as new waits for an approval that is open again', async () => {
    const other = await startTestApi({ env: { INTERLOCK_RUN_HISTORY_LIMIT: '25' } });
    try {
      const tenant = await other.tenant({ privateHosts: [provider.host] });
      const { operator: starter, tool_admin: admin } = tenant.as;
      const approver = await person('ana', ['approver'], { api: other, tenant });
      await admin('POST', '/api/tools', definition('covers_long'));
      const steps = [sign(), refund('covers_long', { input: { amount: 1 } }), manual('after')];
      const playbookId = await publishPlaybook(admin, { name: 'covers_long', steps });
      const runId = await startRun(starter, playbookId);
      await stepWhen(starter, runId, 'sign', 'waiting');
      await approve(approver, runId);
      await stepWhen(starter, runId, 'refund', 'waiting');
      for (const amount of [2, 3, 4]) {
        expect((await complete(starter, runId, 'refund', { input: { amount } })).status).toBe(409);
        await stepWhen(starter, runId, 'sign', 'waiting');
        expect((await approve(approver, runId)).body.status).toBe('completed');
      }
      expect((await complete(starter, runId, 'refund')).status).toBe(200);
      await stepWhen(starter, runId, 'after', 'waiting');
      expect(sentTo('covers_long')).toEqual([{ amount: 4 }]);
      const workflowId = runWorkflowId({ playbookName: 'covers_long', id: runId });
      const { workflow } = other.services.temporal.client;
      const runs = workflow.list({ query: `WorkflowId = '${workflowId}'` })[Symbol.asyncIterator]();
      await runs.next();
      expect((await runs.next()).done).toBe(false);
    } finally {
      await other.close();
    }
  });

  test('an approval that is open again closes when its call is skipped', async () => {
    const steps = [sign(), refund('covers_skipped', { optional: true }), manual('after')];
    const { name, runId } = await begin('covers_skipped', steps);
    await stepWhen(operator, runId, 'sign', 'waiting');
    await approve(ana, runId);
    await stepWhen(operator, runId, 'refund', 'waiting');
    await complete(operator, runId, 'refund', { input: { amount: 1250 } });
    await stepWhen(operator, runId, 'sign', 'waiting');
    const skipped = await complete(operator, runId, 'refund', { outcome: 'skip', reason: 'paid by hand' });
    expect(skipped.body.status).toBe('skipped');
    expect(await stepOf(runId, 'sign')).toMatchObject({ status: 'skipped', reason: 'Its calls have ended.' });
    expect((await approve(ana, runId)).status).toBe(409);
    await stepWhen(operator, runId, 'after', 'waiting');
    await complete(operator, runId, 'after');
    await runWhen(operator, runId, (each) => each.status === 'completed');
    expect(sentTo(name)).toEqual([]);
  });

  test('a rejected approval that lets the run continue does not let its call run', async () => {
    const steps = [sign({ onReject: 'continue' }), refund('covers_continue'), manual('after')];
    const { name, runId } = await begin('covers_continue', steps);
    await stepWhen(operator, runId, 'sign', 'waiting');
    await complete(ana, runId, 'sign', { outcome: 'rejected', reason: 'no' });
    await stepWhen(operator, runId, 'after', 'waiting');
    expect(await stepOf(runId, 'refund')).toMatchObject({ status: 'skipped', outcome: 'not_approved' });
    expect(sentTo(name)).toEqual([]);

    const second = await startRun(
      operator,
      (await operator('GET', `/api/playbook-runs/${runId}`)).body.playbookId,
      { exceptionId: (await operator('GET', `/api/playbook-runs/${runId}`)).body.exceptionId },
    );
    await stepWhen(operator, second, 'sign', 'waiting');
    await approve(ana, second);
    await stepWhen(operator, second, 'refund', 'waiting');
    await complete(operator, second, 'refund', { input: { amount: 1250 } });
    await complete(ana, second, 'sign', { outcome: 'rejected', reason: 'no' });
    await stepWhen(operator, second, 'after', 'waiting');
    expect(await stepOf(second, 'refund')).toMatchObject({ status: 'skipped', outcome: 'not_approved' });
    expect(sentTo(name)).toEqual([]);
  });

  test('an approval whose condition was not met is asked for once it is, or the input is changed', async () => {
    const when = '${{ exception.attributes.amount > 500 }}';
    const steps = [sign({ when }), manual('between'), refund('covers_when')];
    const { name, runId, setAttributes } = await begin('covers_when', steps);
    await stepWhen(operator, runId, 'between', 'waiting');
    await setAttributes({ amount: 5000 });
    await complete(operator, runId, 'between');
    const opened = await stepWhen(operator, runId, 'sign', 'waiting');
    expect(opened.covers[0].preview.request.body).toEqual({ amount: 5000 });
    await stepWhen(operator, runId, 'refund', 'waiting');
    expect((await complete(operator, runId, 'refund')).body.error.code).toBe('not_approved');

    const { playbookId, exceptionId } = (await operator('GET', `/api/playbook-runs/${runId}`)).body;
    await setAttributes({ amount: 5 });
    const small = await startRun(operator, playbookId, { exceptionId });
    await stepWhen(operator, small, 'between', 'waiting');
    await complete(operator, small, 'between');
    await stepWhen(operator, small, 'refund', 'waiting');
    const changed = await complete(operator, small, 'refund', { input: { amount: 5000 } });
    expect(changed.body.error.code).toBe('not_approved');
    expect((await stepOf(small, 'sign')).status).toBe('waiting');

    const plain = await startRun(operator, playbookId, { exceptionId });
    await stepWhen(operator, plain, 'between', 'waiting');
    await complete(operator, plain, 'between');
    await stepWhen(operator, plain, 'refund', 'waiting');
    expect((await complete(operator, plain, 'refund')).status).toBe(200);
    await runWhen(operator, plain, (each) => each.status === 'completed');
    expect(sentTo(name)).toEqual([{ amount: 5 }]);
  });

  test('an input that only a person gives is not judged by the condition of an approval', async () => {
    const when = '${{ exception.attributes.large = true }}';
    const steps = [sign({ when }), refund('covers_given')];
    const { name, runId } = await begin('covers_given', steps, { large: false });
    const opened = await stepWhen(operator, runId, 'refund', 'waiting');
    expect(opened.issues).toHaveLength(1);
    const given = await complete(operator, runId, 'refund', { input: { amount: 5000 } });
    expect(given.body.error.code).toBe('not_approved');
    const asked = await stepOf(runId, 'sign');
    expect(asked).toMatchObject({ status: 'waiting', assignee: { role: 'approver' } });
    expect(asked.covers[0].preview.request.body).toEqual({ amount: 5000 });
    expect(sentTo(name)).toEqual([]);
  });

  test('who changes a request does not approve it', async () => {
    const dora = await person('dora', ['operator', 'approver']);
    const { runId } = await begin('covers_own', [sign({ noSelfApproval: true }), refund('covers_own')]);
    await stepWhen(operator, runId, 'sign', 'waiting');
    await approve(ana, runId);
    await stepWhen(operator, runId, 'refund', 'waiting');
    expect((await complete(dora, runId, 'refund', { input: { amount: 1250 } })).status).toBe(409);
    expect((await approve(dora, runId)).status).toBe(403);
    expect((await approve(ben, runId)).body.status).toBe('completed');
  });

  test('publishing refuses covers that do not follow the approval, and the plan names them', async () => {
    await acme.as.tool_admin('POST', '/api/tools', definition('covers_checked'));
    const steps = [
      { ...refund('covers_checked'), id: 'first' },
      sign({ covers: ['first', 'missing', 'look', 'one_branch'] }),
      manual('look'),
      {
        id: 'which',
        type: 'decision',
        title: 'Which',
        options: [
          { id: 'a', title: 'A', steps: [{ ...sign({ covers: ['in_b'] }), id: 'sign_a' }] },
          { id: 'b', title: 'B', steps: [{ ...refund('covers_checked'), id: 'in_b' }] },
        ],
      },
      { ...refund('covers_checked'), id: 'one_branch' },
    ];
    const as = acme.as.tool_admin;
    const created = await as('POST', '/api/playbooks', { name: 'covers_checked', title: 'Checked', steps });
    const plan = await as('GET', `/api/playbooks/${created.body.id}/publish-plan`);
    const problems = Object.fromEntries(
      plan.body.issues.map((each: { path: string; message: string }) => [each.path, each.message]),
    );
    expect(problems).toEqual({
      '/steps/1/covers/0': 'first does not come after this approval',
      '/steps/1/covers/1': 'Step missing not found',
      '/steps/1/covers/2': 'look calls no tool',
      '/steps/3/options/0/steps/0/covers/0':
        'in_b does not always come after this approval: sign_a is in another option of which',
    });
    expect(plan.body.covers).toContainEqual({
      stepId: 'sign',
      calls: expect.arrayContaining([{ stepId: 'one_branch', known: true }]),
    });
  });

  describe('an approval that cannot be opened', () => {
    const stuckSign = (more: object) => [sign(more), refund('covers_plain')];
    const missing = { user: '${{ exception.attributes.owner }}' };
    const events = async (runId: string, type: string) => {
      const { body } = await operator('GET', `/api/events?type=${type}&limit=200`);
      return body.items.filter((event: { data: { runId?: string } }) => event.data.runId === runId);
    };

    async function stuckRun(name: string, more: object, starter: Call = operator) {
      const playbook = await publishPlaybook(acme.as.tool_admin, { name, steps: stuckSign(more) });
      const exception = await operator('POST', '/api/exceptions', { title: name, attributes: { amount: 1 } });
      const runId = await startRun(starter, playbook, { exceptionId: exception.body.id });
      const step = await stepWhen(operator, runId, 'sign', 'waiting');
      expect(step.failure.code).toBe('expression_error');
      return { runId, step, exceptionId: exception.body.id as string };
    }

    test.each([
      ['assignee', { assignee: missing }],
      ['approver', { approvers: [missing] }],
      ['condition', { when: '${{ $number(exception.attributes.nothing.at) > $number("x") }}' }],
    ])('stays with approvers, who try again or abort: its %s', async (what, more) => {
      const { runId, step } = await stuckRun(`stuck_${what}`, more);
      expect(step.outcomes.map(({ id }: { id: string }) => id)).toEqual(['retry', 'abort']);
      expect(step.assignee).toEqual({ role: 'approver' });
      for (const as of [operator, acme.as.tool_admin])
        for (const outcome of ['retry', 'abort'])
          expect((await complete(as, runId, 'sign', { outcome, reason: 'x' })).status).toBe(403);
      expect((await complete(ana, runId, 'sign', { outcome: 'skip', reason: 'x' })).status).toBe(422);
      expect((await complete(ana, runId, 'sign', { outcome: 'approved' })).status).toBe(422);
      const aborted = await complete(ana, runId, 'sign', { outcome: 'abort', reason: 'wrong playbook' });
      expect(aborted.status).toBe(200);
      await runWhen(operator, runId, (each) => each.status === 'failed');
    });

    test('is not moved by a message to Temporal', async () => {
      const { runId } = await stuckRun('stuck_direct', { assignee: missing });
      const workflowId = runWorkflowId({ playbookName: 'stuck_direct', id: runId });
      const handle = api.services.temporal.client.workflow.getHandle(workflowId);
      for (const outcome of ['skip', 'retry', 'abort', 'approved'])
        await handle.signal('completeStep', { stepId: 'sign', outcome, reason: 'from Temporal' });
      await eventually(async () => (await events(runId, 'StepCompletionRefused')).length === 4);
      expect(await stepOf(runId, 'sign')).toMatchObject({
        status: 'waiting',
        failure: { code: 'expression_error' },
      });
    });

    test('is not decided by who started the run, and is approved after a retry by the same person', async () => {
      const eva = await person('eva', ['operator', 'approver']);
      const more = { assignee: missing, approvers: [{ role: 'approver' }], noSelfApproval: true };
      const { runId, exceptionId } = await stuckRun('stuck_own', more, eva);
      for (const outcome of ['retry', 'abort'])
        expect((await complete(eva, runId, 'sign', { outcome, reason: 'x' })).status).toBe(403);
      await operator('PUT', `/api/exceptions/${exceptionId}`, {
        attributes: { amount: 1, owner: `ben@${acme.slug}.test` },
      });
      const retried = await complete(ana, runId, 'sign', { outcome: 'retry' });
      expect(retried.body).toMatchObject({ status: 'waiting', failure: null, approvals: { given: [] } });
      expect(retried.body.covers[0].preview.request.body).toEqual({ amount: 1 });
      expect((await approve(ana, runId)).body.status).toBe('completed');
    });
  });
});
