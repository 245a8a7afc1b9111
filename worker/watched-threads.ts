import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import workerThreads, { type WorkerOptions } from 'node:worker_threads';
import type { Logger } from 'pino';

const require = createRequire(import.meta.url);
const preload = fileURLToPath(new URL('workflow-thread-preload.ts', import.meta.url));
/** The way this SDK makes its threads was read; another one may do it otherwise and then goes without. */
const knownSdk = '1.24.0';
const threadFile = /[\\/]@temporalio[\\/]worker[\\/]lib[\\/]workflow[\\/]workflow-worker-thread(\.js)?$/;

const lookEveryMs = 500;

/**
 * Makes the workflow threads of a worker with one watchdog for each thread instead of one for each entry into the
 * workflow's code. The SDK enters it some thirty times in an execution, and Node starts a watchdog thread at every
 * one: 145 µs against 0.6, 4.3 of the 7.2 ms of the workflow thread. Our workflow code is our own and pure: that it
 * loops is a bug to be stopped, not a caller to be fended off. A thread without a heartbeat for `stuckAfterMs` is
 * terminated, with which the worker fails.
 */
export async function withWatchedThreads<T>(
  create: () => Promise<T>,
  log: Logger,
  { stuckAfterMs = 10_000 } = {},
): Promise<T> {
  if (require('@temporalio/worker/package.json').version !== knownSdk) return create();
  const Original = workerThreads.Worker;
  class WatchedWorker extends Original {
    constructor(file: string | URL, options: WorkerOptions = {}) {
      if (!threadFile.test(String(file))) {
        super(file, options);
        return;
      }
      const heartbeat = new Int32Array(new SharedArrayBuffer(4));
      super(file, {
        ...options,
        workerData: { heartbeat },
        execArgv: [...(options.execArgv ?? process.execArgv), '--require', preload],
      });
      watch(this, heartbeat, log, stuckAfterMs);
    }
  }
  // The SDK takes the class from this object when it makes its threads, which is before `create` has ended.
  workerThreads.Worker = WatchedWorker;
  try {
    return await create();
  } finally {
    workerThreads.Worker = Original;
  }
}

function watch(thread: workerThreads.Worker, heartbeat: Int32Array, log: Logger, stuckAfterMs: number): void {
  let seen = 0;
  let silent = 0;
  const timer = setInterval(() => {
    const now = Atomics.load(heartbeat, 0);
    // Counted in looks, not by the clock: a process that was stopped for a minute has looked once.
    silent = now === seen ? silent + 1 : 0;
    seen = now;
    if (silent * lookEveryMs < stuckAfterMs) return;
    clearInterval(timer);
    log.fatal(
      { silentMs: silent * lookEveryMs },
      'A workflow thread is stuck; it is ended, and its worker with it',
    );
    void thread.terminate();
  }, lookEveryMs);
  timer.unref();
  thread.once('exit', () => clearInterval(timer));
}
