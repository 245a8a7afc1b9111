import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { bundleWorkflowCode, DefaultLogger, Worker } from '@temporalio/worker';
import pg from 'pg';
import { Pool } from 'undici';
import { connectTemporal } from '../../shared/platform/server/temporal/connect.ts';
import { type Contender, contenderQueue } from './contender-names.ts';
import { type Shape, serveShapes } from './contender-server.ts';

// Every way through Temporal in one process: HTTP server, client, worker and all.

/** Starts that Temporal has not acknowledged, of the shapes whose callers do not wait for them. */
const unacknowledgedStarts = 64;

export type ContenderActivities = ReturnType<typeof createActivities>;

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
    async settle(id: string, outcome: unknown): Promise<void> {
      await database.query({
        name: 'settle',
        text: "UPDATE bench_run SET status = 'done', outcome = $2 WHERE id = $1",
        values: [id, JSON.stringify(outcome)],
      });
      committed.get(id)?.();
    },
    async attempt(id: string): Promise<void> {
      await (begun.get(id) ?? activities.attemptOnce(id));
    },
    async attemptOnce(id: string): Promise<void> {
      await activities.claim(id);
      await activities.settle(id, await activities.call());
    },
  };
  return activities;
}

/** Runs what no caller waits for, and makes callers wait when too much of it is under way. */
function createBackground(limit: number) {
  const waiting: (() => void)[] = [];
  let free = limit;
  return async (work: () => Promise<unknown>): Promise<void> => {
    if (free > 0) free--;
    else await new Promise<void>((resolve) => waiting.push(resolve));
    void work().then(() => {
      const next = waiting.shift();
      if (next) next();
      else free++;
    });
  };
}

if (import.meta.main) await run(Number(process.argv[2]));

async function run(port: number): Promise<void> {
  const { client, native } = await connectTemporal();
  const database = new pg.Pool({ connectionString: process.env.BENCH_DATABASE_URL, max: 20 });
  await database.query(
    'CREATE TABLE IF NOT EXISTS bench_run (id uuid PRIMARY KEY, status text NOT NULL, input jsonb, outcome jsonb)',
  );
  const committed = new Map<string, () => void>();
  const begun = new Map<string, Promise<void>>();
  const taskQueue = contenderQueue;
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

  const insert = async (input: unknown, status = 'requested'): Promise<string> => {
    const id = randomUUID();
    await database.query({
      name: 'insert',
      text: 'INSERT INTO bench_run (id, status, input) VALUES ($1, $2, $3)',
      values: [id, status, JSON.stringify(input)],
    });
    return id;
  };
  const start = (type: string, id: string, eager: boolean, ...more: unknown[]) =>
    client.workflow.start(type, {
      taskQueue,
      workflowId: id,
      args: [id, ...more],
      requestEagerStart: eager,
    });
  const recorded =
    (type: string, eager: boolean): Shape =>
    async (input) => {
      const id = await insert(input);
      await (await start(type, id, eager)).result();
      return id;
    };
  const background = createBackground(unacknowledgedStarts);
  /** The local activity of the workflow finds it within milliseconds. */
  const begin = (id: string, attempt: Promise<void>) => {
    begun.set(id, attempt);
    setTimeout(() => begun.delete(id), 10_000).unref();
    return attempt;
  };

  const shapes: Record<Contender, Shape> = {
    bare: async () => {
      const id = randomUUID();
      await (await start('bareWorkflow', id, false)).result();
      return id;
    },
    limit: async (input) => {
      const id = await insert(input);
      await start('emptyWorkflow', id, true);
      await activities.attempt(id);
      return id;
    },
    three_remote: recorded('threeActivitiesWorkflow', false),
    one_remote: recorded('oneActivityWorkflow', false),
    one_remote_eager: recorded('oneActivityWorkflow', true),
    one_local_eager: recorded('localActivityWorkflow', true),
    one_local_done_at_commit: async (input) => {
      const id = await insert(input);
      const done = new Promise<void>((resolve) => committed.set(id, resolve));
      await start('localActivityWorkflow', id, true);
      await done;
      committed.delete(id);
      return id;
    },
    one_local_head_start: async (input) => {
      const id = await insert(input);
      await start('localActivityWorkflow', id, true);
      await begin(id, activities.attemptOnce(id));
      return id;
    },
    start_beside: async (input) => {
      const id = await insert(input, 'running');
      const attempt = begin(
        id,
        activities.call().then((outcome) => activities.settle(id, outcome)),
      );
      await background(() => start('localActivityWorkflow', id, true));
      await attempt;
      return id;
    },
    start_after: async (input) => {
      const id = await insert(input, 'running');
      const outcome = await activities.call();
      await activities.settle(id, outcome);
      await background(() => start('outcomeWorkflow', id, true, outcome));
      return id;
    },
  };
  await serveShapes(port, shapes);
  process.once('SIGTERM', async () => {
    worker.shutdown();
    await running;
    process.exit(0);
  });
}
