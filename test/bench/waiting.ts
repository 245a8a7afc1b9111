import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { BenchOptions, BenchRow } from './bench-row.ts';
import { startBenchServers } from './bench-servers.ts';
import { measure, median, percentile } from './measure.ts';
import { residentMegabytes } from './process-usage.ts';
import { createProductClient, type ProductClient } from './product-client.ts';
import { machine, rowsToMarkdown } from './report.ts';

// Row 7: what waiting runs cost the others. `npm run bench:waiting` writes docs/performance-waiting.md.

const [executes, wakes, slices] = [300, 100, 5];

export async function run({ quick, log }: BenchOptions, waiting = quick ? 500 : 5000): Promise<BenchRow[]> {
  const servers = await startBenchServers();
  const client = createProductClient(servers);
  try {
    const toolId = await client.createTool('echo', servers.echoUrl);
    await definePlaybook(client);
    const execute = () => client.call('POST', `/api/tools/${toolId}/execute`, { payload: {} });
    const executeP50 = async () =>
      median((await measure({ concurrency: 1, count: executes }, execute)).latencies);
    const start = async () =>
      String((await client.call('POST', '/api/playbook-runs', { playbookId: 'waits' })).id);
    log('Warming up …');
    await measure({ concurrency: 8, count: quick ? executes : 1500 }, execute);

    const points = [{ waiting: 0, p50: await executeP50(), megabytes: residentMegabytes(servers.apiPid) }];
    const ids: string[] = [];
    let startedMs = 0;
    for (let slice = 1; slice <= slices; slice++) {
      const count = Math.ceil(waiting / slices);
      const started = await measure({ concurrency: 16, count }, async () => {
        ids.push(await start());
      });
      startedMs += started.elapsedMs;
      for (const id of ids.slice(-count)) await untilWaiting(client, id);
      const point = {
        waiting: ids.length,
        p50: await executeP50(),
        megabytes: residentMegabytes(servers.apiPid),
      };
      points.push(point);
      log(`${point.waiting} waiting: p50 ${point.p50.toFixed(1)} ms, ${point.megabytes.toFixed(0)} MB`);
    }

    // The first runs left the worker's cache long ago; the latest are in it.
    const cold = await completeAll(client, ids.slice(0, wakes));
    const warmIds: string[] = [];
    for (let index = 0; index < wakes; index++) {
      const id = await start();
      warmIds.push(id);
      await untilWaiting(client, id);
    }
    const warm = await completeAll(client, warmIds);
    return toRows({ points, cold, warm, perSecond: (ids.length / startedMs) * 1000 });
  } finally {
    await client.close();
    await servers.stop();
  }
}

async function completeAll(client: ProductClient, ids: string[]): Promise<number[]> {
  const left = [...ids];
  const { latencies } = await measure({ concurrency: 1, count: ids.length }, () =>
    client.call('POST', `/api/playbook-runs/${left.shift()}/steps/wait/complete`, {}),
  );
  return latencies;
}

async function untilWaiting(client: ProductClient, id: string): Promise<void> {
  for (;;) {
    const { currentSteps } = await client.call('GET', `/api/playbook-runs/${id}`);
    if ((currentSteps as string[]).includes('wait')) return;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

async function definePlaybook(client: ProductClient): Promise<void> {
  const steps = [{ id: 'wait', type: 'manual', title: 'Wait' }];
  const { id } = await client.call('POST', '/api/playbooks', { name: 'waits', title: 'Waits', steps });
  await client.call('POST', `/api/playbooks/${id}/publish`, {});
}

function toRows({
  points,
  cold,
  warm,
  perSecond,
}: {
  points: { waiting: number; p50: number; megabytes: number }[];
  cold: number[];
  warm: number[];
  perSecond: number;
}): BenchRow[] {
  const [none, first, last] = [points[0]!, points[1]!, points.at(-1)!];
  const waiting = last.waiting.toLocaleString('en-GB');
  const ms = (list: number[], share: number) => percentile(list, share).toFixed(0);
  return [
    {
      number: '7a',
      name: `synchronous execute, p50 with ${waiting} waiting runs ÷ with none`,
      value: last.p50 / none.p50,
      aim: { op: '<=', value: 1.2 },
      table: {
        head: ['waiting runs', 'execute p50, ms', 'resident memory, MB'],
        rows: points.map((point) => [point.waiting, point.p50.toFixed(1), point.megabytes.toFixed(0)]),
      },
    },
    {
      number: '7b',
      name: "completing a step of a run that has left the worker's cache, p95 ÷ of one that is in it",
      value: percentile(cold, 0.95) / percentile(warm, 0.95),
      aim: { op: '<=', value: 3 },
      table: {
        head: ['completion over HTTP', 'p50, ms', 'p95, ms', 'runs started per second'],
        rows: [
          ['cold', ms(cold, 0.5), ms(cold, 0.95), perSecond.toFixed(0)],
          ['warm', ms(warm, 0.5), ms(warm, 0.95), ''],
        ],
      },
    },
    {
      number: '7c',
      name: `memory of the process with ${waiting} waiting runs ÷ with a fifth of them`,
      value: last.megabytes / first.megabytes,
      // Flat.
      aim: { op: '<=', value: 1.1 },
    },
  ];
}

if (import.meta.main) {
  const { values } = parseArgs({
    options: { waiting: { type: 'string' }, quick: { type: 'boolean', default: false } },
  });
  const waiting = values.waiting === undefined ? undefined : Number(values.waiting);
  const rows = await run({ quick: values.quick, log: console.log }, waiting);
  const markdown = `# Waiting playbooks

Written by \`npm run bench:waiting\` on ${new Date().toISOString().slice(0, 10)} (${machine()}). Runs wait at a manual step; the aim speaks of 100,000
(\`--waiting 100000\`). One process is API and worker, on an embedded PostgreSQL and the tuned Temporal development server.
Only the ratios carry over to other machines.

${rowsToMarkdown(rows)}
`;
  console.log(markdown);
  if (!values.quick) writeFileSync(join(import.meta.dirname, '../../docs/performance-waiting.md'), markdown);
}
