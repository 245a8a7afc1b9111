import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { forgetArchived } from '../../shared/schedules/db/schedules-sweep.ts';
import { connectAdmin } from '../support/connect-admin.ts';
import { publishPlaybook } from '../support/playbook-runs.ts';
import { issuePaths, startTestApi, type TestApi, type TestTenant } from '../support/test-api.ts';

describe('what was archived is restored', () => {
  let api: TestApi;
  let acme: TestTenant;
  let globex: TestTenant;
  const connector = { name: 'payments', title: 'Payments', baseUrl: 'https://pay.example' };
  const playbookOf = (name: string, tool: string) => ({
    name,
    title: `The ${name}`,
    steps: [{ id: 'call', type: 'call_tool', title: 'Call', tool }],
  });

  beforeAll(async () => {
    api = await startTestApi();
    [acme, globex] = await Promise.all([api.tenant(), api.tenant()]);
  });
  afterAll(() => api?.close());

  const as: TestTenant['as']['viewer'] = (...args) => acme.as.tenant_admin(...args);
  const made = async (path: string, body: unknown): Promise<string> => {
    const response = await as('POST', path, body);
    expect(response.status, JSON.stringify(response.body)).toBe(201);
    return response.body.id;
  };
  const archive = async (path: string) => expect((await as('DELETE', path)).status).toBe(204);
  const eventsOf = async (id: string): Promise<string[]> => {
    const { body } = await as('GET', `/api/events?subjectId=${id}&limit=50`);
    return body.items.map((event: { type: string }) => event.type);
  };

  const kinds: [type: string, path: string, body: Record<string, unknown>, event: string][] = [
    ['tool', '/api/tools', { name: 'kept_tool', type: 'dummy' }, 'ToolUnarchived'],
    ['connector', '/api/connectors', connector, 'ConnectorUnarchived'],
    [
      'playbook',
      '/api/playbooks',
      { name: 'kept', title: 'Kept', steps: [{ id: 'a', type: 'manual', title: 'A' }] },
      'PlaybookUnarchived',
    ],
    ['policy', '/api/policies', { name: 'Kept', effect: 'deny', tools: { tag: 'x' } }, 'PolicyUnarchived'],
    ['rule', '/api/exception-rules', { name: 'Kept', set: { severity: 'high' } }, 'ExceptionRuleUnarchived'],
    ['webhook', '/api/webhooks', { url: 'https://hooks.example/kept' }, 'WebhookEndpointUnarchived'],
    [
      'inbound_webhook',
      '/api/inbound-webhooks',
      { name: 'kept', scheme: 'bearer' },
      'InboundWebhookUnarchived',
    ],
  ];
  test.each(kinds)(
    'a %s: listed with who archived it, restored once with an event, for those who archive it',
    async (type, path, body, event) => {
      const id = await made(path, body);
      const own = `${path}/${id}`;
      await archive(own);
      const { body: listed } = await as('GET', `/api/archived?type=${type}`);
      const row = listed.items.find((each: { id: string }) => each.id === id);
      expect(row).toMatchObject({ type, restorable: true, archivedBy: { type: 'api_key' } });
      expect(Date.now() - Date.parse(row.archivedAt)).toBeLessThan(60_000);
      expect((await as('GET', `/api/archived/${type}/${id}`)).body).toEqual(row);
      const { body: others } = await globex.as.tenant_admin('GET', '/api/archived');
      expect(others.items).toEqual([]);
      expect((await globex.as.tenant_admin('GET', `/api/archived/${type}/${id}`)).status).toBe(404);
      expect((await globex.as.tenant_admin('POST', `${own}/restore`, {})).status).toBe(404);
      expect((await acme.as.viewer('POST', `${own}/restore`, {})).status).toBe(403);

      for (const _ of [1, 2]) {
        const restored = await as('POST', `${own}/restore`, {});
        expect([restored.status, restored.body.id], JSON.stringify(restored.body)).toEqual([200, id]);
      }
      expect((await eventsOf(id)).filter((each) => each === event)).toHaveLength(1);
      expect((await as('GET', `/api/archived/${type}/${id}`)).status).toBe(404);
      const { body: after } = await as('GET', path);
      expect(after.items.map((each: { id: string }) => each.id)).toContain(id);
      expect((await as('POST', `${path}/no-id/restore`, {})).status).toBe(404);
    },
  );

  test('viewers see what they may list, without the right to restore it', async () => {
    const { body } = await acme.as.viewer('GET', '/api/archived');
    expect(body.items).toEqual([]);
    await archive(`/api/tools/${await made('/api/tools', { name: 'seen', type: 'dummy' })}`);
    await archive(`/api/webhooks/${await made('/api/webhooks', { url: 'https://hooks.example/hidden' })}`);
    const { body: seen } = await acme.as.viewer('GET', '/api/archived');
    expect(seen.items).toMatchObject([{ type: 'tool', name: 'seen', restorable: false }]);
  });

  test('page by page, newest first, and by a part of the name', async () => {
    for (const name of ['paged_one', 'paged_two', 'paged_three'])
      await archive(`/api/tools/${await made('/api/tools', { name, type: 'dummy' })}`);
    const names: string[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const at: string = cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`;
      const { body } = await as('GET', `/api/archived?q=PAGED&limit=1${at}`);
      names.push(...body.items.map((item: { name: string }) => item.name));
      cursor = body.nextCursor;
    }
    expect(names).toEqual(['paged_three', 'paged_two', 'paged_one']);
    expect((await as('GET', '/api/archived?cursor=x')).status).toBe(422);
  });

  test('a tool comes back disabled if it was; its history and its executions are those of before', async () => {
    const id = await made('/api/tools', { name: 'disabled_tool', type: 'dummy' });
    const ran = await as('POST', `/api/tools/${id}/execute`, { payload: {} });
    expect(ran.body.status).toBe('succeeded');
    await as('POST', `/api/tools/${id}/enabled`, { enabled: false });
    const { body: before } = await as('GET', `/api/tools/${id}`);
    await archive(`/api/tools/${id}`);
    expect((await as('POST', `/api/tools/${id}/execute`, { payload: {} })).status).toBe(404);
    const { body: restored } = await as('POST', `/api/tools/${id}/restore`, {});
    expect(restored.enabled).toBe(before.enabled);
    expect(restored).toMatchObject({ version: 1, name: 'disabled_tool' });
    const other = await made('/api/tools', { name: 'enabled_tool', type: 'dummy' });
    await archive(`/api/tools/${other}`);
    await as('POST', `/api/tools/${other}/execute`, { payload: {} });
    await as('POST', `/api/tools/${other}/restore`, {});
    expect((await as('POST', `/api/tools/${other}/execute`, { payload: {} })).body.status).toBe('succeeded');
  });

  test.each([
    ['/api/tools', { name: 'taken', type: 'dummy' }],
    ['/api/connectors', { ...connector, name: 'taken' }],
    ['/api/playbooks', { name: 'taken', title: 'Taken', steps: [{ id: 'a', type: 'manual', title: 'A' }] }],
  ])('%s: a name that is taken meanwhile is a conflict at the name', async (path, body) => {
    const id = await made(path, body);
    await archive(`${path}/${id}`);
    const other = await made(path, body);
    const refused = await as('POST', `${path}/${id}/restore`, {});
    expect([refused.status, issuePaths(refused)]).toEqual([409, ['/name']]);
    await archive(`${path}/${other}`);
    expect((await as('POST', `${path}/${id}/restore`, {})).status).toBe(200);
  });

  test('what it depends on comes first: the connector of a tool, the tools of a playbook, the playbook of a rule', async () => {
    const connectorId = await made('/api/connectors', { ...connector, name: 'needed' });
    const toolId = await made('/api/tools', {
      name: 'needs_connector',
      type: 'http',
      config: { connectorId, method: 'GET', path: '/x' },
    });
    const playbookId = await publishPlaybook(acme.as.tool_admin, playbookOf('needs_tool', 'needs_connector'));
    const ruleId = await made('/api/exception-rules', { name: 'Starts it', set: { playbookId } });
    await archive(`/api/exception-rules/${ruleId}`);
    await archive(`/api/playbooks/${playbookId}`);
    await archive(`/api/tools/${toolId}`);
    await archive(`/api/connectors/${connectorId}`);
    const restore = (path: string) => as('POST', `${path}/restore`, {});
    const order: [path: string, blockedAt: string, named: string][] = [
      [`/api/exception-rules/${ruleId}`, '/set/playbookId', 'playbook'],
      [`/api/playbooks/${playbookId}`, '/steps', 'needs_connector'],
      [`/api/tools/${toolId}`, '/config/connectorId', 'needed'],
    ];
    for (const [path, at, named] of order) {
      const refused = await restore(path);
      expect([refused.status, issuePaths(refused)]).toEqual([409, [at]]);
      expect(refused.body.error.message).toContain(named);
    }
    for (const path of [`/api/connectors/${connectorId}`, ...order.map(([each]) => each).toReversed()])
      expect((await restore(path)).status, path).toBe(200);
  });

  test('a connector is not archived while a tool begins to use it: one of the two is refused', async () => {
    const connectorId = await made('/api/connectors', { ...connector, name: 'contended' });
    const definition = { type: 'http', config: { connectorId, method: 'GET', path: '/x' } };
    const toolId = await made('/api/tools', { name: 'contended', ...definition });
    const [tool, own] = [`/api/tools/${toolId}`, `/api/connectors/${connectorId}`];
    const ways = [
      () => as('POST', `${tool}/restore`, {}),
      async () => {
        const { body } = await as('POST', '/api/tools', { name: 'contended_too', ...definition });
        const taken = body.id && (await as('DELETE', `/api/tools/${body.id}`));
        return taken ? { status: 201 } : { status: 422 };
      },
    ];
    for (const begin of [...ways, ways[0]!]) {
      await archive(tool);
      const [began, archived] = await Promise.all([begin(), as('DELETE', own)]);
      const states = [tool, own].map(async (path) => (await as('GET', path)).status === 200);
      const [toolLives, connectorLives] = await Promise.all(states);
      expect(toolLives && !connectorLives, `${began.status} ${archived.status}`).toBe(false);
      await as('POST', `${own}/restore`, {});
      await as('POST', `${tool}/restore`, {});
    }
  });

  test('a policy that is in force again decides the next call', async () => {
    const id = await made('/api/tools', { name: 'guarded', type: 'dummy', tags: ['guarded'] });
    const policy = { name: 'No', effect: 'deny', tools: { tag: 'guarded' } };
    const policyId = await made('/api/policies', policy);
    const run = async () => (await as('POST', `/api/tools/${id}/execute`, { payload: {} })).status;
    expect(await run()).toBe(403);
    await archive(`/api/policies/${policyId}`);
    expect(await run()).toBe(200);
    await as('POST', `/api/policies/${policyId}/restore`, {});
    expect(await run()).toBe(403);
  });

  test('a schedule comes back paused, with what it starts; its owner resumes it', async () => {
    const toolId = await made('/api/tools', { name: 'scheduled', type: 'dummy' });
    const id = await made('/api/schedules', {
      target: { toolId, payload: { order: 7 } },
      spec: { cron: '0 3 1 1 *' },
    });
    await archive(`/api/schedules/${id}`);
    const { body: row } = await as('GET', `/api/archived/schedule/${id}`);
    expect(row).toMatchObject({ type: 'schedule', restorable: true, archivedBy: { type: 'api_key' } });
    expect((await acme.as.operator('POST', `/api/schedules/${id}/restore`, {})).status).toBe(403);
    for (const _ of [1, 2]) {
      const { status, body } = await as('POST', `/api/schedules/${id}/restore`, {});
      expect([status, body.status]).toEqual([200, 'paused']);
      expect(body.definition).toMatchObject({ payload: { order: 7 } });
    }
    expect((await eventsOf(id)).filter((type) => type === 'ScheduleUnarchived')).toHaveLength(1);
    expect((await as('POST', `/api/schedules/${id}/resume`, {})).body.status).toBe('active');
    expect((await as('POST', '/api/schedules/no-id/restore', {})).status).toBe(404);
  });

  test('what a schedule starts is removed a month after it was archived, and then it cannot come back', async () => {
    const toolId = await made('/api/tools', { name: 'forgotten', type: 'dummy' });
    const body = { target: { toolId }, spec: { cron: '0 3 1 1 *' } };
    const [old, recent] = [await made('/api/schedules', body), await made('/api/schedules', body)];
    for (const id of [old, recent]) await archive(`/api/schedules/${id}`);
    const admin = await connectAdmin();
    await admin.query(`UPDATE schedule SET updated_at = now() - interval '31 days' WHERE id = $1`, [old]);
    await api.services.db.system(forgetArchived);
    const { rows } = await admin.query(
      'SELECT id FROM schedule WHERE id = ANY($1) AND target_sealed IS NULL',
      [[old, recent]],
    );
    await admin.end();
    expect(rows).toEqual([{ id: old }]);
    const refused = await as('POST', `/api/schedules/${old}/restore`, {});
    expect([refused.status, refused.body.error.code]).toEqual([409, 'conflict']);
    expect((await as('POST', `/api/schedules/${recent}/restore`, {})).status).toBe(200);
  });

  test('a global tool and a connector are restored by a platform admin alone', async () => {
    const { platform_admin } = acme.as;
    for (const [path, definition] of [
      ['/api/tools', { name: 'global_old_tool', type: 'dummy', scope: 'global' }],
      ['/api/connectors', { ...connector, name: 'global_old_connector', scope: 'global' }],
    ] as const) {
      const { body } = await platform_admin('POST', path, definition);
      const own = `${path}/${body.id}`;
      expect((await platform_admin('DELETE', own)).status).toBe(204);
      expect((await as('POST', `${own}/restore`, {})).status).toBe(403);
      const type = path === '/api/tools' ? 'tool' : 'connector';
      expect((await as('GET', `/api/archived/${type}/${body.id}`)).status).toBe(404);
      expect((await platform_admin('GET', `/api/archived/${type}/${body.id}`)).status).toBe(200);
      const restored = await platform_admin('POST', `${own}/restore`, {});
      expect([restored.status, restored.body.scope]).toEqual([200, 'global']);
      await platform_admin('DELETE', own);
    }
  });
});
