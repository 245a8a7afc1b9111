import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { cpus, loadavg, totalmem } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Pool } from 'undici';
import { freePort } from '../../dev/free-port.ts';
import { startBenchServers } from './bench-servers.ts';
import { median } from './measure.ts';
import { inspectMemory } from './process-memory.ts';

// `npm run bench:batches`: a batch of parallel calls beside its slowest call, to docs/performance-batches.md.

const slowestMs = 1000;
const sizes = [
  { calls: 10, rounds: 5, aim: 1.5 },
  { calls: 50, rounds: 5, aim: 2 },
  { calls: 200, rounds: 3, aim: 4 },
  { calls: 1000, rounds: 2, aim: null },
];
/** Before memory is read: V8 gives some back by itself. */
const quietMs = 10_000;
let most = 0;
let inProgress = 0;

/** Of a response in the graph. */
const largeBytes = 100_000;

const inspectPort = await freePort('the inspector', 0);
const servers = await startBenchServers({ inspectPort });
const pool = new Pool(servers.apiUrl, { connections: 8, headersTimeout: 130_000 });
/** Takes as long as the request says. */
const slow = createServer(async (request, response) => {
  inProgress += 1;
  most = Math.max(most, inProgress);
  const asked = new URL(request.url ?? '', 'http://slow').searchParams;
  await sleep(Number(asked.get('ms')));
  inProgress -= 1;
  const text = 'x'.repeat(Number(asked.get('bytes') ?? 0));
  response.setHeader('content-type', 'application/json').end(JSON.stringify({ done: true, text }));
}).listen(0, '127.0.0.1');
await once(slow, 'listening');
try {
  const markdown = await bench();
  writeFileSync(join(import.meta.dirname, '../../docs/performance-batches.md'), markdown);
  console.log(markdown);
} finally {
  await pool.close();
  await servers.stop();
  slow.closeAllConnections();
  slow.close();
}

async function bench(): Promise<string> {
  const host = `127.0.0.1:${(slow.address() as AddressInfo).port}`;
  await call('PUT', '/api/settings/egress', { privateHosts: [host] });
  await call('POST', '/api/tools', {
    name: 'slow',
    type: 'http',
    inputSchema: { type: 'object', properties: { ms: { type: 'integer' }, bytes: { type: 'integer' } } },
    config: { method: 'GET', url: `http://${host}/` },
  });
  await batchOf(10);
  const lines: string[] = [];
  for (const { calls, rounds, aim } of sizes) {
    const took: number[] = [];
    most = 0;
    for (let round = 0; round < rounds; round++) took.push(await batchOf(calls));
    const ratio = median(took) / slowestMs;
    lines.push(
      `| ${calls} | ${median(took).toFixed(0)} | ${ratio.toFixed(2)} | ${aim === null ? '' : `≤ ${aim}`} | ${aim === null ? '' : ratio <= aim ? 'met' : 'not met'} | ${most} |`,
    );
  }
  const memory = await inspectMemory(inspectPort, servers.apiPid);
  await sleep(quietMs);
  const rest = await memory.read();
  const rows: string[] = [];
  for (const [what, calls, make] of [
    ['small responses', 50, batchOf],
    ['small responses', 200, batchOf],
    ['small responses', 1000, batchOf],
    ['half use 100 kB of another', 200, graphOf],
    ['half use 100 kB of another', 1000, graphOf],
  ] as const) {
    const { peak } = await memory.peakDuring(() => make(calls));
    await sleep(quietMs);
    const after = await memory.read();
    rows.push(
      `| ${what} | ${calls} | ${peak.live - rest.live} | ${peak.buffers - rest.buffers} | ${peak.rss - rest.rss} | ${after.live - rest.live} | ${after.rss - rest.rss} |`,
    );
  }
  memory.close();
  const machine = `${cpus().length} × ${cpus()[0]?.model ?? 'CPU'}, ${Math.round(totalmem() / 2 ** 30)} GB, Node ${process.versions.node}; load ${loadavg()[0]!.toFixed(0)}`;
  return `# Batches

Written by \`npm run bench:batches\` on ${new Date().toISOString().slice(0, 10)} (${machine}). Each call takes between 0.2 and
${slowestMs / 1000} s at its provider; one of them takes ${slowestMs / 1000} s. The time is that of \`POST /api/batches\` until it responds with every
result. One process is API and worker, and a tenant alone has half of its calls at once. Row 9 of the benches.

| calls | ms | ÷ the slowest one | aim | | most at once |
|---|---|---|---|---|---|
${lines.join('\n')}

## Memory

Megabytes of the process more than before (${rest.live} live on the heap, ${rest.rss} in all). *Live* is what is left on the heap
after a collection, which is forced every second: that is what a batch holds, and it stays flat. *All* is the whole process: most of it is garbage that V8
has not collected yet, in the young generation and in the thread with the workflows of the calls, and goes back afterwards.

| what | calls | live, at most | buffers, at most | all, at most | live, ${quietMs / 1000} s later | all, ${quietMs / 1000} s later |
|---|---|---|---|---|---|---|
${rows.join('\n')}

A batch holds the payloads of calls that have not ended, of which at most 64 are being prepared, and 16 MB of outputs that other calls use.
`;
}

/** Half of the calls use the long response of one of the others. @returns milliseconds until every call has ended */
function graphOf(count: number): Promise<number> {
  const half = count / 2;
  return made(
    Array.from({ length: count }, (_, index) => ({
      id: `c${index}`,
      tool: 'slow',
      payload:
        index < half
          ? { ms: 200, bytes: largeBytes }
          : { ms: `\${{ $length(calls.c${index - half}.output.text) > 0 ? 200 : 300 }}` },
    })),
  );
}

/** @returns milliseconds until every call has ended */
function batchOf(count: number): Promise<number> {
  return made(
    Array.from({ length: count }, (_, index) => ({
      id: `c${index}`,
      tool: 'slow',
      payload: { ms: index === 0 ? slowestMs : 200 + ((index * 7919) % (slowestMs - 200)) },
    })),
  );
}

async function made(calls: readonly unknown[]): Promise<number> {
  const began = performance.now();
  const concurrency = calls.length;
  const { body } = await call('POST', '/api/batches', { calls, concurrency, waitMs: 120_000 });
  if (body.status !== 'succeeded') throw new Error(JSON.stringify(body).slice(0, 1000));
  return performance.now() - began;
}

async function call(
  method: 'POST' | 'PUT',
  path: string,
  body: unknown,
): Promise<{ body: Record<string, unknown> }> {
  const response = await pool.request({
    method,
    path,
    headers: { authorization: `Bearer ${servers.apiKey}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  return { body: (await response.body.json()) as Record<string, unknown> };
}
