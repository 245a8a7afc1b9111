import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Pool } from 'undici';
import type { BenchOptions, BenchRow } from './bench-row.ts';
import { type BenchServers, startBenchServers } from './bench-servers.ts';
import { measure } from './measure.ts';

// Bench 13: the memory of a process after 20,000 executions ÷ after 5,000.

const full = [5_000, 10_000, 15_000, 20_000];
const short = [500, 1_000, 1_500, 2_000];
const concurrency = 16;
/** For workflows that close after their caller has the response. */
const restMs = 5_000;

/** What is left after a collection of garbage, in MB. */
interface Memory {
  heap: number;
  /** Buffers, and whatever else is outside of the heap. */
  external: number;
  resident: number;
}

export async function run({ quick, log }: BenchOptions): Promise<BenchRow[]> {
  const dir = mkdtempSync(join(tmpdir(), 'interlock-memory-'));
  const before = { ...process.env };
  process.env.BENCH_MEMORY_FILE = join(dir, 'memory.json');
  process.env.NODE_OPTIONS = `${before.NODE_OPTIONS ?? ''} --import=${new URL('./measured-process.ts', import.meta.url)}`;
  try {
    const servers = await startBenchServers();
    try {
      return [rowOf(await measured(servers, process.env.BENCH_MEMORY_FILE, quick ? short : full, log))];
    } finally {
      await servers.stop();
    }
  } finally {
    process.env = before;
    rmSync(dir, { recursive: true });
  }
}

/** One execution in ten fails, one in fifty carries 200 kB, every one has a key and another input. */
async function measured(
  servers: BenchServers,
  file: string,
  counts: number[],
  log: (line: string) => void,
): Promise<[count: number, memory: Memory][]> {
  const pool = new Pool(servers.apiUrl, { connections: concurrency });
  type Send = (method: 'POST' | 'PUT', path: string, body: unknown, key?: string) => Promise<string>;
  const send: Send = async (method, path, body, key) => {
    const response = await pool.request({
      method,
      path,
      headers: {
        authorization: `Bearer ${servers.apiKey}`,
        'content-type': 'application/json',
        ...(key === undefined ? {} : { 'idempotency-key': key }),
      },
      body: JSON.stringify(body),
    });
    const text = await response.body.text();
    // Nothing was written: the server is busy with what was sent before.
    if (response.statusCode === 429) {
      await sleep(1_000 * Number(response.headers['retry-after']));
      return send(method, path, body, key);
    }
    // A failed execution is one too.
    if (response.statusCode >= 400 && !text.includes('"workflowId"'))
      throw new Error(`${method} ${path}: ${response.statusCode} ${text.slice(0, 1000)}`);
    return text;
  };
  const define = async (name: string, url: string) => {
    const config = { method: 'POST', url, maxResponseBytes: 2_000_000 };
    const inputSchema = { type: 'object', properties: { pin: { type: 'string', writeOnly: true } } };
    const made = await send('POST', '/api/tools', { name, type: 'http', inputSchema, config });
    return String(JSON.parse(made).id);
  };
  try {
    await send('PUT', '/api/settings/egress', {
      privateHosts: [new URL(servers.echoUrl).host, '127.0.0.1:1'],
    });
    const mirror = await define('mirror', `${servers.echoUrl}/mirror`);
    const failing = await define('failing', 'http://127.0.0.1:1/');
    const text = 'a text of some length '.repeat(9_000);
    let made = 0;
    const execute = () => {
      made += 1;
      const payload = { pin: `secret ${made}`, made, ...(made % 50 === 0 ? { text } : {}) };
      const tool = made % 10 === 0 ? failing : mirror;
      return send('POST', `/api/tools/${tool}/execute`, { payload }, `key-${made}`);
    };
    const found: [number, Memory][] = [];
    for (const count of counts) {
      await measure({ concurrency, count: count - made }, execute);
      await sleep(restMs);
      const memory = await memoryOf(servers.apiPid, file);
      found.push([made, memory]);
      log(
        `Bench 13: ${made} executions, ${memory.heap.toFixed(1)} MB of heap, ${memory.resident.toFixed(0)} MB resident`,
      );
    }
    return found;
  } finally {
    await pool.close();
  }
}

async function memoryOf(pid: number, file: string): Promise<Memory> {
  rmSync(file, { force: true });
  process.kill(pid, 'SIGUSR2');
  const until = performance.now() + 60_000;
  while (!existsSync(file)) {
    if (performance.now() > until) throw new Error('The process did not write down its memory');
    await sleep(50);
  }
  const { heapUsed, external, rss } = JSON.parse(readFileSync(file, 'utf8')) as NodeJS.MemoryUsage;
  return { heap: heapUsed / 2 ** 20, external: external / 2 ** 20, resident: rss / 2 ** 20 };
}

function rowOf(found: [count: number, memory: Memory][]): BenchRow {
  const [[firstCount, first], [lastCount, last]] = [found[0]!, found.at(-1)!];
  const held = ({ heap, external }: Memory) => heap + external;
  return {
    number: 13,
    name: `memory of the process after ${lastCount} executions ÷ after ${firstCount}: what it holds, or resident, whichever grew more`,
    value: Math.max(held(last) / held(first), last.resident / first.resident),
    aim: { op: '<=', value: 1.1 },
    table: {
      head: ['executions', 'heap MB', 'outside of the heap MB', 'resident MB'],
      rows: found.map(([count, { heap, external, resident }]) => [
        count,
        heap.toFixed(1),
        external.toFixed(1),
        resident.toFixed(0),
      ]),
    },
  };
}

if (import.meta.main) {
  const [row] = await run({ quick: process.argv.includes('--quick'), log: (line) => console.log(line) });
  console.log(`${row!.name}: ${row!.value.toFixed(2)}`);
}
