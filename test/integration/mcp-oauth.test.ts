import { UnauthorizedError } from '@modelcontextprotocol/client';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createAuth } from '../../shared/identity/server/auth.ts';
import { seedIdentity } from '../../shared/identity/server/seed-identity.ts';
import { AppBrowser, AppStore, agentOf, callback, PlainApp } from '../support/app-oauth.ts';
import { eventually } from '../support/eventually.ts';
import { peopleOf } from '../support/people.ts';
import { findSecret } from '../support/secret-scan.ts';
import { startTestApi, type TestApi, type TestTenant, testPassword } from '../support/test-api.ts';

const all = ['tools.read', 'tools.execute'];

describe('OAuth for MCP clients', () => {
  let api: TestApi;
  let acme: TestTenant;
  let globex: TestTenant;
  const lines: string[] = [];
  /** Whatever must show nowhere. */
  const secrets: string[] = [];

  beforeAll(async () => {
    api = await startTestApi({
      ownAddress: true,
      env: { INTERLOCK_TRUSTED_PROXIES: '127.0.0.1' },
      onLog: (line) => lines.push(line),
    });
    acme = await api.tenant();
    globex = await api.tenant();
    for (const [tenant, name] of [
      [acme, 'greet'],
      [globex, 'only_globex'],
    ] as const) {
      const { status } = await tenant.as.tenant_admin('POST', '/api/tools', {
        type: 'dummy',
        name,
        config: { response: { greeting: 'hello' } },
      });
      expect(status).toBe(201);
    }
  });
  afterAll(() => api?.close());

  const browserOf = async ({ email, password }: { email: string; password: string }) => {
    const browser = new AppBrowser(api);
    await browser.signIn(email, password);
    return browser;
  };
  /** A person of Acme with these roles, and their browser. */
  const personOf = async (...roles: Parameters<ReturnType<typeof peopleOf>['person']>[1]) => {
    const email = `${crypto.randomUUID()}@acme.test`;
    const call = await peopleOf(api, acme).person(email, roles);
    return { email, call, browser: await browserOf({ email, password: testPassword }) };
  };
  const plainApp = async () => {
    const app = new PlainApp(api);
    const { status, body } = await app.register();
    expect(status, JSON.stringify(body)).toBe(201);
    app.clientId = body.client_id;
    return app;
  };
  /** An app that someone has let in. */
  const connected = async (browser: AppBrowser, scopes = all, tenant = acme) => {
    const app = await plainApp();
    const code = (await browser.allow(app.authorizeUrl(), tenant.slug, scopes)).get('code')!;
    const { status, body } = await app.exchange(code);
    expect(status, JSON.stringify(body)).toBe(200);
    secrets.push(code, body.access_token, body.refresh_token);
    return { app, code, access: body.access_token as string, refresh: body.refresh_token as string };
  };
  const rpc = (
    token: string | null,
    method: string,
    params: object = {},
    headers: Record<string, string> = {},
  ) =>
    api.call(token)(
      'POST',
      '/mcp',
      { jsonrpc: '2.0', id: 1, method, params },
      {
        accept: 'application/json, text/event-stream',
        'mcp-protocol-version': '2025-11-25',
        ...headers,
      },
    );
  const resultOf = (body: unknown) =>
    typeof body === 'string'
      ? JSON.parse(/^data: (.*)$/m.exec(body)![1]!).result
      : (body as { result: never }).result;
  const toolsOf = async (token: string, headers: Record<string, string> = {}): Promise<string[]> => {
    const { status, body } = await rpc(token, 'tools/list', {}, headers);
    expect(status, JSON.stringify(body)).toBe(200);
    return resultOf(body).tools.map(({ name }: { name: string }) => name);
  };
  const isOut = async (token: string) => expect((await rpc(token, 'tools/list')).status).toBe(401);
  const eventsOf = async (type: string) =>
    (await acme.as.tenant_admin('GET', `/api/audit?type=${type}&limit=50`)).body.items as {
      door: string;
      actor: { type: string; name: string };
      data: Record<string, unknown>;
    }[];

  describe('the official client', () => {
    test('lists and calls tools once a person has allowed it, renews its access, and is out once it is revoked', async () => {
      const store = new AppStore();
      const first = agentOf(api, store);
      await expect(first.client.connect(first.transport)).rejects.toThrow(UnauthorizedError);
      expect(store.asked?.searchParams.get('resource')).toBe(`${api.url}/mcp`);
      expect(store.asked?.searchParams.get('code_challenge_method')).toBe('S256');
      const browser = await browserOf(acme);
      await first.transport.finishAuth(await browser.allow(store.asked!, acme.slug, all));

      const { client, transport } = agentOf(api, store);
      await client.connect(transport);
      expect((await client.listTools()).tools.map(({ name }) => name)).toContain('greet');
      const called = await client.callTool({ name: 'greet', arguments: {} });
      expect(called.structuredContent).toEqual({ greeting: 'hello' });

      // Its access token has ended: it renews it by itself, and both tokens are others.
      const before = { ...store.held! };
      secrets.push(before.access_token, before.refresh_token!);
      store.held = { ...before, access_token: 'one that has expired' };
      expect((await client.listTools()).tools.length).toBeGreaterThan(0);
      expect(store.held.access_token).not.toBe(before.access_token);
      expect(store.held.refresh_token).not.toBe(before.refresh_token);
      secrets.push(store.held.access_token, store.held.refresh_token!);

      const app = new PlainApp(api);
      app.clientId = store.registered!.client_id;
      expect((await app.post('/oauth/revoke', { token: store.held.refresh_token! })).status).toBe(200);
      await isOut(store.held.access_token);
      await expect(client.listTools()).rejects.toThrow('grant request is invalid');
      await client.close();
    });

    test('a call of an app is an execution of its person, by the door mcp', async () => {
      const { call, browser, email } = await personOf('operator');
      const { access } = await connected(browser);
      const { body } = await rpc(access, 'tools/call', { name: 'greet', arguments: {} });
      const id = resultOf(body)._meta?.['interlock/executionId'];
      expect(id, JSON.stringify(body)).toBeDefined();
      const execution = await call('GET', `/api/tools/executions/${id}`);
      expect(execution.status, JSON.stringify(execution.body)).toBe(200);
      expect(execution.body.actor).toMatchObject({ type: 'user', name: email.split('@')[0] });
      const audit = await acme.as.tenant_admin('GET', `/api/audit?subjectId=${id}`);
      expect(audit.body.items.at(-1)).toMatchObject({ door: 'mcp' });
    });
  });

  describe('what clients find', () => {
    test('a request without a good credential names where to ask', async () => {
      const metadata = `${api.url}/.well-known/oauth-protected-resource/mcp`;
      const without = await rpc(null, 'tools/list');
      expect(without.status).toBe(401);
      expect(without.headers.get('www-authenticate')).toBe(
        `Bearer realm="interlock", scope="tools.read tools.execute", resource_metadata="${metadata}"`,
      );
      for (const bad of ['no-token', 'ilk_no-key']) {
        const refused = await rpc(bad, 'tools/list');
        expect(refused.status).toBe(401);
        expect(refused.headers.get('www-authenticate')).toContain('error="invalid_token"');
      }
    });

    test('the resource and its authorization server describe themselves, and offer nothing else', async () => {
      const call = api.call(null);
      for (const suffix of ['', '/mcp']) {
        const { body } = await call('GET', `/.well-known/oauth-protected-resource${suffix}`);
        expect(body).toMatchObject({
          resource: `${api.url}/mcp`,
          authorization_servers: [api.url],
          scopes_supported: all,
        });
      }
      const { body } = await call('GET', '/.well-known/oauth-authorization-server');
      expect(body).toMatchObject({
        issuer: api.url,
        authorization_endpoint: `${api.url}/oauth/authorize`,
        token_endpoint: `${api.url}/oauth/token`,
        registration_endpoint: `${api.url}/oauth/register`,
        revocation_endpoint: `${api.url}/oauth/revoke`,
        code_challenge_methods_supported: ['S256'],
        grant_types_supported: ['authorization_code', 'refresh_token'],
        response_types_supported: ['code'],
        token_endpoint_auth_methods_supported: ['none'],
        scopes_supported: all,
        client_id_metadata_document_supported: true,
        authorization_response_iss_parameter_supported: true,
      });
      expect(Object.keys(body).filter((name) => /jwks|id_token|userinfo|claims/.test(name))).toEqual([]);
      for (const path of ['/.well-known/openid-configuration', '/oauth/keys', '/oauth/end-session'])
        expect((await call('GET', path)).status).toBe(404);
    });

    test('addresses do not follow the headers of a proxy that no one trusts', async () => {
      const { body } = await api.call(null)('GET', '/.well-known/oauth-authorization-server', undefined, {
        'x-forwarded-host': 'evil.example',
        'x-forwarded-proto': 'https',
      });
      expect(body.token_endpoint).toBe(`${api.url}/oauth/token`);
    });
  });

  describe('registration', () => {
    test.each([
      ['http elsewhere', { redirect_uris: ['http://app.example/callback'] }],
      ['a scheme of its own', { redirect_uris: ['myapp://callback'] }],
      ['a script', { redirect_uris: ['javascript:alert(1)'] }],
      ['a fragment', { redirect_uris: ['https://app.example/#x'] }],
      ['a password', { redirect_uris: ['https://a:b@app.example/'] }],
      ['one good and one bad', { redirect_uris: [callback, 'http://app.example/'] }],
      ['none', { redirect_uris: [] }],
      ['too many', { redirect_uris: Array.from({ length: 11 }, (_, each) => `https://app.example/${each}`) }],
      ['a long name', { client_name: 'x'.repeat(101) }],
      ['a name that turns the text around', { client_name: 'Good\u202eppa' }],
      ['a name that is none', { client_name: 7 }],
      ['a large description', { client_uri: `https://app.example/${'x'.repeat(9_000)}` }],
      ['a secret', { token_endpoint_auth_method: 'client_secret_basic' }],
      ['another grant', { grant_types: ['client_credentials'], response_types: [] }],
      ['another response', { response_types: ['token'] }],
    ])('with %s is refused', async (_what, metadata) => {
      const { status, body } = await new PlainApp(api).register(metadata);
      expect(status).toBe(400);
      expect(body.error).toMatch(/^invalid_/);
    });

    test('says nothing that is a secret, and is for loopback or TLS', async () => {
      const { status, body } = await new PlainApp(api).register({
        redirect_uris: ['https://app.example/callback', 'http://localhost:1234/', 'http://[::1]:9/'],
        application_type: 'web',
      });
      expect(status).toBe(201);
      expect(body).not.toHaveProperty('client_secret');
      expect(body).not.toHaveProperty('registration_access_token');
    });

    test('a client that describes itself at an address is not asked for at a private one', async () => {
      const app = new PlainApp(api);
      app.clientId = 'https://127.0.0.1:1/client.json';
      const { status, to } = await new AppBrowser(api).visit(app.authorizeUrl());
      expect([status, to]).toEqual([302, '/connect-app/refused?error=invalid_client']);
    });
  });

  describe('a request', () => {
    test.each([
      ['another resource', { resource: 'https://other.example/mcp' }, 'invalid_target'],
      ['no PKCE', { code_challenge: null, code_challenge_method: null }, 'invalid_request'],
      ['plain PKCE', { code_challenge_method: 'plain' }, 'invalid_request'],
      ['another response', { response_type: 'token' }, 'unsupported_response_type'],
      ['no question to be asked', { prompt: 'none' }, 'consent_required'],
    ])('with %s goes back to the app without a question', async (_what, more, error) => {
      const app = await plainApp();
      const { to } = await (await browserOf(acme)).visit(app.authorizeUrl(more));
      // Of a response in the fragment too.
      const back = new URL(to.replace('#', '?'));
      expect(back.origin + back.pathname).toBe(callback);
      expect(back.searchParams.get('error')).toBe(error);
      expect(back.searchParams.get('code')).toBeNull();
    });

    test.each([
      ['a foreign redirect URI', { redirect_uri: 'https://evil.example/' }, 'invalid_redirect_uri'],
      ['another path on loopback', { redirect_uri: 'http://127.0.0.1:8976/other' }, 'invalid_redirect_uri'],
      ['an unknown client', { client_id: 'no-one' }, 'invalid_client'],
    ])('with %s goes back to no one', async (_what, more, error) => {
      const app = await plainApp();
      const { to } = await (await browserOf(acme)).visit(app.authorizeUrl(more));
      expect(to).toBe(`/connect-app/refused?error=${error}`);
    });

    test('asks for everything when it names no scope, and for the only resource when it names none', async () => {
      const app = await plainApp();
      const browser = await browserOf(acme);
      const uid = await browser.begin(app.authorizeUrl({ scope: null, resource: null }));
      expect((await browser.question(uid)).body.scopes).toEqual(all);
    });

    test('shows what is claimed, whose it is and what they may allow, and decides nothing', async () => {
      const { browser, email } = await personOf('viewer');
      const app = await plainApp();
      const uid = await browser.begin(app.authorizeUrl());
      const asked = await browser.question(uid);
      expect(asked.status).toBe(200);
      expect(asked.headers.get('cache-control')).toBe('no-store');
      expect(asked.body).toMatchObject({
        app: { name: 'Plain app', host: '127.0.0.1' },
        scopes: all,
        person: { email },
        organizations: [{ slug: acme.slug, scopes: ['tools.read'] }],
      });
      // A page of another site cannot show it in a frame.
      expect(asked.headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
      expect((await browser.question(uid)).body).toEqual(asked.body);
    });

    test('without a session shows no one, and cannot be answered', async () => {
      const browser = new AppBrowser(api);
      const uid = await browser.begin((await plainApp()).authorizeUrl());
      expect((await browser.question(uid)).body).toMatchObject({ person: null, organizations: [] });
      expect((await browser.answer(uid, { allow: false })).status).toBe(401);
    });

    test('of one browser cannot be answered in another', async () => {
      const app = await plainApp();
      const uid = await (await browserOf(globex)).begin(app.authorizeUrl());
      const victim = await browserOf(acme);
      expect((await victim.question(uid)).status).toBe(404);
      const person = (await api.call(null)('GET', '/api/me', undefined, { cookie: victim.cookie })).body.actor
        .id;
      const answer = { allow: true, person, tenant: acme.slug, scopes: all };
      expect((await victim.answer(uid, answer)).status).toBe(404);
    });

    test('is not answered by another site, for another person, elsewhere, twice, or beyond what was asked and what they may', async () => {
      const { browser } = await personOf('viewer');
      const app = await plainApp();
      const uid = await browser.begin(app.authorizeUrl());
      const { body } = await browser.question(uid);
      const answer = { allow: true, person: body.person.id, tenant: acme.slug, scopes: ['tools.read'] };
      const status = async (more: object, headers: Record<string, string> = {}) =>
        (await browser.answer(uid, { ...answer, ...more }, headers)).status;
      expect(await status({}, { origin: 'https://evil.example' })).toBe(403);
      expect(await status({}, { 'sec-fetch-site': 'cross-site' })).toBe(403);
      expect(await status({ person: 'someone else' })).toBe(409);
      expect(await status({ tenant: globex.slug })).toBe(403);
      expect(await status({ scopes: all })).toBe(403);
      expect(await status({ scopes: [] })).toBe(422);
      expect(await status({ scopes: ['members.write'] })).toBe(422);
      expect(await status({})).toBe(200);
      expect(await status({})).toBe(404);

      const little = await browser.begin(app.authorizeUrl({ scope: 'tools.read' }));
      expect((await browser.answer(little, { ...answer, scopes: all })).status).toBe(400);
    });

    test('that is denied gives the app nothing', async () => {
      const browser = await browserOf(acme);
      const uid = await browser.begin((await plainApp()).authorizeUrl());
      const { body } = await browser.answer(uid, { allow: false });
      const back = new URL((await browser.visit(body.to)).to).searchParams;
      expect([back.get('error'), back.get('state'), back.get('code')]).toEqual([
        'access_denied',
        'the-state',
        null,
      ]);
    });

    test('asks again, although the person has allowed the same app before', async () => {
      const browser = await browserOf(acme);
      const { app } = await connected(browser);
      expect(await browser.begin(app.authorizeUrl())).toMatch(/^[\w-]{20,}$/);
    });
  });

  describe('a code', () => {
    test('is for the one who has the verifier, the same address and the same resource', async () => {
      const browser = await browserOf(acme);
      const app = await plainApp();
      const code = (await browser.allow(app.authorizeUrl(), acme.slug, all)).get('code')!;
      const wrong = async (more: Record<string, string>) => (await app.exchange(code, more)).body.error;
      expect(await wrong({ code_verifier: 'a'.repeat(43) })).toBe('invalid_grant');
      expect(await wrong({ redirect_uri: 'http://127.0.0.1:8976/other' })).toBe('invalid_grant');
      const other = await plainApp();
      expect((await other.exchange(code, { code_verifier: app.verifier })).body.error).toBe('invalid_grant');
      expect((await app.exchange(code)).status).toBe(200);
    });

    test('for one resource buys no token for another', async () => {
      const browser = await browserOf(acme);
      const app = await plainApp();
      const code = (await browser.allow(app.authorizeUrl(), acme.slug, all)).get('code')!;
      const { status, body } = await app.exchange(code, { resource: 'https://other.example/mcp' });
      expect([status, body.error]).toEqual([400, 'invalid_target']);
    });

    test('that comes twice ends what the first one has got', async () => {
      const { app, code, access } = await connected(await browserOf(acme));
      expect(await toolsOf(access)).toContain('greet');
      expect((await app.exchange(code)).body.error).toBe('invalid_grant');
      await isOut(access);
    });

    test('that comes twice at the same moment is worth one token at most', async () => {
      const browser = await browserOf(acme);
      const app = await plainApp();
      const code = (await browser.allow(app.authorizeUrl(), acme.slug, all)).get('code')!;
      const responses = await Promise.all(Array.from({ length: 5 }, () => app.exchange(code)));
      expect(responses.filter(({ status }) => status === 200).length).toBeLessThanOrEqual(1);
    });
  });

  describe('a token', () => {
    test('is for the MCP door only', async () => {
      const { access, refresh } = await connected(await browserOf(acme));
      expect((await api.call(access)('GET', '/api/tools')).status).toBe(401);
      expect((await api.call(access)('GET', '/trpc/me.get')).status).toBe(401);
      await isOut(refresh);
    });

    test('acts in the one organization that was chosen, whatever the request says', async () => {
      const email = `both-${crypto.randomUUID()}@acme.test`;
      const { environment, db } = api.services;
      const auth = createAuth({
        pool: db.authPool,
        secret: environment.INTERLOCK_AUTH_SECRET,
        publicUrl: environment.publicUrl,
      });
      const slugs = [acme.slug, globex.slug];
      await seedIdentity(auth, {
        tenants: slugs.map((slug) => ({ slug, name: slug })),
        users: [
          {
            email,
            name: 'Bo Both',
            password: testPassword,
            memberships: slugs.map((tenant) => ({ tenant, roles: ['operator' as const] })),
          },
        ],
      });
      const browser = await browserOf({ email, password: testPassword });
      const { access } = await connected(browser, all, globex);
      for (const headers of [undefined, { 'x-tenant': acme.slug }]) {
        const tools = await toolsOf(access, headers);
        expect(tools).toContain('only_globex');
        expect(tools).not.toContain('greet');
      }
    });

    test('that may read calls nothing, and is told what it lacks', async () => {
      const { browser } = await personOf('operator');
      const { access } = await connected(browser, ['tools.read']);
      expect(await toolsOf(access)).toEqual(['interlock-get-execution']);
      const refused = await rpc(access, 'tools/call', { name: 'greet', arguments: {} });
      expect(refused.status).toBe(403);
      expect(refused.headers.get('www-authenticate')).toContain(
        'error="insufficient_scope", scope="tools.read tools.execute"',
      );
    });

    test('does no more than its person may at each moment', async () => {
      const { browser, call } = await personOf('operator');
      const { access } = await connected(browser);
      expect(await toolsOf(access)).toContain('greet');
      const { actor } = (await call('GET', '/api/me')).body;
      const changed = await acme.as.tenant_admin('PUT', `/api/members/${actor.id}`, {
        roles: ['viewer'],
      });
      expect(changed.status, JSON.stringify(changed.body)).toBe(200);
      expect(await toolsOf(access)).toEqual(['interlock-get-execution']);
      const { body } = await rpc(access, 'tools/call', { name: 'greet', arguments: {} });
      expect(resultOf(body).isError).toBe(true);
    });

    test('ends with its person in the organization', async () => {
      const { browser, call } = await personOf('operator');
      const { access, refresh, app } = await connected(browser);
      const { actor } = (await call('GET', '/api/me')).body;
      expect(await toolsOf(access)).toContain('greet');
      expect((await acme.as.tenant_admin('DELETE', `/api/members/${actor.id}`)).status).toBeLessThan(300);
      await isOut(access);
      expect((await app.renew(refresh)).body.error).toBe('invalid_grant');
      expect((await eventsOf('AppDisconnected'))[0]!.data.reason).toMatch(/was removed$/);
    });

    test('ends when its person changes how they sign in', async () => {
      const { browser } = await personOf('operator');
      const { access, refresh, app } = await connected(browser);
      expect(await toolsOf(access)).toContain('greet');
      const changed = await api.call(null)(
        'POST',
        '/api/auth/change-password',
        { currentPassword: testPassword, newPassword: 'another horse battery' },
        { cookie: browser.cookie, origin: api.url },
      );
      expect(changed.status, JSON.stringify(changed.body)).toBe(200);
      await isOut(access);
      expect((await app.renew(refresh)).body.error).toBe('invalid_grant');
    });

    test('of refreshing that comes twice ends everything', async () => {
      const { app, refresh } = await connected(await browserOf(acme));
      const renewed = await app.renew(refresh);
      expect(renewed.status).toBe(200);
      secrets.push(renewed.body.access_token, renewed.body.refresh_token);
      expect(await toolsOf(renewed.body.access_token)).toContain('greet');
      expect((await app.renew(refresh)).body.error).toBe('invalid_grant');
      await isOut(renewed.body.access_token);
      expect((await app.renew(renewed.body.refresh_token)).body.error).toBe('invalid_grant');
      expect((await eventsOf('AppDisconnected'))[0]!.data.reason).toBe('a code or a token was used twice');
    });

    test('is renewed for less and never for more or for another resource', async () => {
      const { app, refresh } = await connected(await browserOf(acme), ['tools.read']);
      const more = await app.renew(refresh, { scope: 'tools.read tools.execute members.write' });
      expect(more.body.error).toBe('invalid_scope');
      const other = await app.renew(refresh, { resource: 'https://other.example/' });
      expect(other.body.error).toBe('invalid_target');
    });

    test('ends with its time, with that of the consent, and is for this resource alone', async () => {
      const browser = await browserOf(acme);
      for (const change of [
        "UPDATE auth.oauth_issued SET expires_at = now() WHERE kind = 'AccessToken' AND grant_id = $1",
        'UPDATE auth.oauth_grant SET expires_at = now() WHERE id = $1',
        `UPDATE auth.oauth_issued SET payload = payload || '{"aud":"https://other.example/mcp"}' WHERE grant_id = $1`,
      ]) {
        const { access } = await connected(browser);
        expect(await toolsOf(access)).toContain('greet');
        const mine = await api.call(null)('GET', '/api/me/connected-apps', undefined, {
          cookie: browser.cookie,
          'x-tenant': acme.slug,
        });
        await api.services.db.authPool.query(change, [mine.body.items[0].id]);
        api.services.accounts.forget();
        await isOut(access);
      }
    });

    test('of another client is not revoked', async () => {
      const { access, refresh } = await connected(await browserOf(acme));
      const other = await plainApp();
      expect((await other.post('/oauth/revoke', { token: refresh })).status).toBe(200);
      expect(await toolsOf(access)).toContain('greet');
    });
  });

  describe('connected apps', () => {
    test('a person sees their own with its last use, and ends it', async () => {
      const { browser, call } = await personOf('operator');
      const { access } = await connected(browser);
      await toolsOf(access);
      const mine = async () => (await call('GET', '/api/me/connected-apps')).body.items;
      const [app, ...others] = await mine();
      expect(others).toEqual([]);
      expect(app).toMatchObject({ name: 'Plain app', host: '127.0.0.1', scopes: all });
      await eventually(async () => (await mine())[0].lastUsedAt !== null);
      expect((await call('DELETE', `/api/me/connected-apps/${app.id}`)).status).toBe(204);
      await isOut(access);
      expect(await mine()).toEqual([]);
      expect((await call('DELETE', `/api/me/connected-apps/${app.id}`)).status).toBe(404);
    });

    test('a tenant admin sees and ends those of the organization; others do not', async () => {
      const { browser, call, email } = await personOf('operator');
      const { access } = await connected(browser);
      const admin = acme.as.tenant_admin;
      const theirs = (await admin('GET', '/api/connected-apps')).body.items.find(
        ({ person }: { person: { name: string } }) => person.name === email.split('@')[0],
      );
      expect((await call('GET', '/api/connected-apps')).status).toBe(403);
      expect((await call('DELETE', `/api/connected-apps/${theirs.id}`)).status).toBe(403);
      // Another person, and another organization.
      const other = await personOf('operator');
      expect((await other.call('DELETE', `/api/me/connected-apps/${theirs.id}`)).status).toBe(404);
      const elsewhere = globex.as.tenant_admin;
      expect((await elsewhere('DELETE', `/api/connected-apps/${theirs.id}`)).status).toBe(404);
      expect(
        (await elsewhere('GET', '/api/connected-apps')).body.items.map(({ id }: { id: string }) => id),
      ).not.toContain(theirs.id);
      expect(await toolsOf(access)).toContain('greet');
      expect((await admin('DELETE', `/api/connected-apps/${theirs.id}`)).status).toBe(204);
      await isOut(access);
    });

    test('the audit trail has who allowed what, by the door mcp, and who ended it', async () => {
      const { browser, email } = await personOf('operator');
      const { app, refresh } = await connected(browser, ['tools.read']);
      const name = email.split('@')[0]!;
      expect((await eventsOf('AppConnected'))[0]).toMatchObject({
        door: 'mcp',
        actor: { type: 'user', name },
        data: { name: 'Plain app', host: '127.0.0.1', person: name, scopes: ['tools.read'] },
      });
      await app.post('/oauth/revoke', { token: refresh });
      expect((await eventsOf('AppDisconnected'))[0]).toMatchObject({
        door: 'mcp',
        actor: { type: 'user', name },
        data: { reason: 'by the app' },
      });
    });
  });

  test('no table and no line of the log has a code or a token', async () => {
    expect(secrets.length).toBeGreaterThan(20);
    const { rows } = await api.services.db.authPool.query<{ all: string }>(
      `SELECT concat((SELECT json_agg(i) FROM auth.oauth_issued i), (SELECT json_agg(g) FROM auth.oauth_grant g),
        (SELECT json_agg(c) FROM auth.oauth_client c)) AS all`,
    );
    const places = { tables: rows[0]!.all, log: lines.join('\n') };
    for (const secret of secrets) expect(findSecret(places, secret)).toEqual([]);
  });

  test('behind a proxy with TLS, addresses are those of the public URL and cookies are for TLS only', async () => {
    const publicUrl = 'https://interlock.example';
    const behind = await startTestApi({ worker: false, env: { INTERLOCK_PUBLIC_URL: publicUrl } });
    try {
      const { body } = await behind.call(null)('GET', '/.well-known/oauth-authorization-server');
      expect([body.issuer, body.token_endpoint]).toEqual([publicUrl, `${publicUrl}/oauth/token`]);
      const app = new PlainApp(behind);
      app.clientId = (await app.register()).body.client_id;
      const url = app.authorizeUrl({ resource: `${publicUrl}/mcp` });
      const response = await fetch(url, { redirect: 'manual' });
      expect(response.headers.get('location')).toMatch(/^\/connect-app\//);
      const cookies = response.headers.getSetCookie();
      expect(cookies.length).toBeGreaterThan(0);
      for (const cookie of cookies)
        expect(cookie).toMatch(/; secure; httponly; samesite=lax|; samesite=lax; secure; httponly/i);
    } finally {
      await behind.close();
    }
  });

  test('a network registers a number of clients in an hour', async () => {
    const app = new PlainApp(api);
    await eventually(async () => (await app.register()).status === 429, { everyMs: 1 });
    const { headers, body } = await app.register();
    expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
    expect(body.error).toBe('temporarily_unavailable');
  });
});
