import { generateKeyPair, SignJWT } from 'jose';
import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { freePort } from '../../dev/free-port.ts';
import {
  createProviderDirectory,
  ProviderAway,
} from '../../shared/identity/server/oidc/provider-directory.ts';
import { eventually } from '../support/eventually.ts';
import { type OidcServer, startOidcProvider } from '../support/oidc-provider.ts';
import { cookieOf, startTestApi, type TestApi, type TestTenant } from '../support/test-api.ts';

const publicUrl = 'http://127.0.0.1:4400';
const waitMs = { timeoutMs: 60_000, everyMs: 250 };

describe('signing out at the provider of single sign-on', () => {
  let provider: OidcServer;
  let acme: TestTenant;
  let plain: TestApi;
  /** Two processes of one deployment. */
  let api: TestApi;
  let other: TestApi;

  beforeAll(async () => {
    provider = await startOidcProvider(`${publicUrl}/api/auth/callback/oidc`);
    plain = await startTestApi({ worker: false });
    acme = await plain.tenant();
    const env = {
      INTERLOCK_OIDC_ISSUER: provider.issuer,
      INTERLOCK_OIDC_CLIENT_ID: provider.clientId,
      INTERLOCK_OIDC_CLIENT_SECRET: provider.clientSecret,
      INTERLOCK_OIDC_ROLES: JSON.stringify([{ group: 'desk', tenant: acme.slug, roles: ['operator'] }]),
    };
    const start = () => startTestApi({ worker: false, env });
    [api, other] = await Promise.all([start(), start()]);
    provider.tellLogoutsTo(`${api.url}/api/auth/logout/oidc`);
  });
  afterAll(async () => {
    await Promise.all([plain, api, other].map((each) => each?.close()));
    await provider?.close();
  });

  /** Accounts are shared by all tests of a run, so each person has a name of their own. */
  async function signIn(name: string) {
    const login = `${name}-${uuidv7()}`;
    provider.people.set(login, { email: `${login}@example.test`, name, groups: ['desk'] });
    const begun = await api.call(null)(
      'POST',
      '/api/auth/single-sign-on',
      { to: '/' },
      { origin: publicUrl },
    );
    const back = new URL(await provider.signIn(begun.body.url, login));
    const response = await fetch(api.url + back.pathname + back.search, {
      redirect: 'manual',
      headers: { cookie: cookieOf(begun.headers) },
    });
    return { login, cookie: cookieOf(response.headers) };
  }
  const me = async (of: TestApi, { cookie }: { cookie: string }) =>
    (await of.call(null)('GET', '/api/me', undefined, { cookie, 'x-tenant': acme.slug })).status;
  const sendLogout = async (form: Record<string, string>) => {
    const response = await fetch(`${api.url}/api/auth/logout/oidc`, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams(form),
    });
    return { status: response.status, headers: response.headers, text: await response.text() };
  };

  test('whoever signs out at the provider is signed out here within ten seconds, in every process; others are not', async () => {
    const [olga, nils] = [await signIn('olga'), await signIn('nils')];
    for (const of of [api, other]) expect(await me(of, olga)).toBe(200);
    await provider.signOut(olga.login);
    const told = performance.now();
    expect(provider.toldLogouts).toEqual([{ status: 200, body: '' }]);
    expect(await me(api, olga)).toBe(401);
    let accepted = told;
    await eventually(async () => {
      const asked = performance.now();
      if ((await me(other, olga)) === 401) return true;
      accepted = asked;
      return false;
    }, waitMs);
    // However slow the machine is: no request that came later was let in.
    expect(accepted - told).toBeLessThan(10_000);
    for (const of of [api, other]) expect(await me(of, nils)).toBe(200);
    const { body } = await acme.as.tenant_admin('GET', '/api/events?type=SessionRevoked');
    expect(body.items).toMatchObject([
      {
        actor: { type: 'system', name: 'Single sign-on' },
        data: { sessions: 1, reason: 'signed out at the provider' },
      },
    ]);
  });

  test('nothing but a logout token of the provider, for this client and of now, ends a session', async () => {
    const rita = await signIn('rita');
    const sub = rita.login;
    const now = Math.floor(Date.now() / 1000);
    const { privateKey: foreign } = await generateKeyPair('RS256');
    const claims = { iss: provider.issuer, aud: provider.clientId, sub, iat: now, jti: '1' };
    const events = { 'http://schemas.openid.net/event/backchannel-logout': {} };
    const refused = [
      await provider.logoutToken({ sub, aud: 'another client' }),
      await provider.logoutToken({ sub, iss: 'https://another.example' }),
      await provider.logoutToken({ sub, iat: now - 3600 }),
      await provider.logoutToken({ sub, iat: null }),
      await provider.logoutToken({ sub, jti: null }),
      // As an ID token has it.
      await provider.logoutToken({ sub, nonce: 'n' }),
      await provider.logoutToken({ sub, events: null }),
      await provider.logoutToken({ sub, events: { 'https://another.example/event': {} } }),
      await provider.logoutToken({ sid: 'a session of the provider' }),
      await new SignJWT({ ...claims, events }).setProtectedHeader({ alg: 'RS256' }).sign(foreign),
      await new SignJWT({ ...claims, events })
        .setProtectedHeader({ alg: 'HS256' })
        .sign(new TextEncoder().encode(provider.clientSecret.padEnd(32, '.'))),
      `${Buffer.from('{"alg":"none"}').toString('base64url')}.${Buffer.from(JSON.stringify({ ...claims, events })).toString('base64url')}.`,
      'no token',
    ];
    for (const [index, token] of refused.entries()) {
      const sent = await sendLogout({ logout_token: token });
      expect(sent.status, `${index}: ${sent.text}`).toBe(400);
      expect(JSON.parse(sent.text)).toMatchObject({ error: 'invalid_request' });
      expect(sent.headers.get('cache-control')).toBe('no-store');
    }
    expect((await sendLogout({})).status).toBe(400);
    expect(await me(api, rita)).toBe(200);
    // Of someone who has never signed in here: there is nothing to end.
    expect((await sendLogout({ logout_token: await provider.logoutToken({ sub: 'nobody' }) })).status).toBe(
      200,
    );
    expect((await sendLogout({ logout_token: await provider.logoutToken({ sub }) })).status).toBe(200);
    expect(await me(api, rita)).toBe(401);
  });

  test('a provider that is away is asked once at a time, and not again for some seconds', async () => {
    const port = await freePort('the provider', 0);
    let now = 0;
    const directory = createProviderDirectory(`http://127.0.0.1:${port}`, () => now);
    const reasons = await Promise.allSettled(Array.from({ length: 20 }, () => directory.read()));
    // One error for all: one request.
    const errors = new Set(reasons.map((each) => each.status === 'rejected' && each.reason));
    expect([...errors]).toEqual([expect.any(ProviderAway)]);
    const back = await startOidcProvider(`${publicUrl}/api/auth/callback/oidc`, port);
    try {
      now += 2_000;
      await expect(directory.read({ fresh: true })).rejects.toBe([...errors][0]);
      expect(back.asked.configuration).toBe(0);
      now += 2_000;
      const read = await Promise.all(Array.from({ length: 20 }, () => directory.read()));
      expect(read[0]!.issuer).toBe(back.issuer);
      expect(back.asked.configuration).toBe(1);
      await directory.read();
      expect(back.asked.configuration).toBe(1);
    } finally {
      await back.close();
    }
  });
});
