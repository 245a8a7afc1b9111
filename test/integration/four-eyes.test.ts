import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { projectRoot } from '../../dev/paths.ts';
import type { Role } from '../../shared/identity/roles.ts';
import { countStatements } from '../support/count-statements.ts';
import { createOwnDatabase } from '../support/own-database.ts';
import { peopleOf } from '../support/people.ts';
import { complete, publishPlaybook, runWhen, startRun, stepWhen } from '../support/playbook-runs.ts';
import { type Call, startTestApi, type TestApi, type TestTenant } from '../support/test-api.ts';

const both: Role[] = ['operator', 'approver'];
const tookPart = /took part in this run or edited its case/;

describe('four eyes', () => {
  let api: TestApi;
  let acme: TestTenant;
  let operator: Call;
  let people: ReturnType<typeof peopleOf>;
  let ana: Call;
  let bea: Call;
  let cleo: Call;
  const mail = (name: string) => `${name}@${acme.slug}.test`;

  beforeAll(async () => {
    api = await startTestApi();
    acme = await api.tenant();
    operator = acme.as.operator;
    people = peopleOf(api, acme);
    [ana, bea, cleo] = await Promise.all([
      people.person(mail('ana'), both),
      people.person(mail('bea'), both),
      people.person(mail('cleo'), ['approver']),
    ]);
  });
  afterAll(() => api?.close());

  const publish = (name: string, steps: unknown[]) => publishPlaybook(acme.as.tool_admin, { name, steps });
  const sign = (more: object = {}) => ({ id: 'sign', type: 'approval', title: 'Sign', ...more });
  const manual = (id: string, more: object = {}) => ({ id, type: 'manual', title: id, ...more });
  const approve = (as: Call, runId: string) => complete(as, runId, 'sign', { outcome: 'approved' });
  /** Starts a run and waits until its approval is open. */
  async function signing(playbook: string, more: { as?: Call; exceptionId?: string } = {}) {
    const { as = operator, ...rest } = more;
    const runId = await startRun(as, playbook, rest);
    await stepWhen(operator, runId, 'sign', 'waiting');
    return runId;
  }
  const expectRefused = async (as: Call, runId: string, message: RegExp) => {
    const { status, body } = await approve(as, runId);
    expect([status, body.error?.message]).toEqual([403, expect.stringMatching(message)]);
  };

  test('no one approves their own run, unless the playbook allows it', async () => {
    const runId = await signing(await publish('own_run', [sign()]), { as: ana });
    await expectRefused(ana, runId, tookPart);
    const { body } = await ana('GET', `/api/playbook-runs/${runId}`);
    expect(body.steps[0]).toMatchObject({ mayComplete: false, mayNot: expect.stringMatching(tookPart) });
    expect((await approve(cleo, runId)).body.status).toBe('completed');
    const allowed = await publish('own_run_allowed', [sign({ noSelfApproval: false })]);
    expect((await approve(ana, await signing(allowed, { as: ana }))).body.status).toBe('completed');
  });

  test('a version that was published without saying so has four eyes too', async () => {
    const runId = await signing(await publish('of_before', [sign()]), { as: ana });
    const admin = new pg.Client({ connectionString: inject('servers').adminUrl });
    await admin.connect();
    const { rows } = await admin.query(
      'SELECT document FROM playbook_version v JOIN playbook_run r ON r.playbook_id = v.playbook_id WHERE r.id = $1',
      [runId],
    );
    await admin.end();
    expect(rows[0].document.steps[0]).not.toHaveProperty('noSelfApproval');
    await expectRefused(ana, runId, tookPart);
  });

  test('whoever took part anywhere in the tree of runs does not approve: before, beside and inside', async () => {
    const side = await publish('side', [manual('look')]);
    const inner = await publish('inner_sign', [sign()]);
    expect([side, inner]).not.toContain(undefined);
    const outer = await publish('outer_sign', [
      manual('prepare'),
      {
        id: 'both',
        type: 'parallel',
        title: 'Both',
        branches: [
          {
            id: 'a',
            title: 'A',
            steps: [{ id: 'aside', type: 'playbook', title: 'Aside', playbook: 'side' }],
          },
          {
            id: 'b',
            title: 'B',
            steps: [{ id: 'sub', type: 'playbook', title: 'Sub', playbook: 'inner_sign' }],
          },
        ],
      },
      sign({ title: 'Sign the whole' }),
    ]);
    const dan = await people.person(mail('dan'), both);
    const runId = await startRun(ana, outer);
    await stepWhen(operator, runId, 'prepare', 'waiting');
    expect((await complete(bea, runId, 'prepare')).status).toBe(200);
    const aside = (await stepWhen(operator, runId, 'aside', 'running')).childRunId;
    const sub = (await stepWhen(operator, runId, 'sub', 'running')).childRunId;
    await stepWhen(operator, aside, 'look', 'waiting');
    expect((await complete(dan, aside, 'look')).status).toBe(200);
    await stepWhen(operator, sub, 'sign', 'waiting');
    for (const participant of [ana, bea, dan]) await expectRefused(participant, sub, tookPart);
    expect((await approve(cleo, sub)).body.status).toBe('completed');
    await stepWhen(operator, runId, 'sign', 'waiting');
    for (const participant of [ana, bea, dan, cleo]) await expectRefused(participant, runId, tookPart);
    const eve = await people.person(mail('eve'), ['approver']);
    expect((await approve(eve, runId)).body.status).toBe('completed');
  });

  test('whoever decided on a step that was stuck took part', async () => {
    const playbook = await publish('stuck_before', [
      manual('ask', { assignee: { user: '${{ exception.attributes.nobody }}' } }),
      sign(),
    ]);
    const { body } = await operator('POST', '/api/exceptions', { title: 'Stuck' });
    const runId = await startRun(operator, playbook, { exceptionId: body.id });
    await stepWhen(operator, runId, 'ask', 'waiting');
    expect((await complete(bea, runId, 'ask', { outcome: 'skip', reason: 'no need' })).status).toBe(200);
    await stepWhen(operator, runId, 'sign', 'waiting');
    await expectRefused(bea, runId, tookPart);
    expect((await approve(ana, runId)).body.status).toBe('completed');
  });

  test('whoever created or edited the case does not approve; a comment is no edit', async () => {
    const playbook = await publish('of_a_case', [sign()]);
    const { body } = await ana('POST', '/api/exceptions', { title: 'Refund', attributes: { amount: 12 } });
    const runId = await signing(playbook, { exceptionId: body.id });
    await expectRefused(ana, runId, tookPart);
    const path = `/api/exceptions/${body.id}`;
    expect((await bea('PUT', path, { attributes: { amount: 1200 } })).status).toBe(200);
    await expectRefused(bea, runId, tookPart);
    const dina = await people.person(mail('dina'), both);
    expect((await dina('POST', `${path}/comments`, { body: 'Looks right.' })).status).toBe(201);
    expect((await approve(dina, runId)).body.status).toBe('completed');
  });

  test('a second account or a key of the same person is the same person', async () => {
    const playbook = await publish('one_person', [sign({ required: 2, noSelfApproval: false })]);
    const alias = await people.person(mail('ana+two'), both);
    const anasKey = await people.key(['approver'], mail('ana'));
    const runId = await signing(playbook);
    expect((await approve(ana, runId)).body.status).toBe('waiting');
    for (const same of [ana, alias, anasKey]) expect((await approve(same, runId)).status).toBe(409);
    expect((await approve(bea, runId)).body.status).toBe('completed');
  });

  test('a key approves as the person who is accountable for it, and never besides them', async () => {
    const playbook = await publish('by_key', [sign({ required: 2 })]);
    const beasKey = await people.key(both, mail('bea'));
    const runId = await signing(playbook);
    const first = await approve(beasKey, runId);
    expect(first.body).toMatchObject({ status: 'waiting', approvals: { required: 2 } });
    expect((await approve(bea, runId)).status).toBe(409);
    expect((await approve(await people.key(both, mail('bea')), runId)).status).toBe(409);
    expect((await approve(ana, runId)).body.status).toBe('completed');
    const started = await signing(playbook, { as: beasKey });
    await expectRefused(bea, started, tookPart);
    await expectRefused(beasKey, started, tookPart);
  });

  test('a key without an accountable member never approves, also where self-approval is allowed', async () => {
    await expect(people.key(both, mail('nobody'))).rejects.toThrow(/No account has the email address/);
    const playbook = await publish('by_no_one', [sign({ required: 2, noSelfApproval: false })]);
    const runId = await signing(playbook);
    expect((await approve(ana, runId)).body.status).toBe('waiting');
    await expectRefused(await people.key(both), runId, /no member is accountable for it/);
    await people.person(mail('gone'), both);
    const ofGone = await people.key(both, mail('gone'));
    await api.services.db.authPool.query(
      'DELETE FROM auth.member USING auth."user" u WHERE u.id = "userId" AND u.email = $1',
      [mail('gone')],
    );
    await expectRefused(ofGone, runId, /no member is accountable for it/);
    await people.person(mail('olaf'), ['operator']);
    // A key does no more than its person.
    await expectRefused(await people.key(both, mail('olaf')), runId, /^Only approvers/);
    await expectRefused(await people.key(['operator'], mail('cleo')), runId, /^Only approvers/);
    const { body } = await operator('GET', `/api/playbook-runs/${runId}`);
    expect(body.steps[0]).toMatchObject({
      status: 'waiting',
      approvals: { given: [{ by: { name: 'ana' } }] },
    });
    // Older keys name the person by email address.
    const older = await people.key(['approver'], mail('bea'));
    await api.services.db.authPool.query(
      `UPDATE auth.apikey SET metadata = $2 WHERE starts_with(name, $1) AND "referenceId" = $3`,
      [`key of ${mail('bea')}`, JSON.stringify({ roles: both, createdBy: mail('bea') }), acme.id],
    );
    expect((await approve(older, runId)).body.status).toBe('completed');
  });

  test('a retry of a stuck approval is no vote', async () => {
    const playbook = await publish('retried', [
      sign({
        required: 2,
        assignee: { user: '${{ exception.attributes.owner }}' },
        approvers: [{ role: 'approver' }],
      }),
    ]);
    const { body } = await operator('POST', '/api/exceptions', { title: 'No owner yet' });
    const runId = await signing(playbook, { exceptionId: body.id });
    await operator('PUT', `/api/exceptions/${body.id}`, { attributes: { owner: mail('cleo') } });
    expect((await complete(ana, runId, 'sign', { outcome: 'retry' })).body.failure).toBeNull();
    expect((await approve(ana, runId)).body).toMatchObject({
      status: 'waiting',
      approvals: { given: [{ by: { name: 'ana' } }] },
    });
    expect((await approve(cleo, runId)).body.status).toBe('completed');
  });

  test('the inbox reads who took part with the same statements for any number of approvals', async () => {
    const fay = await people.person(mail('fay'), ['approver']);
    const playbook = await publish('of_fay', [sign({ assignee: { user: mail('fay') } })]);
    for (let n = 0; n < 3; n++) await signing(playbook);
    const statements = (limit: number) =>
      countStatements(api.services.db, () => fay('GET', `/api/inbox?scope=mine&limit=${limit}`));
    expect(await statements(3)).toBe(await statements(1));
  });

  test('two people approve at once: both votes count, and the step is completed once', async () => {
    const playbook = await publish('at_once', [sign({ required: 2 })]);
    const anasKey = await people.key(both, mail('ana'));
    const runId = await signing(playbook);
    const responses = await Promise.all([ana, anasKey, ana, bea].map((as) => approve(as, runId)));
    expect(responses.filter(({ status }) => status === 200)).toHaveLength(2);
    const run = await runWhen(operator, runId, ({ status }) => status === 'completed');
    const names = run.steps[0].approvals.given.map((each: { by: { name: string } }) => each.by.name);
    expect(names).toHaveLength(2);
    expect(names).toEqual(expect.arrayContaining([expect.stringMatching(/ana/), 'bea']));
  });
});

test('the editors of cases from before the migration are known', async () => {
  const { databaseUrl, adminUrl } = await createOwnDatabase();
  const api = await startTestApi({ databaseUrl, worker: false });
  const acme = await api.tenant();
  const people = peopleOf(api, acme);
  const ana = await people.person(`ana+work@${acme.slug}.test`, ['operator']);
  const { body } = await ana('POST', '/api/exceptions', { title: 'Of before' });
  await acme.as.operator('PUT', `/api/exceptions/${body.id}`, { title: 'Of long before' });
  const admin = new pg.Client({ connectionString: adminUrl });
  await admin.connect();
  const read = async () =>
    (await admin.query('SELECT * FROM exception_editor ORDER BY actor_id, person')).rows;
  const noted = await read();
  expect(noted.map(({ person }) => person).toSorted()).toEqual([
    `ana@${acme.slug}.test`,
    `operator@${acme.id}.test`,
  ]);
  const migration = await readFile(join(projectRoot, 'migrations/0006_accounts.sql'), 'utf8');
  const insert = migration.split('--> statement-breakpoint').find((each) => /^INSERT/m.test(each))!;
  // Keys named the person by email address then.
  await admin.query(
    `UPDATE auth.apikey SET metadata = to_json(json_build_object('createdBy', $1::text)::text)::text`,
    [`operator@${acme.id}.test`],
  );
  await admin.query('TRUNCATE exception_editor');
  await admin.query(insert);
  expect(await read()).toEqual(noted);
  await admin.end();
  await api.close();
});
