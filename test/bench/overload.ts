import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import type { BenchOptions, BenchRow } from './bench-row.ts';
import { startBenchServers } from './bench-servers.ts';
import { inTurn, median, percentile, ratioOf } from './measure.ts';
import { residentMegabytes } from './process-usage.ts';
import { createProductClient, type ProductClient } from './product-client.ts';
import { machine, rowsToMarkdown } from './report.ts';

// Row 12: what callers get when there are too many of them. `npm run bench:overload` writes docs/performance-overload.md.

/** Clients at once: half of the load, the load, twice the load. */
const loads = [64, 128, 256];

export interface OverloadOptions {
  rounds: number;
  seconds: number;
  /** Clients that repeat a refused call at once, whatever Retry-After says. */
  impatient: boolean;
}

/** What the clients of one load saw in one round. */
interface Seen {
  /** Milliseconds of every call that had its true outcome in the response. */
  accepted: number[];
  /** Milliseconds of every call that was refused with 429 or 503, and Retry-After. */
  refused: number[];
  /** How many other responses. */
  other: number;
  elapsedMs: number;
  /** Executions that were still open when the last client had its response. */
  leftOpen: number;
  /** Resident memory of the product at the end. */
  megabytes: number;
}

export async function run(
  { quick, log }: BenchOptions,
  { rounds, seconds, impatient }: OverloadOptions = {
    rounds: quick ? 1 : 4,
    seconds: quick ? 4 : 8,
    impatient: false,
  },
): Promise<BenchRow[]> {
  const servers = await startBenchServers();
  const client = createProductClient(servers, Math.max(...loads) + 8);
  try {
    const toolId = await client.createTool('echo', servers.echoUrl);
    const load = (clients: number, durationMs: number) =>
      press({ client, toolId, clients, durationMs, impatient, pid: servers.apiPid });
    log('Warming up …');
    await load(32, seconds * 2000);
    await untilSettled(client);
    const seen = new Map<number, Seen[]>(loads.map((clients) => [clients, []]));
    for (let round = 0; round < rounds; round++) {
      for (const clients of inTurn(loads, round)) {
        const one = await load(clients, seconds * 1000);
        log(
          `Round ${round + 1}, ${clients} clients: ${one.accepted.length} accepted, p50 ${median(one.accepted).toFixed(0)} p99 ${percentile(one.accepted, 0.99).toFixed(0)} ms, ${one.refused.length} refused, ${one.other} others, ${one.leftOpen} left open, ${one.megabytes.toFixed(0)} MB`,
        );
        seen.get(clients)!.push(one);
        await untilSettled(client);
      }
    }
    return toRows(seen);
  } finally {
    await client.close();
    await servers.stop();
  }
}

async function press({
  client,
  toolId,
  clients,
  durationMs,
  impatient,
  pid,
}: {
  client: ProductClient;
  toolId: string;
  clients: number;
  durationMs: number;
  impatient: boolean;
  pid: number;
}): Promise<Seen> {
  const [accepted, refused]: [number[], number[]] = [[], []];
  let other = 0;
  const from = performance.now();
  const lane = async () => {
    while (performance.now() - from < durationMs) {
      const at = performance.now();
      const { status, retryAfter } = await client.request('POST', `/api/tools/${toolId}/execute`, {
        payload: {},
      });
      const ms = performance.now() - at;
      if (status === 200) accepted.push(ms);
      else if ((status === 429 || status === 503) && retryAfter > 0) {
        refused.push(ms);
        if (!impatient) await sleep(retryAfter * 1000 * (0.5 + Math.random()));
      } else other++;
    }
  };
  await Promise.all(Array.from({ length: clients }, lane));
  const elapsedMs = performance.now() - from;
  return {
    accepted,
    refused,
    other,
    elapsedMs,
    leftOpen: await countOpen(client),
    megabytes: residentMegabytes(pid),
  };
}

/** Waits until every execution has ended, and its workflow has had a moment to close. */
async function untilSettled(client: ProductClient): Promise<void> {
  while ((await countOpen(client)) > 0) await sleep(200);
  await sleep(1000);
}

async function countOpen(client: ProductClient): Promise<number> {
  let open = 0;
  for (const status of ['requested', 'running']) {
    let cursor = '';
    do {
      const after = cursor && `&cursor=${encodeURIComponent(cursor)}`;
      const body = await client.call('GET', `/api/tools/executions?limit=100&status=${status}${after}`);
      open += (body.items as unknown[]).length;
      cursor = String(body.nextCursor ?? '');
    } while (cursor);
  }
  return open;
}

function toRows(seen: Map<number, Seen[]>): BenchRow[] {
  const sum = (rounds: Seen[], of: (one: Seen) => number) => rounds.reduce((all, one) => all + of(one), 0);
  const answered = (one: Seen) => one.accepted.length + one.refused.length;
  const share = (rounds: Seen[]) => sum(rounds, answered) / sum(rounds, (one) => answered(one) + one.other);
  const p99s = (rounds: Seen[]) => rounds.map((one) => percentile(one.accepted, 0.99));
  const ms = (list: number[], at: number) => (list.length === 0 ? '–' : percentile(list, at).toFixed(0));
  const [half, full, double] = loads.map((clients) => seen.get(clients)!);
  return [
    {
      number: 12,
      name: 'share of calls with their true outcome, or an early 429 or 503',
      value: Math.min(...[...seen.values()].map(share)),
      aim: { op: '>=', value: 1 },
      table: {
        head: [
          'clients',
          'accepted per second',
          'p25 ms',
          'p50',
          'p75',
          'p99 (of each round)',
          'refused',
          'p50 of refusals, ms',
          'p99',
          'other responses',
          'executions left open',
          'memory, MB',
        ],
        rows: [...seen].map(([clients, rounds]) => {
          const accepted = rounds.flatMap((one) => one.accepted);
          const refused = rounds.flatMap((one) => one.refused);
          return [
            clients,
            (accepted.length / (sum(rounds, (one) => one.elapsedMs) / 1000)).toFixed(0),
            ms(accepted, 0.25),
            ms(accepted, 0.5),
            ms(accepted, 0.75),
            `${ms(accepted, 0.99)} (${p99s(rounds)
              .map((p99) => p99.toFixed(0))
              .join(', ')})`,
            `${refused.length} of ${sum(rounds, (one) => answered(one) + one.other)}`,
            ms(refused, 0.5),
            ms(refused, 0.99),
            sum(rounds, (one) => one.other),
            Math.max(...rounds.map((one) => one.leftOpen)),
            Math.max(...rounds.map((one) => one.megabytes)).toFixed(0),
          ];
        }),
      },
    },
    {
      number: 12,
      name: `p99 of the accepted calls, ${loads[1]} clients ÷ ${loads[0]}`,
      ...ratioOf(p99s(full!), p99s(half!)),
      aim: { op: '<=', value: 3 },
    },
    {
      number: 12,
      name: `the same, ${loads[2]} clients ÷ ${loads[1]}`,
      ...ratioOf(p99s(double!), p99s(full!)),
      aim: { op: '<=', value: 3 },
    },
  ];
}

if (import.meta.main) {
  const { values } = parseArgs({
    options: {
      rounds: { type: 'string' },
      seconds: { type: 'string' },
      impatient: { type: 'boolean', default: false },
      quick: { type: 'boolean', default: false },
      write: { type: 'boolean', default: true },
    },
    allowNegative: true,
  });
  const { quick, impatient } = values;
  const options = {
    rounds: Number(values.rounds ?? (quick ? 1 : 4)),
    seconds: Number(values.seconds ?? (quick ? 4 : 8)),
    impatient,
  };
  const rows = await run({ quick, log: console.log }, options);
  const refusal = impatient
    ? 'a refused client calls again at once'
    : 'a refused client waits as long as Retry-After says';
  const markdown = `# Overload

Written by \`npm run bench:overload\` on ${new Date().toISOString().slice(0, 10)} (${machine()}). Clients of one tenant execute a tool with a fast
provider, each one call after the other; ${refusal}. One process is API and worker. The loads
take turns in one run, ${options.rounds} rounds of ${options.seconds} s each. Only the ratios carry over to other machines.

${rowsToMarkdown(rows)}
`;
  console.log(markdown);
  if (values.write && !quick)
    writeFileSync(join(import.meta.dirname, '../../docs/performance-overload.md'), markdown);
}
