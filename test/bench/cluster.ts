import { randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { Pool } from 'undici';
import { type Child, startChild } from '../../dev/child-process.ts';
import { freePort } from '../../dev/free-port.ts';
import { projectRoot } from '../../dev/paths.ts';
import { responds, waitUntil } from '../../dev/wait-until.ts';
import { type BenchServers, startBenchServers } from './bench-servers.ts';
import { measure, median, percentile } from './measure.ts';
import { startRealTemporal } from './real-temporal.ts';

// `npm run bench:cluster`: one process that is API and worker under load, beside a Temporal server on PostgreSQL or the
// development server, with other settings of its worker.
//   --variants 'name:SETTING=value,SETTING=value;name:…'

const { values } = parseArgs({
  options: {
    real: { type: 'boolean', default: true },
    shards: { type: 'string', default: '64' },
    clients: { type: 'string', default: '32' },
    seconds: { type: 'string', default: '8' },
    rounds: { type: 'string', default: '2' },
    variants: { type: 'string', default: 'as it is:' },
  },
  allowNegative: true,
});
const clients = Number(values.clients);
const log = (line: string) => console.log(line);

/** By all variants together. */
let [executed, refused] = [0, 0];

interface Variant {
  name: string;
  env: NodeJS.ProcessEnv;
}

/** Of one round. */
interface Seen {
  latencies: number[];
  /** Executions for each second until the last workflow had closed. */
  perSecond: number;
  /** Milliseconds from the last response until the last workflow had closed. */
  tailMs: number;
  eagerShare: number;
  /** 429 and 503, after which the client waited a second. */
  refused: number;
  /** Starts of a workflow that had started, for each execution. */
  again: number;
  /** Mean time in the server, in milliseconds. */
  startMs: number;
  completeMs: number;
  taskTimeouts: number;
  /** Milliseconds of CPU for each execution. */
  apiCpu: number;
  /** Of these, in the threads that run workflow code. */
  workflowCpu: number;
  temporalCpu: number;
}

const head = [
  'p50 ms',
  'p95',
  'per second, until closed',
  'tail ms',
  'refused',
  'eager %',
  'starts again %',
  'start ms',
  'complete ms',
  'task timeouts',
  'CPU of the process, ms each',
  'of its workflow threads',
  'of Temporal',
];

const variants: Variant[] = values.variants.split(';').map((text) => {
  const [name = '', settings = ''] = text.split(':');
  return { name, env: Object.fromEntries(settings.split(',').map((pair) => pair.split('='))) };
});

const servers = await startBenchServers(
  values.real
    ? {
        startTemporal: ({ adminUrl, dir }) =>
          startRealTemporal({ adminUrl, dir, shards: Number(values.shards), log }),
      }
    : {},
);
try {
  // It would sweep the executions of the others.
  await servers.stopProduct();
  const seen = new Map<string, Seen[]>(variants.map(({ name }) => [name, []]));
  for (let round = 0; round < Number(values.rounds); round++)
    for (const variant of round % 2 === 0 ? variants : variants.toReversed()) {
      const one = await run(variant);
      seen.get(variant.name)!.push(one);
      log(`${variant.name}: ${row(one).join(' | ')}`);
    }
  log(`| variant | ${head.join(' | ')} |\n|${'---|'.repeat(head.length + 1)}`);
  for (const [name, rounds] of seen) log(`| ${name} | ${row(merge(rounds)).join(' | ')} |`);
} finally {
  await servers.stop();
}

async function run({ env, name }: Variant): Promise<Seen> {
  const port = await freePort('Interlock', 0);
  const taskQueue = `bench-${randomUUID().slice(0, 8)}`;
  const api = startChild({
    name: `Interlock (${name})`,
    command: process.execPath,
    args: [join(projectRoot, 'api/main.ts')],
    env: { ...servers.env, INTERLOCK_PORT: String(port), INTERLOCK_TASK_QUEUE: taskQueue, ...env },
    logFile: join(projectRoot, '.cache/bench', 'variant.log'),
  });
  const pool = new Pool(`http://127.0.0.1:${port}`, { connections: clients + 4 });
  try {
    await waitUntil('Interlock', api, () => responds(`http://127.0.0.1:${port}/readyz`), {
      deadlineMs: 60_000,
    });
    const execute = await defineTool(pool, servers);
    await measure({ concurrency: clients, durationMs: 4000 }, execute);
    await untilClosed();
    return await underLoad(api, execute);
  } finally {
    await pool.close();
    await api.stop();
  }
}

async function underLoad(api: Child, execute: () => Promise<unknown>): Promise<Seen> {
  const before = { ...(await readCounters(servers.temporalMetricsUrl)), refused };
  const cpu = { api: cpuMs(api.pid), workflow: workflowCpuMs(api.pid), temporal: cpuMs(servers.temporalPid) };
  const from = performance.now();
  const { latencies } = await measure(
    { concurrency: clients, durationMs: Number(values.seconds) * 1000 },
    execute,
  );
  const answered = performance.now();
  await untilClosed();
  const closed = performance.now();
  const after = await readCounters(servers.temporalMetricsUrl);
  const count = latencies.length;
  const mean = (name: 'start' | 'complete') =>
    ((after[name].seconds - before[name].seconds) / (after[name].count - before[name].count)) * 1000;
  return {
    latencies,
    perSecond: (count / (closed - from)) * 1000,
    tailMs: closed - answered,
    eagerShare: (after.eager - before.eager) / (after.start.count - before.start.count),
    refused: refused - before.refused,
    again: (after.start.count - before.start.count) / count - 1,
    startMs: mean('start'),
    completeMs: mean('complete'),
    taskTimeouts: after.timeouts - before.timeouts,
    apiCpu: (cpuMs(api.pid) - cpu.api) / count,
    workflowCpu: (workflowCpuMs(api.pid) - cpu.workflow) / count,
    temporalCpu: (cpuMs(servers.temporalPid) - cpu.temporal) / count,
  };
}

interface Counters {
  closed: number;
  eager: number;
  timeouts: number;
  start: { count: number; seconds: number };
  complete: { count: number; seconds: number };
}

/** What the server has counted since it started. */
async function readCounters(url: string): Promise<Counters> {
  const lines = (await (await fetch(url)).text()).split('\n');
  const sum = (pattern: RegExp) =>
    lines
      .filter((line) => pattern.test(line))
      .reduce((all, line) => all + Number(line.slice(line.lastIndexOf(' '))), 0);
  // Each call is counted by the front end, and by the service behind it.
  const latency = (operation: string) => {
    const of = (part: string) =>
      sum(
        new RegExp(
          `^service_latency_${part}\\{(?=.*operation="${operation}")(?=.*namespace="default")(?=.*service_name="frontend")`,
        ),
      );
    return { count: of('count'), seconds: of('sum') };
  };
  const start = latency('StartWorkflowExecution');
  return {
    closed: sum(/^workflow_(success|failed|cancel|terminate|timeout)\{.*namespace="default"/),
    eager: sum(/^workflow_eager_execution\{/) - sum(/^workflow_eager_execution_denied\{/),
    timeouts: sum(/^start_to_close_timeout\{.*WorkflowTaskTimeout/),
    start,
    complete: latency('RespondWorkflowTaskCompleted'),
  };
}

/** Waits until the workflow of each execution has closed. A start that was made twice counts once. */
async function untilClosed(): Promise<void> {
  const from = performance.now();
  for (;;) {
    const { closed } = await readCounters(servers.temporalMetricsUrl);
    if (closed >= executed) return;
    if (performance.now() - from > 60_000) throw new Error(`Only ${closed} of ${executed} workflows closed.`);
    await sleep(50);
  }
}

async function defineTool(pool: Pool, { apiKey, echoUrl }: BenchServers) {
  const send = async (method: 'POST' | 'PUT', path: string, body: unknown) => {
    const response = await pool.request({
      method,
      path,
      headers: { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    return {
      status: response.statusCode,
      json: (await response.body.json()) as Record<string, unknown>,
    };
  };
  await send('PUT', '/api/settings/egress', { privateHosts: [new URL(echoUrl).host] });
  const { json } = await send('POST', '/api/tools', {
    name: `echo_${randomUUID().slice(0, 8)}`,
    type: 'http',
    config: { method: 'GET', url: `${echoUrl}/` },
  });
  const { id } = json;
  if (typeof id !== 'string') throw new Error(`The tool was not created: ${JSON.stringify(json)}`);
  return async () => {
    for (;;) {
      const { status } = await send('POST', `/api/tools/${id}/execute`, { payload: { amount: 1 } });
      if (status < 300) break;
      if (status !== 429 && status !== 503) throw new Error(`An execution was refused with ${status}.`);
      refused += 1;
      await sleep(1000);
    }
    executed += 1;
  };
}

/** CPU time of a process since its start. */
function cpuMs(pid: number | undefined): number {
  return readCpu(`/proc/${pid}/stat`).ms;
}

function workflowCpuMs(pid: number | undefined): number {
  const threads = readdirSync(`/proc/${pid}/task`).map((id) => readCpu(`/proc/${pid}/task/${id}/stat`));
  return threads.reduce((sum, { name, ms }) => (name === 'WorkerThread' ? sum + ms : sum), 0);
}

function readCpu(file: string): { name: string; ms: number } {
  const stat = readFileSync(file, 'utf8');
  const end = stat.lastIndexOf(')');
  const fields = stat.slice(end + 2).split(' ');
  return { name: stat.slice(stat.indexOf('(') + 1, end), ms: (Number(fields[11]) + Number(fields[12])) * 10 };
}

function merge(rounds: Seen[]): Seen {
  const of = (name: Exclude<keyof Seen, 'latencies'>) => median(rounds.map((each) => each[name]));
  return {
    latencies: rounds.flatMap((each) => each.latencies),
    perSecond: of('perSecond'),
    tailMs: of('tailMs'),
    eagerShare: of('eagerShare'),
    refused: of('refused'),
    again: of('again'),
    startMs: of('startMs'),
    completeMs: of('completeMs'),
    taskTimeouts: of('taskTimeouts'),
    apiCpu: of('apiCpu'),
    workflowCpu: of('workflowCpu'),
    temporalCpu: of('temporalCpu'),
  };
}

function row(seen: Seen): string[] {
  return [
    median(seen.latencies).toFixed(0),
    percentile(seen.latencies, 0.95).toFixed(0),
    seen.perSecond.toFixed(0),
    seen.tailMs.toFixed(0),
    String(seen.refused),
    (seen.eagerShare * 100).toFixed(0),
    (seen.again * 100).toFixed(0),
    seen.startMs.toFixed(1),
    seen.completeMs.toFixed(1),
    String(seen.taskTimeouts),
    seen.apiCpu.toFixed(1),
    seen.workflowCpu.toFixed(2),
    seen.temporalCpu.toFixed(1),
  ];
}
