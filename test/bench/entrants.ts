import { join } from 'node:path';
import { Pool } from 'undici';
import type { BenchServers } from './bench-servers.ts';
import { type Contender, contenderQueue, contenders, type Other, others } from './contender-names.ts';
import { installOthers, startContender, startOther } from './others.ts';
import { createProductClient, echoSchemas } from './product-client.ts';

export type Name = 'interlock' | Contender | Other;

/** What each one is, for the table. */
export const titles: Record<Name, string> = {
  interlock: '**Interlock**: API key, all checks, redaction, retries',
  bare: 'the smallest workflow: 1 remote activity makes the call, result awaited, nothing recorded',
  limit: 'the limit: eager start of an empty workflow, then 3 commits and the call',
  three_remote: '3 remote activities (claim, call, settle), result awaited',
  one_remote: '1 remote activity, result awaited',
  one_remote_eager: '1 remote activity, eager start, result awaited',
  one_local_eager: '1 local activity, eager start, result awaited',
  one_local_done_at_commit: '1 local activity, eager start, response at the commit',
  one_local_head_start:
    'the same, and the attempt begins as soon as the workflow has started; the local activity joins it',
  start_beside:
    'the call begins at the commit that requests and claims, the start goes on beside it; the local activity joins it',
  start_after: 'the same, but the start follows the settle and carries the outcome',
  dbos: 'DBOS: a workflow with one step',
  graphile_worker: 'graphile-worker: a job, and its outcome in a table',
  pg_boss: 'pg-boss: a job, fetched by the process that sent it',
};

/** Who takes part in rows 1 to 5, and what was measured. */
export interface Entrant {
  name: Name;
  /** @returns the id of the workflow, where there is one */
  call(): Promise<string>;
  /** The task queue of its workflows. */
  queue: string | null;
  /** Of each round, the median. */
  p50: number[];
  latencies: number[];
  /** Of each round, until the workflows have closed. */
  perSecond: number[];
  /** Until the last response. */
  answered: number[];
  events: number | null;
  commits: number[];
  temporalWrites: number[];
}

const enter = (name: Name, queue: string | null, call: Entrant['call']): Entrant => ({
  name,
  queue,
  call,
  p50: [],
  latencies: [],
  perSecond: [],
  answered: [],
  events: null,
  commits: [],
  temporalWrites: [],
});

/** Starts everyone but the product, which `servers` has. Each is called over HTTP. */
export async function startEntrants(
  servers: BenchServers,
  log: (line: string) => void,
): Promise<{ entrants: Entrant[]; stop(): Promise<void> }> {
  const withOthers = await installOthers(log);
  const product = createProductClient(servers);
  const toolId = await product.createTool('echo', servers.echoUrl, echoSchemas);
  const started = await Promise.all([
    startContender(
      'contenders',
      (port) => [join(import.meta.dirname, 'contenders-process.ts'), String(port)],
      { ...servers.env, BENCH_DATABASE_URL: servers.adminUrl, BENCH_ECHO_URL: servers.echoUrl },
    ),
    ...(withOthers ? others.map((name) => startOther(name, servers)) : []),
  ]);
  const served = started.map(({ child, url }) => ({ child, pool: new Pool(url, { connections: 64 }) }));
  const [ours, ...theirs] = served;
  return {
    entrants: [
      enter('interlock', 'interlock', async () => String((await product.execute(toolId)).workflowId)),
      ...contenders.map((name) => enter(name, contenderQueue, () => post(ours!.pool, name))),
      ...theirs.map(({ pool }, index) => enter(others[index]!, null, () => post(pool, others[index]!))),
    ],
    async stop() {
      await product.close();
      for (const { child, pool } of served) {
        await pool.close();
        await child.stop();
      }
    },
  };
}

async function post(pool: Pool, name: string): Promise<string> {
  const response = await pool.request({
    method: 'POST',
    path: `/${name}`,
    headers: { 'content-type': 'application/json' },
    body: '{"payload":{"amount":1}}',
  });
  const body = (await response.body.json()) as Record<string, unknown>;
  if (response.statusCode !== 200) throw new Error(`${name}: ${JSON.stringify(body)}`);
  return String(body.workflowId);
}
