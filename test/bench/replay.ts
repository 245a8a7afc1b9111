import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { cpus, loadavg, totalmem } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Pool } from 'undici';
import { startBenchServers } from './bench-servers.ts';
import { median } from './measure.ts';

// `npm run bench:replay`: past executions replayed beside making them, to docs/performance-replay.md.

const executions = 500;
const rounds = 5;
const atOnce = 16;
/** Of the calls of another organization, one after the other. */
const lightCalls = 150;

const servers = await startBenchServers({ name: 'bench-replay' });
const pool = new Pool(servers.apiUrl, { connections: 32, headersTimeout: 130_000 });
const provider = createServer(async (request, response) => {
  for await (const _piece of request);
  response
    .setHeader('content-type', 'application/json')
    .end('{"refund":{"id":"r-1","amount":12.5},"state":"done"}');
}).listen(0, '127.0.0.1');
await once(provider, 'listening');
try {
  const markdown = await bench();
  writeFileSync(join(import.meta.dirname, '../../docs/performance-replay.md'), markdown);
  console.log(markdown);
} finally {
  await pool.close();
  await servers.stop();
  provider.closeAllConnections();
  provider.close();
}

async function bench(): Promise<string> {
  const host = `127.0.0.1:${(provider.address() as AddressInfo).port}`;
  const definition = (transform: string) => ({
    name: 'refund',
    type: 'http',
    inputSchema: { type: 'object', required: ['amount'], properties: { amount: { type: 'number' } } },
    outputSchema: { type: 'object', required: ['id'], properties: { id: { type: 'string' } } },
    config: { method: 'POST', url: `http://${host}/refunds`, transform },
  });
  const light = { name: 'light', type: 'dummy' };
  for (const key of [servers.apiKey, servers.otherKey])
    await call(key, 'PUT', '/api/settings/egress', { privateHosts: [host] });
  const toolId = await created(servers.apiKey, definition('body.refund'));
  const lightId = await created(servers.otherKey, light);
  const execute = (key: string, id: string, payload: unknown) =>
    call(key, 'POST', `/api/tools/${id}/execute`, { payload, waitMs: 60_000 });
  const replay = async () => {
    const draft = definition('{"id": body.refund.id, "cents": body.refund.amount * 100}');
    const path = `/api/tools/${toolId}/replay`;
    const { counts } = await call(servers.apiKey, 'POST', path, { definition: draft, last: executions });
    if ((counts as { changed: number }).changed !== executions) throw new Error(JSON.stringify(counts));
  };
  const make = async () => {
    let left = executions;
    await Promise.all(
      Array.from({ length: atOnce }, async () => {
        while (left-- > 0) await execute(servers.apiKey, toolId, { amount: 12.5 });
      }),
    );
  };
  await make();
  await replay();
  const made: number[] = [];
  const replayed: number[] = [];
  for (let round = 0; round < rounds; round++) {
    made.push(await timed(make));
    // What the executions have left to do in Temporal is no part of the replay.
    await sleep(2_000);
    replayed.push(await timed(replay));
  }
  const lightP99 = async () => {
    const took: number[] = [];
    for (let at = 0; at < lightCalls; at++)
      took.push(await timed(() => execute(servers.otherKey, lightId, {})));
    return took.toSorted((a, b) => a - b)[Math.floor(took.length * 0.99)]!;
  };
  const beside: number[] = [];
  const alone: number[] = [];
  for (let round = 0; round < rounds; round++) {
    await sleep(2_000);
    alone.push(await lightP99());
    let busy = true;
    const background = (async () => {
      while (busy) await replay();
    })();
    beside.push(await lightP99());
    busy = false;
    await background;
  }
  const ratio = median(replayed.map((each, at) => each / made[at]!));
  const slower = median(beside.map((each, at) => each / alone[at]!));
  const machine = `${cpus().length} × ${cpus()[0]?.model ?? 'CPU'}, ${Math.round(totalmem() / 2 ** 30)} GB, Node ${process.versions.node}; load ${loadavg()[0]!.toFixed(0)}`;
  return `# Replays

Written by \`npm run bench:replay\` on ${new Date().toISOString().slice(0, 10)} (${machine}). ${executions} executions of one tool are made
against a provider on this machine, ${atOnce} at once; then one request replays them with another transform, which runs in an isolate
for each. In turns, ${rounds} times, the median of the ratios. The light calls are those of another organization, one after the other.

| | ms | ÷ | |
|---|---|---|---|
| ${executions} executions are made | ${median(made).toFixed(0)} | | |
| ${executions} executions are replayed | ${median(replayed).toFixed(0)} | ${ratio.toFixed(2)} | ÷ making them |
| p99 of light calls, alone | ${median(alone).toFixed(1)} | | |
| p99 of light calls, while replays run without a pause | ${median(beside).toFixed(1)} | ${slower.toFixed(2)} | ÷ alone |
`;
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return performance.now() - began;
}

async function created(key: string, definition: unknown): Promise<string> {
  return (await call(key, 'POST', '/api/tools', definition)).id as string;
}

async function call(
  key: string,
  method: 'POST' | 'PUT',
  path: string,
  body: unknown,
): Promise<Record<string, unknown>> {
  const response = await pool.request({
    method,
    path,
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  const read = (await response.body.json()) as Record<string, unknown>;
  if (response.statusCode >= 400) throw new Error(JSON.stringify(read).slice(0, 1000));
  return read;
}
