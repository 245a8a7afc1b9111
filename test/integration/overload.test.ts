import type { ServerResponse } from 'node:http';
import { v7 as uuidv7 } from 'uuid';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { eventually } from '../support/eventually.ts';
import { type ProviderServer, sendJson, startProvider } from '../support/provider-server.ts';
import { type ApiResponse, startTestApi, type TestApi, type TestTenant } from '../support/test-api.ts';

describe('more requests than a process can serve', () => {
  let provider: ProviderServer;
  const apis: TestApi[] = [];
  const hanging: ServerResponse[] = [];

  beforeAll(async () => {
    provider = await startProvider((request, response) => {
      if (request.url.startsWith('/hang')) hanging.push(response);
      else sendJson(response, 200, { ok: true });
    });
  });
  afterEach(() => {
    for (const response of hanging.splice(0)) sendJson(response, 200, { ok: true });
  });
  afterAll(async () => {
    for (const api of apis) await api.close();
    await provider?.close();
  });

  async function start(options: Parameters<typeof startTestApi>[0]): Promise<TestApi> {
    const api = await startTestApi(options);
    apis.push(api);
    return api;
  }

  /** A tenant, and the path that executes its tool. */
  async function tenantWithTool(
    api: TestApi,
    path: string,
  ): Promise<{ tenant: TestTenant; execute: string }> {
    const tenant = await api.tenant({ privateHosts: [provider.host] });
    const { body, status } = await tenant.as.tool_admin('POST', '/api/tools', {
      name: 'act',
      type: 'http',
      config: { method: 'POST', url: provider.url + path },
    });
    expect(status).toBe(201);
    return { tenant, execute: `/api/tools/${body.id}/execute` };
  }

  const statuses = async (tenant: TestTenant): Promise<string[]> => {
    const { body } = await tenant.as.operator('GET', '/api/tools/executions?limit=100');
    return body.items.map(({ status }: { status: string }) => status);
  };

  function expectRefused(response: ApiResponse, status: number, code: string): void {
    expect([response.status, response.body.error.code]).toEqual([status, code]);
    expect(response.body.error.message).toContain('Nothing was sent; try again');
    expect(Number(response.headers.get('retry-after'))).toBeGreaterThan(0);
  }

  test('each gets its true outcome or an early 429 that wrote nothing, and another tenant gets in', async () => {
    // A tenant alone starts 1 at once, and 4 of its requests wait for that or are being started.
    const api = await start({ env: { INTERLOCK_STARTS_AT_ONCE: '2' } });
    const acme = await tenantWithTool(api, '/acme');
    const globex = await tenantWithTool(api, '/globex');
    const burst = Promise.all(
      Array.from({ length: 60 }, () => acme.tenant.as.operator('POST', acme.execute, {})),
    );
    await eventually(() => provider.requests.some(({ url }) => url === '/acme'));
    const other = await globex.tenant.as.operator('POST', globex.execute, {});
    expect([other.status, other.body.status]).toEqual([200, 'succeeded']);

    const responses = await burst;
    const accepted = responses.filter(({ status }) => status === 200);
    const refused = responses.filter(({ status }) => status !== 200);
    expect(accepted.length).toBeGreaterThanOrEqual(4);
    expect(refused.length).toBeGreaterThan(0);
    for (const response of refused) expectRefused(response, 429, 'rate_limited');
    expect(await statuses(acme.tenant)).toEqual(accepted.map(() => 'succeeded'));
    expect(provider.requests.filter(({ url }) => url === '/acme')).toHaveLength(accepted.length);
    // There is room again.
    expect((await acme.tenant.as.operator('POST', acme.execute, {})).status).toBe(200);
  });

  test('what a process has accepted and not seen the end of is bounded: 429 for who uses up its share, 503 when it is full', async () => {
    const api = await start({ env: { INTERLOCK_PROCESS_IN_FLIGHT: '3' } });
    const tenants: Awaited<ReturnType<typeof tenantWithTool>>[] = [];
    for (const name of ['acme', 'globex', 'initech'])
      tenants.push(await tenantWithTool(api, `/hang-${name}`));
    const [acme, globex, initech] = tenants.map(
      ({ tenant, execute }) =>
        () =>
          tenant.as.operator('POST', execute, {}, { prefer: 'respond-async' }),
    );
    expect((await acme!()).status).toBe(202);
    expect((await acme!()).status).toBe(202);
    expectRefused(await acme!(), 429, 'rate_limited');
    expect((await globex!()).status).toBe(202);
    expectRefused(await initech!(), 503, 'overloaded');
    const written = await Promise.all(tenants.map(({ tenant }) => statuses(tenant)));
    expect(written.map((each) => each.length)).toEqual([2, 1, 0]);

    await eventually(async () => {
      for (const response of hanging.splice(0)) sendJson(response, 200, { ok: true });
      const now = await Promise.all(tenants.map(({ tenant }) => statuses(tenant)));
      return now.flat().every((status) => status === 'succeeded');
    });
    await eventually(async () => (await initech!()).status === 202);
  });

  test('executions that end in another process make room in this one', async () => {
    const env = { INTERLOCK_TASK_QUEUE: `test-${uuidv7()}`, INTERLOCK_PROCESS_IN_FLIGHT: '3' };
    const api = await start({ env, worker: false });
    await start({ env });
    const { tenant, execute } = await tenantWithTool(api, '/elsewhere');
    for (let made = 1; made <= 4; made++) {
      // It looks for ended ones at most once a second.
      await eventually(async () => {
        const { status } = await tenant.as.operator('POST', execute, {}, { prefer: 'respond-async' });
        return status === 202;
      });
      await eventually(async () => {
        const now = await statuses(tenant);
        return now.length === made && now.every((status) => status === 'succeeded');
      });
    }
  });
});
