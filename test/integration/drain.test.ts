import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createDrain, type Drain } from '../../api/drain.ts';
import { createMetrics } from '../../api/metrics.ts';
import { buildServer } from '../../api/server.ts';
import { type Balancer, startBalancer } from '../support/balancer.ts';
import { eventually } from '../support/eventually.ts';
import { startTestApi, type TestApi, type TestTenant } from '../support/test-api.ts';

const patience = { timeoutMs: 60_000 };

interface Server {
  app: FastifyInstance;
  url: string;
  drain: Drain;
}

describe('servers behind a load balancer', () => {
  let api: TestApi;
  let acme: TestTenant;
  let servers: Server[];
  let balancer: Balancer;
  let toolId: string;

  beforeAll(async () => {
    api = await startTestApi();
    acme = await api.tenant();
    servers = await Promise.all([start(), start()]);
    balancer = await startBalancer(servers.map(({ url }) => url));
    await eventually(() => balancer.inService().length === 2, patience);
    const { body } = await acme.as.tool_admin('POST', '/api/tools', {
      name: 'slow',
      type: 'dummy',
      config: { delayMs: 40, response: { done: true } },
    });
    toolId = body.id;
  });
  afterAll(async () => {
    await balancer?.close();
    for (const { app } of servers ?? []) await app.close();
    await api?.close();
  });

  async function start(): Promise<Server> {
    const { services } = api;
    const drain = createDrain();
    const app = await buildServer({
      log: services.log,
      accounts: services.accounts,
      services: () => services,
      publicUrl: services.environment.publicUrl,
      metrics: createMetrics(),
      metricsReaders: 'no one',
      webDist: null,
      drain,
    });
    return { app, url: await app.listen({ host: '127.0.0.1', port: 0 }), drain };
  }

  /** Calls one after the other. @returns how each ended, when `over` */
  async function callUntil(over: () => boolean, outcomes: string[]): Promise<void> {
    while (!over()) {
      const response = await fetch(`${balancer.url}/api/tools/${toolId}/execute`, {
        method: 'POST',
        headers: { authorization: `Bearer ${acme.keys.operator}`, 'content-type': 'application/json' },
        body: JSON.stringify({ payload: {} }),
      });
      const { status } = (await response.json()) as { status?: string };
      outcomes.push(`${response.status} ${status}`);
    }
  }

  async function stop({ app, drain, url }: Server): Promise<void> {
    drain.announce();
    // What INTERLOCK_STOP_DELAY_SECONDS is for.
    await eventually(() => !balancer.inService().includes(url) && balancer.pending(url) === 0, patience);
    drain.begin();
    await drain.idle(60_000);
    await app.close();
  }

  test('a server that is stopped under load fails no call; its streams end, and go on elsewhere', async () => {
    const first = servers[0]!;
    const outcomes: string[] = [];
    let over = false;
    const callers = Array.from({ length: 6 }, () => callUntil(() => over, outcomes));
    const stream = await fetch(`${first.url}/api/events/stream`, {
      headers: { authorization: `Bearer ${acme.keys.operator}` },
    });
    const ended = stream.text();
    await eventually(() => outcomes.length > 20, patience);

    first.drain.announce();
    const closing = await fetch(`${first.url}/api/tools`, {
      headers: { authorization: `Bearer ${acme.keys.operator}` },
    });
    // Still served, and the connection is given up in order.
    expect([closing.status, closing.headers.get('connection')]).toEqual([200, 'close']);
    await stop(first);
    const before = outcomes.length;
    await eventually(() => outcomes.length > before + 20, patience);
    over = true;
    await Promise.all(callers);

    expect(outcomes.filter((outcome) => outcome !== '200 succeeded')).toEqual([]);
    expect(await ended).toContain(': connected');
    expect(balancer.inService()).not.toContain(first.url);
  });
});
