import type { ServerResponse } from 'node:http';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { eventually } from '../support/eventually.ts';
import { complete, publishPlaybook, startRun, stepWhen } from '../support/playbook-runs.ts';
import { type ProviderServer, sendJson, startProvider } from '../support/provider-server.ts';
import { startTestApi, type TestApi, type TestTenant } from '../support/test-api.ts';

/** Calls at once in the worker of this test, and executions of one tenant in flight. */
const [workerCalls, inFlight] = [12, 30];

describe('tenants share a worker fairly', () => {
  let api: TestApi;
  let provider: ProviderServer;
  const hanging: ServerResponse[] = [];

  beforeAll(async () => {
    provider = await startProvider((request, response) => {
      if (request.url.startsWith('/hang')) hanging.push(response);
      else sendJson(response, 200, { ok: true });
    });
    api = await startTestApi({
      env: {
        INTERLOCK_WORKER_CALLS: String(workerCalls),
        INTERLOCK_TENANT_IN_FLIGHT: String(inFlight),
      },
    });
  });
  afterEach(respondToAll);
  afterAll(async () => {
    await api?.close();
    await provider?.close();
  });

  function respondToAll() {
    for (const response of hanging.splice(0)) sendJson(response, 200, { ok: true });
  }

  async function newTenant(): Promise<TestTenant> {
    return api.tenant({ privateHosts: [provider.host] });
  }

  async function tool(tenant: TestTenant, name: string, path: string, timeoutMs: number): Promise<string> {
    const { body, status } = await tenant.as.tool_admin('POST', '/api/tools', {
      name,
      type: 'http',
      timeoutMs,
      config: { method: 'POST', url: provider.url + path },
    });
    expect(status).toBe(201);
    return body.id;
  }

  const start = (tenant: TestTenant, toolId: string) =>
    tenant.as.operator('POST', `/api/tools/${toolId}/execute`, {}, { prefer: 'respond-async' });

  /** The statuses of all executions of the tenant. */
  const statuses = async (tenant: TestTenant): Promise<string[]> => {
    const { body } = await tenant.as.operator('GET', '/api/tools/executions?limit=100');
    return body.items.map(({ status }: { status: string }) => status);
  };
  const open = async (tenant: TestTenant): Promise<number> =>
    (await statuses(tenant)).filter((status) => status === 'requested' || status === 'running').length;

  /** All of them succeed once the provider responds, each with one call. */
  async function allSucceed(tenant: TestTenant, path: string, count: number): Promise<void> {
    await eventually(
      async () => {
        respondToAll();
        return (await open(tenant)) === 0;
      },
      { timeoutMs: 40_000 },
    );
    expect(await statuses(tenant)).toEqual(Array(count).fill('succeeded'));
    expect(provider.requests.filter(({ url }) => url === path)).toHaveLength(count);
  }

  test.each([
    ['short', 10_000],
    ['long', 60_000],
  ])(
    'while %s calls of one tenant hang, those of another succeed, and afterwards none is lost or made twice',
    async (kind, timeoutMs) => {
      const [acme, globex] = [await newTenant(), await newTenant()];
      const path = `/hang-${kind}`;
      const hangs = await tool(acme, 'hangs', path, timeoutMs);
      const works = await tool(globex, 'works', '/works', timeoutMs);
      const started = await Promise.all(Array.from({ length: inFlight }, () => start(acme, hangs)));
      expect(new Set(started.map(({ status }) => status))).toEqual(new Set([202]));
      await eventually(() => hanging.length > 0);

      for (let round = 0; round < 3; round++) {
        const { status, body } = await globex.as.operator('POST', `/api/tools/${works}/execute`, {});
        expect([status, body.status]).toEqual([200, 'succeeded']);
      }
      expect(await open(acme)).toBe(inFlight);
      await allSucceed(acme, path, inFlight);
    },
    90_000,
  );

  test('a tenant over its bound gets 429 with Retry-After and writes nothing, while others go on', async () => {
    const [acme, globex] = [await newTenant(), await newTenant()];
    const hangs = await tool(acme, 'hangs', '/hang-bound', 60_000);
    const works = await tool(globex, 'works', '/works', 10_000);
    const started = await Promise.all(Array.from({ length: inFlight + 15 }, () => start(acme, hangs)));
    const refused = started.filter(({ status }) => status === 429);
    expect(started.filter(({ status }) => status === 202)).toHaveLength(inFlight);
    expect(refused).toHaveLength(15);
    expect(refused[0]!.body.error.code).toBe('rate_limited');
    expect(refused[0]!.body.error.message).toContain(`${inFlight} executions in progress`);
    expect(Number(refused[0]!.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(await open(acme)).toBe(inFlight);
    const { body: events } = await acme.as.operator(
      'GET',
      '/api/events?type=ToolExecutionRequested&limit=100',
    );
    expect(events.items).toHaveLength(inFlight);
    expect((await globex.as.operator('POST', `/api/tools/${works}/execute`, {})).status).toBe(200);

    await allSucceed(acme, '/hang-bound', inFlight);
    // There is room again.
    expect((await start(acme, hangs)).status).toBe(202);
  }, 90_000);

  test('a step whose tool is over the bound stays as it is, gets 429 with Retry-After, and can be completed later', async () => {
    const acme = await newTenant();
    const hangs = await tool(acme, 'hangs', '/hang-full', 60_000);
    const playbook = await publishPlaybook(acme.as.tool_admin, {
      name: 'calls',
      steps: [{ id: 'call', type: 'call_tool', title: 'Call', tool: 'hangs' }],
    });
    const runId = await startRun(acme.as.operator, playbook);
    await stepWhen(acme.as.operator, runId, 'call', 'waiting');
    await Promise.all(Array.from({ length: inFlight }, () => start(acme, hangs)));
    const refused = await complete(acme.as.operator, runId, 'call');
    expect([refused.status, refused.body.error.code]).toEqual([429, 'rate_limited']);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await stepWhen(acme.as.operator, runId, 'call', 'waiting')).executionIds).toEqual([]);
    expect(await open(acme)).toBe(inFlight);

    await allSucceed(acme, '/hang-full', inFlight);
    expect((await complete(acme.as.operator, runId, 'call')).status).toBe(200);
    await allSucceed(acme, '/hang-full', inFlight + 1);
    await stepWhen(acme.as.operator, runId, 'call', 'completed');
  }, 90_000);

  test('while the tools of one tenant’s steps hang, a step of another tenant is completed', async () => {
    const [acme, globex] = [await newTenant(), await newTenant()];
    await tool(acme, 'hangs', '/hang-step', 10_000);
    await tool(globex, 'works', '/works', 10_000);
    const playbookOf = (tenant: TestTenant, name: string) =>
      publishPlaybook(tenant.as.tool_admin, {
        name: 'calls',
        steps: [{ id: 'call', type: 'call_tool', title: 'Call', tool: name }],
      });
    const [acmeCalls, globexCalls] = [await playbookOf(acme, 'hangs'), await playbookOf(globex, 'works')];
    const runs = await Promise.all(
      Array.from({ length: inFlight - 5 }, () => startRun(acme.as.operator, acmeCalls)),
    );
    for (const runId of runs) await stepWhen(acme.as.operator, runId, 'call', 'waiting');
    const completions = await Promise.all(runs.map((runId) => complete(acme.as.operator, runId, 'call')));
    expect(new Set(completions.map(({ status }) => status))).toEqual(new Set([200]));
    await eventually(() => hanging.length > 0);

    const runId = await startRun(globex.as.operator, globexCalls);
    await stepWhen(globex.as.operator, runId, 'call', 'waiting');
    expect((await complete(globex.as.operator, runId, 'call')).status).toBe(200);
    await stepWhen(globex.as.operator, runId, 'call', 'completed');
    expect(await open(acme)).toBe(runs.length);
    await allSucceed(acme, '/hang-step', runs.length);
    for (const each of runs) await stepWhen(acme.as.operator, each, 'call', 'completed');
  }, 120_000);
});
