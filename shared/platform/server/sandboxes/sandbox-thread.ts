import { parentPort, workerData } from 'node:worker_threads';
import { createSandboxPool, engineOf, type SandboxPool } from './sandbox-pool.ts';
import type { Engine } from './sandbox-protocol.ts';
import type { SandboxOrder, SandboxReport } from './sandboxes.ts';

// The thread that starts sandboxes, gives them work and ends them: starting a process blocks its thread.

const report = (what: SandboxReport): void => parentPort?.postMessage(what);
const { sizes } = workerData as { sizes: Record<Engine, { size: number; spare: number }> };
const pools = new Map<Engine, SandboxPool>();
const aborts = new Map<number, () => void>();

parentPort?.on('message', (order: SandboxOrder) => {
  if ('abort' in order) return aborts.get(order.abort)?.();
  const { id, job } = order;
  const { result, abort } = poolOf(engineOf(job.language)).run(job, (log) => report({ id, log }));
  aborts.set(id, abort);
  result.then((ended) => {
    aborts.delete(id);
    report({ id, result: ended });
  });
});

function poolOf(engine: Engine): SandboxPool {
  const known = pools.get(engine);
  if (known) return known;
  const pool = createSandboxPool(engine, sizes[engine], (pid, alive) => report({ pid, alive }));
  pools.set(engine, pool);
  return pool;
}
