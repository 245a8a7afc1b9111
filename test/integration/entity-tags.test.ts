import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createInterlockClient } from '../../shared/client/interlock-client.ts';
import { connectAdmin } from '../support/connect-admin.ts';
import { type ApiResponse, startTestApi, type TestApi, type TestTenant } from '../support/test-api.ts';

const tool = { name: 'refund', type: 'dummy', config: { response: { ok: true } } };
const connector = { name: 'pay', baseUrl: 'https://pay.example/v1' };
const playbook = {
  name: 'check_it',
  title: 'Check it',
  steps: [{ id: 'check', type: 'manual', title: 'Check', assignee: { role: 'operator' } }],
};

describe('changes that depend on what was read', () => {
  let api: TestApi;
  let acme: TestTenant;
  let globex: TestTenant;

  beforeAll(async () => {
    api = await startTestApi();
    [acme, globex] = await Promise.all([api.tenant(), api.tenant()]);
  });
  afterAll(() => api.close());

  const admin = (method: string, path: string, body?: unknown, headers?: Record<string, string>) =>
    acme.as.tenant_admin(method, path, body, headers);
  const tagOf = ({ headers }: ApiResponse) => headers.get('etag') ?? '';

  describe.each<[string, string, Record<string, unknown>, Record<string, unknown>]>([
    ['a tool', '/api/tools', tool, { ...tool, title: 'Refund' }],
    ['a connector', '/api/connectors', connector, { ...connector, title: 'Pay' }],
    ['a playbook', '/api/playbooks', playbook, { ...playbook, title: 'Checked' }],
    ['an exception', '/api/exceptions', { title: 'Card failed' }, { title: 'Card failed twice' }],
  ])('%s', (_what, collection, first, second) => {
    test('is changed only as it was read; otherwise 412 says who changed it, when, and what it is now', async () => {
      const made = await admin('POST', collection, first);
      const path = `${collection}/${made.body.id}`;
      const read = await admin('GET', path);
      const loaded = tagOf(read);
      expect(loaded).toMatch(/^"[^"]+"$/);
      expect(tagOf(made)).toBe(loaded);
      const unchanged = await admin('GET', path, undefined, { 'if-none-match': `"x", ${loaded}` });
      expect([unchanged.status, unchanged.body, tagOf(unchanged)]).toEqual([304, '', loaded]);

      const changed = await admin('PUT', path, second, { 'if-match': loaded });
      expect(changed.status, JSON.stringify(changed.body)).toBe(200);
      expect(tagOf(changed)).not.toBe(loaded);
      expect(tagOf(changed)).toBe(tagOf(await admin('GET', path)));

      for (const stale of [loaded, `W/${tagOf(changed)}`, '"x"']) {
        const refused = await admin('PUT', path, first, { 'if-match': stale });
        expect([stale, refused.status, refused.body.error.code]).toEqual([stale, 412, 'precondition_failed']);
        const { changedBy, changedAt, current } = refused.body.error.details;
        expect(changedBy).toMatchObject({ type: 'api_key', name: expect.any(String) });
        expect(new Date(changedAt).toISOString()).toBe(changedAt);
        expect(current).toEqual((await admin('GET', path)).body);
      }
      for (const malformed of ['3', '"a', 'W/*', ''])
        expect([malformed, (await admin('PUT', path, second, { 'if-match': malformed })).status]).toEqual([
          malformed,
          400,
        ]);
      for (const passing of [() => '*', (tag: string) => tag, (tag: string) => `"x", ${tag}`]) {
        const tag = passing(tagOf(await admin('GET', path)));
        expect((await admin('PUT', path, second, { 'if-match': tag })).status).toBe(200);
      }
      expect((await admin('PUT', `${collection}/${uuidv7()}`, second, { 'if-match': '*' })).status).toBe(404);
      expect((await globex.as.tenant_admin('PUT', path, second, { 'if-match': '"x"' })).status).toBe(404);

      if (collection === '/api/exceptions') return;
      expect((await admin('DELETE', path, undefined, { 'if-match': loaded })).status).toBe(412);
      const now = tagOf(await admin('GET', path));
      expect((await admin('DELETE', path, undefined, { 'if-match': now })).status).toBe(204);
    });

    test('of two changes to the same state one is made, and the other learns of it', async () => {
      const made = await admin('POST', collection, { ...first, name: first.name && `${first.name}_two` });
      const path = `${collection}/${made.body.id}`;
      const name = first.name && `${first.name}_two`;
      const answers = await Promise.all(
        ['Left', 'Right'].map((title) =>
          admin('PUT', path, { ...second, ...(name ? { name } : {}), title }, { 'if-match': tagOf(made) }),
        ),
      );
      expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 412]);
    });
  });

  test('other changes of a tool, a playbook and an exception depend on it too', async () => {
    const make = async (collection: string, body: unknown) => {
      const { body: made } = await admin('POST', collection, body);
      return `${collection}/${made.id}`;
    };
    const [toolPath, playbookPath, exceptionPath] = [
      await make('/api/tools', { ...tool, name: 'others' }),
      await make('/api/playbooks', { ...playbook, name: 'others' }),
      await make('/api/exceptions', { title: 'Others' }),
    ];
    for (const [method, path, body] of [
      ['PUT', `${toolPath}/enabled`, { enabled: false }],
      ['POST', `${toolPath}/versions/1/restore`, {}],
      ['POST', `${playbookPath}/publish`, {}],
      ['DELETE', `${playbookPath}/draft`, undefined],
      ['POST', `${exceptionPath}/assign`, { assignee: null }],
      ['POST', `${exceptionPath}/resolve`, { code: 'fixed' }],
    ] as const) {
      expect([path, (await admin(method, path, body, { 'if-match': '"99"' })).status]).toEqual([path, 412]);
    }
    expect((await admin('GET', toolPath)).body).toMatchObject({ enabled: true, version: 1 });
    expect((await admin('GET', exceptionPath)).body.status).toBe('open');
    const published = await admin('POST', `${playbookPath}/publish`, {}, { 'if-match': '*' });
    expect([published.status, published.body.version]).toEqual([200, 1]);
    expect(
      (await admin('POST', `${playbookPath}/versions/1/restore`, {}, { 'if-match': '"99"' })).status,
    ).toBe(412);
  });

  test('webhooks and notification channels: of two people who edit one, the second sees the change', async () => {
    const { body: said } = await admin('POST', '/api/tools', {
      ...tool,
      name: 'say',
      inputSchema: { type: 'object', properties: { text: { type: 'string' } } },
    });
    for (const [collection, first, second] of [
      ['/api/webhooks', { url: 'https://hooks.example/' }, { description: 'Ours' }],
      [
        '/api/notification-channels',
        { name: 'Desk', toolId: said.id, input: { text: 'x' } },
        { name: 'Desk', toolId: said.id, input: { text: 'y' } },
      ],
    ] as const) {
      const made = await admin('POST', collection, first);
      expect([made.status, made.body.revision], JSON.stringify(made.body)).toEqual([201, 1]);
      const path = `${collection}/${made.body.id}`;
      const changed = await admin('PUT', path, second, { 'if-match': '"1"' });
      expect([changed.status, changed.body.revision], JSON.stringify(changed.body)).toEqual([200, 2]);
      expect(tagOf(changed)).toMatch(/^"2/);
      const refused = await admin('PUT', path, { ...second, enabled: false }, { 'if-match': '"1"' });
      expect([refused.status, refused.body.error.code]).toEqual([412, 'precondition_failed']);
      const { changedBy, current } = refused.body.error.details;
      expect(changedBy).toMatchObject({ type: 'api_key', name: 'tenant_admin key' });
      const [listed] = (await admin('GET', collection)).body.items;
      expect(current).toEqual(listed);
      expect(listed).toMatchObject({ revision: 2, enabled: true });
      // At the same time one is made; without the header it is made in any case.
      const both = await Promise.all(
        [1, 2].map(() => admin('PUT', path, second, { 'if-match': tagOf(changed) })),
      );
      expect(both.map(({ status }) => status).toSorted()).toEqual([200, 412]);
      expect((await admin('PUT', path, second)).body.revision).toBe(4);
      expect((await admin('PUT', path, second, { 'if-match': '3' })).status).toBe(400);
      expect((await globex.as.tenant_admin('PUT', path, second, { 'if-match': '"4"' })).status).not.toBe(200);
      // Months of the event log are removed: the change is refused all the same.
      const database = await connectAdmin();
      try {
        await database.query('SET session_replication_role = replica');
        await database.query('DELETE FROM event WHERE tenant_id = $1 AND subject_id = $2', [
          acme.id,
          made.body.id,
        ]);
      } finally {
        await database.end();
      }
      const late = await admin('PUT', path, second, { 'if-match': '"1"' });
      expect([late.status, late.body.error.details?.changedBy.name]).toEqual([412, 'tenant_admin key']);
      // What one has not seen is not removed either.
      expect((await admin('DELETE', path, undefined, { 'if-match': '"1"' })).status).toBe(412);
      expect((await admin('DELETE', path, undefined, { 'if-match': '"4"' })).status).toBe(204);
    }
  });

  test('the typed client passes the tag', async () => {
    const client = createInterlockClient({ url: api.url, apiKey: acme.keys.operator });
    const { id, revision } = await client.exceptions.create({ title: 'By the client' });
    const ifMatch = `"${revision}"`;
    const changed = await client.exceptions.update({ id, title: 'Changed', ifMatch });
    expect(changed.title).toBe('Changed');
    const refused = client.exceptions.resolve({ id, code: 'fixed', ifMatch });
    await expect(refused).rejects.toMatchObject({
      status: 412,
      code: 'precondition_failed',
      details: { current: { title: 'Changed' } },
    });
  });

  test('what was read can be sent back as it is, and changes nothing', async () => {
    const { body: made } = await admin('POST', '/api/connectors', {
      name: 'limits',
      baseUrl: 'https://limits.example',
      timeoutMs: 4000,
      auth: { type: 'bearer', token: 'a-token-that-stays' },
    });
    const minimal = {
      name: 'round_trip',
      type: 'http',
      config: { method: 'GET', connectorId: made.id, path: '/x' },
    };
    const withSecret = {
      ...minimal,
      name: 'round_trip_secret',
      config: { method: 'GET', url: 'https://own.example/x' },
      auth: { type: 'basic', username: 'ana', password: 'a-password-that-stays' },
    };
    for (const [collection, body, version] of [
      ['/api/tools', minimal, 'version'],
      ['/api/tools', withSecret, 'version'],
      ['/api/tools', { ...tool, name: 'round_trip_dummy' }, 'version'],
      ['/api/connectors', { ...connector, name: 'round_trip' }, 'revision'],
      ['/api/playbooks', { ...playbook, name: 'round_trip' }, 'draftRevision'],
    ] as const) {
      const { body: created } = await admin('POST', collection, body);
      const path = `${collection}/${created.id}`;
      const read = await admin('GET', path);
      const sent = await admin('PUT', path, read.body, { 'if-match': tagOf(read) });
      expect([sent.status, sent.body], JSON.stringify(sent.body)).toEqual([200, read.body]);
      expect(sent.body[version]).toBe(created[version]);
      const foreign = await admin('PUT', path, { ...read.body, id: uuidv7() });
      expect([foreign.status, foreign.body.error.issues[0].path]).toEqual([422, '/id']);
    }
    // One field is changed; what comes from the connector keeps coming from it.
    const { body: list } = await admin('GET', '/api/tools?q=round_trip');
    const { id } = list.items.find((each: { name: string }) => each.name === 'round_trip');
    const { body: read } = await admin('GET', `/api/tools/${id}`);
    const changed = await admin('PUT', `/api/tools/${id}`, { ...read, title: 'Changed' });
    expect([changed.status, changed.body.version, changed.body.timeoutMs]).toEqual([200, 2, 4000]);
    await admin('PUT', `/api/connectors/${made.id}`, {
      ...(await admin('GET', `/api/connectors/${made.id}`)).body,
      timeoutMs: 5000,
    });
    expect((await admin('GET', `/api/tools/${id}`)).body).toMatchObject({
      timeoutMs: 5000,
      auth: { type: 'inherit' },
    });
  });

  describe('the exception of an execution', () => {
    const openCase = async (tenant = acme) =>
      (await tenant.as.operator('POST', '/api/exceptions', { title: 'Payment failed' })).body;
    const newTool = async (name: string) => (await admin('POST', '/api/tools', { ...tool, name })).body;
    const execute = (id: string, exceptionId: unknown, key?: string) =>
      acme.as.operator(
        'POST',
        `/api/tools/${id}/execute`,
        { payload: {}, exceptionId },
        key ? { 'idempotency-key': key } : {},
      );

    test('is the tenant’s own; otherwise 404, and nothing is written', async () => {
      const { id } = await newTool('exception_checked');
      const [own, foreign] = [await openCase(), await openCase(globex)];
      for (const unknown of [foreign.id, uuidv7(), 'EX-9999', 'no-such']) {
        const refused = await execute(id, unknown);
        expect([unknown, refused.status, refused.body.error.code]).toEqual([unknown, 404, 'not_found']);
      }
      expect((await admin('GET', `/api/tools/executions?toolId=${id}`)).body.items).toEqual([]);
      for (const known of [own.id, `EX-${own.number}`, `ex-${own.number}`])
        expect((await execute(id, known)).body).toMatchObject({ status: 'succeeded', exceptionId: own.id });
      const { body: rerunOf } = await execute(id, own.id);
      const rerun = (body: unknown) =>
        acme.as.operator('POST', `/api/tools/executions/${rerunOf.id}/rerun`, body);
      expect((await rerun({ exceptionId: foreign.id })).status).toBe(404);
      expect((await rerun({})).body.exceptionId).toBe(own.id);
    });

    test('counts for the Idempotency-Key: another one is a conflict, the same one in other words is not', async () => {
      const { id } = await newTool('exception_keyed');
      const [own, other] = [await openCase(), await openCase()];
      const first = await execute(id, `EX-${own.number}`, 'with');
      expect((await execute(id, own.id, 'with')).body.id).toBe(first.body.id);
      for (const different of [other.id, undefined])
        expect((await execute(id, different, 'with')).body.error.code).toBe('idempotency_conflict');
      await execute(id, undefined, 'without');
      expect((await execute(id, own.id, 'without')).body.error.code).toBe('idempotency_conflict');
    });

    test('of a key stored before exceptions were checked is compared as it was sent', async () => {
      const { id } = await newTool('exception_before');
      const own = await openCase();
      const first = await execute(id, own.id, 'before');
      const database = await connectAdmin();
      try {
        await database.query('UPDATE tool_execution SET exception_id = $2 WHERE id = $1', [
          first.body.id,
          `EX-${own.number}`,
        ]);
      } finally {
        await database.end();
      }
      expect((await execute(id, `EX-${own.number}`, 'before')).body.id).toBe(first.body.id);
    });
  });
});
