import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { cpus, totalmem } from 'node:os';
import { join } from 'node:path';
import { Pool } from 'undici';
import { startBenchServers } from './bench-servers.ts';
import { measure, median, percentile } from './measure.ts';

// `npm run bench:hostile`: what one tenant's attacks cost another tenant, to docs/performance-hostile.md.

const rounds = 3;
const quietMs = 4000;
const attackMs = 5000;
/** Requests of the attacker at the same time. */
const lanes = 4;
const aim = 3;

const millions = Buffer.from(`[${'{},'.repeat(4_000_000)}{}]`);
const provider = createServer((_, response) =>
  response.writeHead(200, { 'content-type': 'application/json' }).end(millions),
);
await new Promise<void>((resolve) => provider.listen(0, '127.0.0.1', resolve));
const providerHost = `127.0.0.1:${(provider.address() as AddressInfo).port}`;
const servers = await startBenchServers();
const pool = new Pool(servers.apiUrl, { connections: 64 });
try {
  writeFileSync(join(import.meta.dirname, '../../docs/performance-hostile.md'), await bench());
} finally {
  await pool.close();
  await servers.stop();
  provider.closeAllConnections();
  provider.close();
}

interface Row {
  name: string;
  quietP99: number;
  attackedP99: number;
  /** Attacks that ended during the measurement. */
  attacks: number;
}

async function bench(): Promise<string> {
  const attacks = await defineAttacks();
  const measured = await conditions();
  const me = async () => {
    const { error } = await call(servers.otherKey, 'GET', '/api/me');
    if (error) throw new Error(JSON.stringify(error));
  };
  await measure({ concurrency: 4, count: 500 }, me);
  for (const attack of Object.values(attacks)) await attack();

  const found = new Map<string, Omit<Row, 'name'>[]>();
  for (let round = 0; round < rounds; round++) {
    for (const [name, attack] of Object.entries(attacks)) {
      const quiet = await measure({ concurrency: 1, durationMs: quietMs }, me);
      const attacking = measure({ concurrency: lanes, durationMs: attackMs }, attack);
      const attacked = await measure({ concurrency: 1, durationMs: attackMs }, me);
      const row = {
        quietP99: percentile(quiet.latencies, 0.99),
        attackedP99: percentile(attacked.latencies, 0.99),
        attacks: (await attacking).latencies.length,
      };
      console.log(round + 1, name, row);
      found.set(name, [...(found.get(name) ?? []), row]);
    }
  }
  const rows = [...found].map(([name, each]) => ({
    name,
    quietP99: median(each.map(({ quietP99 }) => quietP99)),
    attackedP99: median(each.map(({ attackedP99 }) => attackedP99)),
    attacks: median(each.map((one) => one.attacks)),
  }));
  return toMarkdown(rows, measured);
}

/** Latency of a dry run with one condition that needs an isolate, and of one that does not. */
async function conditions(): Promise<{ isolate: number; plain: number }> {
  // A dry run of many conditions, so that the request around them does not count.
  const steps = (when: string) =>
    Array.from({ length: 400 }, (_, index) => ({ id: `s${index}`, type: 'manual', title: 'S', when }));
  const run = async (when: string) => {
    const { latencies } = await measure({ concurrency: 1, count: 10 }, async () => {
      const { error } = await dryRun(steps(when));
      if (error) throw new Error(JSON.stringify(error));
    });
    return median(latencies) / 400;
  };
  return { isolate: await run('1 + 1 = 2'), plain: await run('input.yes') };
}

async function defineAttacks(): Promise<Record<string, () => Promise<unknown>>> {
  const doubled = '$d := function($s, $n) { $n = 0 ? $s : $d($s & $s, $n - 1) }';
  const item = { type: 'object', required: ['a'], properties: { a: { type: 'string', minLength: 1 } } };
  await call(servers.apiKey, 'PUT', '/api/settings/egress', { privateHosts: [providerHost] });
  const checks = await call(servers.apiKey, 'POST', '/api/tools', {
    name: 'checks_much',
    type: 'http',
    inputSchema: {
      type: 'object',
      properties: { items: { items: { allOf: Array.from({ length: 200 }, () => item) } } },
    },
    config: { method: 'POST', url: `http://${providerHost}` },
  });
  const reads = await call(servers.apiKey, 'POST', '/api/tools', {
    name: 'reads_much',
    type: 'http',
    config: { method: 'GET', url: `http://${providerHost}`, maxResponseBytes: 16_777_216 },
  });
  const items = JSON.stringify({ payload: { items: Array.from({ length: 100_000 }, () => ({})) } });
  const condition = (when: string) => () =>
    dryRun([{ id: 'first', type: 'manual', title: 'First', when: `${when} = 1` }]);
  return {
    '`$distinct` over 30,000 objects': condition('$count($distinct([1..30000].{"n": $}))'),
    '`$split` of a text that doubles': condition(`(${doubled}; $count($split($d("a,", 26), ",")))`),
    'texts of 64 MB': condition(`(${doubled}; $sum([1..50].$length($uppercase($d("abcdefgh", 23)))))`),
    'a schema of 200 `allOf` × 100,000 items': () =>
      call(servers.apiKey, 'POST', `/api/tools/${checks.id}/validate`, items),
    'a response of 12 MB of `{}`': () =>
      call(servers.apiKey, 'POST', `/api/tools/${reads.id}/execute`, { payload: {} }),
  };
}

function dryRun(steps: unknown[]): Promise<Record<string, unknown>> {
  const document = { name: 'hostile', title: 'Hostile', steps };
  return call(servers.apiKey, 'POST', '/api/playbooks/dry-run', { document, input: { yes: true } });
}

async function call(
  key: string,
  method: 'GET' | 'POST' | 'PUT',
  path: string,
  body?: unknown,
): Promise<Record<string, unknown>> {
  const response = await pool.request({
    method,
    path,
    headers: {
      authorization: `Bearer ${key}`,
      ...(body ? { 'content-type': 'application/json' } : {}),
    },
    ...(body ? { body: typeof body === 'string' ? body : JSON.stringify(body) } : {}),
  });
  return (await response.body.json()) as Record<string, unknown>;
}

function toMarkdown(rows: Row[], { isolate, plain }: { isolate: number; plain: number }): string {
  const machine = `${cpus().length} × ${cpus()[0]?.model ?? 'CPU'}, ${Math.round(totalmem() / 2 ** 30)} GB, Node ${process.versions.node}`;
  const lines = rows.map(({ name, quietP99, attackedP99, attacks }) => {
    const ratio = attackedP99 / quietP99;
    return `| ${name} | ${attacks} | ${quietP99.toFixed(1)} | ${attackedP99.toFixed(1)} | ${ratio.toFixed(2)} | ≤ ${aim} | ${ratio <= aim ? 'met' : 'not met'} |`;
  });
  return `# Hostile work

Written by \`npm run bench:hostile\` on ${new Date().toISOString().slice(0, 10)} (${machine}). One process is API and worker. One tenant
attacks with ${lanes} requests at a time; another one calls \`GET /api/me\`. Medians of ${rounds} rounds; only the ratios carry over to
other machines.

| attack | attacks in ${attackMs / 1000} s | p99 of the other tenant, quiet (ms) | during the attack (ms) | ratio | aim | |
|---|---|---|---|---|---|---|
${lines.join('\n')}

| a condition in a warm process | measured | aim | |
|---|---|---|---|
| \`1 + 1 = 2\`, in an isolate: p50 (ms) | ${isolate.toFixed(2)} | ≤ 1 | ${isolate <= 1 ? 'met' : 'not met'} |
| \`input.yes\`, a plain path: p50 (ms) | ${plain.toFixed(2)} | less | ${plain < isolate ? 'met' : 'not met'} |

How it is done: [what tenants write runs in isolates](decisions/0016-what-tenants-write-runs-in-isolates.md).
`;
}
