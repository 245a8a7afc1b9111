import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { responds } from '../../dev/wait-until.ts';
import { percentile } from '../bench/measure.ts';
import type { Part } from '../campaign/part.ts';
import { eventually } from '../support/eventually.ts';
import type { Cluster } from './cluster.ts';
import type { Finding } from './finding.ts';
import { type LoadSeen, runLoad, type Users } from './load.ts';

const patience = { timeoutMs: 120_000, everyMs: 100 };
/** Of a few executions at once. */
const usualMs = 3000;

/** Replaces every process, one after the other, while people and programs work. */
export async function rollCluster(
  cluster: Cluster,
  users: readonly Users[],
  { clients, log }: { clients: number; log: (line: string) => void },
): Promise<Finding> {
  const over = new AbortController();
  const running = runLoad(cluster, users, { clients, signal: over.signal });
  const times: Record<string, number[]> = {};
  const timed = async (kind: string, part: Part, work: () => Promise<void>) => {
    const from = Date.now();
    await work();
    const took = Date.now() - from;
    times[kind] = [...(times[kind] ?? []), took];
    log(`replaced ${part.name} in ${(took / 1000).toFixed(1)} s`);
    // The next one is not replaced before this one has worked for a moment.
    await sleep(1000);
  };
  try {
    await sleep(2000);
    for (const role of ['api', 'worker'] as const)
      for (const [index, part] of cluster.parts[role].entries())
        await timed(role, part, () => replace(cluster, part, cluster.urls[role][index] ?? ''));
    await timed('web', cluster.web, async () => {
      // There is one, so the next one starts before it stops.
      await cluster.addWeb();
      await cluster.web.stop();
      cluster.balancer.remove(cluster.webUrl);
    });
    for (const part of cluster.parts.temporal)
      await timed('Temporal', part, async () => {
        await part.stop();
        await part.start();
        await temporalWorks(users);
      });
  } finally {
    over.abort();
  }
  const seen = await running;
  return findingOf(seen, times);
}

/** Its ports are open before its shards have moved: whoever replaces the next process waits until workflows run as before. */
async function temporalWorks(users: readonly Users[]): Promise<void> {
  const { ana, tools } = users[0]!;
  let good = 0;
  await eventually(async () => {
    const from = performance.now();
    const answers = await Promise.all(
      // A call that may take long begins with its workflow. Eight of them are in other shards each.
      Array.from({ length: 8 }, () => {
        const payload = { callId: `roll-${randomUUID()}`, amount: 1 };
        return ana('POST', `/api/tools/${tools.transfer}/execute`, { payload });
      }),
    );
    const ended = answers.every(({ status, body }) => status === 200 && body.status === 'succeeded');
    good = ended && performance.now() - from < usualMs ? good + 1 : 0;
    return good === 3;
  }, patience);
}

async function replace({ balancer }: Cluster, part: Part, url: string): Promise<void> {
  const balanced = balancer.inService().includes(url);
  await part.stop();
  await part.start();
  await eventually(() => responds(`${url}/readyz`), patience);
  if (balanced) await eventually(() => balancer.inService().includes(url), patience);
}

function findingOf(seen: LoadSeen, times: Record<string, number[]>): Finding {
  const count = Object.values(seen.calls).reduce((sum, each) => sum + each, 0);
  const ms = (share: number) => percentile(seen.latencies, share).toFixed(0);
  return {
    title: 'Rolling',
    lines: [
      `${count} calls, ${seen.failures.length} failed; ${seen.late} executions were accepted with 202.`,
      `Executions: p50 ${ms(0.5)} ms, p95 ${ms(0.95)} ms, longest ${ms(1)} ms.`,
      '',
      '| process | replaced | seconds each |',
      '|---|---|---|',
      ...Object.entries(times).map(
        ([kind, all]) =>
          `| ${kind} | ${all.length} | ${all.map((each) => (each / 1000).toFixed(1)).join(', ')} |`,
      ),
      '',
      `Calls: ${Object.entries(seen.calls)
        .map(([what, each]) => `${what} ${each}`)
        .join(', ')}.`,
    ],
    wrong: seen.failures,
  };
}
