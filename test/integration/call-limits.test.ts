import type { ServerResponse } from 'node:http';
import type pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { connectAdmin } from '../support/connect-admin.ts';
import { eventually } from '../support/eventually.ts';
import { type ProviderServer, type Respond, sendJson, startProvider } from '../support/provider-server.ts';
import { type ApiResponse, startTestApi, type TestApi, type TestTenant } from '../support/test-api.ts';

const timeoutMs = 60_000;
/** Of a test: they run at the same time. */
const testMs = 240_000;

describe('limits of calls, in two processes', () => {
  let apis: [TestApi, TestApi];
  let admin: pg.Client;

  beforeAll(async () => {
    [...apis] = await Promise.all([startTestApi(), startTestApi()]);
    admin = await connectAdmin();
  });
  afterAll(async () => {
    await Promise.all(apis?.map((api) => api.close()) ?? []);
    await admin?.end();
  });

  /** A tenant, its provider, and what it can be asked to do through either process. */
  async function stage(respond: Respond = (_request, response) => sendJson(response, 200, {})) {
    const provider = await startProvider(respond);
    const tenant = await apis[0].tenant({ privateHosts: [provider.host] });
    let turn = 0;
    const execute = (toolId: string, headers = {}): Promise<ApiResponse> => {
      const api = apis[turn++ % 2]!;
      return api.call(tenant.keys.operator)('POST', `/api/tools/${toolId}/execute`, {}, headers);
    };
    return {
      provider,
      tenant,
      execute,
      start: (toolId: string) => execute(toolId, { prefer: 'respond-async' }),
      read: async (id: string) => (await tenant.as.operator('GET', `/api/tools/executions/${id}`)).body,
      tool: (name: string, more: object = {}) => newTool(tenant, provider, name, more),
      limit: async (limits: object) => {
        const { status, body } = await tenant.as.tool_admin('PUT', '/api/limits/tenant', limits);
        expect(status, JSON.stringify(body)).toBe(200);
        return body;
      },
      breaker: async () => (await tenant.as.operator('GET', '/api/breakers')).body.items[0],
    };
  }

  async function newTool(tenant: TestTenant, provider: ProviderServer, name: string, more: object) {
    const { body, status } = await tenant.as.tool_admin('POST', '/api/tools', {
      name,
      type: 'http',
      config: { method: 'GET', url: `${provider.url}/${name}` },
      retry: { maxAttempts: 1 },
      ...more,
    });
    expect(status, JSON.stringify(body)).toBe(201);
    return body.id as string;
  }

  const statusesOf = (responses: ApiResponse[], status: number) =>
    responses.filter((response) => response.status === status);

  // Again if it takes longer than the minute that gives one more call.
  test.concurrent('rates of a tool, its connector and its tenant are exact over processes, and a call takes all of them or none', {
    retry: 2,
    timeout: testMs,
  }, async () => {
    const { provider, tenant, execute, tool, limit } = await stage();
    const once = (burst: number) => ({ requestsPerMinute: 1, burst });
    await limit({ rateLimit: once(6) });
    const { body: connector } = await tenant.as.tool_admin('POST', '/api/connectors', {
      name: 'api',
      baseUrl: provider.url,
      policy: { rateLimit: once(4) },
    });
    const through = { config: { connectorId: connector.id, method: 'GET', path: '/' } };
    const [narrow, wide, free] = [
      await tool('narrow', { ...through, rateLimit: once(2) }),
      await tool('wide', through),
      await tool('free'),
    ];
    const many = async (toolId: string, count: number) => {
      const responses = await Promise.all(Array.from({ length: count }, () => execute(toolId)));
      return { ok: statusesOf(responses, 200).length, refused: statusesOf(responses, 429) };
    };

    const first = await many(narrow, 12);
    expect([first.ok, first.refused.length]).toEqual([2, 10]);
    expect(first.refused[0]!.body.error.message).toContain('narrow is limited to 1 executions per minute');
    expect(Number(first.refused[0]!.headers.get('retry-after'))).toBeGreaterThan(0);
    const second = await many(wide, 8);
    expect([second.ok, second.refused.length]).toEqual([2, 6]);
    expect(second.refused[0]!.body.error.message).toContain('The connector api');
    const third = await many(free, 8);
    expect([third.ok, third.refused.length]).toEqual([2, 6]);
    expect(third.refused[0]!.body.error.details.limit).toBe('tenant');
    expect(provider.requests).toHaveLength(6);

    const { body: limits } = await tenant.as.operator('GET', '/api/limits');
    expect(limits.tenant.rate).toMatchObject({ burst: 6, used: 6 });
    expect(limits.items).toMatchObject([
      { kind: 'connector', name: 'api', rate: { burst: 4, used: 4 } },
      { kind: 'tool', name: 'narrow', rate: { burst: 2, used: 2 } },
    ]);
    // A process that knows the old limit asks again before it refuses.
    await limit({ rateLimit: once(8) });
    const fourth = await many(free, 4);
    expect([fourth.ok, fourth.refused.length]).toEqual([2, 2]);
    await provider.close();
  });

  test.concurrent('a host gets no more calls at once than its bound, the others wait and say why, and a lost process frees its places', {
    timeout: testMs,
  }, async () => {
    const hanging: ServerResponse[] = [];
    let most = 0;
    const { provider, tenant, start, read, tool, limit } = await stage((_request, response) => {
      hanging.push(response);
      most = Math.max(most, hanging.length);
    });
    await limit({ hosts: [{ host: provider.host, concurrency: 2 }] });
    const toolId = await tool('slow', { timeoutMs: 60_000, deadlineMs: 600_000 });
    // Of a process that was lost in the middle of a call.
    await admin.query(
      `INSERT INTO call_place (tenant_id, scope, execution_id, lease_until)
       VALUES ($1, $2, gen_random_uuid(), now() + interval '2 s')`,
      [tenant.id, `host:${provider.host}`],
    );
    const started = await Promise.all(Array.from({ length: 6 }, () => start(toolId)));
    const ids = started.map(({ body }) => body.id as string).toSorted();
    await eventually(() => hanging.length === 2, { timeoutMs });
    const last = await read(ids.at(-1)!);
    const waiting = (await Promise.all(ids.map(read))).filter((execution) => execution.waiting);
    expect(waiting).toHaveLength(4);
    for (const { waiting: why } of waiting)
      expect(why).toMatchObject({ reason: 'concurrency', nextTryAt: null });
    expect(last.status).toBe(last.waiting ? 'requested' : 'running');
    expect(Math.max(...waiting.map(({ waiting: why }) => why.ahead))).toBe(3);
    await eventually(
      async () => {
        for (const response of hanging.splice(0)) sendJson(response, 200, {});
        const all = await Promise.all(ids.map(read));
        return all.every(({ status }) => status === 'succeeded');
      },
      { timeoutMs },
    );
    expect(most).toBe(2);
    expect(provider.requests).toHaveLength(6);
    const left = await admin.query('SELECT FROM call_place WHERE tenant_id = $1', [tenant.id]);
    expect(left.rows).toHaveLength(0);
    await provider.close();
  });

  test.concurrent('a tool bounds its own calls at once, also those that begin with their row', {
    timeout: testMs,
  }, async () => {
    const hanging: ServerResponse[] = [];
    let most = 0;
    const { provider, start, read, tool } = await stage((_request, response) => {
      hanging.push(response);
      most = Math.max(most, hanging.length);
    });
    const toolId = await tool('short', { policy: { concurrency: 1 } });
    const ids = (await Promise.all([start(toolId), start(toolId), start(toolId)])).map(({ body }) => body.id);
    await eventually(
      async () => {
        for (const response of hanging.splice(0)) sendJson(response, 200, {});
        return (await Promise.all(ids.map(read))).every(({ status }) => status === 'succeeded');
      },
      { timeoutMs },
    );
    expect(most).toBe(1);
    await provider.close();
  });

  test.concurrent('failures open the breaker of a host in every process: unsafe calls fail at once, safe ones wait until it is reset', {
    timeout: testMs,
  }, async () => {
    let broken = true;
    const { provider, tenant, execute, start, read, tool, limit, breaker } = await stage(
      (_request, response) => sendJson(response, broken ? 500 : 200, {}),
    );
    await limit({ circuitBreaker: { consecutiveFailures: 3, openSeconds: 3600 } });
    const [reads, writes, fails] = [
      await tool('reads'),
      await tool('writes', { config: { method: 'POST', url: `${provider.url}/writes` } }),
      await tool('fails', { policy: { whenPaused: 'fail' } }),
    ];
    await execute(writes);
    await execute(writes);
    // Counted in each process: one of them sees three in a row.
    await eventually(
      async () => {
        await execute(fails);
        return (await breaker())?.state === 'open';
      },
      { timeoutMs },
    );
    expect(await breaker()).toMatchObject({ host: provider.host, state: 'open' });
    expect((await breaker()).reason).toContain('3 calls in a row failed, the last one with 500');
    const before = provider.requests.length;
    for (const toolId of [writes, fails, writes, fails]) {
      const refused = await execute(toolId);
      expect([refused.status, refused.body.failure.code, refused.body.failure.retryable]).toEqual([
        503,
        'circuit_open',
        true,
      ]);
      expect(refused.body.failure.message).toContain('Nothing was sent.');
    }
    const waits = [(await start(reads)).body.id, (await start(reads)).body.id];
    const first = await read(waits[0]);
    expect(first).toMatchObject({ status: 'requested', waiting: { reason: 'breaker_open', ahead: 0 } });
    expect(Date.parse(first.waiting.nextTryAt)).toBeGreaterThan(Date.now());
    expect((await read(waits[1])).waiting.ahead).toBe(1);
    expect(provider.requests).toHaveLength(before);

    broken = false;
    const { id } = await breaker();
    const reset = await tenant.as.tool_admin('POST', `/api/breakers/${id}/reset`);
    expect([reset.status, reset.body.state]).toEqual([200, 'closed']);
    for (const execution of waits)
      await eventually(async () => (await read(execution)).status === 'succeeded', { timeoutMs });
    expect((await execute(writes)).status).toBe(200);
    await provider.close();
  });

  test.concurrent('one call probes a host whose breaker is open, and closes it when it succeeds', {
    timeout: testMs,
  }, async () => {
    let broken = true;
    const hanging: ServerResponse[] = [];
    const { provider, tenant, execute, start, read, tool, limit, breaker } = await stage(
      (_request, response) => {
        if (broken) sendJson(response, 503, {});
        else hanging.push(response);
      },
    );
    await limit({ circuitBreaker: { consecutiveFailures: 2, openSeconds: 1 } });
    const toolId = await tool('probes', { timeoutMs: 60_000, deadlineMs: 600_000 });
    const fails = await tool('fails', { policy: { whenPaused: 'fail' } });
    await eventually(
      async () => {
        await execute(fails);
        return (await breaker())?.state === 'open';
      },
      { timeoutMs },
    );
    broken = false;
    const before = provider.requests.length;
    const ids = (await Promise.all(Array.from({ length: 4 }, () => start(toolId)))).map(
      ({ body }) => body.id,
    );
    await eventually(() => hanging.length > 0, { timeoutMs });
    expect((await breaker()).state).toBe('half_open');
    const waiting = await Promise.all(ids.map(read));
    expect(waiting.filter((execution) => execution.waiting?.reason === 'breaker_open')).toHaveLength(3);
    expect(provider.requests).toHaveLength(before + 1);
    await eventually(
      async () => {
        for (const response of hanging.splice(0)) sendJson(response, 200, {});
        return (await Promise.all(ids.map(read))).every(({ status }) => status === 'succeeded');
      },
      { timeoutMs },
    );
    const { id, state } = await breaker();
    expect(state).toBe('closed');
    const { body } = await tenant.as.tool_admin('GET', `/api/events?subjectType=breaker&subjectId=${id}`);
    const types = body.items.map(({ type }: { type: string }) => type);
    expect([types[0], types.at(-1)]).toEqual(['BreakerClosed', 'BreakerOpened']);
    await provider.close();
  });

  test.concurrent('calls to a host are held by hand, and a refused call or a 4xx never opens a breaker', {
    timeout: testMs,
  }, async () => {
    const { provider, tenant, execute, start, read, tool, limit, breaker } = await stage(
      (_request, response) => sendJson(response, 404, {}),
    );
    await limit({ circuitBreaker: { consecutiveFailures: 2 } });
    const toolId = await tool('missing', { config: { method: 'POST', url: `${provider.url}/missing` } });
    for (let call = 0; call < 6; call++) expect((await execute(toolId)).status).toBe(502);
    expect(await breaker()).toBeUndefined();
    const held = await tenant.as.tool_admin('POST', '/api/breakers', {
      host: provider.host,
      reason: 'Maintenance.',
    });
    expect([held.status, held.body.state]).toEqual([201, 'held']);
    for (let call = 0; call < 2; call++) {
      const { status, body } = await execute(toolId);
      expect([status, body.failure.message]).toEqual([
        503,
        `Calls to ${provider.host} are held: Maintenance. Nothing was sent.`,
      ]);
    }
    // One that is safe to retry waits, but not longer than it may take in all.
    const safe = await tool('safe', { timeoutMs: 500, deadlineMs: 1000 });
    const { body: waiting } = await start(safe);
    expect(waiting.status).toBe('requested');
    const ended = await eventually(
      async () => {
        const execution = await read(waiting.id);
        return execution.status === 'failed' && execution;
      },
      { timeoutMs },
    );
    expect(ended.failure).toMatchObject({ code: 'circuit_open', retryable: true });
    expect(provider.requests).toHaveLength(6);
    await provider.close();
  });
});
