import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { bundleWorkflowCode, DefaultLogger, Worker } from '@temporalio/worker';
import pg from 'pg';
import { Pool } from 'undici';
import { connectTemporal } from '../../shared/platform/server/temporal/connect.ts';
import { type Measured, measure } from './measure.ts';

/** Ways to make one recorded call through Temporal, in one process of their own: client, worker and all. */
export const contenders = [
  'bare',
  'limit',
  'three_remote',
  'one_remote',
  'one_remote_eager',
  'one_local_eager',
  'one_local_done_at_commit',
  'one_local_head_start',
] as const;
export type Contender = (typeof contenders)[number];

export interface ContenderRequest {
  contender: Contender;
  concurrency: number;
  /** Makes this many calls, or calls for this long. */
  count?: number;
  durationMs?: number;
}

export interface ContenderResult extends Measured {
  contender: Contender;
  /** Of the last call. */
  historyEvents: number;
}

export type ContenderActivities = Awaited<ReturnType<typeof createActivities>>;

function createActivities(
  database: pg.Pool,
  echo: Pool,
  committed: Map<string, () => void>,
  begun: Map<string, Promise<void>>,
) {
  const activities = {
    async call(): Promise<unknown> {
      const { body } = await echo.request({ method: 'GET', path: '/' });
      return body.json();
    },
    async claim(id: string): Promise<void> {
      await database.query({
        name: 'claim',
        text: "UPDATE bench_run SET status = 'running' WHERE id = $1",
        values: [id],
      });
    },
    async settle(id: string): Promise<void> {
      await database.query({
        name: 'settle',
        text: "UPDATE bench_run SET status = 'done' WHERE id = $1",
        values: [id],
      });
      committed.get(id)?.();
    },
    async attempt(id: string): Promise<void> {
      await (begun.get(id) ?? activities.attemptOnce(id));
    },
    async attemptOnce(id: string): Promise<void> {
      await activities.claim(id);
      await activities.call();
      await activities.settle(id);
    },
  };
  return activities;
}

if (process.argv[2] === 'run') await run();

async function run(): Promise<void> {
  const { client, native } = await connectTemporal();
  const database = new pg.Pool({ connectionString: process.env.BENCH_DATABASE_URL, max: 12 });
  await database.query('CREATE TABLE IF NOT EXISTS bench_run (id uuid PRIMARY KEY, status text NOT NULL)');
  const committed = new Map<string, () => void>();
  const begun = new Map<string, Promise<void>>();
  const taskQueue = 'bench';
  const activities = createActivities(
    database,
    new Pool(process.env.BENCH_ECHO_URL!, { connections: 64 }),
    committed,
    begun,
  );
  const worker = await Worker.create({
    connection: native,
    taskQueue,
    activities,
    workflowBundle: await bundleWorkflowCode({
      workflowsPath: join(import.meta.dirname, 'contender-workflows.ts'),
      logger: new DefaultLogger('ERROR'),
    }),
    maxConcurrentWorkflowTaskExecutions: 200,
    maxConcurrentActivityTaskExecutions: 200,
    maxConcurrentLocalActivityExecutions: 200,
    maxCachedWorkflows: 500,
  });
  const running = worker.run();

  const insert = (id: string) =>
    database.query({
      name: 'insert',
      text: "INSERT INTO bench_run (id, status) VALUES ($1, 'requested')",
      values: [id],
    });
  const started = (type: string, id: string, eager: boolean) =>
    client.workflow.start(type, { taskQueue, workflowId: id, args: [id], requestEagerStart: eager });
  const recorded = (type: string, eager: boolean) => async (id: string) => {
    await insert(id);
    await (await started(type, id, eager)).result();
  };

  const run: Record<Contender, (id: string) => Promise<unknown>> = {
    bare: async (id) => (await started('bareWorkflow', id, false)).result(),
    limit: async (id) => {
      await insert(id);
      await started('emptyWorkflow', id, true);
      await activities.attempt(id);
    },
    three_remote: recorded('threeActivitiesWorkflow', false),
    one_remote: recorded('oneActivityWorkflow', false),
    one_remote_eager: recorded('oneActivityWorkflow', true),
    one_local_eager: recorded('localActivityWorkflow', true),
    one_local_done_at_commit: async (id) => {
      const done = new Promise<void>((resolve) => committed.set(id, resolve));
      await insert(id);
      await started('localActivityWorkflow', id, true);
      await done;
      committed.delete(id);
    },
    one_local_head_start: async (id) => {
      await insert(id);
      await started('localActivityWorkflow', id, true);
      const attempt = activities.attemptOnce(id);
      begun.set(id, attempt);
      await attempt;
      // The workflow asks for it within milliseconds.
      setTimeout(() => begun.delete(id), 10_000).unref();
    },
  };

  process.on('message', async (request: ContenderRequest | 'stop') => {
    if (request === 'stop') {
      worker.shutdown();
      await running;
      process.exit(0);
    }
    let last = '';
    const measured = await measure(request, () => {
      last = randomUUID();
      return run[request.contender](last);
    });
    const { historyLength } = await client.workflow.getHandle(last).describe();
    process.send?.({
      ...measured,
      contender: request.contender,
      historyEvents: historyLength,
    } satisfies ContenderResult);
  });
  process.send?.('ready');
}
