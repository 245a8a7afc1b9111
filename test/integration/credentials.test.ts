import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sweepCredentials } from '../../shared/tools/server/credential-sweep.ts';
import { type ProviderServer, sendJson, startProvider } from '../support/provider-server.ts';
import { issuePaths, startTestApi, type TestApi, type TestTenant } from '../support/test-api.ts';

describe('credentials', () => {
  let api: TestApi;
  let provider: ProviderServer;
  let acme: TestTenant;
  let globex: TestTenant;
  /** What the provider accepts; every other value is refused with 401. */
  let accepted: string[] = [];
  /** What reached an endpoint that acts. */
  let acted: string[] = [];

  beforeAll(async () => {
    provider = await startProvider((request, response) => {
      const key = String(request.headers['x-key'] ?? '');
      if (request.url.startsWith('/redirect')) {
        response.writeHead(302, { location: '/admin' });
        return response.end();
      }
      if (request.url === '/token') {
        const sent = new URLSearchParams(request.body).get('client_secret') ?? '';
        return accepted.includes(sent)
          ? sendJson(response, 200, {
              access_token: `token-of-${sent}`,
              token_type: 'Bearer',
              expires_in: 3600,
            })
          : sendJson(response, 401, { error: 'invalid_client' });
      }
      if (request.url === '/bearer')
        return sendJson(
          response,
          request.headers.authorization?.startsWith('Bearer token-of-') ? 200 : 401,
          {},
        );
      if (request.url.startsWith('/busy')) return sendJson(response, 503, {});
      if (!accepted.includes(key)) return sendJson(response, 401, { error: 'bad key' });
      if (request.method === 'POST') acted.push(key);
      return sendJson(response, 200, { ok: true });
    });
    api = await startTestApi();
    [acme, globex] = await Promise.all([
      api.tenant({ privateHosts: [provider.host] }),
      api.tenant({ privateHosts: [provider.host] }),
    ]);
  });
  afterAll(async () => {
    await api.close();
    await provider.close();
  });

  const auth = { type: 'api_key', in: 'header', name: 'x-key' };
  const admin = (tenant: TestTenant = acme) => tenant.as.tool_admin;

  async function store(value: string, more: Record<string, unknown> = {}, tenant = acme) {
    const created = await admin(tenant)('POST', '/api/credentials', {
      name: `Key ${uuidv7()}`,
      auth,
      value,
      allowedHosts: [provider.host],
      ...more,
    });
    expect(created, JSON.stringify(created.body)).toMatchObject({ status: 201 });
    return created.body;
  }

  async function toolWith(credentialId: string, config: Record<string, unknown> = {}, tenant = acme) {
    const created = await admin(tenant)('POST', '/api/tools', {
      name: `call_${uuidv7().replaceAll('-', '_')}`,
      type: 'http',
      auth: { ...auth, credentialId },
      config: { method: 'POST', url: `${provider.url}/act`, ...config },
      retry: { maxAttempts: 1 },
    });
    expect(created, JSON.stringify(created.body)).toMatchObject({ status: 201 });
    return created.body.id as string;
  }

  const execute = (toolId: string, tenant = acme) =>
    admin(tenant)('POST', `/api/tools/${toolId}/execute`, { payload: {} });

  test('a value goes in and never comes out', async () => {
    const value = `sk_live_${uuidv7()}`;
    accepted = [value];
    const credential = await store(value, { note: 'Ask Bea', methods: ['GET', 'POST'] });
    const tool = await toolWith(credential.id);
    expect((await execute(tool)).body.status).toBe('succeeded');
    const path = `/api/credentials/${credential.id}`;
    const answers = await Promise.all([
      admin()('GET', '/api/credentials?q=key'),
      admin()('GET', path),
      admin()('GET', `${path}/uses`),
      admin()('GET', `${path}/accesses`),
      admin()('GET', `${path}/versions`),
      admin()('POST', `${path}/test`, { url: `${provider.url}/me` }),
      admin()('PUT', path, { note: 'Ask Cleo' }),
      admin()('POST', `${path}/rotate`, { value: `next_${value}` }),
      acme.as.viewer('GET', `/api/events?subjectType=credential&subjectId=${credential.id}`),
    ]);
    for (const answer of answers) {
      expect(answer.status).toBe(200);
      expect(JSON.stringify(answer.body)).not.toContain(value);
    }
    expect(answers[1]!.body).toMatchObject({
      type: 'api_key',
      auth: { hasSecret: true, name: 'x-key' },
      usedBy: 1,
    });
  });

  test('the log of accesses says which execution of which tool opened which version', async () => {
    accepted = ['one', 'two'];
    const credential = await store('one');
    const tool = await toolWith(credential.id);
    const first = await execute(tool);
    await admin()('POST', `/api/credentials/${credential.id}/rotate`, { value: 'two' });
    const second = await execute(tool);
    const { body } = await admin()('GET', `/api/credentials/${credential.id}/accesses`);
    expect(body.items).toMatchObject([
      { executionId: second.body.id, version: 2, attempt: 1, tool: { id: tool } },
      { executionId: first.body.id, version: 1, attempt: 1, tool: { id: tool } },
    ]);
    const read = await admin()('GET', `/api/credentials/${credential.id}`);
    expect(read.body.lastUsedAt).toBe(body.items[0].at);
    const page = await admin()('GET', `/api/credentials/${credential.id}/accesses?limit=1`);
    expect(page.body.nextCursor).not.toBeNull();
  });

  test('while a rotation overlaps, the replaced value is sent when the provider refuses the new one, and the call acts once', async () => {
    accepted = ['old'];
    acted = [];
    const credential = await store('old');
    const tool = await toolWith(credential.id);
    const path = `/api/credentials/${credential.id}`;
    const rotated = await admin()('POST', `${path}/rotate`, { value: 'new', overlapSeconds: 3600 });
    expect(rotated.body).toMatchObject({ version: 2, previous: { version: 1 } });
    const early = await execute(tool);
    expect(early.body.status).toBe('succeeded');
    expect(acted).toEqual(['old']);
    accepted = ['old', 'new'];
    expect((await execute(tool)).body.status).toBe('succeeded');
    expect(acted).toEqual(['old', 'new']);
    const { body } = await admin()('GET', `${path}/accesses`);
    expect(body.items.map((each: { version: number }) => each.version)).toEqual([2, 1]);
  });

  test('a value whose overlap has ended is never sent, and is erased', async () => {
    accepted = ['old'];
    const credential = await store('old');
    const tool = await toolWith(credential.id);
    await admin()('POST', `/api/credentials/${credential.id}/rotate`, { value: 'new' });
    const before = provider.requests.length;
    const refused = await execute(tool);
    expect(refused.body).toMatchObject({ status: 'failed', failure: { code: 'provider_error' } });
    expect(provider.requests.slice(before).map(({ headers }) => headers['x-key'])).toEqual(['new']);
    await sweepCredentials(api.services);
    const versions = await admin()('GET', `/api/credentials/${credential.id}/versions`);
    expect(versions.body.items.map((each: { state: string }) => each.state)).toEqual(['current', 'erased']);
    const rows = await api.services.db.system((connection) =>
      connection.query<{ bytes: number }>({
        text: 'SELECT length(sealed) AS bytes FROM credential_version WHERE credential_id = $1 ORDER BY version',
        values: [credential.id],
      }),
    );
    expect(rows.map(({ bytes }) => bytes > 0)).toEqual([false, true]);
  });

  test('an answer other than 401 is final: the replaced value is not tried', async () => {
    accepted = ['old'];
    const credential = await store('old');
    const tool = await toolWith(credential.id, { url: `${provider.url}/busy` });
    await admin()('POST', `/api/credentials/${credential.id}/rotate`, { value: 'new', overlapSeconds: 60 });
    const before = provider.requests.length;
    await execute(tool);
    expect(provider.requests.slice(before).map(({ headers }) => headers['x-key'])).toEqual(['new']);
  });

  test('a test says whether the provider accepts the credential, and stores what it found', async () => {
    accepted = ['good'];
    const credential = await store('good');
    const path = `/api/credentials/${credential.id}`;
    const run = async (url?: string) => (await admin()('POST', `${path}/test`, url ? { url } : {})).body;
    expect((await run(`${provider.url}/me`)).health).toMatchObject({ status: 'ok', httpStatus: 200 });
    accepted = [];
    // The same endpoint as before.
    expect((await run()).health).toMatchObject({ status: 'refused', httpStatus: 401 });
    expect((await run(`${provider.url}/busy`)).health).toMatchObject({ status: 'unclear', httpStatus: 503 });
    const stored = await admin()('GET', '/api/credentials?health=unclear');
    expect(stored.body.items.map((each: { id: string }) => each.id)).toContain(credential.id);
    const elsewhere = await admin()('POST', `${path}/test`, { url: 'https://evil.example/' });
    expect([elsewhere.status, issuePaths(elsewhere)]).toEqual([422, ['/url']]);
    const rotated = await admin()('POST', `${path}/rotate`, { value: 'better' });
    expect(rotated.body.health).toBeNull();
  });

  test('an endpoint that does not respond is unreachable', async () => {
    const closed = await startProvider();
    await closed.close();
    await acme.as.tenant_admin('PUT', '/api/settings/egress', { privateHosts: [provider.host, closed.host] });
    const credential = await store('x', { allowedHosts: [closed.host] });
    const { body } = await admin()('POST', `/api/credentials/${credential.id}/test`, {
      url: `${closed.url}/`,
    });
    expect(body.health).toMatchObject({ status: 'unreachable', httpStatus: null });
  });

  test('methods and paths of a credential hold for every call, whatever the tool says', async () => {
    accepted = ['k'];
    const reading = await store('k', { methods: ['GET'] });
    const before = provider.requests.length;
    const writes = await execute(await toolWith(reading.id));
    expect(writes).toMatchObject({ status: 403, body: { error: { code: 'forbidden' } } });
    expect(writes.body.error.message).toMatch(/may not be used for POST, only for GET\. Nothing was sent/);
    const refunds = await store('k', { pathPrefixes: ['/refunds'] });
    const elsewhere = await execute(await toolWith(refunds.id, { url: `${provider.url}/payouts` }));
    expect(elsewhere.status).toBe(403);
    expect(provider.requests).toHaveLength(before);
    const within = await execute(await toolWith(refunds.id, { url: `${provider.url}/refunds/7` }));
    expect(within.body.status).toBe('succeeded');
  });

  test('a redirect does not take a credential out of its paths', async () => {
    accepted = ['k'];
    const credential = await store('k', { pathPrefixes: ['/redirect'] });
    const tool = await toolWith(credential.id, {
      method: 'GET',
      url: `${provider.url}/redirect`,
      followRedirects: true,
    });
    const before = provider.requests.length;
    expect((await execute(tool)).body).toMatchObject({ status: 'failed', failure: { code: 'denied' } });
    expect(provider.requests.slice(before).map(({ url }) => url)).toEqual(['/redirect']);
  });

  test('a new host takes the value again, and the replaced one is not sent there', async () => {
    accepted = ['first'];
    const credential = await store('first');
    const path = `/api/credentials/${credential.id}`;
    const other = 'other.example';
    const taken = await admin()('PUT', path, { allowedHosts: [provider.host, other] });
    expect([taken.status, issuePaths(taken)]).toEqual([422, ['/value']]);
    const widened = await admin()('PUT', path, { allowedHosts: [provider.host, other], value: 'second' });
    expect(widened.body).toMatchObject({
      version: 2,
      previous: null,
      allowedHosts: [provider.host, 'other.example:443'],
    });
    const narrowed = await admin()('PUT', path, { allowedHosts: [other] });
    expect(narrowed.body.allowedHosts).toEqual(['other.example:443']);
    expect((await execute(await toolWith((await store('first')).id))).body.status).toBe('succeeded');
  });

  test('an expired credential refuses calls before anything is sent; reminders come 14, 3 and 0 days before', async () => {
    accepted = ['k'];
    const soon = new Date(Date.now() + 5 * 24 * 60 * 60_000).toISOString();
    const credential = await store('k', { expiresAt: soon });
    expect(credential.expiry).toBe('soon');
    const tool = await toolWith(credential.id);
    const move = (expiresAt: string, remindAt: string) =>
      api.services.db.system((connection) =>
        connection.query({
          text: 'UPDATE credential SET expires_at = $2, remind_at = $3 WHERE id = $1',
          values: [credential.id, expiresAt, remindAt],
        }),
      );
    const events = async () =>
      (
        await acme.as.viewer('GET', `/api/events?subjectType=credential&subjectId=${credential.id}`)
      ).body.items
        .filter((each: { type: string }) => each.type.startsWith('CredentialExpir'))
        .map((each: { type: string; data: { daysLeft?: number } }) => [each.type, each.data.daysLeft]);
    const past = new Date(Date.now() - 1000).toISOString();
    await move(soon, past);
    await Promise.all([sweepCredentials(api.services), sweepCredentials(api.services)]);
    expect(await events()).toEqual([['CredentialExpiring', 5]]);
    await move(past, past);
    await sweepCredentials(api.services);
    await sweepCredentials(api.services);
    expect(await events()).toEqual([
      ['CredentialExpired', undefined],
      ['CredentialExpiring', 5],
    ]);
    const before = provider.requests.length;
    const refused = await execute(tool);
    expect(refused.status).toBe(403);
    expect(refused.body.error.message).toMatch(/expired on \d{4}-\d\d-\d\d\. Nothing was sent\. Rotate it/);
    expect(provider.requests).toHaveLength(before);
    const rotated = await admin()('POST', `/api/credentials/${credential.id}/rotate`, { value: 'k' });
    expect(rotated.body).toMatchObject({ expiry: 'none', expiresAt: null });
    expect((await execute(tool)).body.status).toBe('succeeded');
  });

  test('a credential that is used is not archived; one that is not loses its value', async () => {
    const credential = await store('k');
    const path = `/api/credentials/${credential.id}`;
    const tool = await toolWith(credential.id);
    const uses = await admin()('GET', `${path}/uses`);
    expect(uses.body).toMatchObject({ tools: [{ id: tool, versions: [1], current: true }], connectors: [] });
    const refused = await admin()('DELETE', path);
    expect(refused).toMatchObject({
      status: 409,
      body: { error: { code: 'in_use', details: { tools: [{ id: tool }] } } },
    });
    await admin()('DELETE', `/api/tools/${tool}`);
    expect((await admin()('DELETE', path)).status).toBe(204);
    expect((await admin()('GET', path)).status).toBe(404);
    await sweepCredentials(api.services);
    const rows = await api.services.db.system((connection) =>
      connection.query({
        text: 'SELECT version FROM credential_version WHERE credential_id = $1 AND length(sealed) > 0',
        values: [credential.id],
      }),
    );
    expect(rows).toEqual([]);
  });

  test('two people who rotate at once: one wins, the other learns who did', async () => {
    const credential = await store('k');
    const path = `/api/credentials/${credential.id}`;
    const headers = { 'if-match': '"1"' };
    const both = await Promise.all(
      ['a', 'b'].map((value) => admin()('POST', `${path}/rotate`, { value }, headers)),
    );
    expect(both.map(({ status }) => status).toSorted()).toEqual([200, 412]);
    const stale = both.find(({ status }) => status === 412)!;
    expect(stale.body.error.details).toMatchObject({
      changedBy: { name: 'tool_admin key' },
      current: { version: 2 },
    });
    const twice = await Promise.all(
      [1, 2].map(() =>
        admin()(
          'POST',
          '/api/credentials',
          { name: 'Once', auth, value: 'k', allowedHosts: ['once.example'] },
          { 'idempotency-key': `once-${credential.id}` },
        ),
      ),
    );
    expect(new Set(twice.map(({ body }) => body.id)).size).toBe(1);
  });

  test('every problem of a credential is reported at its place', async () => {
    const wrong = await admin()('POST', '/api/credentials', {
      name: 'Wrong',
      auth: { type: 'api_key', in: 'cookie', name: 'a b' },
      allowedHosts: ['https://pay.example/v1'],
      pathPrefixes: ['/a/../b'],
      expiresAt: '2001-01-01T00:00:00Z',
    });
    expect(wrong.status).toBe(422);
    expect(issuePaths(wrong).toSorted()).toEqual(
      ['/allowedHosts/0', '/auth/name', '/expiresAt', '/pathPrefixes/0', '/value'].toSorted(),
    );
    const kind = await admin()('POST', '/api/credentials', {
      name: 'x',
      type: 'none',
      value: 'y',
      allowedHosts: ['a.b'],
    });
    expect([kind.status, issuePaths(kind)]).toEqual([422, ['/auth/type']]);
  });

  test('a ciphertext that is copied to another tenant or another credential does not open', async () => {
    accepted = ['mine', 'theirs'];
    const [mine, second, theirs] = await Promise.all([
      store('mine'),
      store('mine'),
      store('theirs', {}, globex),
    ]);
    const tool = await toolWith(mine.id);
    const copy = (from: string) =>
      api.services.db.system((connection) =>
        connection.query({
          text: `UPDATE credential_version SET sealed = (SELECT sealed FROM credential_version WHERE credential_id = $2)
            WHERE credential_id = $1`,
          values: [mine.id, from],
        }),
      );
    for (const from of [theirs.id, second.id]) {
      await copy(from);
      const before = provider.requests.length;
      const { status, body } = await execute(tool);
      expect([status, body.error?.code]).toEqual([403, 'forbidden']);
      expect(body.error.message).toMatch(/does not open with the keys of this deployment\. Nothing was sent/);
      expect(provider.requests).toHaveLength(before);
    }
  });

  test('a global credential may point to the environment: its name is for platform admins, and without it nothing is sent', async () => {
    const variable = `INTERLOCK_SECRET_T${uuidv7().replaceAll('-', '').toUpperCase()}`;
    const body = { name: 'Shared', auth, variable, scope: 'global', allowedHosts: [provider.host] };
    const platform = acme.as.platform_admin;
    expect((await acme.as.tenant_admin('POST', '/api/credentials', body)).status).toBe(403);
    const elsewhere = await platform('POST', '/api/credentials', { ...body, variable: 'DATABASE_URL' });
    expect([elsewhere.status, issuePaths(elsewhere)]).toEqual([422, ['/variable']]);
    const ofTenant = await platform('POST', '/api/credentials', { ...body, scope: 'tenant' });
    expect([ofTenant.status, issuePaths(ofTenant)]).toEqual([422, ['/variable']]);
    const { body: credential } = await platform('POST', '/api/credentials', body);
    expect(credential).toMatchObject({ scope: 'global', variable: { name: variable, set: false } });
    const created = await platform('POST', '/api/tools', {
      name: `global_${uuidv7().replaceAll('-', '_')}`,
      type: 'http',
      scope: 'global',
      auth: { ...auth, credentialId: credential.id },
      config: { method: 'POST', url: `${provider.url}/act` },
    });
    expect(created.status).toBe(201);
    try {
      const before = provider.requests.length;
      const refused = await execute(created.body.id);
      expect(refused.status).toBe(403);
      expect(refused.body.error.message).toMatch(/"Shared" is not set in this deployment\. Nothing was sent/);
      expect(JSON.stringify(refused.body)).not.toContain(variable);
      expect(provider.requests).toHaveLength(before);
      accepted = ['from the environment'];
      process.env[variable] = 'from the environment';
      const succeeded = await execute(created.body.id);
      expect(succeeded.body.status).toBe('succeeded');
      expect((await platform('GET', `/api/credentials/${credential.id}`)).body.variable.set).toBe(true);
      const rotated = await platform('POST', `/api/credentials/${credential.id}/rotate`, { value: 'x' });
      expect(rotated.status).toBe(409);
      expect((await acme.as.tenant_admin('GET', `/api/credentials/${credential.id}`)).status).toBe(404);
      expect((await acme.as.tenant_admin('GET', '/api/credentials?scope=global')).status).toBe(403);
      expect((await platform('GET', '/api/credentials?scope=global')).body.items).toContainEqual(
        expect.objectContaining({ id: credential.id, usedBy: 1 }),
      );
    } finally {
      delete process.env[variable];
      await platform('DELETE', `/api/tools/${created.body.id}`);
    }
  });

  test('while a rotation overlaps, a client secret that the token endpoint refuses is replaced by the one before', async () => {
    accepted = ['old'];
    const oauth = {
      type: 'oauth2_client_credentials',
      tokenUrl: `${provider.url}/token`,
      clientId: 'interlock',
      clientAuthentication: 'body',
    };
    const { body: credential } = await admin()('POST', '/api/credentials', {
      name: 'Client',
      auth: oauth,
      value: 'old',
      allowedHosts: [provider.host],
    });
    const created = await admin()('POST', '/api/tools', {
      name: `oauth_${uuidv7().replaceAll('-', '_')}`,
      type: 'http',
      auth: { ...oauth, credentialId: credential.id },
      config: { method: 'POST', url: `${provider.url}/bearer` },
      retry: { maxAttempts: 1 },
    });
    const path = `/api/credentials/${credential.id}`;
    await admin()('POST', `${path}/rotate`, { value: 'new', overlapSeconds: 3600 });
    expect((await execute(created.body.id)).body.status).toBe('succeeded');
    accepted = ['new'];
    const tested = await admin()('POST', `${path}/test`, { url: `${provider.url}/bearer` });
    expect(tested.body.health).toMatchObject({ status: 'ok' });
    accepted = [];
    await admin()('POST', `${path}/rotate`, { value: 'newer' });
    const refused = await admin()('POST', `${path}/test`, { url: `${provider.url}/bearer` });
    expect(refused.body.health).toMatchObject({ status: 'refused', httpStatus: null });
    expect(JSON.stringify(refused.body)).not.toMatch(/newer/);
  });

  test('another tenant finds neither the credential nor what it is used for, and cannot name it in a tool', async () => {
    const { id } = await store('mine');
    for (const [method, path, body] of [
      ['GET', '', undefined],
      ['GET', '/uses', undefined],
      ['GET', '/accesses', undefined],
      ['POST', '/rotate', { value: 'theirs' }],
      ['POST', '/test', { url: provider.url }],
      ['PUT', '', { note: 'x' }],
      ['DELETE', '', undefined],
    ] as const)
      expect((await admin(globex)(method, `/api/credentials/${id}${path}`, body)).status).toBe(404);
    const tool = await admin(globex)('POST', '/api/tools', {
      name: 'steal',
      type: 'http',
      auth: { ...auth, credentialId: id },
      config: { url: `${provider.url}/act` },
    });
    expect([tool.status, issuePaths(tool)]).toEqual([422, ['/auth/credentialId']]);
  });
});
