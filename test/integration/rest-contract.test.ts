import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { restOperations } from '../../api/rest/rest-operations.ts';
import { appRouter } from '../../api/router.ts';
import { permissionRole } from '../../shared/identity/roles.ts';
import { requestOf, roleWithout } from '../support/rest-requests.ts';
import { startTestApi, type TestApi, type TestTenant } from '../support/test-api.ts';

describe('the operations of the REST API', () => {
  let api: TestApi;
  let acme: TestTenant;

  beforeAll(async () => {
    api = await startTestApi({ worker: false });
    acme = await api.tenant();
  });
  afterAll(() => api.close());

  test.each(restOperations.map((each) => [each.rest.method, each.rest.path, each] as const))(
    '%s %s requires a credential and the permission',
    async (_method, _path, operation) => {
      const { permission } = operation;
      const [method, url, body] = requestOf(operation, { id: uuidv7() });
      const stranger = await api.call(null)(method, url, body);
      expect(stranger.status).toBe(401);
      expect(stranger.body.error).toMatchObject({
        code: 'unauthorized',
        requestId: stranger.headers.get('x-request-id'),
      });
      const forged = await api.call('ilk_not-a-key')(method, url, body);
      expect(forged.status).toBe(401);
      const lacking = roleWithout(permission);
      if (!lacking) return;
      const refused = await acme.as[lacking](method, url, body && { surprise: true });
      expect(refused.status).toBe(403);
      expect(refused.body.error.message).toContain(permissionRole[permission]);
    },
  );

  test('every GET is a query procedure, so it changes nothing', () => {
    const procedures = appRouter._def.procedures as unknown as Record<string, { _def: { type: string } }>;
    const changing = restOperations.filter(
      ({ name, rest }) => rest.method === 'GET' && procedures[name]?._def.type !== 'query',
    );
    expect(changing).toEqual([]);
  });

  test('an invalid request gets an error with its path, and never a 500', async () => {
    const post = (path: string, body: unknown, headers?: Record<string, string>) =>
      acme.as.tenant_admin('POST', path, body, headers);
    const cases: [Awaited<ReturnType<typeof post>>, number, string][] = [
      [await post('/api/tools', '{"name":'), 400, 'bad_request'],
      [await post('/api/tools', '[]'), 422, 'invalid_input'],
      [await post('/api/playbook-runs', '[]'), 400, 'bad_request'],
      [await post('/api/tools', 'name=x', { 'content-type': 'text/plain' }), 400, 'bad_request'],
      [await post('/api/tools', { name: 'x'.repeat(1_100_000) }), 413, 'payload_too_large'],
      [await post('/api/nowhere', {}), 404, 'not_found'],
      [await acme.as.viewer('GET', '/api/tools?limit=0'), 422, 'invalid_input'],
      [await acme.as.viewer('GET', '/api/tools?cursor=nonsense'), 422, 'invalid_input'],
      [await acme.as.viewer('GET', '/api/tools?q=%00'), 422, 'invalid_input'],
      [await acme.as.viewer('GET', '/api/events?cursor=nonsense'), 422, 'invalid_input'],
      [
        await acme.as.tenant_admin('PUT', '/api/settings/egress', { privateHosts: ['nonsense'] }),
        422,
        'invalid_input',
      ],
    ];
    for (const [response, status, code] of cases) {
      expect([response.status, response.body.error.code]).toEqual([status, code]);
      expect(response.body.error.requestId).toBe(response.headers.get('x-request-id'));
    }
    expect(cases[6]![0].body.error.issues[0].path).toBe('/limit');
    expect(cases[10]![0].body.error.issues[0].path).toBe('/privateHosts/0');
    const unknown = await acme.as.tenant_admin('PUT', '/api/settings/egress', { privateHosts: [], other: 1 });
    expect(unknown.body.error.issues).toEqual([
      { path: '/other', message: 'is not a known field', keyword: 'unknown' },
    ]);
  });

  test.each([
    '169.254.169.254:80',
    '168.63.129.16:80',
    '[fe80::1]:80',
    '[fd00:ec2::254]:80',
    '[::ffff:169.254.169.254]:80',
    '2852039166:80',
    '0xa9.254.43518:80',
  ])('%s can never be added to the egress settings', async (entry) => {
    const refused = await acme.as.tenant_admin('PUT', '/api/settings/egress', { privateHosts: [entry] });
    expect(refused).toMatchObject({
      status: 422,
      body: {
        error: {
          code: 'invalid_input',
          issues: [{ path: '/privateHosts/0', message: expect.stringContaining('metadata') }],
        },
      },
    });
    expect((await acme.as.tenant_admin('GET', '/api/settings/egress')).body).toMatchObject({
      privateHosts: [],
    });
  });

  test('every list refuses a cursor that is not its own', async () => {
    const { body } = await api.call(null)('GET', '/api/openapi.json');
    const lists = Object.entries<{ get?: { parameters?: { name: string }[] } }>(body.paths).flatMap(
      ([path, { get }]) =>
        !path.includes('{') && get?.parameters?.some(({ name }) => name === 'cursor') ? [path] : [],
    );
    expect(lists.length).toBeGreaterThan(5);
    for (const path of lists)
      expect(await acme.as.tenant_admin('GET', `${path}?cursor=nonsense`), path).toMatchObject({
        status: 422,
        body: { error: { code: 'invalid_input', issues: [{ path: '/cursor' }] } },
      });
  });

  test('the OpenAPI document is 3.1, has every operation, and its references resolve', async () => {
    const { body } = await api.call(null)('GET', '/api/openapi.json');
    expect(body.openapi).toBe('3.1.0');
    for (const { rest } of restOperations)
      expect(body.paths[rest.path][rest.method.toLowerCase()].summary).toBe(rest.summary);
    const references = JSON.stringify(body).match(/"\$ref":"[^"]+"/g) ?? [];
    expect(references.length).toBeGreaterThan(10);
    for (const reference of references) {
      const path = /"#\/(.+)"$/.exec(reference)![1]!.split('/');
      expect(
        path.reduce((at, key) => at?.[key], body),
        reference,
      ).toBeDefined();
    }
    const docs = await fetch(`${api.url}/api/docs`);
    expect(docs.status).toBe(200);
  });

  test('the health endpoints report the state of the process', async () => {
    const stranger = api.call(null);
    expect((await stranger('GET', '/healthz')).body).toEqual({ status: 'ok' });
    const { body } = await stranger('GET', '/readyz');
    // Other tests of this database leave workflows that cannot go on; then it is degraded.
    expect(body.status).toBe(body.stalledWorkflows ? 'degraded' : 'ready');
    for (const part of ['database', 'migrations', 'vault', 'temporal', 'worker', 'logReaders'])
      expect(body.parts[part], part).toMatchObject({ status: 'ok', since: expect.any(String) });
    expect((await stranger('GET', '/metrics')).body).toContain('interlock_process_cpu');
  });
});
