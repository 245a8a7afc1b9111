import type pg from 'pg';
import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { restOperations } from '../../api/rest/rest-operations.ts';
import { connectAdmin } from '../support/connect-admin.ts';
import { collectionOf, requestOf } from '../support/rest-requests.ts';
import {
  type ApiResponse,
  issuePaths,
  startTestApi,
  type TestApi,
  type TestTenant,
} from '../support/test-api.ts';

describe('exceptions', () => {
  let api: TestApi;
  let acme: TestTenant;
  let globex: TestTenant;
  let admin: pg.Client;

  beforeAll(async () => {
    api = await startTestApi({ worker: false });
    [acme, globex] = await Promise.all([api.tenant(), api.tenant()]);
    admin = await connectAdmin();
  });
  afterAll(async () => {
    await api?.close();
    await admin?.end();
  });

  const create = async (body: Record<string, unknown> = {}, tenant = acme) => {
    const response = await tenant.as.operator('POST', '/api/exceptions', {
      title: 'Payment failed',
      ...body,
    });
    expect(response.status, JSON.stringify(response.body)).toBe(201);
    return response.body;
  };
  const post = (id: string, action: string, body: unknown, tenant = acme) =>
    tenant.as.operator('POST', `/api/exceptions/${id}/${action}`, body);
  const put = (id: string, body: unknown) => acme.as.operator('PUT', `/api/exceptions/${id}`, body);
  const read = async (id: string) => (await acme.as.viewer('GET', `/api/exceptions/${id}`)).body;
  const events = async (id: string) =>
    (
      await admin.query(
        `SELECT type, subject_type, subject_id, actor_name, data FROM event WHERE exception_id = $1 ORDER BY id`,
        [id],
      )
    ).rows;
  const types = async (id: string) => (await events(id)).map((event) => event.type);

  test('an exception is created with one event and is read back as it was sent', async () => {
    const made = await create({
      title: '  Payment failed  ',
      description: 'Twice.',
      domain: 'payments',
      severity: 'high',
      dueAt: '2030-01-02T03:04:05+02:00',
      attributes: { paymentId: 'pay_1' },
      assignee: acme.email.toUpperCase(),
      source: 'stripe',
    });
    expect(made).toMatchObject({
      title: 'Payment failed',
      description: 'Twice.',
      domain: 'payments',
      severity: 'high',
      status: 'open',
      dueAt: '2030-01-02T01:04:05.000Z',
      attributes: { paymentId: 'pay_1' },
      assignee: { name: 'Ana Admin' },
      source: 'stripe',
      waitingOn: null,
      lastEvent: { type: 'ExceptionCreated' },
      resolution: null,
      links: [],
      revision: 1,
      createdBy: { type: 'api_key', name: 'operator key' },
    });
    expect(await read(made.id)).toEqual(made);
    expect(await events(made.id)).toEqual([
      {
        type: 'ExceptionCreated',
        subject_type: 'exception',
        subject_id: made.id,
        actor_name: 'operator key',
        data: { number: made.number, domain: 'payments', severity: 'high', assignee: made.assignee },
      },
    ]);
  });

  test('numbers have no gaps in a tenant, even with concurrent and refused requests', async () => {
    const tenant = await api.tenant();
    const all = await Promise.all(
      Array.from({ length: 24 }, (_each, index) =>
        tenant.as.operator('POST', '/api/exceptions', {
          title: 'One of many',
          ...(index % 3 === 2 ? { assignee: 'unknown@example.test' } : {}),
        }),
      ),
    );
    expect(all.filter((response) => response.status === 422)).toHaveLength(8);
    const numbers = all.filter((response) => response.status === 201).map((response) => response.body.number);
    expect(numbers.toSorted((a, b) => a - b)).toEqual(
      Array.from({ length: 16 }, (_each, index) => index + 1),
    );
  });

  test('a request that is refused for its attributes takes no number', async () => {
    const tenant = await api.tenant();
    const attributeSchema = { type: 'object', required: ['paymentId'] };
    await tenant.as.tenant_admin('PUT', '/api/exception-domains/payments', {
      title: 'Payments',
      attributeSchema,
    });
    const refused = await tenant.as.operator('POST', '/api/exceptions', { title: 'x', domain: 'payments' });
    expect([refused.status, issuePaths(refused)]).toEqual([422, ['/attributes/paymentId']]);
    expect((await create({}, tenant)).number).toBe(1);
  });

  test('twenty concurrent requests with the same key and body make one exception and one event', async () => {
    const key = { 'idempotency-key': `k-${uuidv7()}` };
    const all = await Promise.all(
      Array.from({ length: 20 }, () =>
        acme.as.operator('POST', '/api/exceptions', { title: 'Once', attributes: { a: 1, b: 2 } }, key),
      ),
    );
    expect(all.map((response) => response.status)).toEqual(Array(20).fill(201));
    expect(new Set(all.map((response) => response.body.id)).size).toBe(1);
    expect(await types(all[0]!.body.id)).toEqual(['ExceptionCreated']);
    const reordered = { attributes: { b: 2, a: 1 }, title: 'Once' };
    const again = await acme.as.operator('POST', '/api/exceptions', reordered, key);
    expect([again.status, again.body.id]).toEqual([201, all[0]!.body.id]);
    const other = await acme.as.operator('POST', '/api/exceptions', { title: 'Twice' }, key);
    expect([other.status, other.body.error.code]).toEqual([409, 'idempotency_conflict']);
    const theirs = await globex.as.operator('POST', '/api/exceptions', { title: 'Twice' }, key);
    expect(theirs.status).toBe(201);
  });

  test('attributes are validated by the schema of their domain on create and update, and secrets are not stored', async () => {
    const attributeSchema = {
      type: 'object',
      required: ['paymentId'],
      properties: { paymentId: { type: 'string' }, pin: { type: 'integer', writeOnly: true } },
    };
    const path = '/api/exception-domains/cards';
    const domain = await acme.as.tenant_admin('PUT', path, { title: 'Cards', attributeSchema });
    expect([domain.status, domain.body]).toEqual([200, { name: 'cards', title: 'Cards', attributeSchema }]);
    const made = await create({ domain: 'cards', attributes: { paymentId: 'p', pin: 918273645 } });
    expect(made.attributes).toEqual({ paymentId: 'p', pin: '[redacted]' });
    const { rows } = await admin.query('SELECT e::text FROM exception e WHERE id = $1', [made.id]);
    expect(rows[0].e).not.toContain('918273645');
    // A redacted value can be sent back.
    const back = await put(made.id, { attributes: { ...made.attributes, paymentId: 'q' } });
    expect([back.status, back.body.attributes]).toEqual([200, { paymentId: 'q', pin: '[redacted]' }]);
    const wrong = await put(made.id, { attributes: { paymentId: 7 } });
    expect([wrong.status, issuePaths(wrong)]).toEqual([422, ['/attributes/paymentId']]);
    const free = await create({ attributes: { anything: true } });
    const moved = await put(free.id, { domain: 'cards' });
    expect([moved.status, issuePaths(moved)]).toEqual([422, ['/attributes/paymentId']]);
    expect((await put(free.id, { domain: 'cards', attributes: { paymentId: 'p' } })).status).toBe(200);
  });

  test('a change of a domain makes one event; an invalid schema is refused', async () => {
    const attributeSchema = { properties: { b: {}, a: {} } };
    const body = { title: 'Shipping', attributeSchema };
    for (let time = 0; time < 2; time++) {
      expect((await acme.as.tenant_admin('PUT', '/api/exception-domains/shipping', body)).status).toBe(200);
    }
    const { items } = (await acme.as.viewer('GET', '/api/exception-domains')).body;
    const kept = items.find((each: { name: string }) => each.name === 'shipping');
    expect(JSON.stringify(kept.attributeSchema)).toBe(JSON.stringify(attributeSchema));
    const log = await acme.as.viewer('GET', '/api/events?type=ExceptionDomainChanged');
    expect(
      log.body.items.filter((each: { data: { name: string } }) => each.data.name === 'shipping'),
    ).toHaveLength(1);
    for (const [schema, place] of [
      [{ type: 'nonsense' }, '/attributeSchema/type'],
      [{ type: 'array' }, '/attributeSchema/type'],
      [{ properties: { a: { pattern: '(' } } }, '/attributeSchema/properties/a/pattern'],
    ] as const) {
      const response = await acme.as.tenant_admin('PUT', '/api/exception-domains/bad', {
        title: 'Bad',
        attributeSchema: schema,
      });
      expect([response.status, issuePaths(response)[0]]).toEqual([422, place]);
    }
    expect((await globex.as.viewer('GET', '/api/exception-domains')).body.items).toEqual([]);
  });

  test('an update makes one event that names the changed fields, and none when nothing changed', async () => {
    const made = await create({ dueAt: '2030-01-01T00:00:00Z', attributes: { a: 1, b: [2] } });
    const changed = await put(made.id, {
      title: 'Another title',
      severity: 'critical',
      status: 'in_progress',
      dueAt: '2030-01-01T00:00:00.000Z',
      attributes: { b: [2], a: 1 },
      revision: 1,
    });
    expect(changed.body).toMatchObject({
      title: 'Another title',
      severity: 'critical',
      status: 'in_progress',
      revision: 2,
    });
    expect(changed.body.updatedAt > made.updatedAt).toBe(true);
    expect((await put(made.id, { title: 'Another title' })).body.revision).toBe(2);
    expect((await put(made.id, { dueAt: null })).body.dueAt).toBeNull();
    expect((await events(made.id)).map((event) => [event.type, event.data])).toEqual([
      ['ExceptionCreated', expect.anything()],
      [
        'ExceptionUpdated',
        {
          changed: ['title', 'severity', 'status'],
          changes: {
            title: { from: made.title, to: 'Another title' },
            severity: { from: made.severity, to: 'critical' },
            status: { from: 'open', to: 'in_progress' },
          },
        },
      ],
      [
        'ExceptionUpdated',
        { changed: ['dueAt'], changes: { dueAt: { from: '2030-01-01T00:00:00.000Z', to: null } } },
      ],
    ]);
    const late = await put(made.id, { title: 'Mine', revision: 2 });
    expect([late.status, late.body.error.code]).toEqual([409, 'conflict']);
    expect(late.body.error.message).toContain('revision 3, not 2');
  });

  test('when two people change the same revision at once, one wins and the other gets a conflict', async () => {
    const made = await create();
    const both = await Promise.all(
      ['One', 'Two'].map((title) => put(made.id, { title, revision: made.revision })),
    );
    expect(both.map((response) => response.status).toSorted()).toEqual([200, 409]);
    expect(await types(made.id)).toEqual(['ExceptionCreated', 'ExceptionUpdated']);
  });

  test('an exception is assigned to a member by email or id, never to anyone else, and unassigned', async () => {
    const made = await create();
    const given = await post(made.id, 'assign', { assignee: ` ${acme.email.toUpperCase()} ` });
    expect([given.status, given.body.assignee?.name, given.body.status]).toEqual([200, 'Ana Admin', 'open']);
    const { id } = given.body.assignee;
    // The same assignee is no change.
    expect((await post(made.id, 'assign', { assignee: id })).body.revision).toBe(2);
    for (const assignee of [globex.email, 'unknown', '', uuidv7()]) {
      const refused = await post(made.id, 'assign', { assignee });
      expect([refused.status, issuePaths(refused)], assignee).toEqual([422, ['/assignee']]);
    }
    expect((await post(made.id, 'assign', { assignee: null })).body.assignee).toBeNull();
    expect((await events(made.id)).slice(1).map((event) => [event.type, event.data])).toEqual([
      ['ExceptionAssigned', { assignee: { id, name: 'Ana Admin' }, from: null }],
      ['ExceptionAssigned', { assignee: null, from: { id, name: 'Ana Admin' } }],
    ]);
  });

  test('an exception is resolved once and reopened with a reason, each with an event', async () => {
    const made = await create();
    const both = await Promise.all(
      ['fixed', 'duplicate'].map((code) => post(made.id, 'resolve', { code, note: 'Paid by hand' })),
    );
    expect(both.map((response) => response.status).toSorted()).toEqual([200, 409]);
    const resolved = await read(made.id);
    expect(resolved).toMatchObject({
      status: 'resolved',
      resolution: { code: expect.stringMatching(/fixed|duplicate/), note: 'Paid by hand' },
    });
    for (const refused of [
      await put(made.id, { status: 'in_progress' }),
      await post(made.id, 'assign', { assignee: null }),
    ]) {
      expect([refused.status, refused.body.error.message]).toEqual([
        409,
        `EX-${made.number} is resolved. Reopen it first.`,
      ]);
    }
    expect((await put(made.id, { description: 'More' })).status).toBe(200);
    const opened = await post(made.id, 'reopen', { reason: 'It failed again' });
    expect([opened.status, opened.body.status, opened.body.resolution]).toEqual([200, 'open', null]);
    expect((await post(made.id, 'reopen', { reason: 'Again' })).status).toBe(409);
    expect((await events(made.id)).slice(1).map((event) => [event.type, event.data])).toEqual([
      [
        'ExceptionResolved',
        {
          code: resolved.resolution.code,
          note: 'Paid by hand',
          changes: { status: { from: 'open', to: 'resolved' } },
        },
      ],
      ['ExceptionUpdated', { changed: ['description'], changes: {} }],
      [
        'ExceptionReopened',
        { reason: 'It failed again', changes: { status: { from: 'resolved', to: 'open' } } },
      ],
    ]);
  });

  test('links work from both sides, exist once, and never lead to the same exception', async () => {
    const [one, two] = [await create({ title: 'One' }), await create({ title: 'Two' })];
    const link = (id: string, body: Record<string, unknown>) => post(id, 'links', body);
    const linked = await link(one.id, { kind: 'caused_by', target: `EX-${two.number}`, title: 'Why' });
    expect(linked.status, JSON.stringify(linked.body)).toBe(201);
    const [direct] = linked.body.links;
    expect(direct).toEqual({
      id: expect.any(String),
      kind: 'caused_by',
      inverse: false,
      exception: { id: two.id, number: two.number, title: 'Two', status: 'open' },
      url: null,
      title: 'Why',
    });
    expect((await read(two.id)).links).toEqual([
      {
        ...direct,
        inverse: true,
        exception: { id: one.id, number: one.number, title: 'One', status: 'open' },
      },
    ]);
    const again = await link(one.id, { kind: 'caused_by', target: two.id });
    expect([again.status, again.body.error.code, issuePaths(again)]).toEqual([
      409,
      'already_exists',
      ['/target'],
    ]);
    // "Related" has no direction; a cause has.
    const related = await Promise.all([
      link(one.id, { kind: 'related', target: two.id }),
      link(two.id, { kind: 'related', target: one.id }),
    ]);
    expect(related.map((response) => response.status).toSorted()).toEqual([201, 409]);
    expect((await link(two.id, { kind: 'caused_by', target: one.id })).status).toBe(201);
    const page = { kind: 'url', url: 'https://status.example/1', title: 'Status' };
    const withPage = await link(one.id, page);
    expect(withPage.body.links.at(-1)).toMatchObject({ kind: 'url', exception: null, url: page.url });
    expect(issuePaths(await link(one.id, page))).toEqual(['/url']);
    const foreign = await create({}, globex);
    const wrong: [Record<string, unknown>, string[]][] = [
      [{ kind: 'related', target: one.id }, ['/target']],
      [{ kind: 'related', target: String(one.number) }, ['/target']],
      [{ kind: 'related', target: foreign.id }, ['/target']],
      [{ kind: 'related', target: 'EX-999999' }, ['/target']],
      [{ kind: 'related', target: 'nonsense' }, ['/target']],
      [{ kind: 'related' }, ['/target']],
      [{ kind: 'url' }, ['/url']],
      [{ kind: 'url', target: two.id }, ['/url', '/target']],
      [{ kind: 'url', url: 'javascript:alert(1)' }, ['/url']],
      [{ kind: 'related', target: two.id, url: page.url }, ['/url']],
    ];
    for (const [body, places] of wrong) {
      const response = await link(one.id, body);
      expect([response.status, issuePaths(response)], JSON.stringify(body)).toEqual([422, places]);
    }
    // A link is removed from either side, and only once.
    const unlink = (id: string, linkId: string) =>
      acme.as.operator('DELETE', `/api/exceptions/${id}/links/${linkId}`);
    expect((await unlink(two.id, direct.id)).status).toBe(204);
    for (const id of [direct.id, uuidv7(), 'nonsense']) expect((await unlink(two.id, id)).status).toBe(404);
    expect((await read(one.id)).links).not.toContainEqual(direct);
    expect((await types(two.id)).at(-1)).toBe('ExceptionUnlinked');
    const [, linkEvent] = await events(one.id);
    expect(linkEvent).toMatchObject({
      type: 'ExceptionLinked',
      data: { linkId: direct.id, kind: 'caused_by', targetId: two.id, targetNumber: two.number },
    });
  });

  test('a caller sees only their own saved views', async () => {
    const view = { name: 'Mine, urgent', filter: { assignee: 'me', severity: 'critical' } };
    const saved = await acme.as.viewer('POST', '/api/exception-views', view);
    expect([saved.status, saved.body]).toEqual([201, { id: expect.any(String), ...view }]);
    const twice = await acme.as.viewer('POST', '/api/exception-views', view);
    expect([twice.status, issuePaths(twice)]).toEqual([409, ['/name']]);
    expect((await acme.as.viewer('GET', '/api/exception-views')).body.items).toEqual([saved.body]);
    expect((await acme.as.operator('GET', '/api/exception-views')).body.items).toEqual([]);
    const remove = (call: TestTenant['as']['viewer'], id: string) =>
      call('DELETE', `/api/exception-views/${id}`);
    expect((await remove(acme.as.operator, saved.body.id)).status).toBe(404);
    expect((await remove(acme.as.viewer, 'nonsense')).status).toBe(404);
    expect((await remove(acme.as.viewer, saved.body.id)).status).toBe(204);
    expect((await acme.as.viewer('GET', '/api/exception-views')).body.items).toEqual([]);
  });

  test('members are listed with their roles', async () => {
    const { body } = await acme.as.viewer('GET', '/api/members');
    const member = (name: string, email: string, roles: string[]) => ({
      id: expect.any(String),
      name,
      email,
      roles,
    });
    expect(body.items[0]).toEqual(member('Ana Admin', acme.email, ['tenant_admin']));
    expect(body.items).toContainEqual(member('operator person', `operator@${acme.id}.test`, ['operator']));
    expect(body.nextCursor).toBeNull();
  });

  test('a viewer can read but not write; an operator cannot configure', async () => {
    const made = await create();
    const tool = { name: 'looked_at', title: 'Looked at', type: 'dummy' };
    const { id: toolId } = (await acme.as.tool_admin('POST', '/api/tools', tool)).body;
    expect((await acme.as.viewer('GET', `/api/exceptions/${made.id}/known-inputs?toolId=x`)).status).toBe(
      404,
    );
    const operations = restOperations.filter((each) => collectionOf(each) === '/api/exceptions');
    expect(operations.length).toBeGreaterThan(8);
    for (const operation of operations) {
      const response = await acme.as.viewer(...requestOf(operation, { id: made.id, toolId }));
      expect(response.status, operation.name).toBe(operation.rest.method === 'GET' ? 200 : 403);
    }
    expect((await acme.as.viewer('POST', '/api/exceptions', { title: 'x' })).status).toBe(403);
    const domain = { title: 'x', attributeSchema: {} };
    const refused = await acme.as.operator('PUT', '/api/exception-domains/x', domain);
    expect(refused.status).toBe(403);
    expect(await types(made.id)).toEqual(['ExceptionCreated']);
  });

  test('an invalid field is reported with its path', async () => {
    const made = await create();
    const sent = (body: Record<string, unknown>) =>
      acme.as.operator('POST', '/api/exceptions', { title: 'x', ...body });
    const list = (query: string) => acme.as.viewer('GET', `/api/exceptions?${query}`);
    const newest = Buffer.from(JSON.stringify(['newest', 0, uuidv7()])).toString('base64url');
    const cases: [ApiResponse, string][] = [
      [await sent({ title: '  ' }), '/title'],
      [await sent({ title: 'a\u0000b' }), '/title'],
      [await sent({ description: '\ud800' }), '/description'],
      [await sent({ severity: 'worst' }), '/severity'],
      [await sent({ domain: 'Not a name' }), '/domain'],
      [await sent({ dueAt: 'tomorrow' }), '/dueAt'],
      [await sent({ attributes: [] }), '/attributes'],
      [await sent({ attributes: { a: { b: 'x\u0000' } } }), '/attributes/a/b'],
      [await sent({ assignee: globex.email }), '/assignee'],
      [await sent({ surprise: 1 }), '/surprise'],
      [await put(made.id, { title: 'a\u0000b' }), '/title'],
      [await post(made.id, 'resolve', { code: 'gone' }), '/code'],
      [await post(made.id, 'resolve', { code: 'fixed', note: '\u0000' }), '/note'],
      [await post(made.id, 'reopen', { reason: ' ' }), '/reason'],
      [await post(made.id, 'comments', { body: '\u0000' }), '/body'],
      [await list('sort=oldest'), '/sort'],
      [await list('cursor=nonsense'), '/cursor'],
      [await list(`sort=due&cursor=${newest}`), '/cursor'],
      [await list('q=%00'), '/q'],
      [await list('assignee=%00'), '/assignee'],
      [await acme.as.viewer('GET', `/api/exceptions/${made.id}/timeline?cursor=x`), '/cursor'],
      [await acme.as.viewer('POST', '/api/exception-views', { name: '', filter: {} }), '/name'],
    ];
    for (const [response, place] of cases) {
      expect([response.status, issuePaths(response)[0]], place).toEqual([422, place]);
    }
  });
});
