import { readFileSync } from 'node:fs';
import { get } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { Pool } from 'undici';
import type { BenchOptions, BenchRow } from './bench-row.ts';
import { type BenchServers, startBenchServers } from './bench-servers.ts';
import { measure, median, percentile } from './measure.ts';

// Bench 11: what an event costs the main thread of the product with 200 live subscribers, beside none. An event costs
// what the execution costs that writes it, so both are measured under the same load.

const subscribers = 200;
const concurrency = 4;
/** Workflows close, and the live tail reads, a moment after the calls. */
const tailMs = 1_500;

/** Milliseconds of the main thread. */
interface Phase {
  ms: number;
  perSecond: number;
  /** What each subscriber got; null without one. */
  events: number | null;
}

export async function run({ quick, log }: BenchOptions): Promise<BenchRow[]> {
  const servers = await startBenchServers();
  const product = new Pool(servers.apiUrl, { connections: 32 });
  try {
    const execute = await prepareTool(servers, product);
    log('bench 11: warm-up');
    await measure({ concurrency: 16, count: quick ? 600 : 1_500 }, execute);
    const count = quick ? 100 : 250;
    const phase = (open: number) => phaseOf(servers, execute, open, count);
    const { events } = await phase(subscribers);
    if (!events) throw new Error('No event arrived at the subscribers.');
    const phases = new Map<number, Phase[]>([0, subscribers].map((open) => [open, []]));
    for (let round = 0; round < (quick ? 4 : 8); round++) {
      const order = round % 2 === 0 ? [0, subscribers] : [subscribers, 0];
      for (const open of order) phases.get(open)!.push(await phase(open));
      log(`bench 11: round ${round + 1}`);
    }
    const [none, many] = [phases.get(0)!, phases.get(subscribers)!];
    const ratios = none.map(({ ms }, round) => many[round]!.ms / ms);
    return [
      {
        number: 11,
        name: `${subscribers} live subscribers: main thread per event ÷ none`,
        value: median(ratios),
        quartiles: [percentile(ratios, 0.25), percentile(ratios, 0.75)],
        aim: { op: '<=', value: 2 },
        table: {
          head: ['subscribers', 'main thread per event (ms)', 'executions per second'],
          rows: [...phases].map(([open, all]) => [
            open,
            (median(all.map(({ ms }) => ms)) / events).toFixed(2),
            median(all.map(({ perSecond }) => perSecond)).toFixed(0),
          ]),
        },
      },
    ];
  } finally {
    await product.close();
    await servers.stop();
  }
}

async function phaseOf(
  servers: BenchServers,
  execute: () => Promise<unknown>,
  open: number,
  count: number,
): Promise<Phase> {
  const streams = await Promise.all(Array.from({ length: open }, () => subscribe(servers)));
  const before = mainThreadMs(servers.apiPid);
  const { elapsedMs } = await measure({ concurrency, count }, execute);
  await sleep(tailMs);
  const ms = mainThreadMs(servers.apiPid) - before;
  const counts = new Set(streams.map((stream) => stream.close()));
  if (counts.size > 1) throw new Error(`The subscribers got different numbers of events: ${[...counts]}.`);
  return { ms, perSecond: count / (elapsedMs / 1000), events: [...counts][0] ?? null };
}

async function prepareTool(servers: BenchServers, product: Pool): Promise<() => Promise<unknown>> {
  const call = async (method: 'POST' | 'PUT', path: string, body: unknown) => {
    const response = await product.request({
      method,
      path,
      headers: { authorization: `Bearer ${servers.apiKey}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    const text = await response.body.text();
    if (response.statusCode >= 300) throw new Error(`${method} ${path}: ${response.statusCode} ${text}`);
    return text;
  };
  await call('PUT', '/api/settings/egress', { privateHosts: [new URL(servers.echoUrl).host] });
  const config = { method: 'GET', url: `${servers.echoUrl}/` };
  const tool = JSON.parse(await call('POST', '/api/tools', { name: 'watched', type: 'http', config }));
  return () => call('POST', `/api/tools/${tool.id}/execute`, { payload: {} });
}

/** Opens a stream of the tenant's events. `close` returns how many have arrived. */
function subscribe({ apiUrl, apiKey }: BenchServers): Promise<{ close(): number }> {
  const headers = { accept: 'text/event-stream', authorization: `Bearer ${apiKey}` };
  return new Promise((resolve, reject) => {
    const request = get(`${apiUrl}/api/events/stream`, { headers, agent: false }, (response) => {
      if (response.statusCode !== 200) reject(new Error(`The stream was refused: ${response.statusCode}`));
      let events = 0;
      const marker = Buffer.from('\ndata: ');
      response.on('error', () => {});
      response.on('data', (chunk: Buffer) => {
        for (let at = chunk.indexOf(marker); at !== -1; at = chunk.indexOf(marker, at + 1)) events++;
        resolve({
          close() {
            request.destroy();
            return events;
          },
        });
      });
    });
    request.on('error', reject);
  });
}

/** CPU time of the main thread of a process since its start. Linux only. */
function mainThreadMs(pid: number): number {
  const [ns] = readFileSync(`/proc/${pid}/task/${pid}/schedstat`, 'utf8').split(' ');
  return Number(ns) / 1e6;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const quick = process.argv.includes('--quick');
  for (const row of await run({ quick, log: console.log })) {
    const [low, high] = row.quartiles ?? [Number.NaN, Number.NaN];
    console.log(`${row.number} ${row.name}: ${row.value.toFixed(2)} (${low.toFixed(2)}–${high.toFixed(2)})`);
    console.table(row.table?.rows);
  }
}
