import { parentPort, workerData } from 'node:worker_threads';
import { EndedError } from './isolate.ts';
import { createIsolatePool } from './isolate-pool.ts';
import type { Order, Report, SupervisorOptions } from './supervisor.ts';

// The thread that starts isolates, gives them work and ends them.

const { size, modules } = workerData as SupervisorOptions;
const report = (what: Report): void => parentPort?.postMessage(what);
const pool = createIsolatePool(size, modules, (pid, alive) => report({ pid, alive }));

parentPort?.on('message', ({ id, job }: Order) => {
  pool.run(job).then(
    (reply) => report({ id, reply }),
    (error: unknown) => {
      if (error instanceof EndedError) report({ id, ended: error.ending });
      else report({ id, reply: { failed: String(error) } });
    },
  );
});
