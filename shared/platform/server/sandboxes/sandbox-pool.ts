import { createOwnerQueue } from '../owner-queue.ts';
import type { CodeLanguage, Engine, HostJob } from './sandbox-protocol.ts';
import { type Sandbox, type SandboxResult, startSandbox } from './start-sandbox.ts';

export interface SandboxJob extends HostJob {
  /** JSON. */
  input: string;
  /** CPU time of the job; waiting for a sandbox does not count. */
  cpuMs: number;
  /** Jobs of one owner (a tenant) use at most half of the sandboxes; owners take turns. */
  owner: string;
}

export type PoolResult = SandboxResult | { ended: 'full' | 'aborted' };

export interface SandboxPool {
  run(job: SandboxJob, onLog: (line: string) => void): { result: Promise<PoolResult>; abort(): void };
}

interface Waiting extends PromiseWithResolvers<PoolResult> {
  owner: string;
  job: SandboxJob;
  onLog: (line: string) => void;
  sandbox: Sandbox | null;
}

/** What more jobs than this wait for is nobody's memory. */
const maxWaiting = 1000;
/** An engine that does not start is not started again and again. */
const maxFailedStarts = 3;

/**
 * Sandboxes of one engine: at most `size` run a job, and `spare` are loaded before they are needed, from the first job on.
 * Each runs one job.
 */
export function createSandboxPool(
  engine: Engine,
  { size, spare }: { size: number; spare: number },
  onProcess: (pid: number, alive: boolean) => void,
): SandboxPool {
  const queue = createOwnerQueue<Waiting>(Math.max(1, Math.floor(size / 2)), dispatch);
  const loaded: Sandbox[] = [];
  let starting = 0;
  let running = 0;
  let failedStarts = 0;
  /** The memory of a loaded engine: the next ones begin with it. */
  let snapshot: Buffer | null = null;

  return {
    run(job, onLog) {
      const waiting: Waiting = {
        ...Promise.withResolvers<PoolResult>(),
        owner: job.owner,
        job,
        onLog,
        sandbox: null,
      };
      if (queue.size() >= maxWaiting) waiting.resolve({ ended: 'full' });
      else queue.push(waiting);
      dispatch();
      return {
        result: waiting.promise,
        abort() {
          queue.remove(waiting);
          waiting.resolve({ ended: 'aborted' });
          waiting.sandbox?.kill();
        },
      };
    },
  };

  function dispatch(): void {
    while (running < size && loaded.length > 0 && queue.hasNext()) {
      const sandbox = loaded.shift();
      const waiting = queue.next();
      if (sandbox && waiting) void work(sandbox, waiting);
    }
    const wanted = Math.min(queue.size(), size - running) + spare;
    while (loaded.length + starting < wanted && starting < mayStart()) void start();
  }

  /** The first start makes the snapshot that the others need. */
  function mayStart(): number {
    return engine === 'pyodide' && snapshot === null ? 1 : 2;
  }

  async function work(sandbox: Sandbox, waiting: Waiting): Promise<void> {
    running += 1;
    waiting.sandbox = sandbox;
    const { input, cpuMs, owner: _owner, ...job } = waiting.job;
    const result = await sandbox.run(job, input, cpuMs, waiting.onLog);
    running -= 1;
    queue.end(waiting);
    // Who starts processes over and over waits in between.
    if ('ended' in result) queue.rest(waiting.owner);
    waiting.resolve(result);
    dispatch();
  }

  async function start(): Promise<void> {
    starting += 1;
    const sandbox = startSandbox(engine, snapshot, onProcess);
    const ready = await sandbox.ready;
    starting -= 1;
    if (ready instanceof Buffer) snapshot = ready;
    else if (ready) {
      failedStarts = 0;
      loaded.push(sandbox);
    } else failedStarts += 1;
    if (failedStarts < maxFailedStarts) return dispatch();
    failedStarts = 0;
    for (let waiting = queue.next(); waiting; waiting = queue.next()) {
      queue.end(waiting);
      waiting.resolve({ ended: 'failed' });
    }
  }
}

export const engineOf = (language: CodeLanguage): Engine => (language === 'python' ? 'pyodide' : 'quickjs');
