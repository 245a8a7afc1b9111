import { afterAll, beforeAll, expect, test } from 'vitest';
import { createEgress } from '../../shared/platform/server/egress/egress.ts';
import { createReservedHosts } from '../../shared/platform/server/egress/reserved-hosts.ts';
import { createKeyedDigest } from '../../shared/platform/server/keyed-digest.ts';
import { claimToken } from '../../shared/tools/db/oauth-tokens.ts';
import { renderRequest } from '../../shared/tools/providers/registry.ts';
import { callProvider, createProviders } from '../../shared/tools/server/providers.ts';
import { toolDefinitionSchema } from '../../shared/tools/tool-definition.ts';
import { connectAdmin } from '../support/connect-admin.ts';
import {
  consent,
  providerClient,
  type SignInProvider,
  startSignInProvider,
} from '../support/sign-in-provider.ts';
import { type Call, cookieOf, startTestApi, type TestApi, type TestTenant } from '../support/test-api.ts';

const publicUrl = 'http://interlock.test';
const callbackUrl = `${publicUrl}/api/oauth/callback`;

let api: TestApi;
let provider: SignInProvider;
let acme: TestTenant;
let admin: Awaited<ReturnType<typeof connectAdmin>>;
/** Ana, a tenant admin, in her browser. */
let ana: Call;
let anaCookie: string;

beforeAll(async () => {
  provider = await startSignInProvider(callbackUrl);
  [api, admin] = await Promise.all([
    startTestApi({ env: { INTERLOCK_PUBLIC_URL: publicUrl } }),
    connectAdmin(),
  ]);
  acme = await api.tenant({ privateHosts: [provider.hostPort] });
  anaCookie = await signIn(acme);
  ana = browserOf(acme, anaCookie);
});
afterAll(async () => {
  await Promise.all([api?.close(), provider?.close(), admin?.end()]);
});

async function signIn({ email, password }: TestTenant): Promise<string> {
  return cookieOf((await api.signIn(email, password)).headers);
}

const browserOf =
  ({ slug }: TestTenant, cookie: string): Call =>
  (method, path, body) =>
    api.call(null)(method, path, body, { cookie, 'x-tenant': slug });

const stored = ({ auth: { credentialId } }: { auth: { credentialId: string } }) =>
  auth({ credentialId, clientSecret: undefined });

const auth = (more: Record<string, unknown> = {}) => ({
  type: 'oauth2_authorization_code',
  authorizationUrl: `${provider.url}/auth?prompt=consent`,
  tokenUrl: `${provider.url}/token`,
  ...providerClient,
  scope: 'refunds offline_access',
  ...more,
});

let tools = 0;
async function newTool(more: Record<string, unknown> = {}) {
  const { body } = await ana('POST', '/api/tools', {
    name: `refunds_${++tools}`,
    type: 'http',
    auth: auth(),
    config: { url: provider.apiUrl },
    retry: { maxAttempts: 1 },
    ...more,
  });
  return body as { id: string; name: string; auth: { credentialId: string } };
}

/** Opens the callback in a browser. */
async function open(url: string, cookie: string) {
  const { pathname, search } = new URL(url);
  const response = await fetch(api.url + pathname + search, { headers: { cookie }, redirect: 'manual' });
  return { status: response.status, location: response.headers.get('location'), text: await response.text() };
}

async function connect(credentialId: string, returnTo?: string) {
  const { status, body } = await ana('POST', `/api/credentials/${credentialId}/connect`, { returnTo });
  expect(status, JSON.stringify(body)).toBe(200);
  const back = await consent(body.url, callbackUrl);
  return { url: body.url as string, back };
}

async function connectedTool(more: Record<string, unknown> = {}) {
  const tool = await newTool(more);
  const { back } = await connect(tool.auth.credentialId);
  expect((await open(back, anaCookie)).status).toBe(303);
  return tool;
}

const execute = async (toolId: string) =>
  (await ana('POST', `/api/tools/${toolId}/execute`, { payload: {} })).body;
const connectionOf = async (credentialId: string) =>
  (await ana('GET', `/api/credentials/${credentialId}/connection`)).body;
const expire = (credentialId: string) =>
  admin.query("UPDATE oauth_token SET usable_until = now() - interval '1 s' WHERE key = $1", [credentialId]);

/** Calls as another process does: with caches of its own. */
function otherProcess(ofTool: Record<string, unknown>) {
  const { db, vault } = api.services;
  const egress = createEgress(createReservedHosts([]));
  const providers = createProviders({ db, vault, egress, digest: createKeyedDigest('test') });
  const definition = toolDefinitionSchema.parse({
    name: 'refunds',
    type: 'http',
    auth: ofTool,
    config: { url: provider.apiUrl },
  });
  const call = () =>
    callProvider(
      definition,
      renderRequest(definition, {}),
      {
        tenantId: acme.id,
        executionId: 'e',
        attempt: 1,
        idempotencyKey: null,
        signal: AbortSignal.timeout(20_000),
        secret: providerClient.clientSecret,
        previousSecret: null,
        onPrevious: () => {},
        refusesTarget: () => null,
        privateHosts: [provider.hostPort],
        allowedHosts: null,
        caller: { type: 'credential', id: 'c1' },
        maySend: () => true,
        onSent: () => {},
        onSecret: () => {},
        heartbeat: () => {},
      },
      providers,
    );
  return { call, close: () => egress.close() };
}

test('a person connects a credential at the provider, and calls carry the access', async () => {
  const tool = await newTool();
  const { credentialId } = tool.auth;
  expect(await execute(tool.id)).toMatchObject({
    status: 'failed',
    failure: { code: 'denied', message: expect.stringContaining('No one has signed in') },
  });
  expect(await connectionOf(credentialId)).toMatchObject({ status: 'not_connected', connectedBy: null });

  const { url, back } = await connect(credentialId, `/t/${acme.slug}/tools/${tool.id}`);
  const asked = new URL(url).searchParams;
  expect(asked.get('code_challenge_method')).toBe('S256');
  expect(asked.get('prompt')).toBe('consent');
  expect(await open(back, anaCookie)).toMatchObject({
    status: 303,
    location: `/t/${acme.slug}/tools/${tool.id}`,
  });
  const done = await execute(tool.id);
  expect(done).toMatchObject({ status: 'succeeded', output: { authorization: 'Bearer [redacted]' } });
  expect(await connectionOf(credentialId)).toMatchObject({
    status: 'connected',
    words: 'Connected by Ana Admin.',
    connectedBy: { name: 'Ana Admin' },
    renewable: true,
  });
  const events = await ana('GET', `/api/events?subjectType=credential&subjectId=${credentialId}`);
  expect(events.body.items.map((event: { type: string }) => event.type)).toContain('CredentialConnected');
});

test('one process refreshes an access token that has expired, for twenty calls in four of them', async () => {
  const tool = await connectedTool();
  await expire(tool.auth.credentialId);
  provider.tokenRequests.length = 0;
  // Long enough for every process to find the expired token.
  provider.tokenMs = 300;
  const processes = Array.from({ length: 4 }, () => otherProcess(stored(tool)));
  const results = await Promise.all(processes.flatMap(({ call }) => Array.from({ length: 5 }, () => call())));
  provider.tokenMs = 0;
  await Promise.all(processes.map(({ close }) => close()));
  expect(results.map(({ ok }) => ok)).toEqual(Array.from({ length: 20 }, () => true));
  expect(provider.tokenRequests).toEqual(['refresh_token']);
  // The provider replaces its refresh token, and refuses the one before.
  await expire(tool.auth.credentialId);
  const { call, close } = otherProcess(stored(tool));
  expect(await call()).toMatchObject({ ok: true });
  await close();
  expect(provider.tokenRequests).toEqual(['refresh_token', 'refresh_token']);
});

test('one process fetches the token of a client, for twenty calls in four of them', async () => {
  const { clientId } = providerClient;
  const tokenUrl = `${provider.url}/token`;
  provider.tokenRequests.length = 0;
  provider.tokenMs = 300;
  const processes = Array.from({ length: 4 }, () =>
    otherProcess({ type: 'oauth2_client_credentials', tokenUrl, clientId }),
  );
  const results = await Promise.all(processes.flatMap(({ call }) => Array.from({ length: 5 }, () => call())));
  provider.tokenMs = 0;
  await Promise.all(processes.map(({ close }) => close()));
  expect(results.map(({ ok }) => ok)).toEqual(Array.from({ length: 20 }, () => true));
  expect(provider.tokenRequests).toEqual(['client_credentials']);
});

test('an access token that the API refuses is replaced once', async () => {
  const tool = await connectedTool();
  const { call, close } = otherProcess(stored(tool));
  await call();
  provider.tokenRequests.length = 0;
  await provider.forgetAccessTokens();
  const results = await Promise.all(Array.from({ length: 5 }, call));
  await close();
  expect(results.map(({ ok }) => ok)).toEqual([true, true, true, true, true]);
  expect(provider.tokenRequests).toEqual(['refresh_token']);
});

test('revoked at the provider, it says who has to sign in again', async () => {
  const tool = await connectedTool();
  const { credentialId } = tool.auth;
  await provider.revoke();
  await expire(credentialId);
  const failed = await execute(tool.id);
  expect(failed).toMatchObject({ status: 'failed', failure: { code: 'denied' } });
  expect(failed.failure.message).toMatch(/^Reconnect: Ana Admin has to sign in again\. .*revoked/);
  const requests = provider.tokenRequests.length;
  expect((await execute(tool.id)).failure.message).toBe(failed.failure.message);
  expect(provider.tokenRequests).toHaveLength(requests);
  expect(await connectionOf(credentialId)).toMatchObject({
    status: 'reconnect',
    words: expect.stringContaining('Ana Admin has to sign in again'),
  });
  const events = await ana('GET', `/api/events?subjectType=credential&subjectId=${credentialId}`);
  expect(events.body.items.map((event: { type: string }) => event.type)).toContain('CredentialDisconnected');
  const { back } = await connect(credentialId);
  await open(back, anaCookie);
  expect(await execute(tool.id)).toMatchObject({ status: 'succeeded' });
});

test('a refresh whose answer was lost with its process is tried again, and its end says so', async () => {
  const tool = await connectedTool();
  const { credentialId } = tool.auth;
  await expire(credentialId);
  // A process that was killed between the request and the row: the provider may have replaced the refresh token.
  const claimed = await api.services.db.system((connection) =>
    claimToken(
      connection,
      { key: credentialId, tenantId: acme.id },
      { claim: '0192f0c1-7a00-7000-8000-0000000000c1', forMs: 1, refused: null, now: new Date() },
    ),
  );
  expect(claimed).not.toBeNull();
  await provider.revoke();
  const failed = await execute(tool.id);
  expect(failed.failure.message).toMatch(/response to a refresh was lost/);
});

test('with other settings the sign-in does not count', async () => {
  const tool = await connectedTool();
  const { body } = await ana('PUT', `/api/tools/${tool.id}`, {
    name: tool.name,
    type: 'http',
    auth: auth({ clientSecret: undefined, scope: 'refunds' }),
    config: { url: provider.apiUrl },
    retry: { maxAttempts: 1 },
  });
  expect(body.auth.credentialId).toBe(tool.auth.credentialId);
  const failed = await execute(tool.id);
  expect(failed.failure.message).toMatch(/^Reconnect: Ana Admin .*settings have changed/);
});

test('a sign-in ends once, in the browser that began it, and in time', async () => {
  const tool = await newTool();
  const { credentialId } = tool.auth;
  const notConnected = async () => expect((await connectionOf(credentialId)).status).toBe('not_connected');

  // Another session of the same person, and no session at all.
  const first = await connect(credentialId);
  expect((await open(first.back, await signIn(acme))).status).toBe(400);
  expect((await open(first.back, '')).status).toBe(400);
  await notConnected();
  // It was used up by the other browser.
  expect((await open(first.back, anaCookie)).status).toBe(400);
  await notConnected();

  const late = await connect(credentialId);
  await admin.query("UPDATE oauth_sign_in SET expires_at = now() - interval '1 s' WHERE credential_id = $1", [
    credentialId,
  ]);
  const page = await open(late.back, anaCookie);
  expect([page.status, page.text]).toEqual([400, expect.stringContaining('older than ten minutes')]);
  await notConnected();

  const refused = await connect(credentialId);
  const denied = new URL(refused.back);
  denied.searchParams.delete('code');
  denied.searchParams.set('error', 'access_denied');
  denied.searchParams.set('error_description', '<script>alert(1)</script>');
  const shown = await open(denied.href, anaCookie);
  expect(shown.status).toBe(400);
  expect(shown.text).toContain('access was refused');
  expect(shown.text).not.toContain('script');
  await notConnected();

  const mixed = new URL((await connect(credentialId)).back);
  mixed.searchParams.set('iss', 'https://other.example');
  expect((await open(mixed.href, anaCookie)).text).toContain('another provider');
  await notConnected();

  const last = await connect(credentialId);
  expect((await open(last.back, anaCookie)).status).toBe(303);
  expect((await open(last.back, anaCookie)).status).toBe(400);
  expect((await connectionOf(credentialId)).status).toBe('connected');
});

test('only a person with the right may connect, and only to a page of ours', async () => {
  const tool = await newTool();
  const path = `/api/credentials/${tool.auth.credentialId}/connect`;
  expect((await acme.as.tenant_admin('POST', path, {})).status).toBe(403);
  expect((await acme.as.operator('POST', path, {})).status).toBe(403);
  const globex = await api.tenant();
  const foreign = await browserOf(globex, await signIn(globex))('POST', path, {});
  expect(foreign.status).toBe(404);
  const { back } = await connect(tool.auth.credentialId, '//evil.example/t/x');
  expect((await open(back, anaCookie)).location).toBe(`/t/${acme.slug}/tools`);
});

test('tokens are sealed, and in no row, event or execution in clear', async () => {
  await connectedTool().then(({ id }) => execute(id));
  const secrets = [...provider.issued.accessTokens, ...provider.issued.refreshTokens];
  expect(secrets.length).toBeGreaterThan(2);
  for (const table of ['oauth_token', 'oauth_sign_in', 'event', 'tool_execution', 'execution_attempt']) {
    const { rows } = await admin.query<{ row: string }>(`SELECT t::text AS row FROM ${table} t`);
    const text = rows.map(({ row }) => row).join('\n');
    for (const secret of secrets) {
      expect(text.includes(secret), table).toBe(false);
      expect(text.includes(Buffer.from(secret).toString('hex')), table).toBe(false);
    }
  }
});
