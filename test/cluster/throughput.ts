import { setTimeout as sleep } from 'node:timers/promises';
import { responds } from '../../dev/wait-until.ts';
import { measure, percentile } from '../bench/measure.ts';
import { familyCpu } from '../bench/process-usage.ts';
import { connectTo } from '../support/connect-admin.ts';
import { eventually } from '../support/eventually.ts';
import { type Cluster, processes } from './cluster.ts';
import type { Finding } from './finding.ts';
import type { Users } from './load.ts';

const patience = { timeoutMs: 120_000, everyMs: 100 };
const clients = 48;
const roles = ['api', 'worker'] as const;
const kinds = ['api', 'worker', 'postgres', 'temporal'] as const;
type Kind = (typeof kinds)[number];

interface Row {
  processes: number;
  executed: number;
  /** 429 and 503, after which a client waited a second. */
  refused: number;
  perSecond: number;
  p50: number;
  p95: number;
  /** Milliseconds of CPU for each execution; null where the system does not say. */
  cpu: Record<Kind, number> | null;
  /** To PostgreSQL, of Interlock and of Temporal. */
  connections: { interlock: number; temporal: number };
}

/** Executions for each second with one, two and three processes of each kind, and the CPU that each part takes for one. */
export async function measureThroughput(
  cluster: Cluster,
  users: readonly Users[],
  { seconds, log }: { seconds: number; log: (line: string) => void },
): Promise<Finding> {
  const rows: Row[] = [];
  const wrong: string[] = [];
  const before = await databaseSizes(cluster);
  await Promise.all(roles.flatMap((role) => cluster.parts[role].slice(1).map((part) => part.stop())));
  for (let count = 1; count <= processes.api; count++) {
    if (count > 1) await addProcesses(cluster, count - 1);
    const reached = () => cluster.balancer.inService().length === count + 1;
    await eventually(reached, patience);
    const row = await underLoad(cluster, users, { seconds, count, wrong });
    rows.push(row);
    log(`${count} of each: ${row.perSecond.toFixed(0)} executions per second`);
  }
  const after = await databaseSizes(cluster);
  const executed = rows.reduce((sum, row) => sum + row.executed, 0);
  const kilobytes = (database: keyof typeof after) => (after[database] - before[database]) / executed / 1000;
  return {
    title: 'Throughput',
    lines: [
      `${clients} clients of two tenants, ${seconds} s for each row, everything on this machine.`,
      '',
      '| API processes and workers | per second | p50 ms | p95 ms | refused | CPU for each: API | workers | PostgreSQL | Temporal | all, ms | connections of Interlock | of Temporal |',
      '|---|---|---|---|---|---|---|---|---|---|---|---|',
      ...rows.map(lineOf),
      '',
      `Each execution left ${kilobytes('interlock').toFixed(1)} kB in the database of Interlock and ${kilobytes('temporal').toFixed(1)} kB in Temporal's.`,
    ],
    wrong,
  };
}

async function addProcesses({ parts, urls }: Cluster, index: number): Promise<void> {
  await Promise.all(roles.map((role) => parts[role][index]?.start()));
  for (const role of roles) await eventually(() => responds(`${urls[role][index]}/readyz`), patience);
}

async function underLoad(
  cluster: Cluster,
  users: readonly Users[],
  { seconds, count, wrong }: { seconds: number; count: number; wrong: string[] },
): Promise<Row> {
  let turn = 0;
  let refused = 0;
  const execute = async () => {
    const { ana, tools } = users[turn++ % users.length]!;
    const payload = { callId: `throughput-${count}-${turn}`, amount: 1 };
    for (;;) {
      const answer = await ana('POST', `/api/tools/${tools.charge}/execute`, { payload });
      if (answer.status === 200 && answer.body.status === 'succeeded') return;
      if (answer.status !== 429 && answer.status !== 503)
        return void wrong.push(
          `${count} of each: ${answer.status} ${JSON.stringify(answer.body)?.slice(0, 200)}`,
        );
      // More clients than these processes take: nothing was done.
      refused += 1;
      await sleep(1000);
    }
  };
  // Caches fill, and what was just started compiles its code.
  await measure({ concurrency: clients, durationMs: 4000 }, execute);
  const from = cpuOf(cluster);
  refused = 0;
  const seen = await measure({ concurrency: clients, durationMs: seconds * 1000 }, execute);
  const connections = await countConnections(cluster);
  const until = cpuOf(cluster);
  const executed = seen.latencies.length;
  const each = (kind: Kind) => ((until?.[kind] ?? 0) - (from?.[kind] ?? 0)) / executed;
  return {
    processes: count,
    executed,
    refused,
    perSecond: executed / (seen.elapsedMs / 1000),
    p50: percentile(seen.latencies, 0.5),
    p95: percentile(seen.latencies, 0.95),
    cpu: from && until && byKind(each),
    connections,
  };
}

const byKind = (value: (kind: Kind) => number): Record<Kind, number> => ({
  api: value('api'),
  worker: value('worker'),
  postgres: value('postgres'),
  temporal: value('temporal'),
});

/** Milliseconds of every kind of process since they started, those that they started included. */
function cpuOf({ parts }: Cluster): Record<Kind, number> | null {
  const sums = byKind((kind) =>
    parts[kind].reduce((sum, { pid }) => sum + (pid ? (familyCpu(pid) ?? Number.NaN) : 0), 0),
  );
  return Object.values(sums).some(Number.isNaN) ? null : sums;
}

async function countConnections({ adminUrl }: Cluster): Promise<Row['connections']> {
  const admin = await connectTo(adminUrl);
  try {
    const { rows } = await admin.query<Row['connections']>(
      `SELECT count(*) FILTER (WHERE datname NOT LIKE 'temporal%')::int AS interlock,
        count(*) FILTER (WHERE datname LIKE 'temporal%')::int AS temporal
       FROM pg_stat_activity WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()`,
    );
    return rows[0]!;
  } finally {
    await admin.end();
  }
}

async function databaseSizes({ adminUrl }: Cluster): Promise<{ interlock: number; temporal: number }> {
  const admin = await connectTo(adminUrl);
  try {
    const { rows } = await admin.query<{ interlock: string; temporal: string }>(
      `SELECT sum(pg_database_size(datname)) FILTER (WHERE datname NOT LIKE 'temporal%') AS interlock,
        sum(pg_database_size(datname)) FILTER (WHERE datname LIKE 'temporal%') AS temporal
       FROM pg_database WHERE NOT datistemplate`,
    );
    return { interlock: Number(rows[0]?.interlock), temporal: Number(rows[0]?.temporal) };
  } finally {
    await admin.end();
  }
}

function lineOf({ processes: count, perSecond, p50, p95, refused, cpu, connections }: Row): string {
  const all = cpu && Object.values(cpu).reduce((sum, each) => sum + each, 0);
  const ms = (value: number | null) => value?.toFixed(1) ?? '';
  const cells = [
    count,
    perSecond.toFixed(0),
    p50.toFixed(0),
    p95.toFixed(0),
    refused,
    ...kinds.map((kind) => ms(cpu?.[kind] ?? null)),
    ms(all),
    connections.interlock,
    connections.temporal,
  ];
  return `| ${cells.join(' | ')} |`;
}
