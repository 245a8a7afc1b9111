import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { connectAdmin } from '../support/connect-admin.ts';
import { eventually } from '../support/eventually.ts';
import { startTestApi, type TestApi, type TestTenant } from '../support/test-api.ts';

describe('signing in and API keys', () => {
  let api: TestApi;
  let acme: TestTenant;
  let globex: TestTenant;

  beforeAll(async () => {
    api = await startTestApi({ worker: false });
    [acme, globex] = await Promise.all([api.tenant(), api.tenant()]);
  });
  afterAll(() => api.close());

  const cookieOf = (headers: Headers) =>
    headers
      .getSetCookie()
      .map((each) => each.split(';')[0])
      .join('; ');

  test('a person signs in with a cookie that scripts and other sites cannot use', async () => {
    const response = await api.signIn(acme.email, acme.password);
    expect(response.status).toBe(200);
    const session = response.headers.getSetCookie().find((each) => each.includes('session_token'))!;
    expect(session).toMatch(/HttpOnly/i);
    expect(session).toMatch(/SameSite=Lax/i);
    const me = await api.call(null)('GET', '/api/me', undefined, {
      cookie: cookieOf(response.headers),
      'x-tenant': acme.slug,
    });
    expect(me.body).toMatchObject({
      actor: { type: 'user', name: 'Ana Admin' },
      tenant: { slug: acme.slug },
      roles: ['tenant_admin'],
    });
  });

  test('the error is the same for a tenant that the person is not a member of and for one that does not exist', async () => {
    const cookie = cookieOf((await api.signIn(acme.email, acme.password)).headers);
    const responses = await Promise.all(
      [globex.slug, 'no-such-tenant'].map((slug) =>
        api.call(null)('GET', '/api/tools', undefined, { cookie, 'x-tenant': slug }),
      ),
    );
    for (const response of responses) expect(response.status).toBe(403);
    expect({ ...responses[0]!.body.error, requestId: '' }).toEqual({
      ...responses[1]!.body.error,
      requestId: '',
    });
  });

  test("a request that another site causes changes nothing, although it carries the person's cookie", async () => {
    const cookie = cookieOf((await api.signIn(acme.email, acme.password)).headers);
    const put = (headers: Record<string, string>) =>
      api.call(null)(
        'PUT',
        '/api/settings/egress',
        { privateHosts: ['127.0.0.1:1'] },
        { cookie, 'x-tenant': acme.slug, ...headers },
      );
    const foreign: Record<string, string>[] = [
      { origin: 'https://evil.example' },
      { origin: 'null' },
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
    ];
    for (const headers of foreign) {
      expect((await put(headers)).status).toBe(403);
    }
    expect((await acme.as.viewer('GET', '/api/settings/egress')).body).toMatchObject({ privateHosts: [] });
    expect(
      (await put({ origin: api.services.environment.publicUrl, 'sec-fetch-site': 'same-origin' })).status,
    ).toBe(200);
  });

  test('signing out ends the session at once', async () => {
    const cookie = cookieOf((await api.signIn(acme.email, acme.password)).headers);
    const me = () => api.call(null)('GET', '/api/me', undefined, { cookie, 'x-tenant': acme.slug });
    expect((await me()).status).toBe(200);
    await api.call(null)(
      'POST',
      '/api/auth/sign-out',
      {},
      { cookie, origin: api.services.environment.publicUrl },
    );
    expect((await me()).status).toBe(401);
  });

  test("no one can create accounts, keys or organizations through better-auth's own routes", async () => {
    const cookie = cookieOf((await api.signIn(acme.email, acme.password)).headers);
    const routes = [
      'sign-up/email',
      'api-key/create',
      'organization/create',
      'organization/update-member-role',
      'update-user',
    ];
    for (const route of routes) {
      const response = await api.call(null)(
        'POST',
        `/api/auth/${route}`,
        { email: 'x@example.test', password: 'x'.repeat(12), name: 'x' },
        { cookie },
      );
      expect(response.status, route).toBe(404);
    }
  });

  test('a key works in its own tenant only, whatever tenant the request names', async () => {
    await acme.as.tool_admin('POST', '/api/tools', { name: 'own_tool', type: 'dummy' });
    const { body } = await globex.as.viewer('GET', '/api/tools?scope=tenant', undefined, {
      'x-tenant': acme.slug,
    });
    expect(body.items).toEqual([]);
    expect((await globex.as.viewer('GET', '/api/me')).body.tenant.slug).toBe(globex.slug);
  });

  test('a revoked key stops working within seconds', async () => {
    const revoked = await api.tenant();
    expect((await revoked.as.viewer('GET', '/api/me')).status).toBe(200);
    const admin = await connectAdmin();
    await admin.query('UPDATE auth.apikey SET enabled = false WHERE "referenceId" = $1', [revoked.id]);
    await admin.end();
    await eventually(async () => (await revoked.as.viewer('GET', '/api/me')).status === 401, {
      everyMs: 200,
    });
  });

  test('guessing passwords is rate limited', async () => {
    const statuses = new Set<number>();
    for (let guess = 0; guess < 40; guess++)
      statuses.add((await api.signIn(globex.email, `wrong ${guess}`)).status);
    expect(statuses).toContain(401);
    expect(statuses).toContain(429);
  });
});
