import { Client, Connection } from '@temporalio/client';
import type { BenchOptions, BenchRow } from './bench-row.ts';
import { type BenchServers, startBenchServers } from './bench-servers.ts';
import { contenderQueue, type Other, others } from './contender-names.ts';
import { countCommits } from './count-commits.ts';
import { type Entrant, type Name, startEntrants, titles } from './entrants.ts';
import { inTurn, type Load, measure, median, percentile, ratioOf } from './measure.ts';
import { readTemporal, untilClosed, untilQuiet } from './temporal-counters.ts';

// Rows 1 to 5: one execution of the product beside other ways to make the same call.

export async function run({ quick, log }: BenchOptions, rounds = quick ? 2 : 8): Promise<BenchRow[]> {
  const servers = await startBenchServers();
  try {
    const { entrants, stop } = await startEntrants(servers, log);
    try {
      await compare(entrants, servers, { quick, log }, rounds);
      return toRows(entrants);
    } finally {
      await stop();
    }
  } finally {
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
        durationMs: quick ? 2000 : 8000,
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
  const after = await untilQuiet(metrics);
  return {
    ...measured,
    closedMs,
    commits: ((await countCommits(servers.adminUrl)) - commitsBefore - 1) / calls,
    temporalWrites: (after.writes - before.writes) / calls,
    events: queue === null ? null : await historyEvents(servers.temporalAddress, last),
  };
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
