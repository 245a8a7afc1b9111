import { base32 } from '@better-auth/utils/base32';
import { createOTP } from '@better-auth/utils/otp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { cookieOf, startTestApi, type TestApi, type TestTenant, testPassword } from '../support/test-api.ts';

const origin = 'http://127.0.0.1:4400';

describe('an authenticator app', () => {
  let api: TestApi;
  beforeAll(async () => {
    api = await startTestApi({ worker: false });
  });
  afterAll(() => api?.close());

  const post = (path: string, body: unknown, cookie: string) =>
    api.call(null)('POST', `/api/auth/${path}`, body, { origin, cookie });
  const me = (cookie: string) => api.call(null)('GET', '/api/me', undefined, { cookie });
  const eventsOf = async (tenant: TestTenant, type: string) =>
    (await tenant.as.tenant_admin('GET', `/api/events?type=${type}`)).body.items;

  /** A person who signs in with a password and a code from now on. */
  async function enabled() {
    const tenant = await api.tenant();
    const session = cookieOf((await api.signIn(tenant.email, testPassword)).headers);
    const begun = await post('two-factor/enable', { password: testPassword }, session);
    const secret = new TextDecoder().decode(
      base32.decode(new URL(begun.body.totpURI).searchParams.get('secret')!),
    );
    const code = () => createOTP(secret).totp();
    return { tenant, session, code, secret, backupCodes: begun.body.backupCodes as string[] };
  }

  test('counts from its first code on; then a password alone gives no session', async () => {
    const { tenant, session, code, secret } = await enabled();
    expect((await api.signIn(tenant.email, testPassword)).body.twoFactorRedirect).toBeUndefined();
    const verified = await post('two-factor/verify-totp', { code: await code() }, session);
    expect(verified.status).toBe(200);
    expect((await eventsOf(tenant, 'SignInMethodChanged'))[0].data).toEqual({ method: 'authenticator app' });

    const half = await api.signIn(tenant.email, testPassword);
    expect(half.body).toEqual({ twoFactorRedirect: true, twoFactorMethods: ['totp'] });
    const pending = cookieOf(half.headers);
    expect((await me(pending)).status).toBe(401);
    expect((await post('two-factor/verify-totp', { code: '000000' }, pending)).status).toBe(401);
    const whole = await post('two-factor/verify-totp', { code: await code() }, pending);
    expect((await me(cookieOf(whole.headers))).status).toBe(200);
    const methods = (await eventsOf(tenant, 'SignedIn')).map((event: { data: unknown }) => event.data);
    expect(methods[0]).toEqual({ method: 'authenticator app' });
    const log = await tenant.as.tenant_admin('GET', '/api/events?limit=100');
    expect(JSON.stringify(log.body)).not.toContain(secret);
  });

  test('guesses end the sign-in that they are made in', async () => {
    const { tenant, session, code } = await enabled();
    await post('two-factor/verify-totp', { code: await code() }, session);
    const pending = cookieOf((await api.signIn(tenant.email, testPassword)).headers);
    const guesses = [];
    for (let guess = 0; guess < 12; guess++)
      guesses.push((await post('two-factor/verify-totp', { code: `00000${guess % 10}` }, pending)).status);
    expect(guesses.slice(0, 3)).toEqual([401, 401, 401]);
    const late = await post('two-factor/verify-totp', { code: await code() }, pending);
    expect(late.status).not.toBe(200);
    expect((await me(cookieOf(late.headers))).status).toBe(401);
    expect((await eventsOf(tenant, 'SignInFailed'))[0].data).toMatchObject({ reason: 'wrong code' });
  });

  test('a backup code replaces it once', async () => {
    const { tenant, session, code, backupCodes } = await enabled();
    await post('two-factor/verify-totp', { code: await code() }, session);
    const use = async () => {
      const pending = cookieOf((await api.signIn(tenant.email, testPassword)).headers);
      return post('two-factor/verify-backup-code', { code: backupCodes[0] }, pending);
    };
    const first = await use();
    expect((await me(cookieOf(first.headers))).status).toBe(200);
    expect((await use()).status).toBe(401);
  });

  test('is removed with the password only, and everyone in the organization can see that it was', async () => {
    const { tenant, session, code } = await enabled();
    const verified = await post('two-factor/verify-totp', { code: await code() }, session);
    const cookie = cookieOf(verified.headers) || session;
    expect((await post('two-factor/disable', { password: 'wrong' }, cookie)).status).toBe(400);
    expect((await post('two-factor/disable', { password: testPassword }, cookie)).status).toBe(200);
    expect((await eventsOf(tenant, 'SignInMethodChanged')).length).toBe(2);
    expect((await api.signIn(tenant.email, testPassword)).body.twoFactorRedirect).toBeUndefined();
  });
});
