import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { cpus, totalmem } from 'node:os';
import { join } from 'node:path';
import { Pool } from 'undici';
import { startBenchServers } from './bench-servers.ts';
import { measure, median, percentile } from './measure.ts';

// `npm run bench:shares`: what the hanging calls of one tenant cost another, to docs/performance-shares.md.

const [starts, executes, rounds] = [400, 100, 3];
let made = 0;

const servers = await startBenchServers();
const pool = new Pool(servers.apiUrl, { connections: 64 });
/** Never responds. */
const silent = createServer(() => {}).listen(0, '127.0.0.1');
await once(silent, 'listening');
try {
  const markdown = await bench();
  writeFileSync(join(import.meta.dirname, '../../docs/performance-shares.md'), markdown);
  console.log(markdown);
} finally {
  await pool.close();
  await servers.stop();
  silent.closeAllConnections();
  silent.close();
}

async function bench(): Promise<string> {
  const quietTool = await defineTool(servers.apiKey, servers.echoUrl, 10_000);
  const silentUrl = `http://127.0.0.1:${(silent.address() as AddressInfo).port}`;
  const execute = async () => {
    const { status } = await call(servers.apiKey, 'POST', `/api/tools/${quietTool}/execute`, { payload: {} });
    if (status !== 200) throw new Error(`An execution of the quiet tenant responded ${status}`);
  };
  const latencies = async () => (await measure({ concurrency: 1, count: executes }, execute)).latencies;
  await measure({ concurrency: 8, count: executes }, execute);

  const quiet: number[] = [];
  const beside: number[] = [];
  let refused = 0;
  for (let round = 0; round < rounds; round++) {
    quiet.push(...(await latencies()));
    // As long as the measurement takes.
    const hanging = await defineTool(servers.otherKey, silentUrl, 60_000);
    await measure({ concurrency: 32, count: starts }, async () => {
      const { status } = await call(
        servers.otherKey,
        'POST',
        `/api/tools/${hanging}/execute`,
        { payload: {} },
        { prefer: 'respond-async' },
      );
      if (status === 429) refused += 1;
    });
    beside.push(...(await latencies()));
    await cancelAll();
  }
  return toMarkdown({ quiet, beside, refused: refused / rounds });
}

/** Ends the hanging executions. */
async function cancelAll(): Promise<void> {
  for (;;) {
    const open = await Promise.all(
      ['requested', 'running'].map((status) =>
        call(servers.otherKey, 'GET', `/api/tools/executions?limit=100&status=${status}`),
      ),
    );
    const ids = open.flatMap(({ body }) => (body.items as { id: string }[]).map(({ id }) => id));
    if (ids.length === 0) return;
    await Promise.all(
      ids.map((id) => call(servers.otherKey, 'POST', `/api/tools/executions/${id}/cancel`, {})),
    );
  }
}

async function call(
  key: string,
  method: 'GET' | 'POST' | 'PUT',
  path: string,
  body?: unknown,
  headers: Record<string, string> = {},
): Promise<{ status: number; body: Record<string, unknown> }> {
  const response = await pool.request({
    method,
    path,
    headers: {
      authorization: `Bearer ${key}`,
      ...(body ? { 'content-type': 'application/json' } : {}),
      ...headers,
    },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  return { status: response.statusCode, body: (await response.body.json()) as Record<string, unknown> };
}

async function defineTool(key: string, url: string, timeoutMs: number): Promise<string> {
  await call(key, 'PUT', '/api/settings/egress', { privateHosts: [new URL(url).host] });
  const config = { method: 'GET', url: `${url}/` };
  const name = `tool_${++made}`;
  const { status, body } = await call(key, 'POST', '/api/tools', { name, type: 'http', timeoutMs, config });
  if (status !== 201) throw new Error(JSON.stringify(body));
  return String(body.id);
}

function toMarkdown({
  quiet,
  beside,
  refused,
}: {
  quiet: number[];
  beside: number[];
  refused: number;
}): string {
  const ratio = median(beside) / median(quiet);
  const machine = `${cpus().length} × ${cpus()[0]?.model ?? 'CPU'}, ${Math.round(totalmem() / 2 ** 30)} GB, Node ${process.versions.node}`;
  const row = (name: string, values: number[]) =>
    `| ${name} | ${median(values).toFixed(1)} | ${percentile(values, 0.95).toFixed(1)} | ${Math.max(...values).toFixed(1)} |`;
  return `# Tenants beside each other

Written by \`npm run bench:shares\` on ${new Date().toISOString().slice(0, 10)} (${machine}). One tenant starts ${starts} executions of a tool
whose provider never responds, ${refused.toFixed(0)} of which are refused with 429 (\`INTERLOCK_TENANT_IN_FLIGHT\`); another executes
a tool, one at a time. One process is API and worker. Only the ratio carries over to other machines.

| # | bench | measured | aim | |
|---|---|---|---|---|
| 8 | synchronous execute of one tenant, p50 while another's calls hang ÷ with none | ${ratio.toFixed(2)} | ≤ 2 | ${ratio <= 2 ? 'met' : 'not met'} |

| synchronous execute | p50 ms | p95 ms | longest ms |
|---|---|---|---|
${row('alone', quiet)}
${row('while the other tenant’s calls hang', beside)}
`;
}
