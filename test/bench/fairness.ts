import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { BenchOptions, BenchRow } from './bench-row.ts';
import { startBenchServers } from './bench-servers.ts';
import { measure, median, percentile, ratioOf } from './measure.ts';
import { createProductClient, type ProductClient } from './product-client.ts';

// Row 8: what a tenant with many tasks costs one with few.

/** Tasks of the large tenant, how many of its clients send them, and how long each takes at its provider. */
const [tasks, clients, taskMs] = [10_000, 16, 8000];

/** A tenant that has many tasks, and sends each of them until it is accepted. */
interface Crowd {
  accepted: number;
  refused: number;
  /** Once a task was refused: as many as may be are in progress. */
  full: Promise<void>;
  stop(): Promise<void>;
}

export async function run({ quick, log }: BenchOptions): Promise<BenchRow[]> {
  const [rounds, calls] = quick ? [2, 60] : [6, 150];
  const servers = await startBenchServers();
  const small = createProductClient(servers, 4);
  const large = createProductClient({ apiUrl: servers.apiUrl, apiKey: servers.otherKey }, clients);
  const slow = createServer((_request, response) => {
    setTimeout(() => response.setHeader('content-type', 'application/json').end('{}'), taskMs);
  }).listen(0, '127.0.0.1');
  await once(slow, 'listening');
  try {
    const own = await small.createTool('small', servers.echoUrl);
    const slowUrl = `http://127.0.0.1:${(slow.address() as AddressInfo).port}`;
    const others = await large.createTool('large', slowUrl);
    const latencies = async (count: number) =>
      (await measure({ concurrency: 1, count }, () => small.execute(own))).latencies;
    log('Warming up …');
    await measure({ concurrency: 8, count: quick ? 200 : 1000 }, () => small.execute(own));
    const [alone, behind]: [number[][], number[][]] = [[], []];
    let [accepted, refused] = [0, 0];
    for (let round = 0; round < rounds; round++) {
      log(`Round ${round + 1} of ${rounds}: alone, then behind the tasks`);
      alone.push(await latencies(calls));
      const crowd = startCrowd(large, others);
      await crowd.full;
      log(`${crowd.accepted} tasks accepted`);
      behind.push(await latencies(calls));
      log('measured');
      await crowd.stop();
      accepted += crowd.accepted;
      refused += crowd.refused;
      await untilSettled(large);
      log(
        `Round ${round + 1}: p95 alone ${percentile(alone.at(-1)!, 0.95).toFixed(1)} ms, behind ${percentile(behind.at(-1)!, 0.95).toFixed(1)} ms, ${crowd.accepted} tasks accepted, ${crowd.refused} refusals`,
      );
    }
    const p95 = (all: number[][]) => all.map((one) => percentile(one, 0.95));
    const row = (name: string, all: number[][]) => [
      name,
      median(all.flat()).toFixed(1),
      percentile(all.flat(), 0.95).toFixed(1),
      Math.max(...all.flat()).toFixed(1),
    ];
    return [
      {
        number: 8,
        name: `p95 of a tenant that executes one tool at a time, behind one with ${tasks} tasks ÷ alone`,
        ...ratioOf(p95(behind), p95(alone)),
        aim: { op: '<=', value: 3 },
        table: {
          head: [
            `${accepted} tasks were accepted, ${refused} times one was refused for now`,
            'p50 ms',
            'p95 ms',
            'longest ms',
          ],
          rows: [row('alone', alone), row('behind the tasks', behind)],
        },
      },
    ];
  } finally {
    await Promise.all([small.close(), large.close()]);
    await servers.stop();
    slow.closeAllConnections();
    slow.close();
  }
}

function startCrowd(client: ProductClient, toolId: string): Crowd {
  let left = tasks;
  let stopped = false;
  const full = Promise.withResolvers<void>();
  const crowd: Crowd = {
    full: full.promise,
    accepted: 0,
    refused: 0,
    async stop() {
      stopped = true;
      await lanes;
    },
  };
  const lane = async () => {
    while (!stopped && left > 0) {
      const { status, retryAfter, body } = await client.request('POST', `/api/tools/${toolId}/execute`, {
        payload: {},
        waitMs: 0,
      });
      if (status === 202) {
        left -= 1;
        crowd.accepted += 1;
      } else if (retryAfter > 0) {
        crowd.refused += 1;
        full.resolve();
        await sleep(retryAfter * 1000);
      } else throw new Error(`A task: ${status} ${JSON.stringify(body)}`);
    }
  };
  const lanes = Promise.all(Array.from({ length: clients }, lane));
  lanes.then(() => full.resolve(), full.reject);
  return crowd;
}

/** Nothing of the tenant is open. */
async function untilSettled(client: ProductClient): Promise<void> {
  for (;;) {
    const pages = await Promise.all(
      ['requested', 'running'].map((status) =>
        client.call('GET', `/api/tools/executions?limit=1&status=${status}`),
      ),
    );
    if (pages.every(({ items }) => Array.isArray(items) && items.length === 0)) return;
    await sleep(200);
  }
}
