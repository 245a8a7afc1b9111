import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestApi, type TestApi, type TestTenant } from '../support/test-api.ts';

describe('responses of the API', () => {
  let api: TestApi;
  let acme: TestTenant;

  beforeAll(async () => {
    api = await startTestApi({ worker: false, env: { INTERLOCK_ALLOW_PRIVATE_HOSTS: 'false' } });
    acme = await api.tenant();
  });
  afterAll(() => api.close());

  test('a malformed URL gets an error in the usual shape', async () => {
    for (const path of ['/api/tools/%zz', '/api/tools/%C3%28']) {
      const response = await raw('GET', path);
      expect(response.status, path).toBe(400);
      expect(response.body.error, path).toMatchObject({ code: 'bad_request' });
      expect(response.body.error.requestId).toBeTruthy();
    }
    const long = await acme.as.viewer('GET', `/api/tools/${'x'.repeat(3_000)}`);
    expect([long.status, long.body.error.code]).toEqual([404, 'not_found']);
  });

  test('an empty JSON body counts as no body', async () => {
    const { body: tool } = await acme.as.tool_admin('POST', '/api/tools', { name: 'short', type: 'dummy' });
    const json = { 'content-type': 'application/json' };
    expect((await acme.as.tool_admin('DELETE', `/api/tools/${tool.id}`, undefined, json)).status).toBe(204);
    const empty = await acme.as.tool_admin('POST', '/api/tools', '', json);
    expect([empty.status, empty.body.error.code]).toEqual([422, 'invalid_definition']);
  });

  test('keys that would change prototypes are refused', async () => {
    const response = await acme.as.tenant_admin('POST', '/api/tools', '{"__proto__": {"name": "x"}}');
    expect([response.status, response.body.error.code]).toEqual([400, 'bad_request']);
  });

  test('every response has strict headers, and only the API reference may run inline scripts', async () => {
    const plain = await api.call(null)('GET', '/api/nowhere');
    expect(plain.headers.get('content-security-policy')).toContain("script-src 'self';");
    expect(plain.headers.get('x-content-type-options')).toBe('nosniff');
    expect(plain.headers.get('x-powered-by')).toBeNull();
    const docs = await fetch(`${api.url}/api/docs/`);
    expect(docs.headers.get('content-security-policy')).toContain("script-src 'self' 'unsafe-inline'");
    expect(await docs.text()).not.toMatch(/(src|href)="https?:/);
  });

  test('the demo accounts are not public unless the deployment says so', async () => {
    expect((await api.call(null)('GET', '/api/demo-accounts')).status).toBe(404);
  });

  test('a deployment can forbid private addresses; removing entries is still allowed', async () => {
    const put = (privateHosts: string[]) =>
      acme.as.tenant_admin('PUT', '/api/settings/egress', { privateHosts });
    const refused = await put(['127.0.0.1:4501']);
    expect([refused.status, refused.body.error.code]).toEqual([403, 'forbidden']);
    expect((await put([])).status).toBe(200);
  });

  test('the audit trail is paged and filtered', async () => {
    const tenant = await api.tenant();
    for (const name of ['one', 'two', 'three'])
      await tenant.as.tool_admin('POST', '/api/tools', { name, type: 'dummy' });
    const first = (await tenant.as.viewer('GET', '/api/events?type=ToolCreated&limit=2')).body;
    expect(first.items.map((each: { data: { name: string } }) => each.data.name)).toEqual(['three', 'two']);
    expect(first.items[0]).toMatchObject({
      subjectType: 'tool',
      actor: { type: 'api_key', name: 'tool_admin key' },
      requestId: expect.any(String),
    });
    const rest = (
      await tenant.as.viewer('GET', `/api/events?type=ToolCreated&limit=2&cursor=${first.nextCursor}`)
    ).body;
    expect(rest.items).toHaveLength(1);
    expect(rest.nextCursor).toBeNull();
    const by = async (query: string) =>
      (await tenant.as.viewer('GET', `/api/events?${query}`)).body.items.length;
    expect(await by('actor=TOOL_ADMIN')).toBe(3);
    expect(await by('actor=%25')).toBe(0);
    expect(await by(`subjectType=tool&subjectId=${first.items[0].subjectId}`)).toBe(1);
    expect(await by(`from=${first.items[0].createdAt}`)).toBe(1);
    expect(await by(`type=ToolCreated&to=${first.items[0].createdAt}`)).toBe(2);
    const wrong = await tenant.as.viewer('GET', '/api/events?from=yesterday');
    expect([wrong.status, wrong.body.error.issues[0].path]).toEqual([422, '/from']);
  });

  test('requests are counted by route and status, never by their path', async () => {
    await acme.as.viewer('GET', '/api/tools/6f1c0c0e-0000-7000-8000-000000000000');
    const { body } = await api.call(null)('GET', '/metrics');
    expect(body).toMatch(
      /interlock_http_request_duration_seconds_count\{[^}]*route="\/api\/tools\/:id"[^}]*\}/,
    );
    expect(body).not.toContain('6f1c0c0e');
  });

  /** Unlike `fetch`, this sends the path unchanged. */
  function raw(
    method: string,
    path: string,
  ): Promise<{ status: number; body: { error: { requestId: string } } }> {
    const { hostname, port } = new URL(api.url);
    return new Promise((resolve, reject) => {
      const sent = request({ hostname, port, method, path }, (response) => {
        let text = '';
        response.on('data', (chunk) => {
          text += chunk;
        });
        response.on('end', () => resolve({ status: response.statusCode!, body: JSON.parse(text) }));
      });
      sent.once('error', reject).end();
    });
  }
});
