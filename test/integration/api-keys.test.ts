import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Role } from '../../shared/identity/roles.ts';
import { eventually } from '../support/eventually.ts';
import { peopleOf } from '../support/people.ts';
import { type Call, issuePaths, startTestApi, type TestApi, type TestTenant } from '../support/test-api.ts';

describe('API keys', () => {
  let api: TestApi;
  let acme: TestTenant;
  let admin: Call;
  /** Ids of two tools. */
  let refund: string;
  let lookUp: string;

  beforeAll(async () => {
    api = await startTestApi({ env: { INTERLOCK_TRUSTED_PROXIES: '127.0.0.0/8' } });
    acme = await api.tenant();
    admin = acme.as.tenant_admin;
    const create = async (name: string) =>
      (await admin('POST', '/api/tools', { name, type: 'dummy' })).body.id as string;
    [refund, lookUp] = [await create('refund'), await create('look_up')];
  });
  afterAll(() => api?.close());

  const make = (more: object, as = admin) =>
    as('POST', '/api/api-keys', { name: `key ${uuidv7()}`, roles: ['operator'], ...more });
  async function made(more: object) {
    const { status, body } = await make(more);
    expect(status, JSON.stringify(body)).toBe(201);
    return { ...body, call: api.call(body.key) } as { id: string; key: string; name: string; call: Call };
  }
  const execute = (call: Call, tool: string) => call('POST', `/api/tools/${tool}/execute`, { payload: {} });
  const listed = async (id: string) => {
    const { body } = await admin('GET', '/api/api-keys');
    return body.items.find((key: { id: string }) => key.id === id);
  };
  const refusalsOf = async (keyId: string): Promise<{ reason: string }[]> => {
    const { body } = await admin('GET', '/api/events?type=AccessDenied&limit=200');
    return body.items
      .filter(({ actor }: { actor: { id: string } }) => actor.id === keyId)
      .map(({ data }: { data: object }) => data);
  };

  test('a key is shown once, stored as a hash, and used; the list says when and from where', async () => {
    const key = await made({ expiresAt: '2099-01-01T00:00:00Z' });
    expect(key.key).toMatch(/^ilk_[\w-]{43}$/);
    const { body } = await key.call('GET', '/api/me', undefined, { 'x-forwarded-for': '198.51.100.7' });
    expect(body).toMatchObject({ actor: { type: 'api_key', name: key.name }, roles: ['operator'] });
    const used = await eventually(async () => {
      const row = await listed(key.id);
      return row.lastUsedAt ? row : false;
    });
    expect(used).toMatchObject({
      status: 'active',
      lastAddress: '198.51.100.7',
      accountable: { name: 'tenant_admin person' },
      createdBy: { name: 'tenant_admin key' },
      expiresAt: '2099-01-01T00:00:00.000Z',
    });
    expect(JSON.stringify(used)).not.toContain(key.key);
    const { rows } = await api.services.db.authPool.query('SELECT * FROM auth.apikey');
    const events = await admin('GET', '/api/events?type=ApiKeyCreated');
    expect(JSON.stringify([rows, events.body])).not.toContain(key.key);
    expect(events.body.items[0].data).toMatchObject({ name: key.name, roles: ['operator'] });
  });

  test('a key for some tools executes, previews and reruns them, reads, and changes nothing else', async () => {
    const key = await made({ roles: ['tenant_admin'], tools: ['refund'] });
    expect((await listed(key.id)).tools).toEqual([{ id: refund, name: 'refund' }]);
    const done = await execute(key.call, refund);
    expect(done.status).toBe(200);
    const other = (await execute(admin, lookUp)).body.id;
    const allowed: [string, string, object?][] = [
      ['POST', `/api/tools/${refund}/preview`, { payload: {} }],
      ['POST', `/api/tools/executions/${done.body.id}/rerun`, {}],
      ['GET', '/api/tools'],
      ['GET', '/api/api-keys'],
    ];
    for (const [method, path, body] of allowed)
      expect((await key.call(method, path, body)).status, path).toBe(200);
    const refused: [string, string, object?][] = [
      ['POST', `/api/tools/${lookUp}/execute`, { payload: {} }],
      ['POST', `/api/tools/${lookUp}/preview`, { payload: {} }],
      ['POST', `/api/tools/executions/${other}/rerun`, {}],
      ['POST', '/api/tools', { name: 'mine', type: 'dummy' }],
      ['POST', '/api/playbook-runs', { playbookId: 'x' }],
      ['POST', '/api/api-keys', { name: 'free', roles: ['viewer'] }],
    ];
    for (const [method, path, body] of refused) {
      const response = await key.call(method, path, body);
      expect([response.status, response.body.error?.message], path).toEqual([
        403,
        expect.stringMatching(/API key/),
      ]);
    }
    expect(await refusalsOf(key.id)).toContainEqual(
      expect.objectContaining({ operation: 'tools.execute', reason: 'forbidden' }),
    );
    // The right to it is kept by id: another tool of this name is another tool.
    await admin('PUT', `/api/tools/${refund}`, { name: 'refund_renamed', type: 'dummy' });
    expect((await execute(key.call, refund)).status).toBe(200);
    const { body } = await key.call('GET', '/api/me');
    expect(body.permissions).toContain('tools.execute');
    expect(body.permissions).not.toContain('tools.write');
  });

  test('a key works by its doors only', async () => {
    const key = await made({ doors: ['trpc'] });
    const trpc = await api.call(key.key)('GET', '/trpc/me.get');
    expect(trpc.status).toBe(200);
    const rest = await key.call('GET', '/api/me');
    expect(rest.body.error.message).toBe(
      'This API key works for trpc only, and this request came by rest. Nothing was done.',
    );
    for (const path of ['/api/events/stream', '/api/events.csv'])
      expect((await key.call('GET', path)).status, path).toBe(403);
    expect(await refusalsOf(key.id)).toContainEqual(
      expect.objectContaining({ reason: 'door', door: 'rest', address: '127.0.0.1' }),
    );
    const overRest = await made({ doors: ['rest'] });
    expect((await overRest.call('GET', '/trpc/me.get')).status).toBe(403);
  });

  test('a key works from its addresses only, behind a trusted proxy and as IPv4 in IPv6 too', async () => {
    const key = await made({ addresses: ['10.0.0.0/8', '::ffff:192.0.2.0/120', '2001:db8::7'] });
    const from = async (address: string) =>
      (await key.call('GET', '/api/me', undefined, { 'x-forwarded-for': address })).status;
    for (const inside of ['10.1.2.3', '::ffff:10.1.2.3', '192.0.2.9', '2001:db8::7'])
      expect([inside, await from(inside)]).toEqual([inside, 200]);
    for (const outside of ['11.0.0.1', '192.0.3.1', '2001:db8::8', '::ffff:11.0.0.1', 'nonsense'])
      expect([outside, await from(outside)]).toEqual([outside, 403]);
    expect((await key.call('GET', '/api/me')).status).toBe(403);
    expect(await refusalsOf(key.id)).toContainEqual(expect.objectContaining({ reason: 'address' }));
  });

  test('a key ends at its time, and someone who sends it afterwards learns why', async () => {
    const expiresAt = new Date(Date.now() + 1_200).toISOString();
    const key = await made({ expiresAt });
    expect((await key.call('GET', '/api/me')).status).toBe(200);
    const refused = await eventually(async () => {
      const response = await key.call('GET', '/api/me');
      return response.status === 401 ? response : undefined;
    });
    expect(Date.now()).toBeGreaterThanOrEqual(Date.parse(expiresAt));
    expect(refused!.body.error.message).toContain(expiresAt);
    expect((await listed(key.id)).status).toBe('expired');
    expect(await refusalsOf(key.id)).toEqual([expect.objectContaining({ reason: 'expired' })]);
  });

  test('a rotated key has two values until a stated time, and a second rotation that did not see the first is refused', async () => {
    const key = await made({});
    const rotate = (body: object, headers = {}) =>
      admin('POST', `/api/api-keys/${key.id}/rotate`, body, headers);
    const seen = { 'if-match': '"1"' };
    const [first, second] = await Promise.all([
      rotate({ overlapSeconds: 3600 }, seen),
      rotate({ overlapSeconds: 3600 }, seen),
    ]);
    const [won, lost] = first.status === 200 ? [first, second] : [second, first];
    expect([won.status, lost.status]).toEqual([200, 412]);
    expect(lost.body.error.details.changedBy.name).toBe('tenant_admin key');
    expect(won.body).toMatchObject({ id: key.id, name: key.name, revision: 2 });
    expect(Date.parse(won.body.previousUntil) - Date.now()).toBeGreaterThan(3_000_000);
    for (const value of [key.key, won.body.key])
      expect((await api.call(value)('GET', '/api/me')).body.actor.id).toBe(key.id);
    const now = await rotate({ overlapSeconds: 0 });
    expect(now.body.previousUntil).toBeNull();
    for (const value of [key.key, won.body.key])
      expect((await api.call(value)('GET', '/api/me')).status).toBe(401);
    expect((await api.call(now.body.key)('GET', '/api/me')).status).toBe(200);
  });

  test('a revoked key says so, and stays in the list', async () => {
    const key = await made({});
    expect((await key.call('GET', '/api/me')).status).toBe(200);
    expect((await admin('DELETE', `/api/api-keys/${key.id}`)).status).toBe(204);
    const refused = await key.call('GET', '/api/me');
    expect([refused.status, refused.body.error.message]).toEqual([401, 'This API key has been revoked.']);
    expect((await listed(key.id)).status).toBe('revoked');
    expect((await admin('POST', `/api/api-keys/${key.id}/rotate`, {})).status).toBe(409);
    expect((await make({ name: key.name })).status).toBe(201);
  });

  test('a key has no more rights than who makes it and who is accountable, and votes as no one else', async () => {
    const people = peopleOf(api, acme);
    const bea = `bea-${uuidv7()}@example.test`;
    await people.person(bea, ['operator', 'approver']);
    const { body } = await admin('GET', '/api/members');
    const beaId = body.items.find(({ email }: { email: string }) => email === bea).id;
    const refusedAt = async (more: object) => {
      const response = await make(more);
      return [response.status, response.status === 422 ? issuePaths(response) : []];
    };
    const at = (path: string) => [422, [path]];
    expect(await refusedAt({ roles: ['tool_admin'], accountableUserId: beaId })).toEqual(
      at('/accountableUserId'),
    );
    expect(await refusedAt({ roles: ['approver'], accountableUserId: beaId })).toEqual(
      at('/accountableUserId'),
    );
    expect(await refusedAt({ accountableUserId: uuidv7() })).toEqual(at('/accountableUserId'));
    expect(await refusedAt({ tools: ['nowhere'] })).toEqual(at('/tools/0'));
    expect(await refusedAt({ tools: [] })).toEqual(at('/tools'));
    expect(await refusedAt({ addresses: ['10.0.0.0/8', '10.0.0.0/40', '10', 'x'] })).toEqual([
      422,
      ['/addresses/1', '/addresses/2', '/addresses/3'],
    ]);
    expect(await refusedAt({ expiresAt: '2020-01-01T00:00:00Z' })).toEqual(at('/expiresAt'));
    expect(await refusedAt({ roles: ['platform_admin'] })).toEqual(at('/roles/0'));
    const ofBea = await made({ accountableUserId: beaId });
    expect((await ofBea.call('GET', '/api/me')).body.roles).toEqual(['operator']);
    expect((await make({ name: ofBea.name })).body.error.code).toBe('already_exists');
    for (const role of ['viewer', 'operator', 'approver', 'tool_admin', 'platform_admin'] as Role[])
      expect((await make({ roles: ['viewer'] }, acme.as[role])).status, role).toBe(403);
    expect((await admin('GET', '/api/events?type=ApiKeyCreated')).body.items[0].data.accountable).toEqual({
      id: beaId,
      name: bea.split('@')[0],
    });
  });

  test('a key of a machine makes keys for which no one is accountable, and none for an approver', async () => {
    const machine = await peopleOf(api, acme).key(['tenant_admin']);
    const made = await make({ roles: ['operator'] }, machine);
    expect([made.status, made.body.accountable]).toEqual([201, null]);
    expect((await api.call(made.body.key)('GET', '/api/me')).body.roles).toEqual(['operator']);
    const { body } = await admin('GET', '/api/members');
    const approver = body.items.find(({ roles }: { roles: string[] }) => roles.includes('approver'));
    const refused = await make({ roles: ['approver'], accountableUserId: approver.id }, machine);
    expect(issuePaths(refused)).toEqual(['/accountableUserId']);
  });

  test("an approver's key gets a new value from its person only", async () => {
    const people = peopleOf(api, acme);
    const cleo = await people.person(`cleo-${uuidv7()}@example.test`, ['tenant_admin']);
    const own = await make({ roles: ['approver'] }, cleo);
    expect(own.status).toBe(201);
    const path = `/api/api-keys/${own.body.id}`;
    expect((await admin('POST', `${path}/rotate`, {})).body.error.message).toContain(
      'so only they can rotate it',
    );
    expect((await cleo('POST', `${path}/rotate`, {})).status).toBe(200);
    expect((await admin('DELETE', path)).status).toBe(204);
  });
});
