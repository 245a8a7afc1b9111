import { fork } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Pool } from 'undici';
import { runAgainst } from './against.ts';
import { startBenchServers } from './bench-servers.ts';
import type { Contender, ContenderRequest, ContenderResult } from './contenders-process.ts';
import { countWrites } from './count-writes.ts';
import { type Measured, measure, median, percentile } from './measure.ts';
import { type BenchResult, type ShapeRow, toMarkdown } from './report.ts';

// `npm run bench`: ratios within one interleaved run, to .cache/bench.json and docs/performance.md.

const { values } = parseArgs({
  options: {
    rounds: { type: 'string' },
    quick: { type: 'boolean', default: false },
    write: { type: 'boolean', default: true },
    against: { type: 'string' },
  },
  allowNegative: true,
});
const rounds = values.quick ? 2 : Number(values.rounds ?? 6);
const perRound = values.quick ? 30 : 60;
const throughputMs = values.quick ? 3000 : 8000;

if (values.against !== undefined) {
  const table = await runAgainst(values.against, {
    quick: values.quick,
    rounds: values.quick ? 4 : Number(values.rounds ?? 10),
    log: console.log,
  });
  console.log(table);
  process.exit(0);
}

const servers = await startBenchServers();
const contenders = fork(join(import.meta.dirname, 'contenders-process.ts'), ['run'], {
  env: { ...servers.env, BENCH_DATABASE_URL: servers.adminUrl, BENCH_ECHO_URL: servers.echoUrl },
});
try {
  await once(contenders, 'message');
  const result = await bench();
  const root = join(import.meta.dirname, '../..');
  writeFileSync(join(root, '.cache/bench.json'), `${JSON.stringify(result, null, 2)}\n`);
  const markdown = toMarkdown(result);
  if (values.write) writeFileSync(join(root, 'docs/performance.md'), markdown);
  console.log(markdown);
} finally {
  contenders.send('stop');
  await once(contenders, 'exit');
  await servers.stop();
}

async function bench(): Promise<BenchResult> {
  const product = await defineTool();
  const shapes: Contender[] = [
    'three_remote',
    'one_remote',
    'one_remote_eager',
    'one_local_eager',
    'one_local_done_at_commit',
    'one_local_head_start',
  ];
  const all: (Contender | 'interlock')[] = ['interlock', 'bare', 'limit', ...shapes];
  const run = async (
    who: Contender | 'interlock',
    how: Omit<ContenderRequest, 'contender'>,
  ): Promise<Measured & { historyEvents?: number }> =>
    who === 'interlock' ? measure(how, product.execute) : contend({ contender: who, ...how });

  console.log('Warming up …');
  for (const who of all) await run(who, { concurrency: 8, count: values.quick ? 50 : 200 });

  const latencies = new Map<string, number[]>(all.map((who) => [who, []]));
  const perSecond = new Map<string, number[]>(all.map((who) => [who, []]));
  const events = new Map<string, number>();
  for (let round = 0; round < rounds; round++) {
    console.log(`Round ${round + 1} of ${rounds}: one at a time`);
    for (const who of all) {
      const measured = await run(who, { concurrency: 1, count: perRound });
      latencies.get(who)!.push(...measured.latencies);
      if (measured.historyEvents) events.set(who, measured.historyEvents);
    }
  }
  for (let round = 0; round < Math.max(1, Math.floor(rounds / 2)); round++) {
    console.log(`Round ${round + 1}: 32 at a time`);
    for (const who of all) {
      const measured = await run(who, { concurrency: 32, durationMs: throughputMs });
      perSecond.get(who)!.push((measured.latencies.length / measured.elapsedMs) * 1000);
    }
  }
  const rows: ShapeRow[] = [];
  for (const who of all) {
    const writes = await countWrites(servers, 50, () => run(who, { concurrency: 1, count: 50 }));
    rows.push({
      name: who,
      p50: median(latencies.get(who)!),
      p95: percentile(latencies.get(who)!, 0.95),
      perSecond: median(perSecond.get(who)!),
      events: who === 'interlock' ? await product.historyEvents() : (events.get(who) ?? null),
      postgresCommits: writes.postgres,
      temporalWrites: writes.temporal,
    });
  }
  const of = (name: string) => rows.find((row) => row.name === name)!;
  const [interlock, bare, limit] = [of('interlock'), of('bare'), of('limit')];
  return {
    at: new Date().toISOString().slice(0, 10),
    machine: `${cpus().length} × ${cpus()[0]?.model ?? 'CPU'}, ${Math.round(totalmem() / 2 ** 30)} GB, Node ${process.versions.node}`,
    benches: [
      { number: 1, value: interlock.p50 / bare.p50, aim: '≤ 0.4', met: interlock.p50 / bare.p50 <= 0.4 },
      { number: 2, value: interlock.p50 / limit.p50, aim: '≤ 1.5', met: interlock.p50 / limit.p50 <= 1.5 },
      {
        number: 3,
        value: interlock.perSecond / bare.perSecond,
        aim: '≥ 1.5',
        met: interlock.perSecond / bare.perSecond >= 1.5,
      },
    ],
    rows,
  };
}

function contend(request: ContenderRequest): Promise<ContenderResult> {
  return new Promise((resolve) => {
    contenders.once('message', (result) => resolve(result as ContenderResult));
    contenders.send(request);
  });
}

/** The product as a client uses it: over HTTP, with an API key. */
async function defineTool() {
  const pool = new Pool(servers.apiUrl, { connections: 64 });
  const call = async (method: 'GET' | 'POST' | 'PUT', path: string, body?: unknown) => {
    const response = await pool.request({
      method,
      path,
      headers: {
        authorization: `Bearer ${servers.apiKey}`,
        ...(body ? { 'content-type': 'application/json' } : {}),
      },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    const json = (await response.body.json()) as Record<string, unknown>;
    if (response.statusCode >= 300)
      throw new Error(`${method} ${path}: ${response.statusCode} ${JSON.stringify(json)}`);
    return json;
  };
  await call('PUT', '/api/settings/egress', { privateHosts: [new URL(servers.echoUrl).host] });
  const { id } = await call('POST', '/api/tools', {
    name: 'echo',
    type: 'http',
    inputSchema: { type: 'object', properties: { amount: { type: 'number' } } },
    outputSchema: { type: 'object', required: ['ok'] },
    config: { method: 'GET', url: `${servers.echoUrl}/` },
  });
  let workflowId = '';
  return {
    execute: async () => {
      const execution = await call('POST', `/api/tools/${id}/execute`, { payload: { amount: 1 } });
      workflowId = String(execution.workflowId);
    },
    historyEvents: async () => {
      const { Connection, Client } = await import('@temporalio/client');
      const connection = await Connection.connect({ address: servers.temporalAddress });
      try {
        return (await new Client({ connection }).workflow.getHandle(workflowId).describe()).historyLength;
      } finally {
        await connection.close();
      }
    },
  };
}
