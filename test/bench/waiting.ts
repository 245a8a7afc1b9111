import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Pool } from 'undici';
import { startBenchServers } from './bench-servers.ts';
import { measure, median, percentile } from './measure.ts';

// `npm run bench:waiting`: what waiting runs cost the others, to docs/performance-waiting.md.

const { values } = parseArgs({ options: { waiting: { type: 'string', default: '5000' } } });
const waiting = Number(values.waiting);
const [executes, wakes, slices] = [300, 100, 5];

const servers = await startBenchServers();
const pool = new Pool(servers.apiUrl, { connections: 64 });
try {
  writeFileSync(join(import.meta.dirname, '../../docs/performance-waiting.md'), await bench());
} finally {
  await pool.close();
  await servers.stop();
}

async function bench(): Promise<string> {
  const toolId = await defineTool();
  await definePlaybook();
  const execute = () => call('POST', `/api/tools/${toolId}/execute`, { payload: {} });
  const executeP50 = async () =>
    median((await measure({ concurrency: 1, count: executes }, execute)).latencies);
  await measure({ concurrency: 8, count: executes }, execute);

  const rows = [{ waiting: 0, p50: await executeP50(), megabytes: megabytes() }];
  const ids: string[] = [];
  let startedMs = 0;
  for (let slice = 1; slice <= slices; slice++) {
    const count = Math.ceil(waiting / slices);
    const started = await measure({ concurrency: 16, count }, async () => {
      ids.push(String((await call('POST', '/api/playbook-runs', { playbookId: 'waits' })).id));
    });
    startedMs += started.elapsedMs;
    for (const id of ids.slice(-count)) await untilWaiting(id);
    rows.push({ waiting: ids.length, p50: await executeP50(), megabytes: megabytes() });
    console.log(rows.at(-1));
  }

  // The first runs left the worker's cache long ago; the latest are in it.
  const cold = ids.slice(0, wakes);
  const coldMs = await completeAll(cold);
  const warm: string[] = [];
  for (let index = 0; index < wakes; index++) {
    warm.push(String((await call('POST', '/api/playbook-runs', { playbookId: 'waits' })).id));
    await untilWaiting(warm[index]!);
  }
  const warmMs = await completeAll(warm);
  return toMarkdown({ rows, coldMs, warmMs, perSecond: (ids.length / startedMs) * 1000 });
}

async function completeAll(ids: string[]): Promise<number[]> {
  const left = [...ids];
  const { latencies } = await measure({ concurrency: 1, count: ids.length }, () =>
    call('POST', `/api/playbook-runs/${left.shift()}/steps/wait/complete`, {}),
  );
  return latencies;
}

async function untilWaiting(id: string): Promise<void> {
  for (;;) {
    const { currentSteps } = await call('GET', `/api/playbook-runs/${id}`);
    if ((currentSteps as string[]).includes('wait')) return;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

async function call(
  method: 'GET' | 'POST' | 'PUT',
  path: string,
  body?: unknown,
): Promise<Record<string, unknown>> {
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
}

async function defineTool(): Promise<string> {
  await call('PUT', '/api/settings/egress', { privateHosts: [new URL(servers.echoUrl).host] });
  const config = { method: 'GET', url: `${servers.echoUrl}/` };
  return String((await call('POST', '/api/tools', { name: 'echo', type: 'http', config })).id);
}

async function definePlaybook(): Promise<void> {
  const steps = [{ id: 'wait', type: 'manual', title: 'Wait' }];
  const { id } = await call('POST', '/api/playbooks', { name: 'waits', title: 'Waits', steps });
  await call('POST', `/api/playbooks/${id}/publish`, {});
}

/** Resident memory of the process that is API and worker. */
function megabytes(): number {
  return (
    Number(execFileSync('ps', ['-o', 'rss=', '-p', String(servers.apiPid)], { encoding: 'utf8' })) / 1024
  );
}

function toMarkdown({
  rows,
  coldMs,
  warmMs,
  perSecond,
}: {
  rows: { waiting: number; p50: number; megabytes: number }[];
  coldMs: number[];
  warmMs: number[];
  perSecond: number;
}): string {
  const [first, last] = [rows[0]!, rows.at(-1)!];
  const wake = percentile(coldMs, 0.95) / percentile(warmMs, 0.95);
  const memory = last.megabytes / rows[1]!.megabytes;
  const judge = (met: boolean) => (met ? 'met' : 'not met');
  const machine = `${cpus().length} × ${cpus()[0]?.model ?? 'CPU'}, ${Math.round(totalmem() / 2 ** 30)} GB, Node ${process.versions.node}`;
  return `# Waiting playbooks

Written by \`npm run bench:waiting\` on ${new Date().toISOString().slice(0, 10)} (${machine}), with ${last.waiting.toLocaleString('en-GB')} runs that wait at a manual
step; the aim speaks of 100,000 (\`--waiting 100000\`). One process is API and worker, on an embedded PostgreSQL and the
tuned Temporal development server. Only the ratios carry over to other machines.

| # | bench | measured | aim | |
|---|---|---|---|---|
| 7a | synchronous execute, p50 with them ÷ with none | ${(last.p50 / first.p50).toFixed(2)} | ≤ 1.2 | ${judge(last.p50 / first.p50 <= 1.2)} |
| 7b | completing a step of a run that has left the worker's cache, p95 ÷ of one that is in it | ${wake.toFixed(2)} | ≤ 3 | ${judge(wake <= 3)} |
| 7c | memory of the process with them ÷ with a fifth of them | ${memory.toFixed(2)} | flat (≤ 1.1) | ${judge(memory <= 1.1)} |

| waiting runs | execute p50, ms | resident memory, MB |
|---|---|---|
${rows.map((row) => `| ${row.waiting} | ${row.p50.toFixed(1)} | ${row.megabytes.toFixed(0)} |`).join('\n')}

A completion took ${median(coldMs).toFixed(0)} ms (p95 ${percentile(coldMs, 0.95).toFixed(0)}) cold and ${median(warmMs).toFixed(0)} ms (p95 ${percentile(warmMs, 0.95).toFixed(0)}) warm, over HTTP with everything it checks and writes; runs were
started at ${perSecond.toFixed(0)} a second.
`;
}
