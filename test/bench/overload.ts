import { readFileSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { Pool } from 'undici';
import { startBenchServers } from './bench-servers.ts';
import { median, percentile } from './measure.ts';

// `npm run bench:overload`: what callers get when there are too many of them, to docs/performance-overload.md.

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '4' },
    seconds: { type: 'string', default: '8' },
    /** Clients that repeat a refused call at once, whatever Retry-After says. */
    impatient: { type: 'boolean', default: false },
    write: { type: 'boolean', default: true },
  },
  allowNegative: true,
});
const rounds = Number(values.rounds);
const roundMs = Number(values.seconds) * 1000;
/** Clients at once: half of the load, the load, twice the load. */
const loads = [64, 128, 256];

/** What the clients of one load saw, all rounds together. */
interface Seen {
  /** Milliseconds of every call that had its true outcome in the response. */
  accepted: number[];
  /** Milliseconds of every call that was refused with 429 or 503, and Retry-After. */
  refused: number[];
  /** Every other response by status. */
  other: Map<number, number>;
  /** Resident bytes of the product at the end of each round. */
  memory: number[];
  /** p99 of each round. */
  p99s: number[];
  elapsedMs: number;
  /** Executions that were still open when the last client had its response. */
  leftOpen: number[];
}

const servers = await startBenchServers();
const pool = new Pool(servers.apiUrl, { connections: Math.max(...loads) + 8 });
try {
  const markdown = toMarkdown(await bench());
  if (values.write) writeFileSync(join(import.meta.dirname, '../../docs/performance-overload.md'), markdown);
  console.log(markdown);
} finally {
  await pool.close();
  await servers.stop();
}

async function bench(): Promise<Map<number, Seen>> {
  const toolId = await defineTool();
  console.log('Warming up …');
  await load(toolId, 32, roundMs * 2);
  await settled();
  const seen = new Map<number, Seen>();
  for (let round = 0; round < rounds; round++) {
    // Each load follows each other one in turn.
    for (const clients of round % 2 === 0 ? loads : loads.toReversed()) {
      const one = await load(toolId, clients, roundMs);
      console.log(
        `Round ${round + 1}, ${clients} clients: ${one.accepted.length} accepted, p50 ${median(one.accepted).toFixed(0)} p99 ${one.p99s[0]?.toFixed(0)}, ${one.refused.length} refused p50 ${median(one.refused).toFixed(0)}, other ${JSON.stringify([...one.other])}, open ${one.leftOpen}, ${(one.memory[0]! / 2 ** 20).toFixed(0)} MB`,
      );
      seen.set(clients, merge(seen.get(clients), one));
      await settled();
    }
  }
  return seen;
}

async function load(toolId: string, clients: number, durationMs: number): Promise<Seen> {
  const seen: Seen = {
    accepted: [],
    refused: [],
    other: new Map(),
    memory: [],
    p99s: [],
    elapsedMs: 0,
    leftOpen: [],
  };
  const from = performance.now();
  const client = async () => {
    while (performance.now() - from < durationMs) {
      const at = performance.now();
      const { status, retryAfter } = await call('POST', `/api/tools/${toolId}/execute`, { payload: {} });
      const ms = performance.now() - at;
      if (status === 200) seen.accepted.push(ms);
      else if ((status === 429 || status === 503) && retryAfter > 0) {
        seen.refused.push(ms);
        if (!values.impatient) await sleep(retryAfter * 1000 * (0.5 + Math.random()));
      } else seen.other.set(status, (seen.other.get(status) ?? 0) + 1);
    }
  };
  await Promise.all(Array.from({ length: clients }, client));
  seen.elapsedMs = performance.now() - from;
  seen.p99s.push(percentile(seen.accepted, 0.99));
  seen.leftOpen.push(await countOpen());
  seen.memory.push(residentBytes());
  return seen;
}

function merge(all: Seen | undefined, one: Seen): Seen {
  if (!all) return one;
  const other = new Map(all.other);
  for (const [status, count] of one.other) other.set(status, (other.get(status) ?? 0) + count);
  return {
    accepted: [...all.accepted, ...one.accepted],
    refused: [...all.refused, ...one.refused],
    other,
    memory: [...all.memory, ...one.memory],
    p99s: [...all.p99s, ...one.p99s],
    elapsedMs: all.elapsedMs + one.elapsedMs,
    leftOpen: [...all.leftOpen, ...one.leftOpen],
  };
}

/** Waits until every execution has ended, and its workflow has had a moment to close. */
async function settled(): Promise<void> {
  while ((await countOpen()) > 0) await sleep(200);
  await sleep(1000);
}

async function countOpen(): Promise<number> {
  let open = 0;
  for (const status of ['requested', 'running']) {
    let cursor = '';
    do {
      const { body } = await call(
        'GET',
        `/api/tools/executions?limit=100&status=${status}${cursor && `&cursor=${encodeURIComponent(cursor)}`}`,
      );
      open += (body.items as unknown[]).length;
      cursor = String(body.nextCursor ?? '');
    } while (cursor);
  }
  return open;
}

/** Of the process that is API and worker. */
function residentBytes(): number {
  const pages = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${servers.apiPid}/status`, 'utf8'))?.[1];
  return Number(pages) * 1024;
}

async function call(method: 'GET' | 'POST' | 'PUT', path: string, body?: unknown) {
  const response = await pool.request({
    method,
    path,
    headers: {
      authorization: `Bearer ${servers.apiKey}`,
      ...(body ? { 'content-type': 'application/json' } : {}),
    },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  return {
    status: response.statusCode,
    retryAfter: Number(response.headers['retry-after'] ?? 0),
    body: (await response.body.json()) as Record<string, unknown>,
  };
}

async function defineTool(): Promise<string> {
  await call('PUT', '/api/settings/egress', { privateHosts: [new URL(servers.echoUrl).host] });
  const config = { method: 'GET', url: `${servers.echoUrl}/` };
  const { status, body } = await call('POST', '/api/tools', { name: 'echo', type: 'http', config });
  if (status !== 201) throw new Error(JSON.stringify(body));
  return String(body.id);
}

function toMarkdown(seen: Map<number, Seen>): string {
  const machine = `${cpus().length} × ${cpus()[0]?.model ?? 'CPU'}, ${Math.round(totalmem() / 2 ** 30)} GB, Node ${process.versions.node}`;
  const ms = (list: number[], share: number) =>
    list.length === 0 ? '–' : percentile(list, share).toFixed(0);
  const answered = ({ accepted, refused }: Seen) => accepted.length + refused.length;
  const strange = ({ other }: Seen) => [...other.values()].reduce((sum, count) => sum + count, 0);
  const share = (each: Seen) => answered(each) / (answered(each) + strange(each));
  const [half, full, double] = loads.map((clients) => seen.get(clients)!);
  const ratio = (of: Seen, to: Seen) => percentile(of.accepted, 0.99) / percentile(to.accepted, 0.99);
  const worst = Math.min(...[...seen.values()].map(share));
  const row = ([clients, each]: [number, Seen]) =>
    `| ${clients} | ${(each.accepted.length / (each.elapsedMs / 1000)).toFixed(0)} | ${ms(each.accepted, 0.25)} | ${ms(each.accepted, 0.5)} | ${ms(each.accepted, 0.75)} | ${ms(each.accepted, 0.99)} (${each.p99s.map((p99) => p99.toFixed(0)).join(', ')}) | ${each.refused.length} of ${answered(each) + strange(each)} | ${ms(each.refused, 0.5)} | ${ms(each.refused, 0.99)} | ${strange(each)} | ${Math.max(...each.leftOpen)} | ${(Math.max(...each.memory) / 2 ** 20).toFixed(0)} |`;
  const met = (holds: boolean) => (holds ? 'met' : 'not met');
  return `# Overload

Written by \`npm run bench:overload\` on ${new Date().toISOString().slice(0, 10)} (${machine}). Clients of one tenant execute a tool with a fast
provider, each one call after the other${values.impatient ? '; a refused client calls again at once' : '; a refused client waits as long as Retry-After says'}. One process is API and worker. The loads
take turns in one run, ${rounds} rounds of ${values.seconds} s each. Only the ratios carry over to other machines.

| # | bench | measured | aim | |
|---|---|---|---|---|
| 12 | share of calls with their true outcome, or an early 429 or 503 | ${worst.toFixed(3)} | 1.0 | ${met(worst === 1)} |
| | p99 of the accepted calls, ${loads[1]} clients ÷ ${loads[0]} | ${ratio(full!, half!).toFixed(2)} | ≤ 3 | ${met(ratio(full!, half!) <= 3)} |
| | the same, ${loads[2]} clients ÷ ${loads[1]} | ${ratio(double!, full!).toFixed(2)} | ≤ 3 | ${met(ratio(double!, full!) <= 3)} |

| clients | accepted per second | p25 ms | p50 | p75 | p99 (of each round) | refused | p50 of refusals, ms | p99 | other responses | executions left open | memory, MB |
|---|---|---|---|---|---|---|---|---|---|---|---|
${[...seen].map(row).join('\n')}
`;
}
