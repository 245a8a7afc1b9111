import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { countLog } from '../../shared/usage/server/count-log.ts';
import { requireApproval } from '../support/approvals.ts';
import { connectAdmin } from '../support/connect-admin.ts';
import { eventually } from '../support/eventually.ts';
import { type ProviderServer, sendJson, startProvider } from '../support/provider-server.ts';
import { issuePaths, startTestApi, type TestApi, type TestTenant } from '../support/test-api.ts';

let api: TestApi;
let acme: TestTenant;
let globex: TestTenant;
let provider: ProviderServer;
/** The paths that were called. */
let called: string[] = [];

beforeAll(async () => {
  provider = await startProvider(({ url, headers }, response) => {
    called.push(url);
    sendJson(response, 200, { path: url, authorization: headers.authorization ?? null });
  });
  api = await startTestApi({ reconcile: true });
  [acme, globex] = await Promise.all(
    [1, 2].map(() => api.tenant({ privateHosts: [provider.host] })) as [
      Promise<TestTenant>,
      Promise<TestTenant>,
    ],
  );
});
afterEach(() => {
  called = [];
});
afterAll(async () => {
  await api?.close();
  await provider?.close();
});

interface Row {
  version: number;
  current: boolean;
  draft?: boolean;
  document?: { effect: string };
}
let count = 0;
const definitionOf = (name: string, path: string, more: Record<string, unknown> = {}) => ({
  name,
  type: 'http',
  config: { method: 'POST', url: `${provider.url}/${path}` },
  retry: { maxAttempts: 1 },
  ...more,
});
const admin: TestTenant['as']['tenant_admin'] = (...request) => acme.as.tenant_admin(...request);
const operator: TestTenant['as']['operator'] = (...request) => acme.as.operator(...request);

async function made(
  path: string,
  body: unknown,
  as = admin,
): Promise<{ id: string; toolId: string; version: number; current: number | null }> {
  const response = await as('POST', path, body);
  expect(response.status, JSON.stringify(response.body)).toBe(201);
  return response.body;
}
/** A published tool that calls /old, with a draft that calls /new. */
async function drafted(more: Record<string, unknown> = {}): Promise<{ id: string; name: string }> {
  const name = `refund_${++count}`;
  const { id } = await made('/api/tools', definitionOf(name, 'old'));
  const saved = await admin('PUT', `/api/tools/${id}/draft`, definitionOf(name, 'new', more));
  expect(saved.status, JSON.stringify(saved.body)).toBe(200);
  expect(saved.body).toMatchObject({ version: 2, current: 1 });
  return { id, name };
}
const testDraft = (id: string, version: number, more: object = {}, as = admin, key?: string) =>
  as(
    'POST',
    `/api/tools/${id}/draft/test`,
    { version, payload: {}, ...more },
    key ? { 'idempotency-key': key } : {},
  );
const publish = (id: string, version: number, headers: Record<string, string> = {}) =>
  admin('POST', `/api/tools/${id}/draft/publish`, { version }, headers);
const execute = async (id: string) =>
  (await operator('POST', `/api/tools/${id}/execute`, { payload: {} })).body;
const toolOf = async (id: string) => (await admin('GET', `/api/tools/${id}`)).body;
async function listed(query: string): Promise<{ id: string }[]> {
  const found = [];
  for (let cursor = ''; ; ) {
    const { body } = await admin('GET', `/api/tools?${query}${cursor}`);
    found.push(...body.items);
    if (!body.nextCursor) return found;
    cursor = `&cursor=${body.nextCursor}`;
  }
}
const eventsOf = async (id: string): Promise<string[]> => {
  const { body } = await admin('GET', `/api/events?subjectType=tool&subjectId=${id}&limit=50`);
  return body.items.map(({ type }: { type: string }) => type);
};

describe('a draft of a tool', () => {
  test('only a test calls it; everyone else gets the current version until it is published', async () => {
    const { id } = await drafted();
    expect((await execute(id)).output.path).toBe('/old');
    expect(await toolOf(id)).toMatchObject({ version: 1, draft: { version: 2 } });

    const tested = await testDraft(id, 2);
    expect(tested.body).toMatchObject({ status: 'succeeded', test: true, toolVersion: 2 });
    expect(tested.body.output.path).toBe('/new');
    expect((await execute(id)).output.path).toBe('/old');

    expect((await publish(id, 2)).body).toMatchObject({ version: 2, draft: null });
    expect(await execute(id)).toMatchObject({ toolVersion: 2, test: false, output: { path: '/new' } });
    expect(await eventsOf(id)).toEqual(['ToolUpdated', 'ToolDraftSaved', 'ToolCreated']);
    expect((await admin('GET', `/api/tools/${id}/draft`)).status).toBe(404);
  });

  test('a tool that was never published is found by no caller, and its first version becomes it', async () => {
    const name = `refund_${++count}`;
    const { toolId: id, version, current } = await made('/api/tools/drafts', definitionOf(name, 'new'));
    expect([version, current]).toEqual([1, null]);
    expect(await toolOf(id)).toMatchObject({ version: 0, enabled: false, draft: { version: 1 } });
    // Lists show it as what it is, and lose nothing behind it.
    const behind = await made('/api/tools', definitionOf(`${name}_behind`, 'old'));
    const [first] = await listed(`q=${name}&limit=1`);
    expect(first).toMatchObject({ id, version: 0, enabled: false, draft: { version: 1 } });
    expect((await listed(`q=${name}&limit=1`)).map((each) => each.id)).toEqual([id, behind.id]);
    expect((await listed(`q=${name}&status=enabled`)).map((each) => each.id)).toEqual([behind.id]);
    expect((await operator('POST', `/api/tools/${id}/execute`, { payload: {} })).status).toBe(404);
    const batch = { calls: [{ id: 'one', tool: name }], waitMs: 0 };
    expect(issuePaths(await operator('POST', '/api/batches', batch))).toEqual(['/calls/0/tool']);
    const steps = [
      { id: 'call', type: 'call_tool', title: 'Call', tool: name, assignee: { role: 'operator' } },
    ];
    const playbook = await admin('POST', '/api/playbooks/check', { name: 'pays', title: 'P', steps });
    expect(JSON.stringify(playbook.body)).toContain('/steps/0/tool');
    expect(called).toEqual([]);

    expect((await testDraft(id, 1)).body.output.path).toBe('/new');
    expect((await admin('POST', '/api/tools', definitionOf(name, 'other'))).status).toBe(409);
    expect((await admin('PUT', `/api/tools/${id}`, definitionOf(name, 'other'))).body.error.code).toBe(
      'conflict',
    );
    expect((await publish(id, 1)).body).toMatchObject({ version: 1, enabled: true });
    expect((await execute(id)).output.path).toBe('/new');
    expect(await eventsOf(id)).toEqual(['ToolCreated', 'ToolDraftSaved']);
  });

  test('no playbook and no trial may name it', async () => {
    const { id, name } = await drafted();
    const steps = [
      {
        id: 'call',
        type: 'call_tool',
        title: 'Call',
        tool: name,
        version: 2,
        assignee: { role: 'operator' },
      },
    ];
    const playbook = { name: `uses_${name}`, title: 'Uses a draft', steps };
    expect(JSON.stringify((await admin('POST', '/api/playbooks/check', playbook)).body)).toContain('version');
    const created = await made('/api/playbooks', playbook);
    expect((await admin('POST', `/api/playbooks/${created.id}/publish`, {})).status).toBe(422);
    const trial = await admin('POST', `/api/tools/${id}/trial`, { version: 2, percent: 10 });
    expect([trial.status, trial.body.error.code]).toEqual([409, 'conflict']);
  });

  test('a test needs the right to change the tool, and stays in its organization', async () => {
    const { id } = await drafted();
    expect((await testDraft(id, 2, {}, operator)).status).toBe(403);
    expect((await testDraft(id, 2, {}, globex.as.tenant_admin)).status).toBe(404);
    expect((await globex.as.tenant_admin('GET', `/api/tools/${id}/draft`)).status).toBe(404);
    expect((await globex.as.tenant_admin('DELETE', `/api/tools/${id}/draft`)).status).toBe(404);
    const { name } = await toolOf(id);
    const theirs = await globex.as.tenant_admin('PUT', `/api/tools/${id}/draft`, definitionOf(name, 'x'));
    expect(theirs.status).toBe(404);
    expect(called).toEqual([]);
  });

  test('a test asks the policies and waits for approvals like any call', async () => {
    const { id } = await drafted();
    await requireApproval(acme, id);
    const waiting = (await testDraft(id, 2)).body;
    expect(waiting).toMatchObject({ status: 'requested', test: true, approval: { status: 'waiting' } });
    expect(called).toEqual([]);
    await acme.as.approver('POST', `/api/tools/executions/${waiting.id}/approve`, {});
    await eventually(
      async () => (await admin('GET', `/api/tools/executions/${waiting.id}`)).body.status === 'succeeded',
    );
    expect(called).toEqual(['/new']);

    // What people approve is the draft as it is: one that was discarded or changed meanwhile is not sent.
    const stale = (await testDraft(id, 2)).body;
    await admin('DELETE', `/api/tools/${id}/draft`);
    await acme.as.approver('POST', `/api/tools/executions/${stale.id}/approve`, {});
    await eventually(
      async () => (await admin('GET', `/api/tools/executions/${stale.id}`)).body.status === 'failed',
    );
    expect((await admin('GET', `/api/tools/executions/${stale.id}`)).body.failure).toMatchObject({
      code: 'denied',
      message: expect.stringContaining('The draft was changed'),
    });
    expect(called).toEqual(['/new']);
    const { name } = await toolOf(id);
    expect((await admin('PUT', `/api/tools/${id}/draft`, definitionOf(name, 'newer'))).body.version).toBe(3);

    await made('/api/policies', { effect: 'deny', tools: { id } });
    expect((await testDraft(id, 3)).status).toBe(403);
    expect(called).toEqual(['/new']);
  });

  test('a preview of the draft binds its test, and a key makes one test', async () => {
    const { id } = await drafted();
    const preview = await admin('POST', `/api/tools/${id}/draft/preview`, { version: 2, payload: {} });
    expect(preview.body.request.url).toBe(`${provider.url}/new`);
    const { digest: previewDigest } = preview.body;
    const first = await testDraft(id, 2, { previewDigest }, admin, 'once');
    const again = await testDraft(id, 2, { previewDigest }, admin, 'once');
    expect([first.status, again.body.id]).toEqual([200, first.body.id]);
    expect(called).toEqual(['/new']);
    const other = await admin(
      'POST',
      `/api/tools/${id}/execute`,
      { payload: {} },
      { 'idempotency-key': 'once' },
    );
    expect(other.body.error.code).toBe('idempotency_conflict');
    const wrong = await testDraft(id, 2, { previewDigest: 'f'.repeat(64) });
    expect(wrong.body.error.code).toBe('preview_changed');
    expect((await admin('POST', `/api/tools/executions/${first.body.id}/rerun`, {})).status).toBe(409);
  });

  test('what was tested is what is published: another draft by now is refused, and another version by now', async () => {
    const { id, name } = await drafted();
    const same = await admin('PUT', `/api/tools/${id}/draft`, definitionOf(name, 'new'));
    expect(same.body.version).toBe(2);
    const next = await admin('PUT', `/api/tools/${id}/draft`, definitionOf(name, 'newer'));
    expect(next.body.version).toBe(3);
    expect((await publish(id, 2)).body.error.code).toBe('conflict');
    expect((await testDraft(id, 2)).body.error.code).toBe('conflict');
    await admin('PUT', `/api/tools/${id}`, definitionOf(name, 'meanwhile'));
    expect((await publish(id, 3, { 'if-match': '"1"' })).status).toBe(412);
    const current = await admin('PUT', `/api/tools/${id}/draft`, definitionOf(name, 'meanwhile'));
    expect(current.body.error.code).toBe('conflict');
    expect(called).toEqual([]);
    expect((await publish(id, 3)).body.version).toBe(3);
    const { items } = (await admin('GET', `/api/tools/${id}/versions`)).body;
    expect(items.map((each: Row) => [each.version, each.draft, each.current])).toEqual([
      [4, false, false],
      [3, false, true],
      [2, true, false],
      [1, false, false],
    ]);
  });

  test('its new secret reaches the provider only from tests until it is published', async () => {
    const { id } = await drafted({ auth: { type: 'bearer', token: 'the-new-token' } });
    const { body } = await admin('GET', `/api/tools/${id}/draft`);
    expect(JSON.stringify(body)).not.toContain('the-new-token');
    expect(body.changes.map(({ path }: { path: string }) => path)).toContain('/config/url');
    expect((await execute(id)).output.authorization).toBeNull();
    expect((await testDraft(id, 2)).body.status).toBe('succeeded');
    // Saved again without the secret: the draft keeps it.
    const { name } = await toolOf(id);
    const again = definitionOf(name, 'newer', { auth: { type: 'bearer' } });
    expect((await admin('PUT', `/api/tools/${id}/draft`, again)).body.version).toBe(3);
    await publish(id, 3);
    expect((await execute(id)).output.authorization).not.toBeNull();
  });

  test('a discarded one cannot be tested, and one that was all of the tool takes the tool with it', async () => {
    const { id } = await drafted();
    expect((await admin('DELETE', `/api/tools/${id}/draft`)).status).toBe(204);
    expect((await admin('DELETE', `/api/tools/${id}/draft`)).status).toBe(404);
    expect((await testDraft(id, 2)).status).toBe(404);
    expect((await execute(id)).output.path).toBe('/old');
    const name = `refund_${++count}`;
    const { toolId } = await made('/api/tools/drafts', definitionOf(name, 'new'));
    const renamed = await admin('PUT', `/api/tools/${toolId}/draft`, definitionOf(`${name}_b`, 'new'));
    expect(renamed.status, JSON.stringify(renamed.body)).toBe(200);
    expect((await toolOf(toolId)).name).toBe(`${name}_b`);
    expect((await admin('DELETE', `/api/tools/${toolId}/draft`)).status).toBe(204);
    expect((await admin('GET', `/api/tools/${toolId}`)).status).toBe(404);
    // There is nothing to restore, so it is not offered.
    const archived = await admin('GET', '/api/archived?type=tool&limit=200');
    expect(archived.body.items.map(({ id: each }: { id: string }) => each)).not.toContain(toolId);
    expect((await admin('POST', `/api/tools/${toolId}/restore`)).status).toBe(404);
    await made('/api/tools', definitionOf(`${name}_b`, 'old'));
  });

  test('a global tool has none, a bad one names its fields, and usage does not count tests', async () => {
    const global = { ...definitionOf(`global_${++count}`, 'x'), scope: 'global' };
    expect((await admin('POST', '/api/tools/drafts', global)).status).toBe(403);
    const bad = await admin('POST', '/api/tools/drafts', {
      ...definitionOf(`bad_${++count}`, 'x'),
      timeoutMs: 0,
    });
    expect(issuePaths(bad)).toEqual(['/timeoutMs']);
    const { id } = await drafted();
    await testDraft(id, 2);
    const [shown] = await listed(`q=${(await toolOf(id)).name}`);
    expect(shown).toMatchObject({ runs24h: 0, lastRunAt: null, draft: { version: 2 } });
    await execute(id);
    await eventually(async () => {
      await countLog(api.services.db);
      const { body } = await admin('GET', `/api/usage/tools/${id}`);
      return body.calls.total.count === 1;
    });
  });
});

test('what is archived says so where a form names it', async () => {
  const name = `gone_${++count}`;
  const { id } = await made('/api/tools', definitionOf(name, 'old'));
  const connector = await made('/api/connectors', { name: `old_${count}`, baseUrl: provider.url });
  await admin('DELETE', `/api/tools/${id}`);
  await admin('DELETE', `/api/connectors/${connector.id}`);
  const steps = [
    { id: 'call', type: 'call_tool', title: 'Call', tool: name, assignee: { role: 'operator' } },
  ];
  const check = { name: 'uses_gone', title: 'P', steps };
  const told = async (tenant: TestTenant) =>
    JSON.stringify((await tenant.as.tenant_admin('POST', '/api/playbooks/check', check)).body);
  expect(await told(acme)).toContain(`The tool ${name} is archived: choose another one`);
  expect(await told(globex)).toContain(`Tool ${name} not found`);
  const config = { method: 'GET', connectorId: connector.id, path: '/x' };
  const tool = await admin('POST', '/api/tools/check', { name: 'uses_old', type: 'http', config });
  expect(JSON.stringify(tool.body)).toContain('The connector is archived: choose another one');
});

describe('a schema from examples', () => {
  const infer = (body: unknown) => operator('POST', '/api/schemas/infer', body);

  test('is made of one or several, and says which names look like secrets', async () => {
    const { body, status } = await infer({
      text: '{"id": 1, "apiKey": "abc"}\n{"id": 2, "note": null}',
      of: 'output',
    });
    expect([status, body.examples, body.secrets]).toEqual([200, 2, ['/properties/apiKey']]);
    expect(body.schema).toEqual({
      type: 'object',
      properties: {
        id: { type: 'integer' },
        apiKey: { type: 'string', 'x-secret': true },
        note: { type: 'null' },
      },
      required: ['id'],
    });
    const values = await infer({ examples: [{ amount: 19.9 }, { amount: 5 }] });
    expect(values.body.schema.properties.amount).toEqual({ type: 'number' });
  });

  test('is refused with the example that cannot be read, and nothing else', async () => {
    const { body, status } = await infer({ text: '{"a": 1} {"a": ' });
    expect([status, body.error.code]).toEqual([422, 'invalid_input']);
    expect(body.error.issues).toEqual([
      { path: '/text', message: 'is not JSON in example 2', keyword: 'example' },
    ]);
    expect((await infer({})).status).toBe(422);
  });
});

describe('what a policy has said', () => {
  test('is kept, and restoring makes a new version that counts at once', async () => {
    const { id: toolId } = await made('/api/tools', definitionOf(`limited_${++count}`, 'old'));
    const denying = { name: 'No refunds', effect: 'deny', tools: { id: toolId } };
    const { id } = await made('/api/policies', denying);
    await admin('PUT', `/api/policies/${id}`, { ...denying, effect: 'allow' });
    expect((await execute(toolId)).status).toBe('succeeded');
    const versions = async () => (await admin('GET', `/api/policies/${id}/versions`)).body.items;
    expect(
      (await versions()).map((each: Row) => [each.version, each.document?.effect, each.current]),
    ).toEqual([
      [2, 'allow', true],
      [1, 'deny', false],
    ]);

    const path = `/api/policies/${id}/versions/1/restore`;
    expect((await operator('POST', path, {})).status).toBe(403);
    expect((await admin('POST', path, {}, { 'if-match': '"1"' })).status).toBe(412);
    const restored = await admin('POST', path, {}, { 'if-match': '"2"' });
    expect(restored.body).toMatchObject({ revision: 3, effect: 'deny' });
    expect((await operator('POST', `/api/tools/${toolId}/execute`, { payload: {} })).status).toBe(403);
    expect((await versions())[0]).toMatchObject({ version: 3, restored: 1, current: true });
    expect((await admin('POST', `/api/policies/${id}/versions/9/restore`, {})).status).toBe(404);
    expect((await globex.as.tenant_admin('GET', `/api/policies/${id}/versions`)).status).toBe(404);
    expect((await globex.as.tenant_admin('POST', path, {})).status).toBe(404);
  });

  test('of one that was written before versions were kept, what it says now is there, and stays', async () => {
    const { id } = await made('/api/policies', { name: 'Old', effect: 'deny', tools: { tag: 'old' } });
    const database = await connectAdmin();
    await database.query('DELETE FROM policy_revision WHERE policy_id = $1', [id]);
    await database.end();
    const versions = async () => (await admin('GET', `/api/policies/${id}/versions`)).body.items;
    expect(await versions()).toMatchObject([{ version: 1, current: true, document: { name: 'Old' } }]);
    await admin('PUT', `/api/policies/${id}`, { name: 'New', effect: 'deny', tools: { tag: 'old' } });
    expect(await versions()).toMatchObject([{ document: { name: 'New' } }, { document: { name: 'Old' } }]);
  });
});
