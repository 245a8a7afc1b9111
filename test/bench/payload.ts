import { readFileSync } from 'node:fs';
import { Pool } from 'undici';
import type { BenchOptions, BenchRow } from './bench-row.ts';
import { type BenchServers, startBenchServers } from './bench-servers.ts';
import { measure, median, percentile } from './measure.ts';

// Bench 10: what a payload of 1 MB, in and out, costs the requests beside it.

interface Slice {
  latencies: number[];
  /** CPU time of the product's process, and payloads that it carried meanwhile. */
  cpuMs: number;
  carried: number;
}

export async function run({ quick, log }: BenchOptions): Promise<BenchRow[]> {
  const servers = await startBenchServers();
  const pool = new Pool(servers.apiUrl, { connections: 8 });
  try {
    const rows: BenchRow[] = [];
    for (const kind of kinds) rows.push(await benchOf(kind, { quick, log }, servers, pool));
    return rows;
  } finally {
    await pool.close();
    await servers.stop();
  }
}

/** One field is a secret, so that nothing of it is stored as it came. */
interface Kind {
  number: number | string;
  name: string;
  payload: Buffer;
  inputSchema: Record<string, unknown>;
}

const secret = { type: 'string', writeOnly: true };
const kinds: Kind[] = [
  {
    number: 10,
    name: 'one payload of 1 MB in flight (5,000 lines of an invoice), p99 of other executions ÷ none',
    payload: payloadOf({ lines: Array.from({ length: 5000 }, (_, index) => lineOf(index)) }),
    inputSchema: {
      type: 'object',
      properties: {
        pin: secret,
        lines: { type: 'array', items: { type: 'object', properties: { amount: { type: 'number' } } } },
      },
    },
  },
  {
    number: '10b',
    name: 'the same with one text of 1 MB, a file as base64',
    payload: payloadOf({ file: Buffer.alloc(720_000, 'a file of some bytes, ').toString('base64') }),
    inputSchema: { type: 'object', properties: { pin: secret, file: { type: 'string' } } },
  },
];

function payloadOf(content: Record<string, unknown>): Buffer {
  return Buffer.from(JSON.stringify({ payload: { pin: 'a secret of the caller', ...content } }));
}

function lineOf(index: number): Record<string, unknown> {
  return {
    id: `line-${index}`,
    amount: 0.01 + index * 1.25,
    currency: 'EUR',
    reference: `INV-${100_000 + index}`,
    note: `As agreed with the customer by telephone and confirmed in writing, see letter ${index}`,
    paid: index % 2 === 0,
  };
}

async function benchOf(
  { number, name, payload, inputSchema }: Kind,
  { quick, log }: BenchOptions,
  servers: BenchServers,
  pool: Pool,
): Promise<BenchRow> {
  const send = async (method: 'POST' | 'PUT', path: string, body: unknown): Promise<Buffer> => {
    const response = await pool.request({
      method,
      path,
      headers: { authorization: `Bearer ${servers.apiKey}`, 'content-type': 'application/json' },
      body: Buffer.isBuffer(body) ? body : JSON.stringify(body),
    });
    const bytes = Buffer.from(await response.body.arrayBuffer());
    if (response.statusCode >= 300)
      throw new Error(`${method} ${path}: ${response.statusCode} ${bytes.subarray(0, 2000)}`);
    return bytes;
  };
  const define = async (tool: Record<string, unknown>) =>
    String(JSON.parse(String(await send('POST', '/api/tools', { type: 'http', ...tool }))).id);
  await send('PUT', '/api/settings/egress', { privateHosts: [new URL(servers.echoUrl).host] });
  const small = await define({
    name: `small_${number}`,
    config: { method: 'GET', url: `${servers.echoUrl}/` },
  });
  const large = await define({
    name: `large_${number}`,
    inputSchema,
    outputSchema: inputSchema,
    config: { method: 'POST', url: `${servers.echoUrl}/mirror`, maxResponseBytes: 2_000_000 },
  });
  const other = () => send('POST', `/api/tools/${small}/execute`, { payload: {} });
  const carry = () => send('POST', `/api/tools/${large}/execute`, payload);

  const slice = async (withPayload: boolean): Promise<Slice> => {
    const cpuBefore = cpuMs(servers.apiPid);
    let carried = 0;
    let running = withPayload;
    const carrying = (async () => {
      while (running) {
        await carry();
        carried += 1;
      }
    })();
    const { latencies } = await measure({ concurrency: 1, durationMs: quick ? 2000 : 4000 }, other);
    running = false;
    await carrying;
    return { latencies, carried, cpuMs: cpuMs(servers.apiPid) - cpuBefore };
  };

  log(`Bench ${number}: warming up`);
  await measure({ concurrency: 8, count: quick ? 500 : 1500 }, other);
  await measure({ concurrency: 1, count: quick ? 10 : 30 }, carry);
  const rounds = quick ? 4 : 10;
  const [without, beside]: [Slice[], Slice[]] = [[], []];
  for (let round = 0; round < rounds; round++) {
    const order = round % 2 === 0 ? [false, true] : [true, false];
    for (const withPayload of order) (withPayload ? beside : without).push(await slice(withPayload));
    log(
      `Bench ${number}: round ${round + 1} of ${rounds}, ${ratio(beside.at(-1)!, without.at(-1)!).toFixed(2)}`,
    );
  }
  const ratios = beside.map((each, index) => ratio(each, without[index]!));
  const [none, all] = [joined(without), joined(beside)];
  const perExecution = none.cpuMs / none.latencies.length;
  const row = (what: string, { latencies, carried }: Slice) => [
    what,
    ...[0.5, 0.95, 0.99].map((share) => percentile(latencies, share).toFixed(1)),
    latencies.length,
    carried,
  ];
  return {
    number,
    name,
    value: median(ratios),
    quartiles: [percentile(ratios, 0.25), percentile(ratios, 0.75)],
    aim: { op: '<=', value: 1.3 },
    table: {
      head: ['other executions, one at a time', 'p50 ms', 'p95 ms', 'p99 ms', 'executions', 'payloads'],
      rows: [
        row('alone', none),
        row('beside one payload', all),
        [
          'CPU of the process for one payload ÷ for one small execution',
          ((all.cpuMs - perExecution * all.latencies.length) / all.carried / perExecution).toFixed(1),
          ...['', '', '', ''],
        ],
      ],
    },
  };
}

function ratio(one: Slice, other: Slice): number {
  return percentile(one.latencies, 0.99) / percentile(other.latencies, 0.99);
}

function joined(slices: Slice[]): Slice {
  return {
    latencies: slices.flatMap(({ latencies }) => latencies),
    carried: slices.reduce((sum, { carried }) => sum + carried, 0),
    cpuMs: slices.reduce((sum, slice) => sum + slice.cpuMs, 0),
  };
}

/** CPU time of a process so far; 0 where `/proc` does not say. */
function cpuMs(pid: number): number {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return (Number(fields[11]) + Number(fields[12])) * 10;
  } catch {
    return 0;
  }
}

if (import.meta.main) {
  const quick = process.argv.includes('--quick');
  for (const row of await run({ quick, log: (line) => console.log(line) })) {
    const { number, name, value, quartiles, table } = row;
    console.log(
      `${number} ${name}: ${value.toFixed(2)} (${quartiles?.map((each) => each.toFixed(2)).join(' to ')})`,
    );
    console.log([table!.head, ...table!.rows].map((line) => line.join(' | ')).join('\n'));
  }
}
