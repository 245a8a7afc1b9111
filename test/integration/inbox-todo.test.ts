import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Services } from '../../api/services.ts';
import type { Identity, Role } from '../../shared/identity/roles.ts';
import { openDatabase, type Statement } from '../../shared/platform/db/database.ts';
import { countInbox, readInbox } from '../../shared/playbooks/server/inbox.ts';
import { requireApproval } from '../support/approvals.ts';
import { connectTo } from '../support/connect-admin.ts';
import { countStatements } from '../support/count-statements.ts';
import { eventually } from '../support/eventually.ts';
import { createOwnDatabase } from '../support/own-database.ts';
import { peopleOf } from '../support/people.ts';
import { complete, publishPlaybook, startRun, stepWhen } from '../support/playbook-runs.ts';
import { randomFrom } from '../support/random-values.ts';
import { type Call, startTestApi, type TestApi, type TestTenant } from '../support/test-api.ts';

let api: TestApi;
let acme: TestTenant;
let people: Record<string, Call>;
const both: Role[] = ['operator', 'approver'];
const seed = 20_261_122;

beforeAll(async () => {
  api = await startTestApi();
  acme = await api.tenant();
  const mail = (name: string) => `${name}@${acme.slug}.test`;
  const { person } = peopleOf(api, acme);
  people = {
    ana: await person(mail('ana'), both),
    bea: await person(mail('bea'), both),
    cleo: await person(mail('cleo'), ['approver']),
    dan: await person(mail('dan'), ['operator']),
    eve: await person(mail('eve'), ['viewer']),
    admin: await person(mail('admin'), ['tenant_admin']),
  };
  const random = randomFrom(seed);
  const one = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!;
  const publish = (name: string, step: object) =>
    publishPlaybook(acme.as.tool_admin, { name, title: name, steps: [{ id: 'one', title: name, ...step }] });
  const playbooks = [
    await publish('check', { type: 'manual' }),
    await publish('late', { type: 'manual', due: 'PT1S' }),
    await publish('to_eve', { type: 'manual', assignee: { user: mail('eve') } }),
    await publish('sign', { type: 'approval', required: 2 }),
    await publish('sign_own', { type: 'approval', required: 2, noSelfApproval: false }),
    await publish('choose', {
      type: 'decision',
      options: [
        { id: 'yes', title: 'Yes', steps: [] },
        { id: 'no', title: 'No', steps: [] },
      ],
    }),
  ];
  const tool = await acme.as.tool_admin('POST', '/api/tools', { name: 'pay', title: 'Pay', type: 'dummy' });
  await requireApproval(acme, tool.body.id, { required: 2 });
  const starters = [people.ana!, people.bea!, people.dan!, people.admin!];
  for (let n = 0; n < 40; n++) {
    const by = one(starters);
    const made = await one(starters)('POST', '/api/exceptions', {
      title: `Case ${n}`,
      severity: one(['low', 'medium', 'high', 'critical']),
    });
    if (random() < 0.2) {
      const { body } = await by('POST', `/api/tools/${tool.body.id}/execute`, {
        payload: {},
        ...(random() < 0.5 && { exceptionId: made.body.id }),
      });
      if (random() < 0.5)
        await one([people.ana!, people.cleo!])('POST', `/api/tools/executions/${body.id}/approve`, {});
      continue;
    }
    const run = await startRun(by, one(playbooks), random() < 0.8 ? { exceptionId: made.body.id } : {});
    await stepWhen(by, run, 'one', 'waiting');
    const path = `/api/playbook-runs/${run}`;
    const claimer = one([people.ana!, people.bea!, people.dan!, people.cleo!]);
    if (random() < 0.3) await claimer('POST', `${path}/steps/one/claim`, {});
    if (random() < 0.4) await complete(one([people.ana!, people.bea!]), run, 'one', { outcome: 'approved' });
    if (random() < 0.2) await acme.as.operator('POST', `${path}/pause`, { reason: 'Look' });
  }
}, 180_000);
afterAll(() => api?.close());

// biome-ignore lint/suspicious/noExplicitAny: items of a response
async function list(as: Call, query: string, limit = 200): Promise<any[]> {
  const found = [];
  let cursor = '';
  do {
    const { status, body } = await as(
      'GET',
      `/api/inbox?limit=${limit}&${query}${cursor && `&cursor=${cursor}`}`,
    );
    expect(status, JSON.stringify(body)).toBe(200);
    found.push(...body.items);
    cursor = body.nextCursor ?? '';
  } while (cursor);
  return found;
}
// biome-ignore lint/suspicious/noExplicitAny: an item
const idOf = (item: any): string => item.execution?.id ?? item.step.runId;

test('what one can do is what the rules let each person do; the badge counts as many as the list has', async () => {
  let excluded = 0;
  for (const [name, as] of Object.entries(people)) {
    const todo = (await list(as, 'scope=todo')).map(idOf);
    const truly: string[] = [];
    for (const item of await list(as, 'scope=roles')) {
      const may = item.execution
        ? (await as('GET', `/api/tools/executions/${item.execution.id}`)).body.approval.mayDecide
        : item.step.mayComplete;
      if (may) truly.push(idOf(item));
      else excluded += 1;
    }
    expect(todo.toSorted(), `${name}, seed ${seed}`).toEqual(truly.toSorted());
    const count = (await as('GET', '/api/inbox/count')).body;
    expect([count.todo, count.todoOverdue], name).toEqual([
      todo.length,
      (await list(as, 'scope=todo&overdue=true')).length,
    ]);
    for (const query of ['sort=urgency', 'sort=age&group=playbook', 'group=case', 'sort=severity&group=type'])
      expect((await list(as, `scope=todo&${query}`, 3)).map(idOf).toSorted(), `${name} ${query}`).toEqual(
        todo.toSorted(),
      );
  }
  expect(excluded).toBeGreaterThan(10);
});

test('groups count what the list has, in its order, and a closed group is left out', async () => {
  const admin = people.admin!;
  for (const scope of ['todo', 'all'])
    for (const group of ['case', 'playbook', 'severity', 'age', 'type']) {
      const items = await list(admin, `scope=${scope}&group=${group}&sort=urgency`, 7);
      const { status, body } = await admin('GET', `/api/inbox/groups?scope=${scope}&group=${group}`);
      expect(status, JSON.stringify(body)).toBe(200);
      // biome-ignore lint/suspicious/noExplicitAny: an item
      const keyOf: Record<string, (item: any) => string> = {
        case: ({ exception }) => exception?.id ?? 'none',
        playbook: ({ run }) => run?.playbookTitle ?? 'none',
        severity: ({ exception }) => exception?.severity ?? 'none',
        age: () => 'new',
        type: ({ step }) => step?.type ?? 'execution',
      };
      const groups = body.items.map(
        ({ key, label, count }: { key: string; label: string; count: number }) => [
          group === 'playbook' ? (label ?? key) : key,
          count,
        ],
      );
      const keys = items.map(keyOf[group]!);
      expect(groups, `${scope} ${group}`).toEqual(
        [...new Set(keys)].map((key) => [key, keys.filter((each) => each === key).length]),
      );
      const closed = body.items[0];
      const rest = await list(admin, `scope=${scope}&group=${group}&sort=urgency&without=${closed.key}`, 7);
      expect(rest.map(idOf), `${scope} ${group}`).toEqual(items.slice(closed.count).map(idOf));
    }
  // Within a group, what is most urgent is first.
  const severities = (await list(admin, 'scope=all&group=type&sort=urgency'))
    .filter(({ step }) => step?.type === 'manual' && step.dueAt === null)
    .map(({ exception }) => ['critical', 'high', 'medium', 'low', undefined].indexOf(exception?.severity));
  expect(severities).toEqual(severities.toSorted((a, b) => a - b));
  const { body } = await admin('GET', '/api/inbox/groups?scope=all&group=playbook');
  const { key, count } = body.items[0];
  expect(await list(admin, `scope=all&playbookId=${key}`)).toHaveLength(count);
});

test('what becomes overdue while one reads page after page is on one of them, and once', async () => {
  const admin = people.admin!;
  const soon = await publishPlaybook(acme.as.tool_admin, {
    name: 'soon',
    steps: [{ id: 'one', type: 'manual', title: 'Soon', due: 'PT6S' }],
  });
  const cases = await Promise.all(
    [0, 1, 2].map((n) => admin('POST', '/api/exceptions', { title: `Soon ${n}`, severity: 'low' })),
  );
  // At once: what follows has to read two lists before they are overdue.
  await Promise.all(
    cases.map(async ({ body }) =>
      stepWhen(admin, await startRun(admin, soon, { exceptionId: body.id }), 'one', 'waiting'),
    ),
  );
  for (const sort of ['urgency', 'severity'])
    for (const more of ['', '&overdue=true', '&group=playbook']) {
      const query = `/api/inbox?scope=all&limit=2&sort=${sort}${more}`;
      const first = (await admin('GET', query)).body;
      const whole = await list(admin, `scope=all&sort=${sort}${more}`);
      if (sort === 'urgency' && more === '') {
        expect(
          whole.filter(({ step }) => step?.title === 'Soon')[0].step.dueAt > new Date().toISOString(),
        ).toBe(true);
        await eventually(
          async () =>
            (await admin('GET', '/api/inbox?scope=all&overdue=true&q=Soon')).body.items.length === 3,
        );
      }
      const found = [...first.items];
      for (let cursor = first.nextCursor; cursor; ) {
        const { body } = await admin('GET', `${query}&cursor=${cursor}`);
        found.push(...body.items);
        cursor = body.nextCursor;
      }
      expect(found.map(idOf), `${sort}${more}`).toEqual(whole.map(idOf));
    }
});

test('judging reads with the same statements however much waits', async () => {
  const count = (limit: number) =>
    countStatements(api.services.db, () => people.admin!('GET', `/api/inbox?scope=todo&limit=${limit}`));
  expect(await count(200)).toBe(await count(40));
});

interface PlanNode {
  'Node Type': string;
  'Relation Name'?: string;
  'Actual Rows': number;
  'Actual Loops': number;
  'Rows Removed by Filter'?: number;
  Plans?: PlanNode[];
}

test('with 100,000 waiting steps, the badge and a page read a small part of them', async () => {
  const { databaseUrl, adminUrl } = await createOwnDatabase();
  const db = openDatabase(databaseUrl);
  const admin = await connectTo(adminUrl);
  try {
    const [tenant, playbook] = [uuidv7(), uuidv7()];
    const document = {
      name: 'many',
      title: 'Many',
      steps: [
        { id: 'check', type: 'manual', title: 'Check' },
        { id: 'sign', type: 'approval', title: 'Sign' },
      ],
    };
    // Without the triggers: they would take longer than the rows.
    await admin.query("SET session_replication_role = 'replica'");
    await admin.query(
      `INSERT INTO playbook_version (playbook_id, tenant_id, version, format_version, document, created_by_type, created_by_id, created_by_name)
       VALUES ($1, $2, 1, 1, $3, 'user', 'ana', 'Ana')`,
      [playbook, tenant, document],
    );
    await admin.query(
      `CREATE TEMP TABLE made AS SELECT n, gen_random_uuid() AS run, gen_random_uuid() AS step FROM generate_series(1, 100000) n`,
    );
    await admin.query(
      `INSERT INTO playbook_run (id, tenant_id, playbook_id, playbook_version, playbook_name, playbook_title, status, paused_at,
         started_by_type, started_by_id, started_by_name)
       SELECT run, $1, $2, 1, 'many', 'Many', 'waiting', CASE WHEN n % 7 = 0 THEN now() END, 'user', CASE WHEN n % 3 = 0 THEN 'bea' ELSE 'ana' END, 'x' FROM made`,
      [tenant, playbook],
    );
    await admin.query(
      `INSERT INTO playbook_step_run (id, tenant_id, run_id, step_id, type, title, status, candidate_roles)
       SELECT step, $1, run, CASE WHEN n % 4 = 0 THEN 'sign' ELSE 'check' END, CASE WHEN n % 4 = 0 THEN 'approval' ELSE 'manual' END,
         'x', 'waiting', CASE WHEN n % 4 = 0 THEN '{approver}'::text[] ELSE '{operator}' END FROM made`,
      [tenant],
    );
    await admin.query(
      `INSERT INTO step_addressee SELECT $1, CASE WHEN n % 4 = 0 THEN 'role:approver' ELSE 'role:operator' END,
         now() + n * interval '1 minute', step, CASE WHEN n % 4 = 0 THEN 'approval' ELSE 'manual' END FROM made`,
      [tenant],
    );
    await admin.query('ANALYZE');
    const identity = {
      tenantId: tenant,
      actor: { type: 'user', id: 'bea', name: 'Bea' },
      roles: both,
      person: 'bea@acme.test',
    } as unknown as Identity;
    const context = { services: { db } as unknown as Services, identity };
    const read = async (work: () => Promise<unknown>): Promise<number> => {
      const statements: Statement[] = [];
      const { tenant: open } = db;
      db.tenant = (id, each) =>
        open(id, (connection) =>
          each({
            ...connection,
            query: (statement) => {
              statements.push(statement);
              return connection.query(statement);
            },
          }),
        );
      await work().finally(() => {
        db.tenant = open;
      });
      let rows = 0;
      for (const { text, values } of statements)
        await db.tenant(tenant, async (connection) => {
          const [explained] = await connection.query<{ 'QUERY PLAN': [{ Plan: PlanNode }] }>({
            text: `EXPLAIN (ANALYZE, FORMAT JSON) ${text}`,
            ...(values && { values }),
          });
          const of = (node: PlanNode): number =>
            (node['Relation Name']
              ? (node['Actual Rows'] + (node['Rows Removed by Filter'] ?? 0)) * node['Actual Loops']
              : 0) + (node.Plans ?? []).reduce((sum, each) => sum + of(each), 0);
          rows += of(explained!['QUERY PLAN'][0].Plan);
        });
      return rows;
    };
    const page = { scope: 'todo', after: null, limit: 50 } as const;
    expect(await read(() => readInbox(context, { ...page, sort: 'due' }))).toBeLessThan(2_000);
    expect(await countInbox(context)).toMatchObject({ todo: 200, todoOverdue: 0 });
    expect(await read(() => countInbox(context))).toBeLessThan(10_000);
    // In the order of urgency, what is due first of each role is looked at.
    expect(await read(() => readInbox(context, { ...page, sort: 'urgency' }))).toBeLessThan(60_000);

    // Someone who can do nothing of it: someone else has claimed everything, and no one approves their own.
    await admin.query(`UPDATE playbook_run SET started_by_id = 'bea'`);
    await admin.query(`UPDATE playbook_step_run SET claimed_by_id = 'ana'`);
    await admin.query('VACUUM ANALYZE playbook_run, playbook_step_run');
    expect(await countInbox(context)).toMatchObject({ todo: 0 });
    expect(await read(() => countInbox(context))).toBeLessThan(60_000);
    for (const sort of ['due', 'urgency'] as const) {
      const first = await readInbox(context, { ...page, sort });
      expect(first.items).toEqual([]);
      expect(first.next, sort).not.toBeNull();
      const second = await readInbox(context, { ...page, sort, after: first.next });
      expect(second.next, sort).not.toEqual(first.next);
    }
  } finally {
    await admin.end();
    await db.close();
  }
}, 120_000);
