import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { EndedError, type Ending } from './isolate.ts';
import type { Job, Reply } from './isolate-protocol.ts';

/** A message to the thread. */
export interface Order {
  id: number;
  job: Job;
}

/** What the thread tells. */
export type Report =
  | { id: number; reply: Reply }
  | { id: number; ended: Ending }
  | { pid: number; alive: boolean };

export interface SupervisorOptions {
  /** Isolates at most. */
  size: number;
  /** Modules that every isolate loads when it starts. */
  modules: string[];
}

/** Runs jobs in isolates, which a thread starts and ends: starting a process blocks its thread for 10 ms and more. */
export interface Supervisor {
  /** @throws EndedError when the job exceeded its budget or its isolate was lost */
  run(job: Job): Promise<Reply>;
  /** Ends the thread and all isolates. */
  close(): void;
}

/** @param onEnd called when the thread has ended: this supervisor is of no use any more */
export function startSupervisor(modules: ReadonlySet<string>, onEnd: () => void): Supervisor {
  // The other cores serve people; one tenant gets half of these.
  const size = Math.min(4, Math.max(2, Math.floor(availableParallelism() / 2)));
  const workerData: SupervisorOptions = { size, modules: [...modules] };
  const thread = new Worker(new URL('./supervisor-thread.ts', import.meta.url), { workerData, execArgv: [] });
  // It keeps the process alive only while a job runs.
  thread.unref();
  const waiting = new Map<number, PromiseWithResolvers<Reply>>();
  const pids = new Set<number>();
  let lastId = 0;

  thread.on('message', (report: Report) => {
    if ('pid' in report) {
      if (report.alive) pids.add(report.pid);
      else pids.delete(report.pid);
      return;
    }
    const job = waiting.get(report.id);
    waiting.delete(report.id);
    if (waiting.size === 0) thread.unref();
    if ('reply' in report) job?.resolve(report.reply);
    else job?.reject(new EndedError(report.ended));
  });
  const close = (): void => {
    process.off('exit', close);
    void thread.terminate();
    for (const pid of pids) killIfAlive(pid);
    pids.clear();
    for (const job of waiting.values()) job.reject(new EndedError('lost'));
    waiting.clear();
  };
  thread.on('error', () => {});
  thread.once('exit', () => {
    close();
    onEnd();
  });
  process.once('exit', close);

  return {
    run(job) {
      const result = Promise.withResolvers<Reply>();
      lastId += 1;
      waiting.set(lastId, result);
      thread.ref();
      const given = job.args.bytes.map(([, bytes]) => bytes.buffer);
      thread.postMessage({ id: lastId, job } satisfies Order, given);
      return result.promise;
    },
    close,
  };
}

function killIfAlive(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has ended.
  }
}
