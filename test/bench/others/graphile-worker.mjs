import { randomUUID } from 'node:crypto';
import { Logger, run } from 'graphile-worker';
import pg from 'pg';
import { serveShapes } from '../contender-server.ts';
import { call, connections, databaseUrl, port } from './echo.mjs';

// A job, for which the worker waits with LISTEN. A job leaves no outcome, so its task writes one; the caller in the same
// process gets its response at that commit.

const pool = new pg.Pool({ connectionString: databaseUrl, max: connections });
await pool.query('CREATE TABLE outcome (id uuid PRIMARY KEY, outcome jsonb NOT NULL)');
const waiting = new Map();
const runner = await run({
  // It is woken by NOTIFY: polls of idle workers would only disturb the others.
  preset: { worker: { concurrentJobs: 32, pollInterval: 10_000 } },
  pgPool: pool,
  logger: new Logger(() => () => {}),
  noHandleSignals: true,
  taskList: {
    async execute({ id }) {
      const outcome = await call();
      await pool.query({
        name: 'outcome',
        text: 'INSERT INTO outcome (id, outcome) VALUES ($1, $2) ON CONFLICT DO NOTHING',
        values: [id, outcome],
      });
      waiting.get(id)?.();
    },
  },
});
await serveShapes(port, {
  async graphile_worker(input) {
    const id = randomUUID();
    const done = new Promise((resolve) => waiting.set(id, resolve));
    await runner.addJob('execute', { id, input });
    await done;
    waiting.delete(id);
    return id;
  },
});
process.once('SIGTERM', () => runner.stop().then(() => process.exit(0)));
