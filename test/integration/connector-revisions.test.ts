import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { connectAdmin } from '../support/connect-admin.ts';
import { eventually } from '../support/eventually.ts';
import { type ProviderServer, sendJson, startProvider } from '../support/provider-server.ts';
import { issuePaths, startTestApi, type TestApi, type TestTenant } from '../support/test-api.ts';

describe('revisions of connectors', () => {
  let api: TestApi;
  let acme: TestTenant;
  let globex: TestTenant;
  let provider: ProviderServer;

  beforeAll(async () => {
    provider = await startProvider((_request, response) => sendJson(response, 200, {}));
    api = await startTestApi();
    [acme, globex] = await Promise.all([
      api.tenant({ privateHosts: [provider.host] }),
      api.tenant({ privateHosts: [provider.host] }),
    ]);
  });
  afterAll(async () => {
    await api.close();
    await provider.close();
  });

  const auth = { type: 'api_key', in: 'header', name: 'x-api-key' };
  const secret = 'the-first-secret-of-all';
  let counter = 0;
  /** A connector with a secret, and a tool that uses it. */
  async function connected(config: Record<string, unknown> = {}, tool: Record<string, unknown> = {}) {
    const suffix = ++counter;
    const definition = {
      name: `pay_${suffix}`,
      baseUrl: `${provider.url}/v1`,
      auth: { ...auth, value: secret },
    };
    const connector = await acme.as.tool_admin('POST', '/api/connectors', definition);
    const made = await acme.as.tool_admin('POST', '/api/tools', {
      name: `status_${suffix}`,
      type: 'http',
      config: { method: 'GET', connectorId: connector.body.id, path: '/status', ...config },
      ...tool,
    });
    expect([connector.status, made.status], JSON.stringify(made.body)).toEqual([201, 201]);
    return {
      id: connector.body.id as string,
      toolId: made.body.id as string,
      path: `/api/connectors/${connector.body.id}`,
      definition: { ...definition, auth },
      connector: connector.body,
      tool: made.body,
    };
  }
  const execute = (toolId: string, body: Record<string, unknown> = {}) =>
    acme.as.operator('POST', `/api/tools/${toolId}/execute`, { payload: {}, ...body });
  const lastRequest = () => provider.requests.at(-1)!;

  test('an edit leaves a trace: every revision is listed with who made it and why, compared and restored', async () => {
    const { path, toolId, definition, id } = await connected();
    const changed = await acme.as.tool_admin(
      'PUT',
      path,
      { ...definition, baseUrl: `${provider.url}/v2`, headers: { 'x-team': 'ops' } },
      { 'x-change-note': 'To version 2' },
    );
    expect([changed.status, changed.body.revision]).toEqual([200, 2]);
    const { body: versions } = await acme.as.viewer('GET', `${path}/versions`);
    expect(versions.items).toMatchObject([
      { connectorId: id, version: 2, current: true, note: 'To version 2', createdBy: { type: 'api_key' } },
      { connectorId: id, version: 1, current: false, note: null },
    ]);
    expect(versions.items[1].definition).toMatchObject({
      baseUrl: `${provider.url}/v1`,
      auth: { hasSecret: true },
    });
    expect(JSON.stringify(versions)).not.toContain(secret);
    const { body: diff } = await acme.as.viewer('GET', `${path}/diff?from=1&to=2`);
    expect(diff.changes.map((each: { path: string }) => each.path)).toEqual(['/baseUrl', '/headers/x-team']);
    expect(diff.tools).toMatchObject([{ id: toolId, breaking: false }]);
    const restored = await acme.as.tool_admin('POST', `${path}/versions/1/restore`);
    expect([restored.status, restored.body.revision, restored.body.baseUrl]).toEqual([
      200,
      3,
      `${provider.url}/v1`,
    ]);
    const { body: event } = await acme.as.viewer('GET', `/api/events?subjectType=connector&subjectId=${id}`);
    expect(event.items.map((each: { type: string }) => each.type)).toEqual([
      'ConnectorRestored',
      'ConnectorUpdated',
      'ConnectorCreated',
    ]);
    expect(event.items[1].data).toMatchObject({ revision: 2, changed: ['/baseUrl', '/headers/x-team'] });
    expect((await execute(toolId)).body.status).toBe('succeeded');
    expect(lastRequest()).toMatchObject({ url: '/v1/status', headers: { 'x-api-key': secret } });
    for (const version of [7, 2_000_000_000])
      expect((await acme.as.tool_admin('POST', `${path}/versions/${version}/restore`)).status).toBe(404);
    for (const other of [`${path}/versions`, `${path}/diff?from=1&to=2`])
      expect((await globex.as.viewer('GET', other)).status).toBe(404);
    expect((await globex.as.tool_admin('POST', `${path}/versions/1/restore`)).status).toBe(404);
  });

  test('a change says which tools it changes and which it breaks before it is made', async () => {
    const { path, definition, toolId } = await connected();
    const own = await acme.as.tool_admin('POST', '/api/tools', {
      name: 'own_header',
      type: 'http',
      config: {
        method: 'GET',
        connectorId: path.split('/').at(-1),
        path: '/own',
        headers: { 'x-trace': 'on' },
      },
    });
    const radius = async (change: Record<string, unknown>) =>
      (await acme.as.tool_admin('POST', `${path}/blast-radius`, { ...definition, ...change })).body;
    expect(await radius({})).toEqual({ breaking: false, changes: [], tools: [] });
    expect(await radius({ headers: { 'x-team': 'ops' } })).toMatchObject({
      breaking: false,
      tools: [{ id: own.body.id }, { id: toolId }],
    });
    const moved = await radius({ baseUrl: 'https://elsewhere.example' });
    expect(moved).toMatchObject({ breaking: true, tools: [{ breaking: true }, { breaking: true }] });
    // The auth of the connector would set a header that this tool fixes.
    const clash = await radius({ auth: { ...auth, name: 'x-trace' } });
    expect(
      clash.tools.map((each: { name: string; issues: unknown[] }) => [each.name, each.issues.length > 0]),
    ).toEqual([
      ['own_header', true],
      [expect.any(String), false],
    ]);
    expect((await acme.as.tool_admin('GET', path)).body.revision).toBe(1);
  });

  test('a revision whose secret is gone is not restored, and says so', async () => {
    const { path, definition, id } = await connected();
    await acme.as.tool_admin('PUT', path, { ...definition, auth: { ...auth, value: 'the-second-secret' } });
    const { body } = await acme.as.viewer('GET', `${path}/versions`);
    const gone = body.items[1].definition.auth.credentialId;
    expect(gone).not.toBe(body.items[0].definition.auth.credentialId);
    const admin = await connectAdmin();
    try {
      await admin.query('DELETE FROM credential_version WHERE credential_id = $1', [gone]);
      await admin.query('DELETE FROM credential WHERE id = $1', [gone]);
    } finally {
      await admin.end();
    }
    const refused = await acme.as.tool_admin('POST', `${path}/versions/1/restore`);
    expect([refused.status, issuePaths(refused)]).toEqual([422, ['/auth/credentialId']]);
    expect(refused.body.error.message).toContain('The secret of revision 1 is no longer stored');
    expect((await acme.as.tool_admin('GET', `/api/connectors/${id}`)).body.revision).toBe(2);
  });

  test('an execution records the revision that it was requested with, and every attempt uses it', async () => {
    const { path, definition, id, toolId, connector } = await connected(
      {},
      { retry: { maxAttempts: 3, initialMs: 10 }, timeoutMs: 60_000, deadlineMs: 120_000 },
    );
    const first = await execute(toolId);
    expect(first.body.connector).toEqual({ id, name: connector.name, revision: 1 });
    const seen = provider.requests.length;
    const [asked, changed] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const usual = provider.respond;
    // The connector changes during the second attempt; the third one succeeds.
    provider.respond = async (request, response) => {
      const attempt = provider.requests.length - seen;
      if (attempt === 3) return usual(request, response);
      if (attempt === 2) {
        asked.resolve();
        await changed.promise;
      }
      sendJson(response, 503, {});
    };
    const open = await execute(toolId, { waitMs: 0 });
    await asked.promise;
    await acme.as.tool_admin('PUT', path, { ...definition, baseUrl: `${provider.url}/v2` });
    changed.resolve();
    const ended = await eventually(async () => {
      const { body } = await acme.as.viewer('GET', `/api/tools/executions/${open.body.id}`);
      expect(body).toMatchObject({ status: 'succeeded', attempts: [{}, {}, {}] });
      return body;
    });
    provider.respond = usual;
    expect(ended.connector).toEqual({ id, name: connector.name, revision: 1 });
    expect(provider.requests.slice(seen).map(({ url }) => url)).toEqual(Array(3).fill('/v1/status'));
    const { body: later } = await execute(toolId);
    expect(later.connector.revision).toBe(2);
    expect(lastRequest().url).toBe('/v2/status');
    const { body: list } = await acme.as.viewer('GET', `/api/tools/executions?toolId=${toolId}`);
    expect(list.items.map((each: { connector: { revision: number } }) => each.connector.revision)).toEqual([
      2, 1, 1,
    ]);
    const plain = await acme.as.tool_admin('POST', '/api/tools', { name: `plain_${counter}`, type: 'dummy' });
    expect((await execute(plain.body.id)).body.connector).toBeNull();
  });

  test('auth "none" sends no credential, and what inherits says so', async () => {
    const { path, toolId, tool, id } = await connected();
    expect(tool.auth).toEqual({ type: 'inherit', hasSecret: false });
    const definition = {
      name: tool.name,
      type: 'http',
      config: { method: 'GET', connectorId: id, path: '/status' },
    };
    const put = async (kind: string) =>
      (await acme.as.tool_admin('PUT', `/api/tools/${toolId}`, { ...definition, auth: { type: kind } })).body;
    expect(await put('inherit')).toMatchObject({ version: 1, auth: { type: 'inherit' } });
    await execute(toolId);
    expect(lastRequest().headers['x-api-key']).toBe(secret);
    expect(await put('none')).toMatchObject({ version: 2, auth: { type: 'none' } });
    await execute(toolId);
    expect(lastRequest().headers['x-api-key']).toBeUndefined();
    expect(await put('inherit')).toMatchObject({ version: 3, auth: { type: 'inherit' } });
    for (const [method, target, body] of [
      ['POST', '/api/tools', { name: 'no_parent', type: 'dummy', auth: { type: 'inherit' } }],
      ['PUT', path, { name: 'no_parent', baseUrl: provider.url, auth: { type: 'inherit' } }],
    ] as const) {
      const refused = await acme.as.tool_admin(method, target, body);
      expect([refused.status, issuePaths(refused)]).toEqual([422, ['/auth/type']]);
    }
  });

  test('a definition of the format before keeps the auth of its connector, and so does its connector its history', async () => {
    const { id, toolId, path, connector, definition } = await connected();
    const admin = await connectAdmin();
    try {
      await admin.query('DELETE FROM connector_revision WHERE connector_id = $1', [id]);
      await admin.query(
        `UPDATE tool_version SET format_version = 2,
           definition = (definition::jsonb || '{"auth": {"type": "none"}}')::json WHERE tool_id = $1`,
        [toolId],
      );
    } finally {
      await admin.end();
    }
    const { body: tool } = await acme.as.viewer('GET', `/api/tools/${toolId}`);
    expect(tool.auth.type).toBe('inherit');
    expect((await execute(toolId)).body).toMatchObject({ status: 'succeeded', connector: { revision: 1 } });
    expect(lastRequest().headers['x-api-key']).toBe(secret);
    const versions = async () => (await acme.as.viewer('GET', `${path}/versions`)).body.items;
    expect(await versions()).toMatchObject([{ version: 1, createdBy: connector.updatedBy }]);
    await acme.as.tool_admin('PUT', path, { ...definition, title: 'Renamed' });
    expect(await versions()).toMatchObject([
      { version: 2 },
      {
        version: 1,
        current: false,
        createdBy: connector.updatedBy,
        definition: { baseUrl: `${provider.url}/v1` },
      },
    ]);
  });
});
