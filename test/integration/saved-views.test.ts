import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { peopleOf } from '../support/people.ts';
import { type Call, issuePaths, startTestApi, type TestApi, type TestTenant } from '../support/test-api.ts';

describe('saved views', () => {
  let api: TestApi;
  let acme: TestTenant;
  let globex: TestTenant;

  beforeAll(async () => {
    api = await startTestApi({ worker: false });
    [acme, globex] = await Promise.all([api.tenant(), api.tenant()]);
  });
  afterAll(() => api?.close());

  const save = async (call: Call, body: Record<string, unknown>) => {
    const made = await call('POST', '/api/saved-views', { list: 'tools', ...body });
    expect(made.status, JSON.stringify(made.body)).toBe(201);
    return made.body;
  };
  const seen = async (call: Call, list = 'tools'): Promise<Record<string, unknown>[]> =>
    (await call('GET', `/api/saved-views?list=${list}`)).body.items;
  const namesOf = async (call: Call, list?: string) => (await seen(call, list)).map(({ name }) => name);

  test('a private view is its owner’s alone; a shared one is everyone’s in the organization', async () => {
    const filters = { status: 'enabled', q: 'refund' };
    const look = { hiddenColumns: ['type'], density: 'compact' };
    const own = await save(acme.as.viewer, { name: 'Mine', filters, ...look });
    expect(own).toMatchObject({ shared: false, filters, ...look, mine: true, writable: true, revision: 1 });
    const shared = await save(acme.as.operator, { name: 'Ours', shared: true, filters });
    expect(await namesOf(acme.as.viewer)).toEqual(['Mine', 'Ours']);
    expect(await namesOf(acme.as.operator)).toEqual(['Ours']);
    expect(await namesOf(acme.as.viewer, 'runs')).toEqual([]);
    expect(await namesOf(globex.as.tenant_admin)).toEqual([]);
    // Another person's own view is not found, a shared one is not theirs to change; another tenant finds neither.
    for (const [call, id, status] of [
      [acme.as.tenant_admin, own.id, 404],
      [acme.as.approver, shared.id, 403],
      [globex.as.tenant_admin, shared.id, 404],
    ] as const) {
      expect((await call('PUT', `/api/saved-views/${id}`, { name: 'Taken' })).status).toBe(status);
      expect((await call('DELETE', `/api/saved-views/${id}`)).status).toBe(status);
    }
    const [ours] = (await seen(acme.as.approver)).filter(({ name }) => name === 'Ours');
    expect(ours).toMatchObject({ mine: false, writable: false, owner: { name: expect.any(String) } });
  });

  test('a name is taken once: among one’s own, and among the shared ones of a list', async () => {
    await save(acme.as.operator, { name: 'Once' });
    await save(acme.as.approver, { name: 'Once' });
    await save(acme.as.operator, { name: 'Once', list: 'runs' });
    const again = await acme.as.operator('POST', '/api/saved-views', { list: 'tools', name: 'Once' });
    expect([again.status, issuePaths(again)]).toEqual([409, ['/name']]);
    await save(acme.as.operator, { name: 'Once', shared: true });
    const other = { list: 'tools', name: 'Once', shared: true };
    expect((await acme.as.tool_admin('POST', '/api/saved-views', other)).status).toBe(409);
  });

  test('sharing needs the role; a tenant admin changes and removes what others share', async () => {
    const refused = await acme.as.viewer('POST', '/api/saved-views', {
      list: 'tools',
      name: 'Loud',
      shared: true,
    });
    expect(refused.status).toBe(403);
    const { id } = await save(acme.as.viewer, { name: 'Quiet' });
    expect(
      (await acme.as.viewer('PUT', `/api/saved-views/${id}`, { name: 'Quiet', shared: true })).status,
    ).toBe(403);
    const shared = await save(acme.as.operator, { name: 'Shared', shared: true });
    const path = `/api/saved-views/${shared.id}`;
    expect((await acme.as.tenant_admin('PUT', path, { name: 'Shared' })).status).toBe(403);
    const renamed = await acme.as.tenant_admin('PUT', path, { name: 'Renamed', shared: true });
    expect(renamed.body).toMatchObject({ name: 'Renamed', revision: 2, mine: false, writable: true });
    const stale = await acme.as.operator('PUT', path, { name: 'Late', shared: true }, { 'if-match': '"1"' });
    expect(stale.status).toBe(412);
    expect((await acme.as.tenant_admin('DELETE', path)).status).toBe(204);
    expect(await namesOf(acme.as.operator)).not.toContain('Renamed');
  });

  test('who may share no more takes their shared view back, and changes nothing that others see', async () => {
    const person = await peopleOf(api, acme).person('loud@acme.example', ['operator']);
    const shared = await save(person, { name: 'Was loud', shared: true });
    const { body: me } = await person('GET', '/api/me');
    const demoted = await acme.as.tenant_admin('PUT', `/api/members/${me.actor.id}`, { roles: ['viewer'] });
    expect(demoted.status, JSON.stringify(demoted.body)).toBe(200);
    const path = `/api/saved-views/${shared.id}`;
    expect((await person('PUT', path, { name: 'Still loud', shared: true })).status).toBe(403);
    expect(await namesOf(acme.as.operator)).toContain('Was loud');
    expect((await person('PUT', path, { name: 'Quiet now', shared: false })).status).toBe(200);
    expect(await namesOf(acme.as.operator)).not.toContain('Quiet now');
  });

  test('a text that cannot be stored is refused where it is', async () => {
    const refused = async (body: Record<string, unknown>) => {
      const response = await acme.as.viewer('POST', '/api/saved-views', {
        list: 'tools',
        name: 'Odd',
        ...body,
      });
      expect(response.status).toBe(422);
      return issuePaths(response);
    };
    expect(await refused({ hiddenColumns: ['type', 'a\0'] })).toEqual(['/hiddenColumns/1']);
    expect(await refused({ filters: { 'a\0': 'x' } })).toEqual(['/filters/a\0']);
    expect(await refused({ filters: { '\ud800': 'x' } })).toHaveLength(1);
  });

  test('saved at once by many requests, there are no more views than a list may have', async () => {
    const content = (name: number) => ({ list: 'batches', name: `View ${name}` });
    const saveAll = (from: number, to: number) =>
      Promise.all(
        Array.from({ length: to - from }, (_, at) =>
          acme.as.viewer('POST', '/api/saved-views', content(from + at)),
        ),
      );
    for (let from = 0; from < 90; from += 30) await saveAll(from, from + 30);
    const statuses = (await saveAll(90, 120)).map(({ status }) => status);
    expect(statuses.filter((status) => status === 201)).toHaveLength(10);
    expect(statuses.filter((status) => status === 409)).toHaveLength(20);
  });

  test('a person chooses with which view a list opens; one that is no longer theirs to see opens nothing', async () => {
    const shared = await save(acme.as.operator, { name: 'Default', shared: true });
    const choose = (call: Call, viewId: string | null, list = 'tools') =>
      call('PUT', `/api/saved-view-defaults/${list}`, { viewId });
    const chosen = async (call: Call) =>
      (await seen(call)).filter(({ isDefault }) => isDefault).map(({ name }) => name);
    expect((await choose(acme.as.viewer, shared.id)).status).toBe(204);
    expect((await choose(acme.as.viewer, shared.id)).status).toBe(204);
    expect(await chosen(acme.as.viewer)).toEqual(['Default']);
    expect(await chosen(acme.as.operator)).toEqual([]);
    for (const [call, list] of [
      [acme.as.viewer, 'runs'],
      [globex.as.viewer, 'tools'],
    ] as const)
      expect((await choose(call, shared.id, list)).status).toBe(404);
    await acme.as.operator('PUT', `/api/saved-views/${shared.id}`, { name: 'Default', shared: false });
    expect(await chosen(acme.as.viewer)).toEqual([]);
    expect((await choose(acme.as.operator, shared.id)).status).toBe(204);
    expect((await choose(acme.as.operator, null)).status).toBe(204);
    expect(await chosen(acme.as.operator)).toEqual([]);
  });
});
