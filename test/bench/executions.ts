import { join } from 'node:path';
import { Client, Connection } from '@temporalio/client';
import { Pool } from 'undici';
import type { Child } from '../../dev/child-process.ts';
import type { BenchOptions, BenchRow } from './bench-row.ts';
import { type BenchServers, startBenchServers } from './bench-servers.ts';
import { type Contender, contenderQueue, contenders, type Other, others } from './contender-names.ts';
import { countCommits } from './count-commits.ts';
import { inTurn, type Load, measure, median, percentile, ratioOf } from './measure.ts';
import { installOthers, startContender, startOther } from './others.ts';
import { createProductClient, echoSchemas } from './product-client.ts';
import { readTemporal, untilClosed, untilQuiet } from './temporal-counters.ts';

// Rows 1 to 5: one execution of the product beside other ways to make the same call.

type Name = 'interlock' | Contender | Other;

const titles: Record<Name, string> = {
  interlock: '**Interlock**: API key, all checks, redaction, retries',
  bare: 'the smallest workflow: 1 remote activity makes the call, result awaited, nothing recorded',
  limit: 'the limit: eager start of an empty workflow, then 3 commits and the call',
  three_remote: '3 remote activities (claim, call, settle), result awaited',
  one_remote: '1 remote activity, result awaited',
  one_remote_eager: '1 remote activity, eager start, result awaited',
  one_local_eager: '1 local activity, eager start, result awaited',
  one_local_done_at_commit: '1 local activity, eager start, response at the commit',
  one_local_head_start:
    'the same, and the attempt begins as soon as the workflow has started; the local activity joins it',
  start_beside:
    'the call begins at the commit that requests and claims, the start goes on beside it; the local activity joins it',
  start_after: 'the same, but the start follows the settle and carries the outcome',
  dbos: 'DBOS: a workflow with one step',
  graphile_worker: 'graphile-worker: a job, and its outcome in a table',
  pg_boss: 'pg-boss: a job, fetched by the process that sent it',
};

interface Entrant {
  name: Name;
  /** @returns the id of the workflow, where there is one */
  call(): Promise<string>;
  /** The task queue of its workflows. */
  queue: string | null;
  /** Of each round, the median. */
  p50: number[];
  latencies: number[];
  /** Of each round, until the workflows have closed. */
  perSecond: number[];
  /** Until the last response. */
  answered: number[];
  events: number | null;
  commits: number[];
  temporalWrites: number[];
}

export async function run({ quick, log }: BenchOptions, rounds = quick ? 2 : 8): Promise<BenchRow[]> {
  const withOthers = await installOthers(log);
  const servers = await startBenchServers();
  const children: Child[] = [];
  const closing: (() => Promise<void>)[] = [];
  try {
    const entrants: Entrant[] = [];
    const enter = (name: Name, queue: string | null, call: () => Promise<string>) =>
      entrants.push({
        name,
        queue,
        call,
        p50: [],
        latencies: [],
        perSecond: [],
        answered: [],
        events: null,
        commits: [],
        temporalWrites: [],
      });
    const product = createProductClient(servers);
    closing.push(product.close);
    const toolId = await product.createTool('echo', servers.echoUrl, echoSchemas);
    enter('interlock', 'interlock', async () => String((await product.execute(toolId)).workflowId));
    const serve = (
      names: readonly Name[],
      queue: string | null,
      { child, url }: { child: Child; url: string },
    ) => {
      children.push(child);
      const pool = new Pool(url, { connections: 64 });
      closing.push(() => pool.close());
      for (const name of names) enter(name, queue, () => post(pool, name));
    };
    serve(
      contenders,
      contenderQueue,
      await startContender(
        'contenders',
        (port) => [join(import.meta.dirname, 'contenders-process.ts'), String(port)],
        { ...servers.env, BENCH_DATABASE_URL: servers.adminUrl, BENCH_ECHO_URL: servers.echoUrl },
      ),
    );
    if (withOthers) for (const name of others) serve([name], null, await startOther(name, servers));

    await compare(entrants, servers, { quick, log }, rounds);
    return toRows(entrants);
  } finally {
    for (const close of closing) await close();
    for (const child of children) await child.stop();
    await servers.stop();
  }
}

async function compare(
  entrants: Entrant[],
  servers: BenchServers,
  { quick, log }: BenchOptions,
  rounds: number,
): Promise<void> {
  const inRows = (one: Entrant) =>
    one.name === 'bare' || one.name === 'limit' || one.queue !== contenderQueue;
  for (const one of entrants) {
    // Fewer measure the compiler. In short, what fits.
    const count = quick ? warmUpInShort(one) : 1500;
    log(`Warming up ${one.name} with ${count} calls …`);
    await load(one, servers, { concurrency: 16, count });
  }
  const perRound = quick ? 20 : 60;
  for (let round = 0; round < rounds; round++) {
    log(`Round ${round + 1} of ${rounds}: one at a time`);
    for (const one of inTurn(entrants, round)) {
      const { latencies, commits, temporalWrites, events } = await load(one, servers, {
        concurrency: 1,
        count: perRound,
      });
      one.latencies.push(...latencies);
      one.p50.push(median(latencies));
      one.commits.push(commits);
      one.temporalWrites.push(temporalWrites);
      one.events = events;
    }
  }
  const [all, few] = quick ? [2, 0] : [Math.ceil(rounds / 2), 2];
  for (let round = 0; round < all; round++) {
    log(`Round ${round + 1} of ${all}: 32 at a time`);
    const these = entrants.filter((one) => round < few || inRows(one));
    for (const one of inTurn(these, round)) {
      const { latencies, elapsedMs, closedMs } = await load(one, servers, {
        concurrency: 32,
        durationMs: quick ? 2500 : 8000,
      });
      one.perSecond.push((latencies.length / closedMs) * 1000);
      one.answered.push((latencies.length / elapsedMs) * 1000);
    }
  }
}

function warmUpInShort({ name, queue }: Entrant): number {
  if (name === 'interlock') return 1000;
  if (queue === null) return 500;
  return name === 'bare' || name === 'limit' ? 200 : 30;
}

/** Calls, and waits until nothing is left of it: the next one finds the servers at rest. */
async function load({ call, queue }: Entrant, servers: BenchServers, how: Load) {
  const { temporalMetricsUrl: metrics } = servers;
  const before = await readTemporal(metrics);
  const commitsBefore = await countCommits(servers.adminUrl);
  let last = '';
  const from = performance.now();
  const measured = await measure(how, async () => {
    last = await call();
  });
  const calls = measured.latencies.length;
  if (queue !== null) await untilClosed(metrics, queue, (before.closed.get(queue) ?? 0) + calls);
  const closedMs = queue === null ? measured.elapsedMs : performance.now() - from;
  await untilQuiet(metrics);
  return {
    ...measured,
    closedMs,
    commits: ((await countCommits(servers.adminUrl)) - commitsBefore - 1) / calls,
    temporalWrites: ((await readTemporal(metrics)).writes - before.writes) / calls,
    events: queue === null ? null : await historyEvents(servers.temporalAddress, last),
  };
}

async function post(pool: Pool, name: string): Promise<string> {
  const response = await pool.request({
    method: 'POST',
    path: `/${name}`,
    headers: { 'content-type': 'application/json' },
    body: '{"payload":{"amount":1}}',
  });
  const body = (await response.body.json()) as Record<string, unknown>;
  if (response.statusCode !== 200) throw new Error(`${name}: ${JSON.stringify(body)}`);
  return String(body.workflowId);
}

async function historyEvents(address: string, workflowId: string): Promise<number> {
  const connection = await Connection.connect({ address });
  try {
    return (await new Client({ connection }).workflow.getHandle(workflowId).describe()).historyLength;
  } finally {
    await connection.close();
  }
}

function toRows(entrants: Entrant[]): BenchRow[] {
  const of = (name: Name) => entrants.find((one) => one.name === name)!;
  const [interlock, bare, limit] = [of('interlock'), of('bare'), of('limit')];
  const rows: BenchRow[] = [
    {
      number: 1,
      name: 'synchronous execute over HTTP, p50 one at a time ÷ the smallest workflow',
      ...ratioOf(interlock.p50, bare.p50),
      aim: { op: '<=', value: 0.25 },
    },
    {
      number: 2,
      name: 'the same ÷ the limit of the engine (eager start, then 3 commits and the call)',
      ...ratioOf(interlock.p50, limit.p50),
      aim: { op: '<=', value: 0.8 },
    },
    {
      number: 3,
      name: 'executions per second, 32 at a time, until their workflows have closed ÷ the smallest workflow',
      ...ratioOf(interlock.perSecond, bare.perSecond),
      aim: { op: '>=', value: 1.9 },
    },
  ];
  const words: Record<Other, string> = {
    dbos: 'DBOS',
    graphile_worker: 'graphile-worker',
    pg_boss: 'pg-boss',
  };
  for (const name of others) {
    const other = entrants.find((one) => one.name === name);
    if (!other) continue;
    rows.push(
      {
        number: 4,
        name: `p50 one at a time ÷ ${words[name]}`,
        ...ratioOf(interlock.p50, other.p50),
        aim: name === 'dbos' ? { op: '<=', value: 1.2 } : null,
      },
      {
        number: 4,
        name: `executions per second, 32 at a time ÷ ${words[name]}`,
        ...ratioOf(interlock.perSecond, other.perSecond),
        aim: null,
      },
    );
  }
  const shapes = entrants.filter((one) => one.queue === contenderQueue && one !== bare && one !== limit);
  const fastest = shapes.reduce((a, b) => (median(a.p50) <= median(b.p50) ? a : b));
  rows.push({
    number: 5,
    name: 'p50 one at a time ÷ the fastest shape below, which has no accounts, checks or redaction',
    ...ratioOf(interlock.p50, fastest.p50),
    aim: null,
    table: {
      head: [
        'shape',
        'p50 ms',
        'p95 ms',
        'Interlock ÷ it, p50',
        'quartiles',
        'per second at 32, closed',
        'answered',
        'history events',
        'writing transactions in PostgreSQL',
        'writes of Temporal',
      ],
      rows: entrants.map((one) => {
        const { value, quartiles } = ratioOf(interlock.p50, one.p50);
        const fixed = (n: number | null, digits: number) =>
          n === null || Number.isNaN(n) ? '–' : n.toFixed(digits);
        return [
          titles[one.name],
          fixed(median(one.latencies), 1),
          fixed(percentile(one.latencies, 0.95), 1),
          one === interlock ? '' : fixed(value, 2),
          one === interlock ? '' : quartiles.map((quartile) => fixed(quartile, 2)).join(' to '),
          fixed(median(one.perSecond), 0),
          fixed(median(one.answered), 0),
          fixed(one.events, 0),
          fixed(median(one.commits), 1),
          one.queue === null ? '–' : fixed(median(one.temporalWrites), 1),
        ];
      }),
    },
  });
  return rows;
}
