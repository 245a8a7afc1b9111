import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createException } from '../../shared/exceptions/server/create-exception.ts';
import type { Identity } from '../../shared/identity/roles.ts';
import { addSource } from '../support/inbound.ts';
import { createOwnDatabase } from '../support/own-database.ts';
import { peopleOf } from '../support/people.ts';
import { publishPlaybook, stepWhen } from '../support/playbook-runs.ts';
import { issuePaths, startTestApi, type TestApi, type TestTenant } from '../support/test-api.ts';

type Json = Record<string, unknown>;
interface TimelineEvent {
  event: { type: string; actor: { name: string }; data: Json };
}

describe('rules for new exceptions', () => {
  let api: TestApi;
  let acme: TestTenant;
  let globex: TestTenant;
  let playbook: string;

  beforeAll(async () => {
    // Its reconciler reads the rows of every tenant.
    const { databaseUrl } = await createOwnDatabase();
    api = await startTestApi({ databaseUrl, reconcile: true });
    [acme, globex] = await Promise.all([api.tenant(), api.tenant()]);
    playbook = await publishPlaybook(acme.as.tool_admin, {
      name: 'look',
      title: 'Look at it',
      inputSchema: { type: 'object', properties: { amount: { type: 'number' } } },
      steps: [{ id: 'check', type: 'manual', title: 'Check', assignee: { role: 'operator' } }],
    });
    await peopleOf(api, acme).person('second@people.example', ['operator']);
  });
  afterAll(() => api?.close());
  // Rules of one test do not concern the others.
  beforeEach(async () => {
    for (const { id } of (await acme.as.tenant_admin('GET', '/api/exception-rules')).body.items)
      await acme.as.tenant_admin('DELETE', `/api/exception-rules/${id}`);
  });

  const admin = (method: string, path: string, body?: unknown, headers?: Record<string, string>) =>
    acme.as.tenant_admin(method, path, body, headers);
  async function rule(document: Json): Promise<string> {
    const { status, body } = await admin('POST', '/api/exception-rules', document);
    expect(status, JSON.stringify(body)).toBe(201);
    return body.id;
  }
  async function open(exception: Json) {
    const { status, body } = await acme.as.operator('POST', '/api/exceptions', {
      title: 'Case',
      ...exception,
    });
    expect(status, JSON.stringify(body)).toBe(201);
    return body;
  }
  const timeline = async (id: string): Promise<TimelineEvent['event'][]> =>
    (await admin('GET', `/api/exceptions/${id}/timeline`)).body.items.flatMap(
      ({ event }: Partial<TimelineEvent>) => event ?? [],
    );
  const ruled = async (id: string) =>
    (await timeline(id))
      .filter(({ type }) => type.startsWith('ExceptionRule'))
      .map(({ type, actor, data }) => [type, actor.name, data.sets ?? data.problem]);
  const runsOf = async (exceptionId: string) =>
    (await admin('GET', `/api/playbook-runs?exceptionId=${exceptionId}`)).body.items;

  test('they set what the opener left open, from top to bottom, and the timeline says which rule did what', async () => {
    await rule({
      name: 'Large',
      when: { domains: ['payments'], condition: 'exception.attributes.amount > 1000' },
      set: { severity: 'critical' },
    });
    await rule({
      name: 'Critical',
      when: { severities: ['critical'] },
      set: { severity: 'low', dueIn: 'PT1H', assignee: { user: acme.email }, playbookId: 'look' },
    });
    const before = Date.now();
    const opened = await open({ domain: 'payments', attributes: { amount: 1200 } });
    expect(opened).toMatchObject({ severity: 'critical', assignee: { name: 'Ana Admin' } });
    expect(Date.parse(opened.dueAt)).toBeGreaterThanOrEqual(before + 3_600_000);
    expect(Date.parse(opened.dueAt)).toBeLessThan(Date.now() + 3_600_000 + 1000);
    expect(await ruled(opened.id)).toEqual([
      ['ExceptionRuleApplied', 'Rule “Large”', ['severity']],
      ['ExceptionRuleApplied', 'Rule “Critical”', ['dueAt', 'assignee', 'playbook']],
    ]);
    const [run] = await runsOf(opened.id);
    expect(run).toMatchObject({
      playbookId: playbook,
      startedBy: { type: 'system', name: 'Rule “Critical”' },
    });
    await stepWhen(acme.as.operator, run.id, 'check', 'waiting');

    const chosen = await open({
      domain: 'payments',
      attributes: { amount: 1200 },
      severity: 'critical',
      dueAt: null,
      assignee: null,
    });
    expect(chosen).toMatchObject({ severity: 'critical', dueAt: null, assignee: null });
    expect(await ruled(chosen.id)).toEqual([['ExceptionRuleApplied', 'Rule “Critical”', ['playbook']]]);

    const other = await open({ domain: 'payments', attributes: {} });
    expect(other).toMatchObject({ severity: 'medium', dueAt: null, assignee: null });
    expect([await ruled(other.id), await runsOf(other.id)]).toEqual([[], []]);
  });

  test('a rule that ends the rules keeps those below it from being asked', async () => {
    await rule({ name: 'Tests', when: { domains: ['drill'] }, stop: true });
    const all = await rule({ name: 'All', set: { dueIn: 'P1D' } });
    expect((await open({ domain: 'drill' })).dueAt).toBeNull();
    expect((await open({})).dueAt).not.toBeNull();
    const { items } = (await admin('GET', '/api/exception-rules')).body;
    const ids = items.map(({ id }: { id: string }) => id);
    const reordered = await admin('POST', '/api/exception-rules/reorder', { ids: ids.toReversed() });
    expect(reordered.body.items.map(({ name, position }: Json) => [name, position])).toEqual([
      ['All', 1],
      ['Tests', 2],
    ]);
    expect((await open({ domain: 'drill' })).dueAt).not.toBeNull();
    const stale = await admin('POST', '/api/exception-rules/reorder', { ids: [all] });
    expect(stale).toMatchObject({ status: 409, body: { error: { code: 'conflict' } } });
  });

  test('a rule that fails is skipped and said so on the timeline and in the list; the exception is opened', async () => {
    const broken = await rule({
      name: 'Broken',
      when: { condition: '$number(exception.title) > 1' },
      set: { severity: 'high' },
    });
    const gone = await publishPlaybook(acme.as.tool_admin, {
      name: `gone_${Date.now()}`,
      steps: [{ id: 'check', type: 'manual', title: 'Check' }],
    });
    const half = await rule({ name: 'Half', set: { playbookId: gone, dueIn: 'P1D' } });
    expect((await acme.as.tool_admin('DELETE', `/api/playbooks/${gone}`)).status).toBe(204);
    await rule({
      name: 'Last',
      set: { playbookId: playbook, input: { amount: '${{ exception.attributes.n }}' } },
    });
    const opened = await open({ attributes: { n: 'many' } });
    expect(opened).toMatchObject({ severity: 'medium' });
    expect(opened.dueAt).not.toBeNull();
    const [one, two, three, four] = await ruled(opened.id);
    expect(one).toEqual([
      'ExceptionRuleFailed',
      'Rule “Broken”',
      expect.stringMatching(/^Its condition could not be evaluated/),
    ]);
    expect(two).toEqual(['ExceptionRuleApplied', 'Rule “Half”', ['dueAt']]);
    expect(three?.[2]).toBe('Its playbook did not start. Published playbook not found.');
    expect(four?.[2]).toMatch(/^Its playbook did not start. The input does not match/);
    expect(await runsOf(opened.id)).toEqual([]);
    const shown = async (id: string) => (await admin('GET', `/api/exception-rules/${id}`)).body;
    expect(await shown(broken)).toMatchObject({
      problem: null,
      last: { exceptionId: opened.id, exceptionNumber: opened.number, problem: one?.[2] },
    });
    expect(await shown(half)).toMatchObject({ problem: 'Its playbook is not published, or is archived.' });
  });

  test('a condition that never ends is stopped; the exception is opened, and the rules below are asked', async () => {
    await rule({
      name: 'Endless',
      when: { condition: '$count([1..9999999].($ * 2)) > 0' },
      set: { severity: 'high' },
    });
    await rule({ name: 'Below', set: { severity: 'low' } });
    const opened = await open({});
    expect(opened.severity).toBe('low');
    expect((await ruled(opened.id)).map(([type, by]) => [type, by])).toEqual([
      ['ExceptionRuleFailed', 'Rule “Endless”'],
      ['ExceptionRuleApplied', 'Rule “Below”'],
    ]);
  });

  test('a role means the member who has the fewest unresolved exceptions, also of twelve that are opened at once', async () => {
    await rule({
      name: 'Operators',
      when: { domains: ['shared'] },
      set: { assignee: { role: 'operator' } },
    });
    const opened = await Promise.all(Array.from({ length: 12 }, () => open({ domain: 'shared' })));
    const counts = Object.values(Object.groupBy(opened, ({ assignee }) => assignee.id)).map(
      (each) => each?.length,
    );
    expect(counts).toEqual([6, 6]);
  });

  test('a process that ends right after the commit owes the playbook, which starts once; so does a repeated request', async () => {
    await rule({ name: 'Start', set: { playbookId: playbook } });
    const { services } = api;
    const identity: Identity = {
      tenantId: acme.id,
      tenantSlug: acme.slug,
      tenantName: acme.slug,
      actor: { type: 'api_key', id: 'key', name: 'A key' },
      roles: ['operator'],
      person: 'operator@people.example',
    };
    const openingRules: typeof services.openingRules = {
      decide: async (...asked) => ({
        ...(await services.openingRules.decide(...asked)),
        // The process ends here.
        begin: () => {},
      }),
    };
    const input = {
      title: 'Owed',
      description: '',
      domain: 'general',
      attributes: {},
      source: null,
      idempotencyKey: uuidv7(),
    };
    const context = { services: { ...services, openingRules }, identity, requestId: 'owed' };
    const [opened] = await Promise.all(Array.from({ length: 4 }, () => createException(context, input)));
    const again = await createException({ ...context, services }, input);
    expect(again.id).toBe(opened?.id);
    const runs = await runsOf(again.id);
    expect(runs).toHaveLength(1);
    await stepWhen(acme.as.operator, runs[0].id, 'check', 'waiting');
    const started = (await timeline(again.id)).filter(({ type }) => type === 'PlaybookRunStarted');
    expect(started).toHaveLength(1);
  });

  test('an exception that an inbound webhook opens asks them, too', async () => {
    await rule({
      name: 'Alerts',
      when: { condition: '$contains(exception.source, "bearer")' },
      set: { severity: 'high', playbookId: playbook },
    });
    const source = await addSource(api, acme, 'bearer', {
      actions: [{ do: 'open_exception', title: '${{ body.title }}' }],
    });
    const { body } = await source.deliver({ title: 'Disk full' });
    const { results } = await source.ended(body.deliveryId);
    const [{ exceptionId }] = results;
    expect((await admin('GET', `/api/exceptions/${exceptionId}`)).body).toMatchObject({
      title: 'Disk full',
      severity: 'high',
    });
    expect(await runsOf(exceptionId)).toHaveLength(1);
  });

  test('the try-out says which rules apply and why the others do not, and changes nothing', async () => {
    const first = await rule({
      name: 'Payments',
      when: { domains: ['payments'] },
      set: { severity: 'high' },
    });
    await rule({ name: 'Off', enabled: false, set: { dueIn: 'P1D' } });
    await rule({
      name: 'Amounts',
      when: { condition: 'exception.attributes.amount > 5' },
      set: { dueIn: 'PT1H' },
    });
    const tried = async (body: Json, as = acme.as.operator) => as('POST', '/api/exception-rules/try', body);
    const { body } = await tried({ exception: { domain: 'general' } });
    expect(body.rules.map(({ name, outcome, reason }: Json) => [name, outcome, reason])).toEqual([
      ['Payments', 'does_not_apply', 'The domain is general.'],
      ['Off', 'disabled', 'It is disabled.'],
      ['Amounts', 'does_not_apply', 'Its condition has no value here, which counts as false.'],
    ]);
    expect(body.result).toEqual([]);
    const draft = { id: first, rule: { name: 'All', set: { playbookId: 'look' }, stop: true } };
    expect((await tried({ exception: {}, draft })).status).toBe(403);
    const drafted = await tried({ exception: {}, draft }, acme.as.tenant_admin);
    expect(drafted.body.result).toEqual([{ field: 'playbook', value: 'Look at it', rule: 'All' }]);
    expect(drafted.body.rules.at(-1)).toMatchObject({
      outcome: 'not_asked',
      reason: '“All” ends the rules.',
    });
    const opened = await open({ domain: 'payments' });
    const again = await tried({ exceptionId: `EX-${opened.number}` });
    expect(again.body.result).toEqual([{ field: 'severity', value: 'high', rule: 'Payments' }]);
    expect((await tried({ exceptionId: opened.id }, globex.as.operator)).status).toBe(404);
    expect((await tried({ exception: {} }, globex.as.operator)).body.rules).toEqual([]);
  });

  test('a rule that could never work is refused with what is wrong and where', async () => {
    const refused = async (document: Json) => {
      const response = await admin('POST', '/api/exception-rules', { name: 'X', ...document });
      expect(response.status).toBe(422);
      return issuePaths(response);
    };
    expect(await refused({})).toEqual(['/set']);
    expect(await refused({ when: { condition: 'amount > 5' }, stop: true })).toEqual(['/when/condition']);
    expect(await refused({ when: { condition: 'exception.' }, stop: true })).toEqual(['/when/condition']);
    expect(await refused({ set: { playbookId: 'nothing', assignee: { user: 'no@one.example' } } })).toEqual([
      '/set/assignee/user',
      '/set/playbookId',
    ]);
    expect(await refused({ set: { playbookId: playbook, input: { amount: 'x' } } })).toEqual([
      '/set/input/amount',
    ]);
    expect(await refused({ set: { dueIn: '4 h' }, more: 1 })).toEqual(['/set/dueIn', '/more']);
  });

  test('a change names the revision that it replaces; a key creates one rule', async () => {
    const headers = { 'idempotency-key': uuidv7() };
    const send = () => admin('POST', '/api/exception-rules', { name: 'Once', stop: true }, headers);
    const [made, twice] = [await send(), await send()];
    expect([made.status, twice.status, twice.body.id]).toEqual([201, 201, made.body.id]);
    const path = `/api/exception-rules/${made.body.id}`;
    const off = { name: 'Once', stop: true, enabled: false };
    const tag = made.headers.get('etag') ?? '';
    expect((await admin('PUT', path, off, { 'if-match': tag })).body).toMatchObject({
      enabled: false,
      revision: 2,
    });
    const stale = await admin('PUT', path, off, { 'if-match': tag });
    expect(stale).toMatchObject({ status: 412, body: { error: { details: { current: { revision: 2 } } } } });
    expect((await admin('DELETE', path, undefined, { 'if-match': tag })).status).toBe(412);
    const { items } = (await admin('GET', '/api/events?subjectType=rule')).body;
    expect(items.map(({ type }: Json) => type)).toContain('ExceptionRuleUpdated');
  });
});
