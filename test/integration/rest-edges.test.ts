import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { restOperations } from '../../api/rest/rest-operations.ts';
import { can } from '../../shared/identity/roles.ts';
import { requestOf } from '../support/rest-requests.ts';
import { issuePaths, startTestApi, type TestApi, type TestTenant } from '../support/test-api.ts';

describe('requests that are almost right', () => {
  let api: TestApi;
  let acme: TestTenant;
  beforeAll(async () => {
    api = await startTestApi();
    acme = await api.tenant();
  });
  afterAll(() => api?.close());

  test('an unknown query parameter is refused by every operation, so a misspelled filter selects nothing', async () => {
    for (const operation of restOperations) {
      const [method, path, body] = requestOf(operation, { id: acme.id });
      const url = `${path}${path.includes('?') ? '&' : '?'}statuss=failed`;
      expect(await acme.as.platform_admin(method, url, body), `${method} ${url}`).toMatchObject(
        can({ roles: ['platform_admin'] }, operation.permission)
          ? { status: 400, body: { error: { code: 'bad_request', issues: [{ path: '/statuss' }] } } }
          : { status: 403 },
      );
    }
  });

  test('a known path with another method is 405 and names the methods that it has', async () => {
    for (const path of new Set(restOperations.map(({ rest }) => rest.path))) {
      const own = restOperations.filter(({ rest }) => rest.path === path).map(({ rest }) => rest.method);
      const refused = await acme.as.tenant_admin('PATCH', path.replaceAll(/\{\w+\}/g, 'x'), {});
      expect(refused.status, path).toBe(405);
      expect(refused.body.error.code).toBe('method_not_allowed');
      for (const method of own) expect(refused.headers.get('allow')).toContain(method);
    }
    const head = await fetch(`${api.url}/api/me`, {
      method: 'HEAD',
      headers: { authorization: `Bearer ${acme.keys.viewer}` },
    });
    expect(head.status).toBe(200);
  });

  test('a 401 says how to authenticate', async () => {
    for (const call of [api.call(null), api.call('ilk_wrong')])
      expect((await call('GET', '/api/me')).headers.get('www-authenticate')).toMatch(/^Bearer/);
  });

  test('a 201 and a 202 say where the result is', async () => {
    const created = await acme.as.tool_admin('POST', '/api/tools', {
      name: 'located',
      type: 'dummy',
      config: { delayMs: 500 },
    });
    const location = created.headers.get('location')!;
    expect((await acme.as.viewer('GET', location)).body.id).toBe(created.body.id);
    const accepted = await acme.as.operator(
      'POST',
      `/api/tools/${created.body.id}/execute`,
      { payload: {} },
      { prefer: 'respond-async' },
    );
    expect(accepted.status).toBe(202);
    const found = await acme.as.viewer('GET', accepted.headers.get('location')!);
    expect(found.body.id).toBe(accepted.body.id);
  });

  test.each(['/api/nowhere', '/graphql/x', '/mcp/x', '/hooks/x', '/api'])(
    'the unknown path %s is a 404 as JSON',
    async (path) => {
      const found = await api.call(acme.keys.viewer)('GET', path);
      expect(found).toMatchObject({ status: 404, body: { error: { code: 'not_found' } } });
    },
  );

  test('a dry run of an input or an answer that is nested too deeply is refused, not an error of the server', async () => {
    const document =
      '{"name":"deep","title":"Deep","steps":[{"id":"a","type":"manual","title":"A","when":"$exists(input.a)"}]}';
    const deep = `${'{"a":'.repeat(5000)}1${'}'.repeat(5000)}`;
    for (const sent of [`"input":${deep}`, `"input":{},"answers":{"a":{"output":${deep}}}`]) {
      const body = `{"document":${document},${sent}}`;
      expect(await acme.as.tool_admin('POST', '/api/playbooks/dry-run', body)).toMatchObject({
        status: 422,
        body: { error: { code: 'invalid_input' } },
      });
    }
  });

  test('an id in capitals is the same id: to the audit trail, to what is sealed, and to what is archived', async () => {
    const admin = acme.as.tenant_admin;
    const made = async (path: string, body: object): Promise<{ id: string; at: string }> => {
      const { status, body: thing } = await admin('POST', path, body);
      expect(status, JSON.stringify(thing)).toBe(201);
      return { id: thing.id, at: `${path}/${thing.id.toUpperCase()}` };
    };
    const tool = await made('/api/tools', { name: 'in_capitals', type: 'dummy' });
    expect((await admin('DELETE', tool.at)).status).toBe(204);
    const archived = await admin('GET', `/api/archived/tool/${tool.id}`);
    expect(archived.body).toMatchObject({ archivedBy: { name: 'tenant_admin key' } });
    const told = await admin('GET', `/api/events?subjectId=${tool.id.toUpperCase()}`);
    expect(told.body.items.map(({ type }: { type: string }) => type)).toContain('ToolArchived');

    const credential = await made('/api/credentials', {
      name: 'in_capitals',
      auth: { type: 'bearer', token: 'a token' },
      allowedHosts: ['127.0.0.1'],
    });
    expect((await admin('POST', `${credential.at}/rotate`, { value: 'another token' })).status).toBe(200);
    const url = `${api.url}/api/health`;
    const opened = await admin('POST', `/api/credentials/${credential.id}/test`, { url });
    expect(opened.body.error?.message ?? '').not.toContain('does not open');

    const webhook = await made('/api/webhooks', { url: 'https://hooks.example/' });
    expect((await admin('POST', `${webhook.at}/rotate-secret`, {})).status).toBe(200);
    const inbound = await made('/api/inbound-webhooks', { name: 'In capitals', scheme: 'bearer' });
    expect((await admin('POST', `${inbound.at}/rotate-secret`, {})).status).toBe(200);
    const guarded = await made('/api/tools', { name: 'guarded_in_capitals', type: 'dummy' });
    await made('/api/policies', {
      name: 'In capitals',
      effect: 'deny',
      tools: { id: guarded.id.toUpperCase() },
    });
    const preview = await admin('POST', `${guarded.at}/preview`, { payload: {} });
    expect(preview.body.policy).toMatchObject({ effect: 'deny' });
    const own = { toolId: guarded.id.toUpperCase(), kinds: { email: 'mask' } };
    const redaction = await admin('PUT', '/api/settings/redaction', { kinds: {}, tools: [own] });
    expect(redaction.body.tools).toMatchObject([{ toolId: guarded.id }]);

    const rule = await made('/api/exception-rules', { name: 'In capitals', set: { severity: 'high' } });
    expect((await admin('GET', rule.at)).body.id).toBe(rule.id);
  });

  test('what is nested too deeply for any code is refused at its field', async () => {
    const deep = `${'{"a":'.repeat(3000)}1${'}'.repeat(3000)}`;
    const sent: [path: string, body: string, at: string][] = [
      ['/api/playbooks/check', `{"name":"x","title":"X","steps":${deep}}`, ''],
      ['/api/batches/check', `{"calls":${deep}}`, '/calls'],
      ['/api/inbox/complete', `{"items":[],"requestId":"x","input":${deep}}`, '/input'],
      ['/api/notification-channels', `{"name":"x","toolId":"x","input":${deep}}`, '/input'],
    ];
    for (const [path, body, at] of sent) {
      const refused = await acme.as.tenant_admin('POST', path, body);
      expect([refused.status, issuePaths(refused)], path).toEqual([422, [at]]);
    }
  });

  test('half of a surrogate pair is refused, also where it is stored as a part of an event', async () => {
    const half = 'a\ud800';
    const admin = acme.as.tenant_admin;
    const made = await admin('POST', '/api/credentials', {
      name: half,
      auth: { type: 'bearer', token: 'a token' },
      allowedHosts: ['127.0.0.1'],
    });
    const kept = await admin('PUT', '/api/settings/retention', { payloadDays: 30, note: half });
    for (const refused of [made, kept])
      expect(refused).toMatchObject({ status: 422, body: { error: { code: 'invalid_input' } } });
  });

  test.each(['__proto__', 'constructor', 'toString'])('the cron expression %s is refused', async (cron) => {
    const refused = await acme.as.operator('POST', '/api/schedules/preview', { spec: { cron } });
    expect([refused.status, issuePaths(refused)]).toEqual([422, ['/spec/cron']]);
  });

  test('a key that could change what an object is, is refused at its place', async () => {
    const send = (body: string) => acme.as.tool_admin('POST', '/api/tools', body);
    expect(await send('{"name":"x","config":{"list":[{"__proto__":{"a":1}}]}}')).toMatchObject({
      status: 400,
      body: { error: { issues: [{ path: '/config/list/0/__proto__' }] } },
    });
    expect(await send('{"constructor":{"prototype":{}}}')).toMatchObject({
      status: 400,
      body: { error: { issues: [{ path: '/constructor' }] } },
    });
  });

  test.each([
    '0000-01-01T00:00:00Z',
    '0000-12-31T23:59:59Z',
    '9999-12-31T23:59:59-23:00',
    '2026-02-31T00:00:00Z',
  ])('the time %s is refused with 422 by every filter', async (time) => {
    for (const path of ['/api/events', '/api/tools/executions'])
      for (const name of ['from', 'to'])
        expect(
          await acme.as.viewer('GET', `${path}?${name}=${encodeURIComponent(time)}`),
          `${path} ${name}`,
        ).toMatchObject({ status: 422, body: { error: { issues: [{ path: `/${name}` }] } } });
    const created = await acme.as.operator('POST', '/api/exceptions', { title: 'Late', dueAt: time });
    expect(created).toMatchObject({ status: 422, body: { error: { issues: [{ path: '/dueAt' }] } } });
  });
});
