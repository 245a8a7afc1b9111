import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { type BenchServers, startBenchServers } from './bench-servers.ts';
import { inTurn, type Load, measure, median, percentile, ratioOf } from './measure.ts';
import { familyCpu, processCpu } from './process-usage.ts';
import { createProductClient, echoSchemas, type ProductClient } from './product-client.ts';
import { readTemporal, untilClosed, untilQuiet } from './temporal-counters.ts';

// `npm run bench -- --against <checkout>`: this version beside another one, in turns on the same machine.

export interface AgainstOptions {
  quick: boolean;
  rounds: number;
  log(line: string): void;
}

/** What one version did in one round, by measure. */
type Round = Record<Measure, number>;
type Measure = keyof typeof names;

const names = {
  p50: 'p50 of an execution, one at a time, ms',
  p95: 'p95',
  credential: 'p50 with a credential, ms',
  perSecond: 'executions per second, 32 at a time, until their workflows have closed',
  answered: 'executions per second, 32 at a time, until the last response',
  statements: 'statements per execution, one at a time',
  commits: 'writing transactions per execution, one at a time',
  temporalWrites: 'writes of Temporal per execution, one at a time',
  cpuProcess: 'CPU of the process per execution, one at a time, ms',
  cpuMain: 'of that, main thread',
  cpuPostgres: 'CPU of PostgreSQL per execution, one at a time, ms',
  cpuTemporal: 'CPU of Temporal per execution, one at a time, ms',
  cpuProcess32: 'CPU of the process per execution, 32 at a time, ms',
  cpuMain32: 'of that, main thread',
  cpuPostgres32: 'CPU of PostgreSQL per execution, 32 at a time, ms',
  cpuTemporal32: 'CPU of Temporal per execution, 32 at a time, ms',
  idleProcess: 'CPU of the process with nothing to do, ms per second',
  idleStatements: 'statements of the process with nothing to do, per second',
  restProcess: 'the same after the warm-up: CPU, ms per second',
  restStatements: 'the same after the warm-up: statements per second',
} as const;

/** Everything that grows while a version works. */
interface Counts {
  statements: number;
  commits: number;
  temporalWrites: number;
  process: number;
  main: number;
  postgres: number;
  temporal: number;
}

/** The task queue of the product. */
const queue = 'interlock';

const none: Counts = {
  statements: 0,
  commits: 0,
  temporalWrites: 0,
  process: 0,
  main: 0,
  postgres: 0,
  temporal: 0,
};

interface Side {
  servers: BenchServers;
  client: ProductClient;
  database: pg.Client;
  plain: string;
  credential: string;
  /** Per second, before the first execution. */
  idle: Counts;
  /** Per second, some time after the warm-up: what it left to do is in it. */
  rest: Counts;
  rounds: Round[];
}

/**
 * Compares the product of this checkout with that of another one: each has a PostgreSQL, a Temporal server and a process
 * of its own, started by this checkout, and both work in turns.
 * @param checkout a folder with the packages installed (`npm ci`), or `node_modules` linked
 * @returns the table, as Markdown
 */
export async function runAgainst(checkout: string, options: AgainstOptions): Promise<string> {
  const root = resolve(checkout);
  for (const path of ['api/main.ts', 'node_modules'])
    if (!existsSync(join(root, path)))
      throw new Error(`${root} has no ${path}. Name a checkout of Interlock with its packages installed.`);
  const { quick, rounds, log } = options;
  const sides: Side[] = [];
  try {
    sides.push(await startSide('bench-old', root));
    sides.push(await startSide('bench-new'));
    await Promise.all(sides.map(async (side) => Object.assign(side, { idle: await perSecond(side) })));
    const warmUp = quick ? 500 : 1500;
    log(`Warming up with ${warmUp} executions each …`);
    for (const side of sides) await load(side, side.plain, { concurrency: 16, count: warmUp - 100 });
    for (const side of sides) await load(side, side.credential, { concurrency: 4, count: 100 });
    await Promise.all(sides.map(async (side) => Object.assign(side, { rest: await perSecond(side) })));
    for (let round = 0; round < rounds; round++) {
      const order = inTurn(sides, round);
      const done = new Map(order.map((side) => [side, {} as Round]));
      const plain = await callByCall(sides, 'plain', quick ? 40 : 60);
      const credential = await callByCall(sides, 'credential', quick ? 20 : 30);
      for (const [index, side] of sides.entries())
        Object.assign(done.get(side)!, {
          p50: median(plain[index]!),
          p95: percentile(plain[index]!, 0.95),
          credential: median(credential[index]!),
        });
      for (const side of order) Object.assign(done.get(side)!, await oneAtATime(side, quick));
      for (const side of order) Object.assign(done.get(side)!, await manyAtATime(side, quick));
      for (const [side, measured] of done)
        side.rounds.push({
          ...measured,
          idleProcess: side.idle.process,
          idleStatements: side.idle.statements,
          restProcess: side.rest.process,
          restStatements: side.rest.statements,
        });
      const [old, new_] = sides.map((side) => side.rounds.at(-1)!);
      log(
        `Round ${round + 1} of ${rounds}, new and old: p50 ${new_!.p50.toFixed(1)} and ${old!.p50.toFixed(1)} ms, ${new_!.perSecond.toFixed(0)} and ${old!.perSecond.toFixed(0)} per second`,
      );
    }
    return table(sides[0]!.rounds, sides[1]!.rounds);
  } finally {
    for (const side of sides) {
      await side.client.close();
      await side.database.end();
      await side.servers.stop();
    }
  }
}

async function startSide(name: string, root?: string): Promise<Side> {
  const servers = await startBenchServers({
    name,
    root,
    postgresSettings: { shared_preload_libraries: 'pg_stat_statements' },
  });
  const database = new pg.Client({ connectionString: servers.adminUrl });
  await database.connect();
  await database.query('CREATE EXTENSION pg_stat_statements');
  const client = createProductClient(servers);
  const plain = await client.createTool('echo', servers.echoUrl, echoSchemas);
  const auth = { type: 'bearer', token: 'a-token-of-the-bench' };
  const credential = await client.createTool('echo_credential', servers.echoUrl, { ...echoSchemas, auth });
  return { servers, client, database, plain, credential, idle: none, rest: none, rounds: [] };
}

/** One call of each in turn, so that both see the same machine; a pause lets the workflow of the last call close. */
async function callByCall(sides: Side[], tool: 'plain' | 'credential', count: number): Promise<number[][]> {
  const closed = await Promise.all(sides.map(countClosed));
  const latencies = sides.map((): number[] => []);
  for (let call = 0; call < count; call++) {
    for (const index of inTurn([...sides.keys()], call)) {
      const { client, [tool]: id } = sides[index]!;
      const { latencies: one } = await measure({ concurrency: 1, count: 1 }, () => client.execute(id));
      latencies[index]!.push(...one);
      await sleep(20);
    }
  }
  for (const [index, { servers }] of sides.entries())
    await untilClosed(servers.temporalMetricsUrl, queue, closed[index]! + count);
  return latencies;
}

async function oneAtATime(side: Side, quick: boolean): Promise<Partial<Round>> {
  const { each } = await load(side, side.plain, { concurrency: 1, count: quick ? 30 : 60 });
  return {
    statements: each.statements,
    commits: each.commits,
    temporalWrites: each.temporalWrites,
    cpuProcess: each.process,
    cpuMain: each.main,
    cpuPostgres: each.postgres,
    cpuTemporal: each.temporal,
  };
}

async function manyAtATime(side: Side, quick: boolean): Promise<Partial<Round>> {
  const durationMs = quick ? 2000 : 4000;
  const { latencies, elapsedMs, closedMs, each } = await load(side, side.plain, {
    concurrency: 32,
    durationMs,
  });
  return {
    perSecond: (latencies.length / closedMs) * 1000,
    answered: (latencies.length / elapsedMs) * 1000,
    cpuProcess32: each.process,
    cpuMain32: each.main,
    cpuPostgres32: each.postgres,
    cpuTemporal32: each.temporal,
  };
}

async function countClosed({ servers }: Side): Promise<number> {
  return (await readTemporal(servers.temporalMetricsUrl)).closed.get(queue) ?? 0;
}

/** Executes until the workflows of all executions have closed. `each` is what one execution cost, without what an idle process costs. */
async function load(side: Side, tool: string, how: Load) {
  const { servers, client } = side;
  const closed = await countClosed(side);
  const before = await counts(side);
  const from = performance.now();
  const measured = await measure(how, () => client.execute(tool));
  await untilClosed(servers.temporalMetricsUrl, queue, closed + measured.latencies.length);
  const closedMs = performance.now() - from;
  await untilQuiet(servers.temporalMetricsUrl);
  const seconds = (performance.now() - from) / 1000;
  const after = await counts(side);
  const each = combine(after, before, (now, then, what) =>
    Math.max(0, (now - then - side.idle[what] * seconds) / measured.latencies.length),
  );
  return { ...measured, closedMs, each };
}

/** While no one calls: the median of a few stretches, because a process has just started, or just worked. */
async function perSecond(side: Side): Promise<Counts> {
  const seconds = 2;
  const stretches: Counts[] = [];
  let before = await counts(side);
  while (stretches.length < 5) {
    await sleep(seconds * 1000);
    const after = await counts(side);
    stretches.push(combine(after, before, (now, then) => (now - then) / seconds));
    before = after;
  }
  return combine(none, none, (_now, _then, what) => median(stretches.map((stretch) => stretch[what])));
}

async function counts({ servers, database }: Side): Promise<Counts> {
  const { rows } = await database.query<{ statements: string; commits: string }>(
    `SELECT (SELECT coalesce(sum(calls), 0) FROM pg_stat_statements WHERE userid <> 'postgres'::regrole)::text AS statements,
            pg_current_xact_id()::text AS commits`,
  );
  const { writes } = await readTemporal(servers.temporalMetricsUrl);
  return {
    statements: Number(rows[0]!.statements),
    // Counting takes one too.
    commits: Number(rows[0]!.commits),
    temporalWrites: writes,
    process: familyCpu(servers.apiPid) ?? Number.NaN,
    main: processCpu(servers.apiPid)?.main ?? Number.NaN,
    postgres: familyCpu(servers.postgresPid) ?? Number.NaN,
    temporal: familyCpu(servers.temporalPid) ?? Number.NaN,
  };
}

function combine(a: Counts, b: Counts, by: (a: number, b: number, what: keyof Counts) => number): Counts {
  const one = (what: keyof Counts) => by(a[what], b[what], what);
  return {
    statements: one('statements'),
    commits: one('commits'),
    temporalWrites: one('temporalWrites'),
    process: one('process'),
    main: one('main'),
    postgres: one('postgres'),
    temporal: one('temporal'),
  };
}

function table(old: Round[], new_: Round[]): string {
  const rows = (Object.keys(names) as Measure[]).map((what) => {
    const [above, below] = [new_.map((round) => round[what]), old.map((round) => round[what])];
    const { value, quartiles } = ratioOf(above, below);
    return `| ${names[what]} | ${number(median(below))} | ${number(median(above))} | **${number(value)}** | ${quartiles.map(number).join(' to ')} |`;
  });
  return `| ${new_.length} rounds in turns | old | new | new ÷ old | quartiles |\n|---|---|---|---|---|\n${rows.join('\n')}\n`;
}

const number = (value: number) => (Number.isFinite(value) ? value.toFixed(value < 10 ? 2 : 0) : '–');
