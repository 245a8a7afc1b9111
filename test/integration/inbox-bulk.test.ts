import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { freePort } from '../../dev/free-port.ts';
import { projectRoot } from '../../dev/paths.ts';
import { listWaiting } from '../../shared/executions/db/executions-approval.ts';
import type { Role } from '../../shared/identity/roles.ts';
import { requireApproval } from '../support/approvals.ts';
import { connectTo } from '../support/connect-admin.ts';
import { eventually } from '../support/eventually.ts';
import { createOwnDatabase } from '../support/own-database.ts';
import { peopleOf } from '../support/people.ts';
import { complete, publishPlaybook, runWhen, startRun, stepWhen } from '../support/playbook-runs.ts';
import { type ProviderServer, sendJson, startProvider } from '../support/provider-server.ts';
import {
  type Call,
  callerOf,
  issuePaths,
  startTestApi,
  type TestApi,
  type TestTenant,
  testAuthSecret,
} from '../support/test-api.ts';

let api: TestApi;
let databaseUrl: string;
let adminUrl: string;
let acme: TestTenant;
let globex: TestTenant;
let provider: ProviderServer;
let ana: Call;
let bea: Call;
let paying: string;
let checking: string;
let signing: string;
let pay: string;
let refunds: string;
let twice: string;
const mail = (name: string) => `${name}@${acme.slug}.test`;

beforeAll(async () => {
  // A process that starts looks at every sealed value: those of other tests are sealed with other keys.
  ({ databaseUrl, adminUrl } = await createOwnDatabase());
  api = await startTestApi({ databaseUrl });
  [acme, globex] = [await api.tenant(), await api.tenant()];
  provider = await startProvider((_, response) => sendJson(response, 200, { paid: true }));
  await acme.as.tenant_admin('PUT', '/api/settings/egress', { privateHosts: [provider.host] });
  const people = peopleOf(api, acme);
  const both: Role[] = ['operator', 'approver'];
  [ana, bea] = [await people.person(mail('ana'), both), await people.person(mail('bea'), both)];
  const tool = async (name: string) => {
    const { status, body } = await acme.as.tool_admin('POST', '/api/tools', {
      name,
      type: 'http',
      inputSchema: { type: 'object', required: ['ref'], properties: { ref: { type: 'string' } } },
      config: { method: 'POST', url: `${provider.url}/pay/{ref}` },
    });
    expect(status, JSON.stringify(body)).toBe(201);
    return body.id as string;
  };
  [pay, refunds, twice] = [await tool('pay'), await tool('refund'), await tool('refund_twice')];
  await requireApproval(acme, refunds);
  await requireApproval(acme, twice, { required: 2 });
  paying = await publishPlaybook(acme.as.tool_admin, {
    name: 'paying',
    title: 'Paying',
    steps: [
      {
        id: 'pay',
        type: 'call_tool',
        title: 'Pay',
        tool: 'pay',
        optional: true,
        input: { ref: '${{ exception.attributes.ref }}' },
      },
    ],
  });
  checking = await publishPlaybook(acme.as.tool_admin, {
    name: 'checking',
    title: 'Checking',
    steps: [
      {
        id: 'check',
        type: 'manual',
        title: 'Check',
        form: {
          type: 'object',
          required: ['found'],
          properties: { found: { type: 'string', title: 'What was found' } },
        },
      },
    ],
  });
  signing = await publishPlaybook(acme.as.tool_admin, {
    name: 'signing',
    title: 'Signing',
    steps: [{ id: 'sign', type: 'approval', title: 'Sign', required: 2 }],
  });
});
afterAll(async () => {
  await api?.close();
  await provider?.close();
});

interface Item {
  id: string;
}
interface Ref {
  runId: string;
  stepId: string;
}

/** Cases whose runs wait at this step. */
async function waiting(
  playbook: string,
  stepId: string,
  count: number,
  as = acme.as.tenant_admin,
): Promise<Ref[]> {
  return Promise.all(
    Array.from({ length: count }, async () => {
      const made = await acme.as.tenant_admin('POST', '/api/exceptions', {
        title: 'Not paid',
        attributes: { ref: uuidv7() },
      });
      const runId = await startRun(as, playbook, { exceptionId: made.body.id });
      await stepWhen(as, runId, stepId, 'waiting');
      return { runId, stepId };
    }),
  );
}

const preview = async (as: Call, items: Ref[], more: object = {}) => {
  const { status, body } = await as('POST', '/api/inbox/preview-completion', { items, ...more });
  expect(status, JSON.stringify(body)).toBe(200);
  return body;
};
// biome-ignore lint/suspicious/noExplicitAny: of a response
const shown = (body: any) =>
  body.items.map(({ runId, stepId, digest }: Ref & { digest: string }) => ({ runId, stepId, digest }));
/** "done 3, already_done 1" */
// biome-ignore lint/suspicious/noExplicitAny: of a response
const counts = ({ body }: { body: any }) =>
  Object.fromEntries(
    [...Map.groupBy(body.items, ({ result }: { result: string }) => result)].map(([result, of]) => [
      result,
      of.length,
    ]),
  );
const paid = (ref: string) => provider.requests.filter(({ url }) => url === `/pay/${ref}`).length;
const refOf = async ({ runId, stepId }: Ref) =>
  (await ana('GET', `/api/playbook-runs/${runId}/steps/${stepId}`)).body.input.ref as string;

test('many steps are claimed, released and assigned at once, each by itself, and only one’s own', async () => {
  const [first, second, third] = (await waiting(checking, 'check', 3)) as [Ref, Ref, Ref];
  const [foreign] = await (async () => {
    const id = await publishPlaybook(globex.as.tool_admin, {
      name: 'foreign',
      steps: [{ id: 'check', type: 'manual', title: 'Check' }],
    });
    const runId = await startRun(globex.as.operator, id);
    return [{ runId, stepId: 'check' }];
  })();
  await bea('POST', '/api/inbox/claim', { items: [second] });
  const claimed = await ana('POST', '/api/inbox/claim', {
    items: [first, second, third, foreign, { runId: first.runId, stepId: 'other' }],
  });
  expect(claimed.body.items).toMatchObject([
    { ...first, result: 'done', code: null, message: null },
    { ...second, result: 'refused', code: 'conflict', message: expect.stringContaining('bea has claimed') },
    { ...third, result: 'done' },
    { ...foreign, result: 'refused', code: 'not_found' },
    { result: 'refused', code: 'not_found' },
  ]);
  const stepOf = async ({ runId, stepId }: Ref) =>
    (await ana('GET', `/api/playbook-runs/${runId}/steps/${stepId}`)).body;
  expect((await stepOf(third)).claimedBy.name).toBe('ana');
  expect((await stepOf(second)).claimedBy.name).toBe('bea');
  const taken = await ana('POST', '/api/inbox/claim', { items: [second], takeOver: true });
  expect(taken.body.items).toMatchObject([{ result: 'done' }]);
  expect(counts(await bea('POST', '/api/inbox/release', { items: [first] }))).toEqual({ refused: 1 });
  expect(counts(await ana('POST', '/api/inbox/release', { items: [first, second] }))).toEqual({ done: 2 });
  expect((await stepOf(first)).claimedBy).toBeNull();

  const assigned = await ana('POST', '/api/inbox/assign', { items: [first, third], user: mail('bea') });
  expect(counts(assigned)).toEqual({ done: 2 });
  expect((await stepOf(third)).assignee).toEqual({ user: mail('bea') });
  const events = await acme.as.tenant_admin('GET', '/api/events?type=StepAssigned');
  expect(events.body.items).toHaveLength(2);

  // A bad request does nothing.
  for (const [path, body, at] of [
    ['assign', { items: [second], role: 'king' }, '/role'],
    ['assign', { items: [second], role: 'viewer', user: mail('bea') }, '/user'],
    ['claim', { items: [second, second] }, '/items/1'],
    ['claim', { items: [] }, '/items'],
    ['claim', { items: Array.from({ length: 101 }, (_, n) => ({ runId: `r${n}`, stepId: 's' })) }, '/items'],
  ] as const) {
    const refused = await ana('POST', `/api/inbox/${path}`, body);
    expect([refused.status, issuePaths(refused)], path).toEqual([422, [at]]);
  }
  expect((await stepOf(second)).claimedBy).toBeNull();
  expect(counts(await acme.as.viewer('POST', '/api/inbox/claim', { items: [second] }))).toEqual({
    refused: 1,
  });
});

test('a preview lists each request exactly, and says of the others why they are left out', async () => {
  const steps = await waiting(paying, 'pay', 4);
  const [check] = (await waiting(checking, 'check', 1)) as [Ref];
  const [, mine, claimed, done] = steps as [Ref, Ref, Ref, Ref];
  await bea('POST', '/api/inbox/claim', { items: [claimed] });
  await complete(bea, done.runId, 'pay');
  await runWhen(ana, done.runId, ({ status }) => status === 'completed');
  const body = await preview(ana, [...steps, check, { runId: uuidv7(), stepId: 'pay' }]);
  expect(body.step).toMatchObject({
    id: 'pay',
    title: 'Pay',
    playbookTitle: 'Paying',
    playbookVersion: 1,
    outcome: 'run',
    form: null,
  });
  expect(body.items.map(({ runId }: Ref) => runId)).toEqual([steps[0]!.runId, mine.runId]);
  const single = await ana('POST', `/api/playbook-runs/${mine.runId}/steps/pay/preview`, {});
  // Each digest has a nonce.
  expect(body.items[1].preview).toEqual({ ...single.body, digest: expect.any(String) });
  expect(body.items[1].preview.request.url).toBe(`${provider.url}/pay/${await refOf(mine)}`);
  expect(body.leftOut).toMatchObject([
    { ...claimed, why: 'not_allowed', message: expect.stringContaining('bea has claimed') },
    { ...done, why: 'not_allowed', message: expect.stringContaining('Already completed by bea') },
    { ...check, why: 'not_alike', message: 'It is another step: Check of Checking v1.', title: 'Check' },
    { why: 'not_found', title: null },
  ]);
  const common = await ana('POST', '/api/inbox/preview-completion', { items: [mine], input: { ref: 'x' } });
  expect([common.status, issuePaths(common)]).toEqual([422, ['/input']]);
  // Nothing of another tenant is shown.
  expect(await preview(globex.as.operator, [mine])).toMatchObject({
    step: null,
    items: [],
    leftOut: [{ why: 'not_found', title: null, exception: null }],
  });
  expect(paid(await refOf(mine))).toBe(0);
});

test('alike steps are completed once, and what changed since the preview is left and said', async () => {
  const steps = await waiting(paying, 'pay', 5);
  const [, taken, failed] = steps as [Ref, Ref, Ref];
  const items = shown(await preview(ana, steps));
  // Of these two, something else became while the preview was read.
  await complete(bea, taken.runId, 'pay');
  await runWhen(bea, taken.runId, ({ status }) => status === 'completed');
  provider.respond = (_, response) => sendJson(response, 400, { message: 'No funds' });
  await complete(bea, failed.runId, 'pay');
  await stepWhen(bea, failed.runId, 'pay', 'waiting');
  await eventually(async () => {
    const { body } = await bea('GET', `/api/playbook-runs/${failed.runId}/steps/pay`);
    return body.failure?.code === 'provider_error';
  });
  provider.respond = (_, response) => sendJson(response, 200, { paid: true });

  const request = { items, requestId: uuidv7() };
  const first = await ana('POST', '/api/inbox/complete', request);
  expect(counts(first)).toEqual({ done: 3, already_done: 1, changed: 1 });
  expect(first.body.items[1]).toMatchObject({ ...taken, result: 'already_done', by: 'bea' });
  expect(first.body.items[2]).toMatchObject({ ...failed, result: 'changed', code: 'preview_changed' });
  for (const { runId } of [steps[0]!, steps[3]!, steps[4]!])
    await runWhen(ana, runId, ({ status }) => status === 'completed');
  expect(counts(await ana('POST', '/api/inbox/complete', request))).toEqual({
    done: 3,
    already_done: 1,
    changed: 1,
  });
  for (const step of steps) expect(paid(await refOf(step)), JSON.stringify(step)).toBe(1);

  const [other] = (await waiting(paying, 'pay', 1)) as [Ref];
  const [digest] = shown(await preview(ana, [other], { outcome: 'skip', reason: 'Paid by hand' }));
  // What was previewed as skipped is not sent.
  expect(counts(await ana('POST', '/api/inbox/complete', { items: [digest], requestId: 'a' }))).toEqual({
    changed: 1,
  });
  const another = { items: [digest], outcome: 'skip', requestId: 'b' };
  expect(issuePaths(await ana('POST', '/api/inbox/complete', another))).toEqual(['/reason']);
  expect(counts(await ana('POST', '/api/inbox/complete', { ...another, reason: 'By hand' }))).toEqual({
    done: 1,
  });
  expect(counts(await ana('POST', '/api/inbox/complete', { ...another, reason: 'Another' }))).toEqual({
    refused: 1,
  });
  expect(paid(await refOf(other))).toBe(0);
});

test('one form is for all of them; what is invalid completes none', async () => {
  const steps = await waiting(checking, 'check', 3);
  const body = await preview(ana, steps);
  expect(body.step.form.required).toEqual(['found']);
  const items = shown(body);
  const [pay] = shown(await preview(ana, await waiting(paying, 'pay', 1)));
  const send = (more: object) => ana('POST', '/api/inbox/complete', { items, requestId: 'once', ...more });
  expect(issuePaths(await ana('POST', '/api/inbox/preview-completion', { items: steps, input: {} }))).toEqual(
    ['/input/found'],
  );
  expect(issuePaths(await send({ input: {} }))).toEqual(['/input/found']);
  expect(issuePaths(await send({ items: [...items, pay], input: { found: 'x' } }))).toEqual(['/items/3']);
  // Written in capitals, it is the same run.
  const loud = { ...items[0], runId: items[0].runId.toUpperCase() };
  expect(issuePaths(await send({ items: [...items, loud], input: { found: 'x' } }))).toEqual(['/items/3']);
  expect((await preview(ana, [{ runId: loud.runId, stepId: loud.stepId }])).items).toHaveLength(1);
  expect(issuePaths(await send({ outcome: 'happened', input: { found: 'x' } }))).toEqual(['/outcome']);
  const wrong = items.map((item: object) => ({ ...item, digest: 'f'.repeat(64) }));
  expect(counts(await send({ items: wrong, requestId: 'wrong', input: { found: 'x' } }))).toEqual({
    changed: 3,
  });
  expect(counts(await send({ input: { found: 'A typo' } }))).toEqual({ done: 3 });
  for (const { runId } of steps) {
    const run = await runWhen(ana, runId, ({ status }) => status === 'completed');
    expect(run.steps[0]).toMatchObject({ output: { found: 'A typo' }, completedBy: { name: 'ana' } });
  }
});

test('approvals stay with each person: no one approves their own, or twice', async () => {
  const others = await waiting(signing, 'sign', 2);
  const [own] = (await waiting(signing, 'sign', 1, ana)) as [Ref];
  const body = await preview(ana, [...others, own]);
  expect(body.step).toMatchObject({ outcome: null, type: 'approval' });
  expect(body.leftOut).toMatchObject([
    { ...own, why: 'not_allowed', message: expect.stringContaining('took part') },
  ]);
  const request = { items: shown(body), outcome: 'approved', requestId: 'votes' };
  expect(counts(await ana('POST', '/api/inbox/complete', request))).toEqual({ done: 2 });
  expect(counts(await ana('POST', '/api/inbox/complete', request))).toEqual({ done: 2 });
  expect(counts(await ana('POST', '/api/inbox/complete', { ...request, requestId: 'again' }))).toEqual({
    refused: 2,
  });
  const [digest] = request.items;
  const forced = { ...digest, ...own };
  expect(
    counts(await ana('POST', '/api/inbox/complete', { ...request, items: [forced], requestId: 'own' })),
  ).toEqual({ refused: 1 });
  for (const { runId } of others)
    expect((await ana('GET', `/api/playbook-runs/${runId}`)).body.steps[0]).toMatchObject({
      status: 'waiting',
      approvals: { given: [{ by: { name: 'ana' } }] },
    });
  const hers = shown(await preview(bea, others, { outcome: 'approved' }));
  expect(
    counts(await bea('POST', '/api/inbox/complete', { ...request, items: hers, requestId: 'hers' })),
  ).toEqual({ done: 2 });
  for (const { runId } of others) await runWhen(ana, runId, ({ status }) => status === 'completed');
});

test('two people complete the same steps at once: each step once, and each learns of the other', async () => {
  const steps = await waiting(paying, 'pay', 12);
  const [anas, beas] = [shown(await preview(ana, steps)), shown(await preview(bea, steps))];
  const [first, second] = await Promise.all([
    ana('POST', '/api/inbox/complete', { items: anas, requestId: 'race' }),
    bea('POST', '/api/inbox/complete', { items: beas.toReversed(), requestId: 'race of bea' }),
  ]);
  // biome-ignore lint/suspicious/noExplicitAny: of a response
  const done = (each: any) => each.body.items.filter(({ result }: { result: string }) => result === 'done');
  expect(done(first).length + done(second).length, JSON.stringify([first.body, second.body])).toBe(12);
  for (const { runId } of steps) await runWhen(ana, runId, ({ status }) => status === 'completed');
  for (const step of steps) expect(paid(await refOf(step))).toBe(1);
});

/** Executions that wait for approvals. */
const asked = async (tool: string, count: number, as = acme.as.operator): Promise<Item[]> =>
  Promise.all(
    Array.from({ length: count }, async () => {
      const { status, body } = await as('POST', `/api/tools/${tool}/execute`, { payload: { ref: uuidv7() } });
      expect([status, body.status]).toEqual([202, 'requested']);
      return { id: body.id };
    }),
  );
const decisions = async (as: Call, items: Item[]) => {
  const { status, body } = await as('POST', '/api/inbox/preview-decisions', { items });
  expect(status, JSON.stringify(body)).toBe(200);
  return body;
};
// biome-ignore lint/suspicious/noExplicitAny: of a response
const undecided = (body: any): (Item & { digest: string })[] =>
  // biome-ignore lint/suspicious/noExplicitAny: of a response
  body.items.map(({ execution: { id }, digest }: any) => ({ id, digest }));
const executionOf = async ({ id }: Item) => (await ana('GET', `/api/tools/executions/${id}`)).body;
const ended = ({ id }: Item) =>
  eventually(async () => {
    const execution = await executionOf({ id });
    return execution.status === 'succeeded' || execution.status === 'failed' ? execution : undefined;
  });

test('many executions are approved after one preview of every request, each once and each by its own rules', async () => {
  const fit = await asked(refunds, 4);
  const [own] = (await asked(refunds, 1, ana)) as [Item];
  const [gone] = (await asked(refunds, 1)) as [Item];
  await bea('POST', `/api/tools/executions/${gone.id}/reject`, { reason: 'Not ours' });
  const [plain] = [
    (await acme.as.operator('POST', `/api/tools/${pay}/execute`, { payload: { ref: 'x' } })).body,
  ];
  const all = [...fit, own, gone, { id: plain.id }, { id: uuidv7() }, { id: 'x' }];
  const body = await decisions(ana, all);
  expect(undecided(body).map(({ id }) => ({ id }))).toEqual(fit);
  const { input } = await executionOf(fit[1]!);
  expect(body.items[1]).toMatchObject({
    execution: { toolTitle: 'refund', required: 1, approved: 0, waitingOn: 'Any approver' },
    request: { request: { method: 'POST', url: `${provider.url}/pay/${input.ref}` } },
    exception: null,
  });
  expect(body.leftOut).toMatchObject([
    { ...own, why: 'not_allowed', message: expect.stringContaining('someone else must decide') },
    {
      ...gone,
      why: 'ended',
      message: expect.stringContaining('Already rejected by bea'),
      toolTitle: 'refund',
    },
    { id: plain.id, why: 'not_found' },
    { why: 'not_found', toolTitle: null },
    { id: 'x', why: 'not_found' },
  ]);
  // Nothing of another tenant is shown or decided.
  const foreign = await decisions(globex.as.approver, fit);
  expect(foreign).toMatchObject({ items: [], leftOut: [{ why: 'not_found', toolTitle: null }, {}, {}, {}] });
  const items = undecided(body);
  const sent = { items, outcome: 'approved', requestId: 'refunds' };
  expect(counts(await globex.as.approver('POST', '/api/inbox/decide', sent))).toEqual({ refused: 4 });
  expect(counts(await acme.as.operator('POST', '/api/inbox/decide', sent))).toEqual({ refused: 4 });

  // A bad request does nothing.
  for (const [more, at] of [
    [{ outcome: 'rejected' }, '/reason'],
    [{ outcome: 'maybe' }, '/outcome'],
    [{ items: [items[0], { ...items[0], id: items[0]!.id.toUpperCase() }] }, '/items/1'],
    [{ items: [] }, '/items'],
  ] as const) {
    const refused = await ana('POST', '/api/inbox/decide', { ...sent, ...more });
    expect([refused.status, issuePaths(refused)], at).toEqual([422, [at]]);
  }
  // Neither one’s own, nor what was not shown.
  const forced = [
    { ...items[0]!, ...own },
    { ...items[0]!, digest: items[1]!.digest },
  ];
  const tried = await ana('POST', '/api/inbox/decide', { ...sent, items: forced });
  expect(tried.body.items).toMatchObject([
    { ...own, result: 'refused', code: 'forbidden' },
    { ...fit[0], result: 'changed', code: 'preview_changed' },
  ]);
  for (const each of fit) expect((await executionOf(each)).approval.votes).toEqual([]);

  const first = await ana('POST', '/api/inbox/decide', sent);
  expect(counts(first), JSON.stringify(first.body)).toEqual({ done: 4 });
  expect(counts(await ana('POST', '/api/inbox/decide', sent))).toEqual({ done: 4 });
  for (const each of fit) {
    const execution = await ended(each);
    expect(execution).toMatchObject({ status: 'succeeded', approval: { votes: [{ by: { name: 'ana' } }] } });
    expect(paid(execution.input.ref)).toBe(1);
  }
  // Another decision under the same id is another request.
  expect(
    counts(await ana('POST', '/api/inbox/decide', { ...sent, outcome: 'rejected', reason: 'No' })),
  ).toEqual({ already_done: 4 });

  const others = await asked(refunds, 2);
  const rejected = await ana('POST', '/api/inbox/decide', {
    items: undecided(await decisions(ana, others)),
    outcome: 'rejected',
    reason: 'Twice',
    requestId: 'no',
  });
  expect(counts(rejected)).toEqual({ done: 2 });
  for (const each of others) {
    const execution = await ended(each);
    expect(execution).toMatchObject({
      status: 'failed',
      approval: { status: 'rejected', votes: [{ reason: 'Twice' }] },
    });
    expect(paid(execution.input.ref)).toBe(0);
  }
});

test('a request that is too large for a list is decided by itself, and no list reads it', async () => {
  const { body: made } = await acme.as.tool_admin('POST', '/api/tools', {
    name: 'write',
    type: 'dummy',
    inputSchema: { type: 'object', properties: { ref: { type: 'string' }, text: { type: 'string' } } },
    config: { response: {} },
  });
  await requireApproval(acme, made.id);
  const [small] = (await asked(made.id, 1)) as [Item];
  const { body: large } = await acme.as.operator('POST', `/api/tools/${made.id}/execute`, {
    payload: { text: 'x'.repeat(40_000) },
  });
  const found = await decisions(
    ana,
    [large, small].map(({ id }) => ({ id })),
  );
  expect(found.leftOut).toMatchObject([{ id: large.id, why: 'by_itself', toolTitle: 'write' }]);
  expect(undecided(found)).toMatchObject([small]);
  const rows = await api.services.db.tenant(acme.id, (connection) => listWaiting(connection, [large.id]));
  expect(rows).toHaveLength(1);
  expect(JSON.stringify(rows).length).toBeLessThan(5000);
});

test('two people decide the same executions at once: each is sent once, and each learns of the other', async () => {
  const items = await asked(refunds, 12);
  const [anas, beas] = [undecided(await decisions(ana, items)), undecided(await decisions(bea, items))];
  const [first, second] = await Promise.all([
    ana('POST', '/api/inbox/decide', { items: anas, outcome: 'approved', requestId: 'both' }),
    bea('POST', '/api/inbox/decide', { items: beas.toReversed(), outcome: 'approved', requestId: 'both' }),
  ]);
  const [one, two] = [counts(first), counts(second)];
  expect((one.done ?? 0) + (two.done ?? 0), JSON.stringify([first.body, second.body])).toBe(12);
  expect((one.already_done ?? 0) + (two.already_done ?? 0)).toBe(12);
  for (const { result, by } of first.body.items) if (result !== 'done') expect(by).toBe('bea');
  for (const each of items) expect(paid((await ended(each)).input.ref)).toBe(1);

  // Where two are required, both count; who takes the vote back is not made to vote again by a late request.
  const double = await asked(twice, 2);
  const sent = { items: undecided(await decisions(ana, double)), outcome: 'approved', requestId: 'late' };
  const late = () => ana('POST', '/api/inbox/decide', sent);
  expect((await Promise.all([late(), late()])).map(counts)).toEqual([{ done: 2 }, { done: 2 }]);
  const [back, stays] = double as [Item, Item];
  await ana('POST', `/api/tools/executions/${back.id}/withdraw`, {});
  expect((await late()).body.items).toMatchObject([
    { ...back, result: 'changed' },
    { ...stays, result: 'done' },
  ]);
  expect((await executionOf(back)).approval.votes).toEqual([]);
  const hers = { ...sent, items: undecided(await decisions(bea, [stays])), requestId: 'hers' };
  expect(counts(await bea('POST', '/api/inbox/decide', hers))).toEqual({ done: 1 });
  expect((await ended(stays)).approval.votes).toHaveLength(2);
});

test('a process that is killed in the middle: the same request does the rest, and nothing twice', {
  timeout: 240_000,
}, async () => {
  const steps = await waiting(checking, 'check', 30);
  const items = shown(await preview(acme.as.operator, steps));
  const approvals = await asked(refunds, 30);
  const votes = {
    items: undecided(await decisions(acme.as.approver, approvals)),
    outcome: 'approved',
    requestId: 'killed',
  };
  const servers = inject('servers');
  const port = await freePort('a second API', 0);
  const dir = mkdtempSync(join(tmpdir(), 'interlock-bulk-'));
  const admin = await connectTo(adminUrl);
  const child: ChildProcess = spawn(process.execPath, [join(projectRoot, 'api/main.ts')], {
    cwd: projectRoot,
    stdio: 'ignore',
    env: {
      PATH: process.env.PATH,
      DATABASE_URL: databaseUrl,
      TEMPORAL_ADDRESS: servers.temporalAddress,
      INTERLOCK_TASK_QUEUE: api.taskQueue,
      INTERLOCK_AUTH_SECRET: testAuthSecret,
      INTERLOCK_VAULT_KEYS_FILE: join(dir, 'keys.json'),
      INTERLOCK_PORT: String(port),
      INTERLOCK_PUBLIC_URL: `http://127.0.0.1:${port}`,
      INTERLOCK_ROLES: 'api',
    },
  });
  try {
    const url = `http://127.0.0.1:${port}`;
    await eventually(async () => (await fetch(`${url}/readyz`)).ok, { timeoutMs: 100_000 });
    const countOf = async (type: string) =>
      (await acme.as.tenant_admin('GET', `/api/events?type=${type}&limit=200`)).body.items.length;
    const completed = () => countOf('StepCompleted');
    const approved = () => countOf('ToolExecutionApproved');
    const [before, approvedBefore] = [await completed(), await approved()];
    const request = { items, input: { found: 'Nothing' }, requestId: 'killed' };
    // Neither can be answered before the process is killed.
    await admin.query('BEGIN');
    for (const [table, id] of [
      ['playbook_run', steps.at(-1)!.runId],
      ['tool_execution', approvals.at(-1)!.id],
    ])
      expect((await admin.query(`SELECT FROM ${table} WHERE id = $1 FOR UPDATE`, [id])).rowCount).toBe(1);
    const sent = [
      callerOf(url, acme.keys.operator)('POST', '/api/inbox/complete', request),
      callerOf(url, acme.keys.approver)('POST', '/api/inbox/decide', votes),
    ].map((each) =>
      each.then(
        () => 'answered',
        () => 'lost',
      ),
    );
    await eventually(
      async () => (await completed()) > before + 2 && (await approved()) > approvedBefore + 2,
      { everyMs: 1 },
    );
    child.kill('SIGKILL');
    await admin.query('ROLLBACK');
    expect(await Promise.all(sent)).toEqual(['lost', 'lost']);
    const again = await acme.as.operator('POST', '/api/inbox/complete', request);
    expect(counts(again), JSON.stringify(again.body)).toEqual({ done: 30 });
    for (const { runId } of steps) await runWhen(ana, runId, ({ status }) => status === 'completed');
    expect(await completed()).toBe(before + 30);
    expect(counts(await acme.as.approver('POST', '/api/inbox/decide', votes))).toEqual({ done: 30 });
    for (const each of approvals) expect(paid((await ended(each)).input.ref)).toBe(1);
    expect(await approved()).toBe(approvedBefore + 30);
  } finally {
    child.kill('SIGKILL');
    await admin.end();
  }
});
