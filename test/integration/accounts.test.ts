import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { connectAdmin } from '../support/connect-admin.ts';
import { eventually } from '../support/eventually.ts';
import { publishPlaybook, startRun, stepWhen } from '../support/playbook-runs.ts';
import { cookieOf, startTestApi, type TestApi, type TestTenant, testPassword } from '../support/test-api.ts';

describe('accounts of one tenant, and those of others', () => {
  let api: TestApi;
  let acme: TestTenant;
  let globex: TestTenant;
  beforeAll(async () => {
    api = await startTestApi({ env: { INTERLOCK_TRUSTED_PROXIES: '127.0.0.0/8' } });
    [acme, globex] = await Promise.all([api.tenant(), api.tenant()]);
  });
  afterAll(() => api?.close());

  const origin = () => api.services.environment.publicUrl;
  const sessionOf = async (tenant: TestTenant, password = testPassword) => {
    const response = await api.signIn(tenant.email, password);
    expect(response.status).toBe(200);
    return { cookie: cookieOf(response.headers), 'x-tenant': tenant.slug, origin: origin() };
  };
  const signInFrom = (address: string, email: string, password: string, on = api) =>
    on.call(null)(
      'POST',
      '/api/auth/sign-in/email',
      { email, password },
      { origin: origin(), 'x-forwarded-for': address },
    );
  const removeMember = async (tenant: TestTenant) => {
    const admin = await connectAdmin();
    await admin.query('DELETE FROM auth.member WHERE "organizationId" = $1', [tenant.id]);
    await admin.end();
  };
  const eventsOf = async (tenant: TestTenant, type: string) => {
    const { body } = await tenant.as.viewer('GET', `/api/events?type=${type}&limit=200`);
    return body.items;
  };

  test('a step assigned to an address of another tenant shows no name', async () => {
    const assigned = (name: string, user: string) =>
      publishPlaybook(acme.as.tool_admin, {
        name,
        steps: [{ id: 'one', type: 'manual', title: 'One', assignee: { user: `\${{ "${user}" }}` } }],
      });
    const [foreign, own] = await Promise.all([
      startRun(acme.as.operator, await assigned('foreign', globex.email)),
      startRun(acme.as.operator, await assigned('own', acme.email)),
    ]);
    const shown = await stepWhen(acme.as.operator, own, 'one', 'waiting');
    expect(JSON.stringify(shown)).toContain('Ana Admin');
    const hidden = await stepWhen(acme.as.operator, foreign, 'one', 'waiting');
    expect(JSON.stringify(hidden)).not.toContain('Ana Admin');
    const assign = await acme.as.operator('POST', `/api/playbook-runs/${own}/steps/one/assign`, {
      user: globex.email,
    });
    expect(JSON.stringify(assign.body)).not.toContain('"name":"Ana Admin"');
  });

  test('the live streams of a person end when their membership does', async () => {
    const tenant = await api.tenant();
    const headers = { ...(await sessionOf(tenant)), accept: 'text/event-stream' };
    const parameters = encodeURIComponent(JSON.stringify({ tenant: tenant.slug }));
    const paths = ['/api/events/stream', `/trpc/live.events?connectionParams=${parameters}`];
    const streams = await Promise.all(paths.map((path) => fetch(api.url + path, { headers })));
    let ended = 0;
    const reading = streams.map(async ({ status, body }) => {
      expect(status).toBe(200);
      for await (const _ of body!);
      ended += 1;
    });
    await removeMember(tenant);
    await eventually(() => ended === 2);
    await Promise.all(reading);
  });

  test('a new password ends every other session of the account', async () => {
    const tenant = await api.tenant();
    const [here, elsewhere] = [await sessionOf(tenant), await sessionOf(tenant)];
    const call = api.call(null);
    expect((await call('GET', '/api/me', undefined, elsewhere)).status).toBe(200);
    const newPassword = 'kettle orbit nine';
    const changed = await call(
      'POST',
      '/api/auth/change-password',
      { currentPassword: testPassword, newPassword },
      here,
    );
    expect(changed.status).toBe(200);
    expect((await call('GET', '/api/me', undefined, elsewhere)).status).toBe(401);
    const now = { ...here, cookie: cookieOf(changed.headers) };
    expect((await call('GET', '/api/me', undefined, now)).status).toBe(200);
    expect((await api.signIn(tenant.email, newPassword)).status).toBe(200);
  });

  test.each(['short', 'password123!'])('the password %s is refused', async (newPassword) => {
    const refused = await api.call(null)(
      'POST',
      '/api/auth/change-password',
      { currentPassword: testPassword, newPassword },
      await sessionOf(acme),
    );
    expect(refused.status).toBe(400);
    expect(refused.body.message).toMatch(/10 characters|common/);
    expect((await api.signIn(acme.email, testPassword)).status).toBe(200);
  });

  test('wrong passwords lock an account at their address, in every process, and at no other address', async () => {
    const tenant = await api.tenant();
    const statuses: number[] = [];
    for (let guess = 0; guess < 11; guess++)
      statuses.push((await signInFrom('203.0.113.7', tenant.email, `wrong ${guess}`)).status);
    expect(statuses).toEqual([...Array(10).fill(401), 429]);

    const other = await startTestApi({
      worker: false,
      env: { INTERLOCK_TRUSTED_PROXIES: '127.0.0.0/8' },
    });
    try {
      const refused = await signInFrom('203.0.113.7', tenant.email, testPassword, other);
      expect(refused.status).toBe(429);
      expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
      expect(refused.body.error.message).toContain('Too many failed sign-ins');
    } finally {
      await other.close();
    }
    expect((await signInFrom('203.0.113.8', tenant.email, testPassword)).status).toBe(200);
    const failed = await eventsOf(tenant, 'SignInFailed');
    expect(failed.map((event: { data: { reason: string } }) => event.data.reason)).toEqual(
      expect.arrayContaining(['wrong password', 'too many attempts']),
    );
    expect(failed.length).toBeLessThanOrEqual(3);
  });

  test.each(['?x=1', '?', 'sign%2Din'])('the limit cannot be avoided by another URL: %s', async (more) => {
    const tenant = await api.tenant();
    const path = more.startsWith('?') ? `/api/auth/sign-in/email${more}` : '/api/auth/sign%2Din/email';
    const statuses = new Set<number>();
    for (let guess = 0; guess < 12; guess++) {
      const body = { email: tenant.email, password: `wrong ${guess}` };
      statuses.add((await api.call(null)('POST', path, body, { origin: origin() })).status);
    }
    expect(statuses).toContain(429);
    expect((await api.call(null)('GET', path)).status).toBeLessThan(500);
  });

  test('right passwords never count, and simultaneous guesses do', async () => {
    const tenant = await api.tenant();
    for (let round = 0; round < 12; round++)
      expect((await signInFrom('203.0.113.20', tenant.email, testPassword)).status).toBe(200);
    const guesses = await Promise.all(
      Array.from({ length: 15 }, (_, guess) => signInFrom('203.0.113.20', tenant.email, `wrong ${guess}`)),
    );
    expect(guesses.filter(({ status }) => status === 401)).toHaveLength(10);
  });

  test('an address that a caller makes up does not count without a trusted proxy', async () => {
    const strict = await startTestApi({ worker: false });
    try {
      const tenant = await strict.tenant();
      const statuses: number[] = [];
      for (let guess = 0; guess < 11; guess++) {
        const made = `198.51.100.${guess}`;
        statuses.push((await signInFrom(made, tenant.email, `wrong ${guess}`, strict)).status);
      }
      expect(statuses.at(-1)).toBe(429);
    } finally {
      await strict.close();
    }
  });

  test('refusals by role, policy, digest and tenancy are in the audit trail, and a flood of them is not', async () => {
    const tenant = await api.tenant();
    const created = await tenant.as.tool_admin('POST', '/api/tools', { name: 'guarded', type: 'dummy' });
    const id: string = created.body.id;
    const execute = (body: object) => tenant.as.operator('POST', `/api/tools/${id}/execute`, body);
    expect((await execute({ payload: {}, previewDigest: 'a'.repeat(64) })).status).toBe(409);
    await tenant.as.tool_admin('PUT', `/api/tools/${id}/enabled`, { enabled: false });
    expect((await execute({ payload: {} })).status).toBe(409);
    const floods = await Promise.all(
      Array.from({ length: 40 }, () => tenant.as.viewer('DELETE', `/api/tools/${id}`)),
    );
    expect(new Set(floods.map(({ status }) => status))).toEqual(new Set([403]));
    const foreign = { ...(await sessionOf(globex)), 'x-tenant': tenant.slug };
    expect((await api.call(null)('GET', '/api/me', undefined, foreign)).status).toBe(403);

    const events = await eventsOf(tenant, 'AccessDenied');
    const found = events.map((event: { data: { operation: string; reason: string } }) => [
      event.data.operation,
      event.data.reason,
    ]);
    expect(found.toSorted()).toEqual([
      ['enter', 'not a member'],
      ['tools.archive', 'forbidden'],
      ['tools.execute', 'disabled'],
      ['tools.execute', 'preview_changed'],
    ]);
    const refused = events.find((event: { data: { reason: string } }) => event.data.reason === 'forbidden');
    expect(refused).toMatchObject({ actor: { name: 'viewer key' }, data: { subject: id } });
    expect(JSON.stringify(events)).not.toContain(globex.email);
  });
});
