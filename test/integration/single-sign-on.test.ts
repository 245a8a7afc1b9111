import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { freePort } from '../../dev/free-port.ts';
import { insertGrant, putIssued } from '../../shared/people/db/apps.ts';
import { connectAdmin } from '../support/connect-admin.ts';
import { eventually } from '../support/eventually.ts';
import { type OidcServer, startOidcProvider } from '../support/oidc-provider.ts';
import { cookieOf, startTestApi, type TestApi, type TestTenant, testPassword } from '../support/test-api.ts';

const publicUrl = 'http://127.0.0.1:4400';

describe('single sign-on', () => {
  let api: TestApi;
  let provider: OidcServer;
  let acme: TestTenant;
  let globex: TestTenant;
  let configured: TestApi;
  beforeAll(async () => {
    provider = await startOidcProvider(`${publicUrl}/api/auth/callback/oidc`);
    configured = await startTestApi({ worker: false });
    [acme, globex] = await Promise.all([configured.tenant(), configured.tenant()]);
    api = await startTestApi({
      worker: false,
      env: {
        INTERLOCK_OIDC_ISSUER: provider.issuer,
        INTERLOCK_OIDC_CLIENT_ID: provider.clientId,
        INTERLOCK_OIDC_CLIENT_SECRET: provider.clientSecret,
        INTERLOCK_OIDC_NAME: 'Acme accounts',
        INTERLOCK_OIDC_RECHECK_SECONDS: '1',
        INTERLOCK_OIDC_ROLES: JSON.stringify([
          { group: 'operations', tenant: acme.slug, roles: ['operator'] },
          { group: 'leads', tenant: acme.slug, roles: ['approver', 'tool_admin'] },
          { group: 'operations', tenant: globex.slug, roles: ['viewer'] },
        ]),
      },
    });
  });
  afterAll(async () => {
    await api?.close();
    await configured?.close();
    await provider?.close();
  });

  const person = (login: string, groups: string[]) => {
    const email = `${login}-${Date.now()}@example.test`;
    provider.people.set(login, { email, name: `Person ${login}`, groups });
    return email;
  };

  /** What the browser has after its way to the provider and back. */
  async function signIn(login: string) {
    const begun = await api.call(null)(
      'POST',
      '/api/auth/single-sign-on',
      { to: '/t/acme/inbox' },
      { origin: publicUrl },
    );
    expect(begun.status).toBe(200);
    const back = new URL(await provider.signIn(begun.body.url, login));
    expect(back.origin + back.pathname).toBe(`${publicUrl}/api/auth/callback/oidc`);
    const response = await fetch(api.url + back.pathname + back.search, {
      redirect: 'manual',
      headers: { cookie: cookieOf(begun.headers) },
    });
    return { location: response.headers.get('location'), cookie: cookieOf(response.headers) };
  }
  const me = (cookie: string, tenant: TestTenant) =>
    api.call(null)('GET', '/api/me', undefined, { cookie, 'x-tenant': tenant.slug });
  const eventsOf = async (tenant: TestTenant, type: string) =>
    (await tenant.as.tenant_admin('GET', `/api/events?type=${type}`)).body.items;

  test('the apps of a person who has no access at the provider any more have none either', async () => {
    const email = person('zoe', ['operations']);
    await signIn('zoe');
    const { db } = api.services;
    const { rows } = await db.authPool.query('SELECT id FROM auth."user" WHERE email = $1', [email]);
    const [id, token, resource] = [crypto.randomUUID(), crypto.randomUUID(), `${publicUrl}/mcp`];
    const scope = 'tools.read';
    await db.accounts(async (connection) => {
      const client = { clientId: 'app', clientName: 'Desk agent', redirectHost: 'app.example', resource };
      await insertGrant(connection, {
        ...client,
        id,
        userId: rows[0].id,
        tenantId: acme.id,
        scopes: [scope],
      });
      const payload = { aud: resource, scope };
      await putIssued(connection, { kind: 'AccessToken', secret: token, grantId: id, payload, seconds: 600 });
    });
    const status = async () => {
      const ping = { jsonrpc: '2.0', id: 1, method: 'tools/list', params: {} };
      const accept = 'application/json, text/event-stream';
      const headers = { accept, 'mcp-protocol-version': '2025-11-25' };
      return (await api.call(token)('POST', '/mcp', ping, headers)).status;
    };
    expect(await status()).toBe(200);
    provider.people.get('zoe')!.groups = [];
    await eventually(async () => (await status()) === 401, { everyMs: 200 });
    await eventually(async () =>
      (await eventsOf(acme, 'AppDisconnected')).some(
        ({ data }: { data: { reason: string } }) => data.reason === 'no access at the provider any more',
      ),
    );
  });

  test('the sign-in page offers it by its name, and leads to no other site', async () => {
    expect((await api.call(null)('GET', '/api/auth/methods')).body).toEqual({
      singleSignOn: { name: 'Acme accounts' },
    });
    expect((await configured.call(null)('GET', '/api/auth/methods')).body).toEqual({ singleSignOn: null });
    for (const to of ['https://evil.test', '//evil.test', '/\\evil.test', undefined])
      expect((await api.call(null)('POST', '/api/auth/single-sign-on', { to })).status).toBe(400);
  });

  test('groups become roles at every sign-in, and both organizations hear of it', async () => {
    person('olga', ['operations', 'leads', 'football']);
    const first = await signIn('olga');
    expect(first.location).toContain('/t/acme/inbox');
    expect((await me(first.cookie, acme)).body.roles).toEqual(['operator', 'approver', 'tool_admin']);
    expect((await me(first.cookie, globex)).body.roles).toEqual(['viewer']);
    const [joined] = await eventsOf(acme, 'MembershipSynchronized');
    expect(joined).toMatchObject({
      actor: { type: 'system', name: 'Single sign-on' },
      data: { before: [], roles: ['operator', 'approver', 'tool_admin'] },
    });
    expect((await eventsOf(acme, 'SignedIn'))[0].data).toEqual({ method: 'single sign-on' });

    provider.people.get('olga')!.groups = ['operations'];
    const second = await signIn('olga');
    expect((await me(second.cookie, acme)).body.roles).toEqual(['operator']);
  });

  test('whoever is in no group that gives a role gets no account and no session', async () => {
    const email = person('nils', ['football']);
    const { location, cookie } = await signIn('nils');
    expect(location).toBe('/sign-in?problem=no_access');
    expect((await me(cookie, acme)).status).toBe(401);
    const { body } = await acme.as.tenant_admin('GET', '/api/members');
    expect(JSON.stringify(body)).not.toContain(email);
  });

  test('a removed group ends the access of a person who is signed in', async () => {
    person('rita', ['operations']);
    const { cookie } = await signIn('rita');
    expect((await me(cookie, acme)).status).toBe(200);
    provider.people.get('rita')!.groups = [];
    await eventually(async () => (await me(cookie, acme)).status === 401, { everyMs: 250 });
    expect((await signIn('rita')).location).toBe('/sign-in?problem=no_access');
    const changes = await eventsOf(acme, 'MembershipSynchronized');
    expect(changes[0].data).toMatchObject({ name: 'Person rita', before: ['operator'], roles: [] });
  });

  test('a person whom the provider no longer knows is signed out', async () => {
    person('sven', ['operations']);
    const { cookie } = await signIn('sven');
    provider.people.delete('sven');
    await eventually(async () => (await me(cookie, acme)).status === 401, { everyMs: 250 });
  });

  test('an account that was made before keeps its password and its other organizations', async () => {
    const umbrella = await configured.tenant();
    provider.people.set('uwe', { email: umbrella.email, name: 'Uwe', groups: ['operations'] });
    const { cookie } = await signIn('uwe');
    expect((await me(cookie, acme)).body.roles).toEqual(['operator']);
    expect((await me(cookie, umbrella)).body.roles).toEqual(['tenant_admin']);
    expect((await api.signIn(umbrella.email, testPassword)).status).toBe(200);
  });

  test('an account that someone else may have made under this address is not joined', async () => {
    const umbrella = await configured.tenant();
    const admin = await connectAdmin();
    await admin.query('UPDATE auth."user" SET "emailVerified" = false WHERE email = $1', [umbrella.email]);
    await admin.end();
    provider.people.set('wanda', { email: umbrella.email, name: 'Wanda', groups: ['operations'] });
    const { location, cookie } = await signIn('wanda');
    expect(location).toContain('/sign-in?error=account_not_linked');
    expect((await me(cookie, acme)).status).toBe(401);
  });

  test('an answer of the provider counts once, and only in the browser that asked', async () => {
    person('vera', ['operations']);
    const begun = await api.call(null)(
      'POST',
      '/api/auth/single-sign-on',
      { to: '/' },
      { origin: publicUrl },
    );
    const back = new URL(await provider.signIn(begun.body.url, 'vera'));
    const visit = (cookie: string) =>
      fetch(api.url + back.pathname + back.search, { redirect: 'manual', headers: { cookie } });
    const foreign = await visit('');
    expect(foreign.headers.getSetCookie().join()).not.toMatch(/session_token=[^;]/);
    const own = await visit(cookieOf(begun.headers));
    const again = await visit(cookieOf(begun.headers));
    const cookies = [own, again].map(({ headers }) =>
      /session_token=[^;]/.test(headers.getSetCookie().join()),
    );
    expect(cookies.filter(Boolean).length).toBeLessThanOrEqual(1);
  });

  test('a provider that is away is a plain 503, and is found again when it is back', async () => {
    const port = await freePort('the provider', 0);
    const late = await startTestApi({
      worker: false,
      env: {
        INTERLOCK_OIDC_ISSUER: `http://127.0.0.1:${port}`,
        INTERLOCK_OIDC_CLIENT_ID: provider.clientId,
        INTERLOCK_OIDC_CLIENT_SECRET: provider.clientSecret,
        INTERLOCK_OIDC_ROLES: JSON.stringify([{ group: 'a', tenant: acme.slug, roles: ['viewer'] }]),
      },
    });
    const begin = () =>
      late.call(null)('POST', '/api/auth/single-sign-on', { to: '/' }, { origin: publicUrl });
    try {
      const refused = await begin();
      expect(refused.status).toBe(503);
      expect(refused.body.error.message).toContain('You are not signed in.');
      const back = await startOidcProvider(`${publicUrl}/api/auth/callback/oidc`, port);
      try {
        await eventually(async () => (await begin()).status === 200, { timeoutMs: 60_000 });
      } finally {
        await back.close();
      }
    } finally {
      await late.close();
    }
  });
});
