import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { cpus, loadavg, totalmem } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Pool } from 'undici';
import { startBenchServers } from './bench-servers.ts';
import { median } from './measure.ts';

// `npm run bench:batches`: a batch of parallel calls beside its slowest call, to docs/performance-batches.md.

const slowestMs = 1000;
const sizes = [
  { calls: 10, rounds: 5, aim: 1.5 },
  { calls: 50, rounds: 5, aim: 2 },
  { calls: 200, rounds: 3, aim: 4 },
  { calls: 1000, rounds: 2, aim: null },
];
let most = 0;
let inProgress = 0;

const servers = await startBenchServers();
const pool = new Pool(servers.apiUrl, { connections: 8, headersTimeout: 130_000 });
/** Takes as long as the request says. */
const slow = createServer(async (request, response) => {
  inProgress += 1;
  most = Math.max(most, inProgress);
  await sleep(Number(new URL(request.url ?? '', 'http://slow').searchParams.get('ms')));
  inProgress -= 1;
  response.setHeader('content-type', 'application/json').end('{"done":true}');
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
    inputSchema: { type: 'object', properties: { ms: { type: 'integer' } } },
    config: { method: 'GET', url: `http://${host}/` },
  });
  await batchOf(10);
  const lines: string[] = [];
  const rest = memory();
  for (const { calls, rounds, aim } of sizes) {
    const took: number[] = [];
    most = 0;
    for (let round = 0; round < rounds; round++) took.push(await batchOf(calls));
    const ratio = median(took) / slowestMs;
    lines.push(
      `| ${calls} | ${median(took).toFixed(0)} | ${ratio.toFixed(2)} | ${aim === null ? '' : `≤ ${aim}`} | ${aim === null ? '' : ratio <= aim ? 'met' : 'not met'} | ${most} | ${memory() - rest} |`,
    );
  }
  const machine = `${cpus().length} × ${cpus()[0]?.model ?? 'CPU'}, ${Math.round(totalmem() / 2 ** 30)} GB, Node ${process.versions.node}; load ${loadavg()[0]!.toFixed(0)}`;
  return `# Batches

Written by \`npm run bench:batches\` on ${new Date().toISOString().slice(0, 10)} (${machine}). Each call takes between 0.2 and
${slowestMs / 1000} s at its provider; one of them takes ${slowestMs / 1000} s. The time is that of \`POST /api/batches\` until it responds with every
result. One process is API and worker, and a tenant alone has half of its calls at once. Row 9 of the benches.

| calls | ms | ÷ the slowest one | aim | | most at once | memory, MB more |
|---|---|---|---|---|---|---|
${lines.join('\n')}
`;
}

/** @returns milliseconds until every call has ended */
async function batchOf(count: number): Promise<number> {
  const calls = Array.from({ length: count }, (_, index) => ({
    id: `c${index}`,
    tool: 'slow',
    payload: { ms: index === 0 ? slowestMs : 200 + ((index * 7919) % (slowestMs - 200)) },
  }));
  const began = performance.now();
  const { body } = await call('POST', '/api/batches', { calls, concurrency: count, waitMs: 120_000 });
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

/** Of the process that is API and worker, in MB. */
function memory(): number {
  const pages = Number(readFileSync(`/proc/${servers.apiPid}/statm`, 'utf8').split(' ')[1]);
  return Math.round((pages * 4096) / 2 ** 20);
}
