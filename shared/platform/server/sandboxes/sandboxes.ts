import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { PoolResult, SandboxJob } from './sandbox-pool.ts';
import type { Engine } from './sandbox-protocol.ts';

/** A message to the thread. */
export type SandboxOrder = { id: number; job: SandboxJob } | { abort: number };

/** What the thread tells. */
export type SandboxReport =
  | { id: number; log: string }
  | { id: number; result: PoolResult }
  | { pid: number; alive: boolean };

interface Running extends PromiseWithResolvers<PoolResult> {
  onLog: (line: string) => void;
}

interface Sandboxes {
  run(job: SandboxJob, signal: AbortSignal, onLog: (line: string) => void): Promise<PoolResult>;
  close(): void;
}

let sandboxes: Sandboxes | null = null;

/**
 * Runs code of a tenant: each job in a process of its own that is loaded already, has one engine and nothing else, and ends
 * with the job. Nothing is started before the first job. Never rejects.
 * @param onLog called with each line that the code prints, while it runs
 */
export function runSandboxed(
  job: SandboxJob,
  signal: AbortSignal,
  onLog: (line: string) => void = () => {},
): Promise<PoolResult> {
  sandboxes ??= start();
  return sandboxes.run(job, signal, onLog);
}

/** Ends the sandboxes of this process. What needs one later starts them again. */
export function closeSandboxes(): void {
  sandboxes?.close();
  sandboxes = null;
}

function start(): Sandboxes {
  const cores = Math.max(2, availableParallelism());
  const sizes: Record<Engine, { size: number; spare: number }> = {
    quickjs: { size: Math.min(8, cores), spare: 2 },
    // A loaded Python has 180 MB.
    pyodide: { size: Math.min(4, cores), spare: 1 },
  };
  const thread = new Worker(new URL('./sandbox-thread.ts', import.meta.url), {
    workerData: { sizes },
    execArgv: [],
  });
  // It keeps the process alive only while a job runs.
  thread.unref();
  const running = new Map<number, Running>();
  const pids = new Set<number>();
  let lastId = 0;

  thread.on('message', (report: SandboxReport) => {
    if ('pid' in report) {
      if (report.alive) pids.add(report.pid);
      else pids.delete(report.pid);
    } else if ('log' in report) running.get(report.id)?.onLog(report.log);
    else {
      running.get(report.id)?.resolve(report.result);
      running.delete(report.id);
      if (running.size === 0) thread.unref();
    }
  });
  const close = (): void => {
    process.off('exit', close);
    void thread.terminate();
    for (const pid of pids) killIfAlive(pid);
    pids.clear();
    for (const job of running.values()) job.resolve({ ended: 'lost' });
    running.clear();
  };
  const started: Sandboxes = {
    async run(job, signal, onLog) {
      if (signal.aborted) return { ended: 'aborted' };
      lastId += 1;
      const id = lastId;
      const result: Running = { ...Promise.withResolvers<PoolResult>(), onLog };
      running.set(id, result);
      thread.ref();
      thread.postMessage({ id, job } satisfies SandboxOrder);
      const abort = (): void => thread.postMessage({ abort: id } satisfies SandboxOrder);
      signal.addEventListener('abort', abort);
      try {
        return await result.promise;
      } finally {
        signal.removeEventListener('abort', abort);
      }
    },
    close,
  };
  // Its exit follows.
  thread.on('error', () => {});
  thread.once('exit', () => {
    close();
    if (sandboxes === started) sandboxes = null;
  });
  process.once('exit', close);
  return started;
}

function killIfAlive(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has ended.
  }
}
