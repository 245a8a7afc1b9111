import type pg from 'pg';
import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { connectAdmin } from '../support/connect-admin.ts';
import { countStatements } from '../support/count-statements.ts';
import { cookieOf, startTestApi, type TestApi, type TestTenant } from '../support/test-api.ts';

interface Item {
  id: string;
  number: number;
  title: string;
}

describe('the list of exceptions', () => {
  let api: TestApi;
  let acme: TestTenant;
  let admin: pg.Client;
  const made: Item[] = [];
  const day = 86_400_000;
  const at = (offset: number) => new Date(Date.now() + offset).toISOString();

  beforeAll(async () => {
    api = await startTestApi({ worker: false });
    acme = await api.tenant();
    admin = await connectAdmin();
    const specs: Record<string, unknown>[] = [
      { title: 'Refund is stuck', severity: 'low', dueAt: at(3 * day) },
      { title: 'Parcel lost in Rome', severity: 'critical', domain: 'shipping' },
      { title: 'Refund is late, 100% sure', severity: 'high', dueAt: at(-day) },
      { title: 'Server is down', severity: 'critical', dueAt: at(30 * day) },
      { title: 'Refund is stuck again', severity: 'medium', assignee: acme.email },
      { title: 'Ticket 2 repeats', severity: 'low', dueAt: at(-2 * day) },
    ];
    for (const spec of specs) made.push((await acme.as.operator('POST', '/api/exceptions', spec)).body);
    await acme.as.operator('POST', `/api/exceptions/${made[5]!.id}/resolve`, { code: 'fixed' });
    await acme.as.operator('PUT', `/api/exceptions/${made[3]!.id}`, { status: 'in_progress' });
  });
  afterAll(async () => {
    await api?.close();
    await admin?.end();
  });

  const list = async (query: string, call = acme.as.viewer) => {
    const response = await call('GET', `/api/exceptions?${query}`);
    expect(response.status, JSON.stringify(response.body)).toBe(200);
    return response.body as { items: Item[]; nextCursor: string | null };
  };
  const numbers = async (query: string) => (await list(query)).items.map((item) => item.number);

  test.each([
    ['newest', [6, 5, 4, 3, 2, 1]],
    ['due', [6, 3, 1, 4, 5, 2]],
    ['severity', [4, 2, 3, 5, 6, 1]],
  ])('sorted by %s, pages of every size give the same list', async (sort, expected) => {
    for (const limit of [1, 2, 3, 5, 6, 200]) {
      const seen: number[] = [];
      let cursor: string | null = null;
      do {
        const page = await list(`sort=${sort}&limit=${limit}${cursor ? `&cursor=${cursor}` : ''}`);
        expect(page.items.length).toBeGreaterThan(0);
        seen.push(...page.items.map((item) => item.number));
        cursor = page.nextCursor;
      } while (cursor);
      expect(seen, `pages of ${limit}`).toEqual(expected);
    }
  });

  test.each([
    ['status=unresolved', [5, 4, 3, 2, 1]],
    ['status=in_progress', [4]],
    ['status=resolved', [6]],
    ['severity=critical', [4, 2]],
    ['domain=shipping', [2]],
    ['assignee=none', [6, 4, 3, 2, 1]],
    ['assignee=me', []],
    ['assignee=unknown', []],
    ['due=overdue', [3]],
    ['due=week', [1]],
    ['q=refund', [5, 3, 1]],
    ['q=stuck+REFUND', [5, 1]],
    ['q=100%25', [3]],
    ['q=%25', [3]],
    ['q=_', []],
    ['q=EX-4', [4]],
    ['q=ex4', [4]],
    ['q=2', [6, 2]],
    ['q=EX-99999999999', []],
    ['q=+', [6, 5, 4, 3, 2, 1]],
    ['q=refund&severity=low&status=open&due=week', [1]],
  ])('filtered by %s', async (query, expected) => {
    expect(await numbers(query)).toEqual(expected);
  });

  test('due today means due before the day ends in UTC', async () => {
    const tenant = await api.tenant();
    const midnight = new Date(new Date().setUTCHours(24, 0, 0, 0)).getTime();
    for (const [title, due] of [
      ['today', midnight - 1],
      ['tomorrow', midnight],
    ] as const) {
      await tenant.as.operator('POST', '/api/exceptions', { title, dueAt: new Date(due).toISOString() });
    }
    expect((await list('due=today', tenant.as.viewer)).items.map((item) => item.title)).toEqual(['today']);
  });

  test('the assignee `me` is the caller', async () => {
    const signedIn = await api.signIn(acme.email, acme.password);
    const cookie = cookieOf(signedIn.headers);
    const response = await api.call(null)('GET', '/api/exceptions?assignee=me', undefined, {
      cookie,
      'x-tenant': acme.slug,
    });
    expect(response.body.items.map((item: Item) => item.number)).toEqual([5]);
    const { id } = response.body.items[0].assignee;
    expect(await numbers(`assignee=${id}`)).toEqual([5]);
  });

  test('the list shows the last event of an exception and who has to act', async () => {
    const tenant = await api.tenant();
    const [one, two] = [
      (await tenant.as.operator('POST', '/api/exceptions', { title: 'one' })).body,
      (await tenant.as.operator('POST', '/api/exceptions', { title: 'two' })).body,
    ];
    const runId = uuidv7();
    await admin.query(
      `INSERT INTO playbook_run (id, tenant_id, playbook_id, playbook_version, playbook_name, playbook_title, exception_id,
        status, started_by_type, started_by_id, started_by_name) VALUES ($1, $2, $1, 1, 'p', 'P', $3, 'waiting', 'user', 'u', 'U')`,
      [runId, tenant.id, one.id],
    );
    const step = async (stepId: string, fields: Record<string, unknown>) => {
      const all = {
        id: uuidv7(),
        tenant_id: tenant.id,
        run_id: runId,
        step_id: stepId,
        type: 'manual',
        title: 'T',
        status: 'waiting',
        ...fields,
      };
      const names = Object.keys(all);
      await admin.query(
        `INSERT INTO playbook_step_run (${names.join(', ')}) VALUES (${names.map((_name, index) => `$${index + 1}`).join(', ')})`,
        Object.values(all),
      );
    };
    const waitingOn = async () => {
      const { items } = (await tenant.as.viewer('GET', '/api/exceptions')).body;
      const shown = (await tenant.as.viewer('GET', `/api/exceptions/${one.id}`)).body;
      expect(items.map((item: { waitingOn: string | null }) => item.waitingOn)).toEqual([
        null,
        shown.waitingOn,
      ]);
      return shown.waitingOn;
    };
    expect(await waitingOn()).toBeNull();
    await step('timer', { type: 'wait' });
    await step('done', { status: 'completed', completed_at: new Date(), candidate_roles: ['viewer'] });
    expect(await waitingOn()).toBeNull();
    await step('approve', { assignee_role: 'approver', candidate_roles: ['approver'] });
    expect(await waitingOn()).toBe('Any approver');
    const bo = { assignee_user: 'bo@example.test', candidate_users: ['bo@example.test', 'cy@example.test'] };
    await step('check', { status: 'outcome_unknown', ...bo, due_at: at(2 * day) });
    expect(await waitingOn()).toBe('bo@example.test or cy@example.test');
    await step('look', { ...bo, assignee_name: 'Bo', candidate_roles: ['operator'], due_at: at(day) });
    expect(await waitingOn()).toBe('Bo or cy@example.test or any operator');
    await step('call', {
      assignee_role: 'operator',
      claimed_by_id: 'u',
      claimed_by_name: 'Ana',
      due_at: at(0),
    });
    expect(await waitingOn()).toBe('Ana');
    await tenant.as.operator('POST', `/api/exceptions/${two.id}/comments`, { body: 'Hm.' });
    const { items } = (await tenant.as.viewer('GET', '/api/exceptions')).body;
    expect(items.map((item: { lastEvent: { type: string } }) => item.lastEvent.type)).toEqual([
      'ExceptionCommented',
      'ExceptionCreated',
    ]);
    await admin.query(`UPDATE playbook_run SET status = 'cancelled', completed_at = now() WHERE id = $1`, [
      runId,
    ]);
    expect(await waitingOn()).toBeNull();
  });

  test('a page of any size takes one statement', async () => {
    for (const limit of [1, 6]) {
      expect(await countStatements(api.services.db, () => list(`limit=${limit}`))).toBe(1);
    }
  });
});
