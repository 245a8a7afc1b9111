import type pg from 'pg';
import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createReachCounter } from '../../shared/egress/server/reach-counter.ts';
import { connectTo } from '../support/connect-admin.ts';
import { type ConnectProxy, proxyPassword, startConnectProxy } from '../support/connect-proxy.ts';
import { eventually } from '../support/eventually.ts';
import { closeAll, type Loopback, serve } from '../support/guarded-egress.ts';
import { createOwnDatabase } from '../support/own-database.ts';
import { sendJson } from '../support/provider-server.ts';
import {
  type ApiResponse,
  issuePaths,
  startTestApi,
  type TestApi,
  type TestTenant,
} from '../support/test-api.ts';

const patience = { timeoutMs: 60_000, everyMs: 100 };

/** Everything here goes through a forward proxy, in two processes on one database. */
describe('what a tenant’s calls may reach', () => {
  const logged: string[] = [];
  let admin: pg.Client;
  let proxy: ConnectProxy;
  let api: TestApi;
  let other: TestApi;
  let provider: Loopback;
  let tokens: Loopback;
  let hook: Loopback;
  let onRequest: (() => Promise<unknown>) | null = null;
  let made = 0;

  beforeAll(async () => {
    const { databaseUrl, adminUrl } = await createOwnDatabase();
    admin = await connectTo(adminUrl);
    proxy = await startConnectProxy();
    provider = await serve(async (_request, response) => {
      const meanwhile = onRequest;
      onRequest = null;
      await meanwhile?.();
      sendJson(response, meanwhile ? 503 : 200, { ok: true });
    });
    tokens = await serve((_request, response) =>
      sendJson(response, 200, { access_token: 'abc', token_type: 'Bearer', expires_in: 3600 }),
    );
    hook = await serve((_request, response) => response.writeHead(204).end());
    const options = {
      databaseUrl,
      onLog: (line: string) => logged.push(line),
      env: {
        INTERLOCK_EGRESS_PROXY: proxy.url,
        INTERLOCK_WEBHOOK_RETRY_SECONDS: '0.2,0.2,0.2,0.2,0.2,5,5,5',
      },
    };
    [api, other] = await Promise.all([
      startTestApi({ ...options, reconcile: true }),
      startTestApi({ ...options, worker: true }),
    ]);
  });
  afterAll(async () => {
    await Promise.all([api?.close(), other?.close()]);
    await closeAll();
    await proxy?.close();
    await admin?.end();
  });

  const hosts = () => [provider, tokens, hook].map(({ hostPort }) => hostPort);
  const newTenant = () => api.tenant({ privateHosts: hosts() });
  const at = ({ port }: Loopback) => ({ host: '127.0.0.1', ports: [port] });
  const settle = (tenant: TestTenant, body: unknown, headers = {}) =>
    tenant.as.tenant_admin('PUT', '/api/settings/egress', body, headers);
  async function allow(tenant: TestTenant, ...servers: Loopback[]): Promise<void> {
    const allowList = { enabled: true, hosts: servers.map(at) };
    expect(await settle(tenant, { allowList })).toMatchObject({ status: 200, body: { allowList } });
  }
  async function newTool(tenant: TestTenant, more: Record<string, unknown> = {}): Promise<string> {
    made += 1;
    const config = { method: 'GET', url: `${provider.url}/things/${made}` };
    const retry = { maxAttempts: 3, initialMs: 50, maxMs: 100 };
    const definition = { name: `thing_${made}`, type: 'http', config, retry, ...more };
    const { status, body } = await tenant.as.tool_admin('POST', '/api/tools', definition);
    expect(status, JSON.stringify(body)).toBe(201);
    return body.id;
  }
  const execute = (tenant: TestTenant, tool: string, by = api): Promise<ApiResponse> =>
    by.call(tenant.keys.operator)('POST', `/api/tools/${tool}/execute`, { payload: {}, waitMs: 30_000 });
  const requestsOf = (server: Loopback, path: string) => server.requests.filter(({ url }) => url === path);
  const path = () => `/things/${made}`;
  // biome-ignore lint/suspicious/noExplicitAny: tests read responses of many shapes
  const reachOf = async (tenant: TestTenant): Promise<any[]> =>
    (await tenant.as.tenant_admin('GET', '/api/settings/egress/reach')).body.items;

  test('private addresses and the list are set apart or together, and a change names the state that it replaces', async () => {
    const tenant = await newTenant();
    const read = () => tenant.as.viewer('GET', '/api/settings/egress');
    const first = await read();
    expect(first.body).toMatchObject({
      privateHosts: hosts(),
      allowList: { enabled: false, hosts: [] },
      changedBy: { name: 'tenant_admin key' },
    });
    const list = { enabled: false, hosts: [{ host: '*.Example.com', ports: [443], methods: ['GET'] }] };
    const tag = { 'if-match': first.headers.get('etag')! };
    expect(await settle(tenant, { allowList: list }, tag)).toMatchObject({
      status: 200,
      body: { privateHosts: hosts(), allowList: { hosts: [{ ...list.hosts[0], host: '*.example.com' }] } },
    });
    expect((await settle(tenant, { privateHosts: [] })).body.allowList.hosts).toHaveLength(1);
    const stale = await settle(tenant, { allowList: { enabled: true, hosts: [] } }, tag);
    expect(stale).toMatchObject({ status: 412, body: { error: { code: 'precondition_failed' } } });
    expect(stale.body.error.details.current.allowList.enabled).toBe(false);
    const wrong = { enabled: true, hosts: [{ host: 'a.example' }, { host: 'https://a.example' }] };
    const refused = await settle(tenant, { allowList: wrong });
    expect([refused.status, issuePaths(refused)]).toEqual([422, ['/allowList/hosts/1/host']]);
    const { body } = await tenant.as.viewer('GET', '/api/events?type=EgressSettingsChanged&limit=5');
    expect(body.items.map(({ data }: { data: unknown }) => data)).toContainEqual(
      expect.objectContaining({ allowListEnabled: false, allowed: ['*.example.com:443 GET'], added: [] }),
    );
  });

  test('a change counts for the next call in every process, and every byte goes through the proxy', async () => {
    const tenant = await newTenant();
    const tool = await newTool(tenant);
    for (const each of [api, other])
      expect((await execute(tenant, tool, each)).body).toMatchObject({ status: 'succeeded' });
    await allow(tenant, hook);
    for (const each of [api, other]) {
      const { body } = await execute(tenant, tool, each);
      expect(body.failure ?? body.error).toMatchObject({
        code: 'denied',
        message: expect.stringMatching(
          /GET 127\.0\.0\.1:\d+ is not on the list of hosts .* tenant admin can add it/,
        ),
      });
    }
    expect(requestsOf(provider, path())).toHaveLength(2);
    await allow(tenant, hook, provider);
    for (const each of [api, other])
      expect((await execute(tenant, tool, each)).body).toMatchObject({ status: 'succeeded' });
    expect(provider.all.size).toBeGreaterThan(0);
    for (const port of provider.all) expect(proxy.ports).toContain(port);
  });

  test('it counts for the retry of a call that has begun', async () => {
    const tenant = await newTenant();
    const tool = await newTool(tenant);
    onRequest = () => allow(tenant, hook);
    const { body } = await execute(tenant, tool);
    const { body: read } = await tenant.as.viewer(
      'GET',
      `/api/tools/executions/${body.id ?? body.error.executionId}`,
    );
    expect(read).toMatchObject({ status: 'failed', failure: { code: 'denied' } });
    expect(read.attempts).toMatchObject([
      { httpStatus: 503 },
      { status: 'failed', error: { code: 'denied' } },
    ]);
    expect(requestsOf(provider, path())).toHaveLength(1);
  });

  test('tokens and webhooks are bound by it too, and what was reached is counted by whom', async () => {
    const [tenant, stranger] = [await newTenant(), await newTenant()];
    const auth = {
      type: 'oauth2_client_credentials',
      tokenUrl: `${tokens.url}/token`,
      clientId: 'client',
      clientSecret: 's3cret-of-client',
    };
    const tool = await newTool(tenant, { auth });
    await allow(tenant, provider);
    const { body: failed } = await execute(tenant, tool);
    expect(failed.failure ?? failed.error).toMatchObject({
      code: 'denied',
      message: expect.stringMatching(/Token endpoint: POST .* is not on the list/),
    });
    expect([tokens.requests.length, requestsOf(provider, path()).length]).toEqual([0, 0]);

    const endpoint = { url: `${hook.url}/hook`, eventTypes: ['ToolCreated'], description: 'Pager' };
    const { body: webhook } = await tenant.as.tenant_admin('POST', '/api/webhooks', endpoint);
    await newTool(tenant);
    await eventually(async () => {
      const { body } = await tenant.as.tenant_admin('GET', `/api/webhooks/${webhook.id}/deliveries`);
      return body.items[0]?.attempts[0]?.error?.includes('is not on the list of hosts');
    }, patience);
    expect(hook.requests).toHaveLength(0);

    await allow(tenant, provider, tokens, hook);
    expect((await execute(tenant, tool)).body).toMatchObject({ status: 'succeeded' });
    await eventually(() => hook.requests.length > 0, patience);
    for (const port of [...tokens.all, ...hook.all]) expect(proxy.ports).toContain(port);

    const named = (type: string, outcome: string, server: Loopback) =>
      expect.objectContaining({
        host: '127.0.0.1',
        port: server.port,
        caller: expect.objectContaining({ type }),
        outcome,
      });
    await eventually(async () => {
      const reach = await reachOf(tenant);
      for (const [type, server] of [
        ['credential', tokens],
        ['webhook', hook],
      ] as const)
        for (const outcome of ['not_allowed', 'reached'])
          expect(reach).toContainEqual(named(type, outcome, server));
      expect(reach).toContainEqual(named('tool', 'reached', provider));
      return true;
    }, patience);
    const called = (await reachOf(tenant)).find(({ caller }) => caller.id === tool);
    const day = new Date(called.lastAt).toISOString().slice(0, 10);
    expect(called).toMatchObject({
      caller: { name: `thing_${made - 1}` },
      methods: ['GET'],
      count: 1,
      days: [{ day, count: 1 }],
    });
    expect(await reachOf(stranger)).toEqual([]);
    expect(
      (await tenant.as.tool_admin('GET', '/api/settings/egress/reach')).status,
      'a list of hosts is for tenant admins',
    ).toBe(403);
  });

  test('a list is tried before it counts: what it would cut off, of what is used and of what was reached', async () => {
    const tenant = await newTenant();
    const auth = { type: 'bearer', token: `secret-${uuidv7()}` };
    const post = { method: 'POST', url: 'https://pay.example/v1' };
    const tool = await newTool(tenant, { config: post, auth });
    await tenant.as.tool_admin('POST', '/api/connectors', {
      name: 'crm',
      baseUrl: 'https://crm.example:8443',
    });
    const reached = await newTool(tenant);
    await execute(tenant, reached);
    await eventually(async () => (await reachOf(tenant)).length === 1, patience);
    await tenant.as.tool_admin('DELETE', `/api/tools/${reached}`);
    const check = async (list: unknown[]) => {
      const { status, body } = await tenant.as.tenant_admin('POST', '/api/settings/egress/check', {
        hosts: list,
      });
      expect(status, JSON.stringify(body)).toBe(200);
      // biome-ignore lint/suspicious/noExplicitAny: tests read responses of many shapes
      return new Map<string, any>(body.items.map((item: any) => [`${item.host}:${item.port}`, item]));
    };
    const none = await check([]);
    expect([...none.keys()].toSorted()).toEqual(
      [provider.hostPort, 'crm.example:8443', 'pay.example:443'].toSorted(),
    );
    expect(none.get('pay.example:443')).toMatchObject({ allowed: false, cutOff: 1, reached: 0 });
    expect(none.get('pay.example:443').uses).toContainEqual(
      expect.objectContaining({ type: 'tool', id: tool, method: 'POST', allowed: false }),
    );
    expect(none.get(provider.hostPort)).toMatchObject({ reached: 1, lastAt: expect.any(String) });
    const some = await check([{ host: '*.pay.Example.' }, { host: 'pay.example', methods: ['POST'] }]);
    expect(some.get('pay.example:443')).toMatchObject({ allowed: true, cutOff: 0 });
    const get = await check([{ host: 'pay.example', methods: ['GET'] }]);
    // The tool says which method it uses; its credential may be sent with any.
    expect(get.get('pay.example:443')).toMatchObject({ allowed: false, cutOff: 1 });
    const all = await check([{ host: 'pay.example' }, at(provider), { host: 'crm.example', ports: [443] }]);
    expect([...all.values()].filter(({ allowed }) => !allowed).map(({ host }) => host)).toEqual([
      'crm.example',
    ]);
  });

  test('a proxy that cannot connect is retried, also for a call that must not happen twice: nothing was sent', async () => {
    const tenant = await newTenant();
    const tool = await newTool(tenant, { config: { method: 'POST', url: `${provider.url}/once` } });
    let refusals = 0;
    proxy.decide = (authority) => (authority === provider.hostPort && refusals++ === 0 ? 502 : 200);
    const { body } = await execute(tenant, tool);
    proxy.decide = () => 200;
    const { body: read } = await tenant.as.viewer('GET', `/api/tools/executions/${body.id}`);
    expect(read).toMatchObject({ status: 'succeeded' });
    expect(read.attempts).toMatchObject([
      {
        status: 'failed',
        error: { code: 'provider_error', message: expect.stringContaining('Nothing was sent') },
      },
      { status: 'succeeded' },
    ]);
    expect(requestsOf(provider, '/once')).toHaveLength(1);
    // A tenant cannot call the proxy itself.
    const own = await settle(tenant, { privateHosts: [proxy.host] });
    expect(own).toMatchObject({ status: 422, body: { error: { issues: [{ keyword: 'reserved' }] } } });
  });

  test('processes add up what they have counted, none of it is lost when the database is, and 30 days are kept', async () => {
    const tenant = await newTenant();
    const { db, log } = api.services;
    let unavailable = true;
    const system: typeof db.system = (work) =>
      unavailable ? Promise.reject(new Error('unavailable')) : db.system(work);
    const [one, two] = [createReachCounter({ db: { ...db, system }, log }), createReachCounter({ db, log })];
    const reach = {
      tenantId: tenant.id,
      caller: { type: 'tool', id: uuidv7() },
      method: 'GET',
      host: 'a.example',
      port: 443,
      outcome: 'reached',
    } as const;
    await admin.query(
      `INSERT INTO egress_reach SELECT $1, to_char(now() AT TIME ZONE 'UTC' - make_interval(days => age), 'YYYY-MM-DD'),
         'old.example', 443, 'GET', 'tool', 't', 'reached', 1, now() FROM unnest($2::int[]) AS age`,
      [tenant.id, [29, 31, 400]],
    );
    for (const counter of [one, one, two]) counter.count(reach);
    await one.flush();
    unavailable = false;
    one.count({ ...reach, method: 'POST' });
    await Promise.all([one.stop(), two.stop()]);
    const found = await reachOf(tenant);
    expect(found.map(({ host, count }) => [host, count]).toSorted()).toEqual([
      ['a.example', 4],
      ['old.example', 1],
    ]);
    expect(found.find(({ host }) => host === 'a.example').methods).toEqual(['GET', 'POST']);
    const { rows } = await admin.query('SELECT day FROM egress_reach WHERE tenant_id = $1 AND host = $2', [
      tenant.id,
      'old.example',
    ]);
    expect(rows).toHaveLength(1);
  });

  test('no log line has the credentials of the proxy', () => {
    expect(logged.length).toBeGreaterThan(0);
    for (const secret of [proxyPassword, encodeURIComponent(proxyPassword)])
      expect(logged.filter((line) => line.includes(secret))).toEqual([]);
  });
});
