import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { complete, publishPlaybook, startRun, stepWhen } from '../support/playbook-runs.ts';
import { issuePaths, startTestApi, type TestApi, type TestTenant } from '../support/test-api.ts';

type Json = Record<string, unknown>;

const tool = (more: Json = {}): Json => ({
  name: 'free_name',
  type: 'http',
  config: { method: 'GET', url: 'https://api.example/things' },
  ...more,
});
const connector = (more: Json = {}): Json => ({
  name: 'free_name',
  baseUrl: 'https://api.example',
  ...more,
});
const bearer = (more: Json = {}) => ({ auth: { type: 'bearer', ...more } });

describe('checking a definition', () => {
  let api: TestApi;
  let acme: TestTenant;
  let toolId: string;
  let connectorId: string;

  beforeAll(async () => {
    api = await startTestApi();
    acme = await api.tenant();
    toolId = (await write('/api/tools', tool({ name: 'taken_name', ...bearer({ token: 'a' }) }))).body.id;
    connectorId = (await write('/api/connectors', connector({ name: 'taken_name' }))).body.id;
  });
  afterAll(() => api?.close());

  const write = (path: string, body: Json, method = 'POST') => acme.as.tool_admin(method, path, body);
  const problemOf = ({ status, body }: Awaited<ReturnType<typeof write>>) => ({
    status,
    code: body.error?.code,
    issues: body.error?.issues,
  });

  const unknownCredential = bearer({ credentialId: '5e2f8a31-0000-4000-8000-000000000001' });

  test.each([
    ['/api/tools', tool(bearer()), 422, ['/auth/token']],
    ['/api/tools', tool(unknownCredential), 422, ['/auth/credentialId']],
    ['/api/tools', tool({ name: 'taken_name' }), 409, ['/name']],
    ['/api/tools', tool({ scope: 'global' }), 403, undefined],
    ['/api/tools', tool({ type: 'nothing', title: 5 }), 422, ['/type', '/title']],
    ['/api/tools', tool({ config: { connectorId: 'x', path: '/' } }), 422, ['/config/connectorId']],
    ['/api/connectors', connector(bearer()), 422, ['/auth/token']],
    ['/api/connectors', connector(unknownCredential), 422, ['/auth/credentialId']],
    ['/api/connectors', connector({ name: 'taken_name' }), 409, ['/name']],
    ['/api/connectors', connector({ scope: 'global' }), 403, undefined],
    ['/api/connectors', connector({ title: 5, baseUrl: 'ftp://x' }), 422, ['/title', '/baseUrl']],
  ])('POST %s/check refuses what creating would refuse (%#)', async (path, definition, status, paths) => {
    const checked = problemOf(await write(`${path}/check`, definition));
    expect(checked).toEqual(problemOf(await write(path, definition)));
    expect(checked.status).toBe(status);
    expect(checked.issues?.map((issue: Json) => issue.path)).toEqual(paths);
  });

  test('a check of what can be created is valid and stores nothing', async () => {
    const named = { name: 'checked_only', ...bearer({ token: 'b' }) };
    for (const [path, definition] of [
      ['/api/tools', tool(named)],
      ['/api/connectors', connector(named)],
    ] as const) {
      expect((await write(`${path}/check`, definition)).body).toEqual({ valid: true });
      const { body } = await acme.as.viewer('GET', path);
      const names = body.items.map((each: Json) => each.name);
      expect(names).toContain('taken_name');
      expect(names).not.toContain('checked_only');
    }
  });

  test('with an ID, a check says what updating would say: the stored secret stays, the scope too', async () => {
    const kept = tool({ name: 'taken_name', ...bearer() });
    expect((await write(`/api/tools/check?toolId=${toolId}`, kept)).body).toEqual({ valid: true });
    const elsewhere = { ...kept, config: { method: 'GET', url: 'https://other.example/' } };
    const moved = problemOf(await write(`/api/tools/check?toolId=${toolId}`, elsewhere));
    expect(moved).toEqual(problemOf(await write(`/api/tools/${toolId}`, elsewhere, 'PUT')));
    expect(moved.issues).toMatchObject([{ path: '/auth/token' }]);
    const wider = { ...kept, scope: 'global' };
    expect(issuePaths(await write(`/api/tools/check?toolId=${toolId}`, wider))).toEqual(['/scope']);
    expect((await write(`/api/tools/check?toolId=${connectorId}`, kept)).status).toBe(404);
    const same = connector({ name: 'taken_name' });
    expect((await write(`/api/connectors/check?connectorId=${connectorId}`, same)).status).toBe(200);
  });

  test('a problem of the shape of one field does not hide those of the others', async () => {
    const sent = tool({
      name: 'Not a name',
      title: 5,
      surprise: true,
      description: 'with a \0',
      inputSchema: { type: 'nonsense' },
      outputSchema: { required: 'x' },
      auth: { type: 'api_key', in: 'header' },
      timeoutMs: 20_000,
      deadlineMs: 10_000,
    });
    for (const path of ['/api/tools/check', '/api/tools'])
      expect([...new Set(issuePaths(await write(path, sent)))].toSorted()).toEqual([
        '/auth/name',
        '/description',
        '/inputSchema/type',
        '/name',
        '/outputSchema/required',
        '/surprise',
        '/timeoutMs',
        '/title',
      ]);
    const templates = tool({ title: '', config: { method: 'GET', url: 'https://a.example/{missing}' } });
    expect(issuePaths(await write('/api/tools', templates))).toContain('/config/url');
  });

  describe('of a playbook', () => {
    const manual = (id: string, more: Json = {}) => ({ id, type: 'manual', title: id, ...more });
    const call = (id: string, more: Json = {}) => ({
      id,
      type: 'call_tool',
      title: id,
      tool: 'taken_name',
      ...more,
    });
    const playbook = (steps: Json[], more: Json = {}) => ({ name: 'own_one', title: 'Own', steps, ...more });
    const check = async (document: Json, query = ''): Promise<string[]> => {
      const { body } = await acme.as.viewer('POST', `/api/playbooks/check${query}`, document);
      return [...new Set<string>(body.issues.map(({ path }: { path: string }) => path))];
    };

    test('a step whose shape is wrong does not hide the problems of the others, and makes none of them up', async () => {
      const steps = [
        manual('first', { title: '', form: { properties: { ok: { type: 'boolean' } } } }),
        call('second', {
          tool: 'no_such_tool',
          when: '${{ steps.first.output.ok and steps.inner.output.x }}',
        }),
        {
          id: 'both',
          type: 'parallel',
          title: 'Both',
          branches: [
            { id: 'a', title: 'A', steps: [manual('inner', { assignee: 'ana' })] },
            { id: 'b', title: 'B', steps: [call('other', { input: '${{ steps.nowhere.output }}' })] },
          ],
        },
        { id: 'strange', type: 'nonsense', steps: [manual('deep')] },
        manual('last', { when: '${{ steps.deep.output.x = steps.strange.outcome }}' }),
      ];
      const found = await check(playbook(steps, { title: '', inputSchema: { type: 'nonsense' } }));
      expect(found.toSorted()).toEqual([
        '/inputSchema/type',
        '/steps/0/title',
        '/steps/1/tool',
        '/steps/2/branches/0/steps/0/assignee',
        '/steps/2/branches/1/steps/0/input',
        '/steps/3/type',
        '/title',
      ]);
    });

    test('another playbook with the same name is a problem, the playbook itself is none', async () => {
      const document = playbook([manual('one')], { name: 'named_twice' });
      expect(await check(document)).toEqual([]);
      const { body } = await write('/api/playbooks', document);
      expect(await check(document)).toEqual(['/name']);
      expect(issuePaths(await write('/api/playbooks', document))).toEqual(['/name']);
      expect(await check(document, `?playbookId=${body.id}`)).toEqual([]);
      expect((await write(`/api/playbooks/${body.id}/publish`, {})).status).toBe(200);
      const renamed = { ...document, name: 'named_once' };
      expect(await check(renamed, `?playbookId=${body.id}`)).toEqual(['/name']);
    });

    test('a person whom no one in the organization is cannot be assigned a step: publishing is refused', async () => {
      const globex = await api.tenant();
      const nobody = { user: 'nobody@example.test' };
      const document = playbook([
        manual('one', { assignee: nobody, due: 'PT1H', escalation: [{ after: 'PT1H', to: nobody }] }),
        manual('two', { assignee: { user: globex.email } }),
        manual('three', { assignee: { user: acme.email.toUpperCase() } }),
        { id: 'sign', type: 'approval', title: 'Sign', approvers: [nobody, { role: 'approver' }] },
        manual('four', { assignee: { user: '${{ run.startedBy }}' } }),
      ]);
      const { body } = await write('/api/playbooks', document);
      const refused = await write(`/api/playbooks/${body.id}/publish`, {});
      expect(refused.status).toBe(422);
      expect(issuePaths(refused)).toEqual([
        '/steps/0/assignee/user',
        '/steps/0/escalation/0/to/user',
        '/steps/1/assignee/user',
        '/steps/3/approvers/0/user',
      ]);
    });

    test('a tenant admin can always reassign a step, and an approval to others only', async () => {
      const admin = acme.as.tenant_admin;
      const gone = { user: '${{ "gone@example.test" }}' };
      const id = await publishPlaybook(acme.as.tool_admin, {
        ...playbook([
          manual('work', { assignee: gone }),
          { id: 'sign', type: 'approval', title: 'Sign', assignee: gone },
        ]),
        name: 'of_someone_gone',
      });
      const run = await startRun(acme.as.operator, id);
      await stepWhen(acme.as.operator, run, 'work', 'waiting');
      const assign = (step: string, to: Json, by = admin) =>
        by('POST', `/api/playbook-runs/${run}/steps/${step}/assign`, to);
      expect((await assign('work', { role: 'operator' }, acme.as.operator)).status).toBe(403);
      expect((await assign('work', { role: 'operator' })).status).toBe(200);
      expect((await complete(acme.as.operator, run, 'work', {})).status).toBe(200);

      await stepWhen(acme.as.operator, run, 'sign', 'waiting');
      const approver = `approver@${acme.id}.test`;
      for (const to of [{ role: 'approver' }, { user: `tenant_admin@${acme.id}.test` }])
        expect((await assign('sign', to)).body.error).toMatchObject({
          code: 'forbidden',
          message: expect.stringContaining('Assign it to another person'),
        });
      expect((await assign('sign', { user: `operator@${acme.id}.test` })).status).toBe(422);
      expect((await assign('sign', { user: approver })).status).toBe(200);
      expect((await complete(admin, run, 'sign', { outcome: 'approved' })).status).toBe(403);
      expect((await complete(acme.as.approver, run, 'sign', { outcome: 'approved' })).status).toBe(200);
    });
  });
});
