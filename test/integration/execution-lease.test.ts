import type pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { claimAttempt, workerLost } from '../../shared/executions/db/executions-claim.ts';
import { leaseMs, renewLeases } from '../../shared/executions/db/executions-lease.ts';
import { settleAttempt } from '../../shared/executions/db/executions-settle.ts';
import { createLease } from '../../worker/activities/lease.ts';
import { connectAdmin } from '../support/connect-admin.ts';
import { eventually } from '../support/eventually.ts';
import { type ExecutionStack, startExecutionStack } from '../support/execution-stack.ts';
import { type ProviderServer, sendJson, startProvider } from '../support/provider-server.ts';

describe('the lease of an attempt', () => {
  let stack: ExecutionStack;
  let working: ExecutionStack;
  let provider: ProviderServer;
  let admin: pg.Client;
  const tools: Record<string, string> = {};

  beforeAll(async () => {
    [stack, working] = await Promise.all([startExecutionStack({ worker: false }), startExecutionStack()]);
    provider = await startProvider((_request, response) => sendJson(response, 200, {}));
    admin = await connectAdmin();
    await stack.allowHosts(provider.host);
    await working.allowHosts(provider.host);
    for (const method of ['GET', 'POST'] as const) {
      const name = `one_${method.toLowerCase()}`;
      const config = { method, url: `${provider.url}/${name}` };
      const retry = { maxAttempts: 1 };
      tools[method] = await stack.createTool({
        name,
        type: 'http',
        timeoutMs: 500,
        deadlineMs: 2000,
        retry,
        config,
      });
    }
  });
  afterAll(async () => {
    await stack?.close();
    await working?.close();
    await provider?.close();
    await admin?.end();
  });

  const tenant = <T>(work: Parameters<typeof stack.services.db.tenant<T>>[1]) =>
    stack.services.db.tenant(stack.identity.tenantId, work);
  const request = async (method: 'GET' | 'POST') =>
    (await stack.execute(tools[method]!, {}, { waitMs: 0 })).id;
  const claim = (id: string, worker: string) => tenant((c) => claimAttempt(c, id, worker, true));
  const renew = (id: string, number: number, worker: string) =>
    tenant((c) => renewLeases(c, worker, [{ executionId: id, number }]));
  const lose = (id: string, number: number) =>
    tenant((c) =>
      settleAttempt(c, {
        tenantId: c.tenantId,
        executionId: id,
        attempt: { number, status: 'unknown', error: { code: workerLost, message: 'Lost.' } },
        settlement: { status: 'running', willRetryAt: new Date() },
        lost: true,
      }),
    );
  const leaseOf = async (id: string): Promise<Date> => {
    const { rows } = await admin.query(
      'SELECT lease_until FROM execution_attempt WHERE execution_id = $1 ORDER BY number DESC LIMIT 1',
      [id],
    );
    return rows[0].lease_until;
  };
  /** The worker was lost a minute ago; its lease ends in so many seconds. */
  const age = (id: string, endsIn: number) =>
    admin.query(
      `UPDATE execution_attempt SET started_at = now() - interval '1 minute',
        lease_until = now() + make_interval(secs => $2)
       WHERE execution_id = $1 AND status = 'running'`,
      [id, endsIn],
    );
  const ended = async (id: string, from = stack) => {
    await eventually(async () => (await from.read(id)).completedAt !== null, { timeoutMs: 30_000 });
    return from.read(id);
  };

  test('a worker may send for as long as its lease holds by both clocks, and not before its claim is older', () => {
    const now = { monotonic: 1000, wall: 5000 };
    const lease = createLease({ executionId: 'one', number: 1 }, { ...now }, () => now);
    now.monotonic += leaseMs - 1;
    expect(lease.holds()).toBe(true);
    now.monotonic += 1;
    expect(lease.holds()).toBe(false);
    lease.renewed({ ...now });
    expect(lease.holds()).toBe(true);
    // The machine slept: only the wall clock has counted on.
    now.wall += leaseMs;
    expect(lease.holds()).toBe(false);
  });

  test('an attempt is not taken over while its lease holds, and neither renewed nor settled by its owner afterwards', async () => {
    const id = await request('GET');
    await claim(id, 'owner');
    expect(await lose(id, 1)).toBeNull();
    expect(await renew(id, 1, 'another')).toEqual([]);
    const before = await leaseOf(id);
    expect(await renew(id, 1, 'owner')).toHaveLength(1);
    expect((await leaseOf(id)).getTime()).toBeGreaterThan(before.getTime());
    await age(id, -1);
    // Its owner was slow, but no one has taken it over.
    expect(await renew(id, 1, 'owner')).toHaveLength(1);
    expect(await lose(id, 1)).toBeNull();
    await age(id, -1);
    expect(await lose(id, 1)).toMatchObject({ lost_attempts: 1 });
    expect(await renew(id, 1, 'owner')).toEqual([]);
    // A lost attempt is not one of those that the tool allows, and its time does not count.
    expect((await claim(id, 'another'))?.claimed?.number).toBe(2);
    expect((await stack.read(id)).maxAttempts).toBe(2);
  });

  test('an attempt of the version before has no lease, and is taken over as late', async () => {
    const id = await request('GET');
    await claim(id, 'before');
    await admin.query('UPDATE execution_attempt SET lease_until = NULL WHERE execution_id = $1', [id]);
    expect(await lose(id, 1)).toBeNull();
    expect((await claim(id, 'another'))?.latest?.waitMs).toBeGreaterThan(0);
  });

  test('a worker waits for the lease of another one; then what is safe is made again although its only attempt was lost', async () => {
    const [get, post, often] = [await request('GET'), await request('POST'), await request('GET')];
    for (const id of [get, post, often]) {
      await claim(id, 'lost');
      await age(id, 2);
    }
    // Its earlier workers were lost too, not by its doing.
    await admin.query('UPDATE tool_execution SET lost_attempts = 4, deadline_at = now() WHERE id = $1', [
      often,
    ]);
    await admin.query('UPDATE execution_attempt SET cleared = true WHERE execution_id = $1', [often]);
    const lease = await leaseOf(get);
    await stack.startWorker();
    const again = await ended(get);
    expect(again).toMatchObject({
      status: 'succeeded',
      attempts: [{ status: 'unknown', error: { code: workerLost } }, { status: 'succeeded' }],
    });
    expect(new Date(again.attempts[1]!.startedAt).getTime()).toBeGreaterThanOrEqual(lease.getTime());
    expect(await ended(post)).toMatchObject({ failure: { code: 'outcome_unknown', retryable: false } });
    expect((await ended(often)).failure).toEqual({
      code: 'outcome_unknown',
      message: 'The worker was lost during the call, 5 times in all. It is safe to execute it again.',
      retryable: true,
    });
    expect(provider.requests.map(({ url }) => url)).toEqual(['/one_get']);
  });

  test('a worker that waits for a response keeps its lease', async () => {
    let respond = () => {};
    provider.respond = (_request, response) => {
      respond = () => sendJson(response, 200, {});
    };
    const tool = await working.createTool({
      name: 'slow',
      type: 'http',
      config: { method: 'POST', url: provider.url },
    });
    const before = provider.requests.length;
    const { id } = await working.execute(tool, {}, { waitMs: 0 });
    await eventually(() => provider.requests.length > before);
    const first = await leaseOf(id);
    await eventually(async () => (await leaseOf(id)) > first);
    respond();
    expect(await ended(id, working)).toMatchObject({ status: 'succeeded', attempts: [{ number: 1 }] });
  });
});
