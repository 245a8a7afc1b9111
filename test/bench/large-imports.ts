import { readFileSync } from 'node:fs';
import { Pool } from 'undici';
import { stringify } from 'yaml';
import { startBenchServers } from './bench-servers.ts';
import { measure, median, percentile } from './measure.ts';
import { childrenOf, residentMegabytes } from './process-usage.ts';

const rounds = 5;
const quietMs = 3000;

/**
 * How long a large document takes from POST to the list of its operations, what a light call of another organization waits
 * meanwhile, and the memory.
 * @param file the largest OpenAPI document in JSON that there is; it is also cut to 10 MB, and written as YAML
 */
export async function benchLargeImports(file: string): Promise<void> {
  const whole = JSON.parse(readFileSync(file, 'utf8')) as Document;
  const documents = {
    '10 MB': JSON.stringify(cut(whole, 10e6)),
    '10 MB of YAML': stringify(cut(whole, 7.4e6), { aliasDuplicateObjects: false }),
    whole: JSON.stringify(whole),
  };
  const servers = await startBenchServers({ name: 'bench-imports' });
  const pool = new Pool(servers.apiUrl, { connections: 8 });
  const call = async (key: string, method: 'GET' | 'POST', path: string, body?: string) => {
    const headers = { authorization: `Bearer ${key}`, ...(body && { 'content-type': 'application/json' }) };
    const response = await pool.request({ method, path, headers, body: body ?? null });
    return { status: response.statusCode, text: await response.body.text() };
  };
  const light = () => call(servers.otherKey, 'GET', '/api/me');
  try {
    await measure({ concurrency: 4, count: 500 }, light);
    for (const [name, document] of Object.entries(documents)) {
      const rows: Row[] = [];
      for (let round = 0; round < rounds; round++) {
        const quiet = await measure({ concurrency: 1, durationMs: quietMs }, light);
        const latencies: number[] = [];
        const memory = { api: 0, isolates: 0 };
        let done = false;
        const beside = (async () => {
          while (!done) {
            latencies.push(...(await measure({ concurrency: 1, count: 1 }, light)).latencies);
            memory.api = Math.max(memory.api, residentMegabytes(servers.apiPid));
            const children = childrenOf(servers.apiPid).map(residentMegabytes);
            memory.isolates = Math.max(memory.isolates, ...children);
          }
        })();
        const body = JSON.stringify({ document, connectorName: 'large' });
        const begun = performance.now();
        const { status, text } = await call(servers.apiKey, 'POST', '/api/imports', body);
        const seconds = (performance.now() - begun) / 1000;
        done = true;
        await beside;
        const found = status === 201 ? (JSON.parse(text) as { operations: unknown[] }) : null;
        rows.push({
          seconds,
          quiet: percentile(quiet.latencies, 0.99),
          p99: percentile(latencies, 0.99),
          longest: Math.max(...latencies),
          ...memory,
          operations: found?.operations.length ?? text.slice(0, 300),
        });
      }
      const of = (key: Exclude<keyof Row, 'operations'>) =>
        Number(median(rows.map((row) => row[key])).toFixed(key === 'seconds' ? 2 : 1));
      console.log(name, {
        megabytes: Number((document.length / 1e6).toFixed(1)),
        operations: rows[0]?.operations,
        seconds: of('seconds'),
        'p99 of a light call, ms': { idle: of('quiet'), meanwhile: of('p99'), longest: of('longest') },
        'resident MB': { api: of('api'), isolate: of('isolates') },
      });
    }
  } finally {
    await pool.close();
    await servers.stop();
  }
}

interface Row {
  seconds: number;
  quiet: number;
  p99: number;
  longest: number;
  api: number;
  isolates: number;
  operations: number | string;
}

interface Document {
  paths: Record<string, unknown>;
}

/** With as many of its paths as make this many bytes, and everything that they may refer to. */
function cut(document: Document, bytes: number): Document {
  const paths = Object.entries(document.paths);
  let room = bytes - JSON.stringify({ ...document, paths: {} }).length;
  const taken = paths.filter(([path, item]) => {
    room -= path.length + JSON.stringify(item).length + 4;
    return room > 0;
  });
  return { ...document, paths: Object.fromEntries(taken) };
}
