import { afterEach, expect, test } from 'vitest';
import { caller, closeAll, json, type Loopback, serve } from './http-provider-support.ts';

afterEach(closeAll);

/** A token endpoint, and an API that accepts only the newest token. */
async function startServers({ expiresIn = 3600 as unknown, check = true } = {}) {
  let issued = 0;
  let valid = '';
  const tokens = await serve((received, response) => {
    const form = new URLSearchParams(received.body.toString());
    if (form.get('grant_type') !== 'client_credentials')
      return json(response, { error: 'unsupported_grant_type' }, 400);
    valid = `token-${++issued}`;
    setTimeout(
      () => json(response, { access_token: valid, token_type: 'Bearer', expires_in: expiresIn }),
      30,
    );
  });
  const api = await serve(({ headers }, response) => {
    const accepted = !check || headers.authorization === `Bearer ${valid}`;
    json(response, accepted ? { ok: true } : { error: 'expired' }, accepted ? 200 : 401);
  });
  return {
    tokens,
    api,
    revoke: () => {
      valid = 'none';
    },
    issued: () => issued,
  };
}

const auth = (tokens: Loopback, more: Record<string, unknown> = {}) => ({
  auth: {
    type: 'oauth2_client_credentials',
    tokenUrl: `${tokens.url}/token`,
    clientId: 'my-client_1',
    scope: 'refunds read',
    ...more,
  },
});

test('twenty concurrent callers fetch one token', async () => {
  const { tokens, api } = await startServers();
  const call = caller(tokens, api);
  const results = await Promise.all(
    Array.from({ length: 20 }, () =>
      call({ config: { url: api.url }, tool: auth(tokens), secret: 's3cr+et/é' }),
    ),
  );
  expect(results.every(({ ok }) => ok)).toBe(true);
  expect(results.every(({ secrets }) => secrets[0] === 'token-1')).toBe(true);
  expect(tokens.received).toHaveLength(1);
  expect(tokens.received[0]!.body.toString()).toBe('grant_type=client_credentials&scope=refunds+read');
  expect(tokens.received[0]!.headers.authorization).toBe(`Basic ${btoa('my-client_1:s3cr%2Bet%2F%C3%A9')}`);
});

test('the client can authenticate in the body', async () => {
  const { tokens, api } = await startServers();
  const tool = auth(tokens, { clientAuthentication: 'body', audience: 'https://api.example' });
  await caller(tokens, api)({ config: { url: api.url }, tool, secret: 's3cret' });
  const form = new URLSearchParams(tokens.received[0]!.body.toString());
  expect(Object.fromEntries(form)).toMatchObject({
    client_id: 'my-client_1',
    client_secret: 's3cret',
    audience: 'https://api.example',
  });
  expect(tokens.received[0]!.headers.authorization).toBeUndefined();
});

test('a refused token is renewed once, even for a POST and for many callers', async () => {
  const { tokens, api, revoke } = await startServers();
  const call = caller(tokens, api);
  const post = () => call({ config: { method: 'POST', url: api.url }, tool: auth(tokens), secret: 's' });
  await post();
  revoke();
  const results = await Promise.all(Array.from({ length: 10 }, post));
  expect(results.every(({ ok, sentCalls }) => ok && sentCalls === 1)).toBe(true);
  expect(tokens.received).toHaveLength(2);
});

test('a token that is refused after its renewal fails the call', async () => {
  const { tokens, api, revoke } = await startServers();
  const call = caller(tokens, api);
  const always401 = await serve((_received, response) => json(response, { error: 'no' }, 401));
  const denied = await caller(
    tokens,
    always401,
  )({ config: { url: always401.url }, tool: auth(tokens), secret: 's' });
  expect(denied).toMatchObject({ ok: false, code: 'provider_error', httpStatus: 401 });
  expect(always401.received).toHaveLength(2);
  revoke();
  expect(await call({ config: { url: api.url }, tool: auth(tokens), secret: 's' })).toMatchObject({
    ok: true,
  });
});

test.each([
  ['one second', 1, 2],
  ['zero', 0, 2],
  ['text', '3600', 1],
  ['nothing', undefined, 1],
])('a token with expires_in of %s is renewed when it expires', async (_name, expiresIn, fetches) => {
  const { tokens, api } = await startServers({
    expiresIn: expiresIn === undefined ? null : expiresIn,
    check: false,
  });
  const call = caller(tokens, api);
  const once = () => call({ config: { url: api.url }, tool: auth(tokens), secret: 's' });
  await once();
  if (expiresIn === 1)
    await expect.poll(async () => (await once()) && tokens.received.length, { interval: 100 }).toBe(2);
  else await once();
  expect(tokens.received).toHaveLength(fetches);
});

test('tokens are not shared between tenants, credentials or secrets', async () => {
  const { tokens, api } = await startServers({ check: false });
  const call = caller(tokens, api);
  const base = { config: { url: api.url }, tool: auth(tokens), secret: 's' };
  await call(base);
  await call({ ...base, tenantId: '0192f0c1-7a00-7000-8000-0000000000b2' });
  await call({ ...base, secret: 'rotated' });
  await call({ ...base, tool: auth(tokens, { scope: 'other' }) });
  await call({ ...base, tool: auth(tokens, { credentialId: '9b2d7c1e-0f7e-4d8e-8a52-7a1b6d0c0001' }) });
  await call(base);
  expect(tokens.received).toHaveLength(5);
});

test('the token endpoint is subject to the egress rules too', async () => {
  const { tokens, api } = await startServers();
  const result = await caller(api)({ config: { url: api.url }, tool: auth(tokens), secret: 's' });
  expect(result).toMatchObject({ ok: false, code: 'denied', sent: 'before', sentCalls: 0 });
  expect([tokens.connections(), api.connections()]).toEqual([0, 0]);
});

test.each([
  [401, { error: 'invalid_client', error_description: 'secret s3cret is wrong' }, false],
  [503, { error: 'down' }, true],
  [200, { token: 'misnamed' }, false],
])('a token endpoint that responses %i fails the call before it is sent', async (status, body, transient) => {
  const tokens = await serve((_received, response) => json(response, body, status, { 'retry-after': '2' }));
  const api = await serve((_received, response) => json(response, {}));
  const result = await caller(
    tokens,
    api,
  )({ config: { method: 'POST', url: api.url }, tool: auth(tokens), secret: 's3cret' });
  expect(result).toMatchObject({
    ok: false,
    code: 'provider_error',
    sent: 'before',
    transient,
    sentCalls: 0,
  });
  expect(JSON.stringify(result)).not.toContain('s3cret');
  expect(api.connections()).toBe(0);
});

test('a token endpoint that hangs ends at the timeout of the attempt', async () => {
  const tokens = await serve(() => {});
  const started = performance.now();
  const result = await caller(tokens)({
    config: { url: 'https://pay.example' },
    tool: auth(tokens),
    secret: 's',
    timeoutMs: 200,
  });
  expect(result).toMatchObject({ ok: false, code: 'timeout', sent: 'before' });
  expect(performance.now() - started).toBeLessThan(10_000);
});
