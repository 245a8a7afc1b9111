/**
 * What the executor and the worker of one process tell each other, so that an answer need not travel through
 * Temporal: who waits for which execution, and which executions are being attempted here.
 */
export interface Outcomes {
  /** Resolves when the execution is settled in this process. Always `dispose` it. */
  wait(executionId: string): { settled: Promise<void>; dispose: () => void };
  /** Called right after the commit of a terminal status. */
  settled(executionId: string): void;
  /**
   * Runs one attempt. Whoever asks while it runs gets the same promise: a workflow task that Temporal gave out
   * twice does not make a second call.
   */
  run<T>(executionId: string, work: (signal: AbortSignal) => Promise<T>): Promise<T>;
  isRunning(executionId: string): boolean;
  /** Aborts the attempt that runs here, if one does. */
  abort(executionId: string, reason: AbortReason): boolean;
  /** Executions that have been at work here for longer than this. */
  runningLongerThan(ms: number): string[];
}

/** `shutdown`: this process ends, the call may be made again elsewhere if that is safe. */
export type AbortReason = 'cancelled' | 'terminated' | 'shutdown';

interface Running {
  promise: Promise<unknown>;
  controller: AbortController;
  since: number;
}

export function createOutcomes(): Outcomes {
  const waiters = new Map<string, Set<() => void>>();
  const running = new Map<string, Running>();

  return {
    wait(executionId) {
      let resolve = () => {};
      const settled = new Promise<void>((done) => {
        resolve = done;
      });
      const set = waiters.get(executionId) ?? new Set();
      set.add(resolve);
      waiters.set(executionId, set);
      return {
        settled,
        dispose: () => {
          set.delete(resolve);
          if (set.size === 0 && waiters.get(executionId) === set) waiters.delete(executionId);
        },
      };
    },
    settled(executionId) {
      for (const resolve of waiters.get(executionId) ?? []) resolve();
    },
    run<T>(executionId: string, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
      const current = running.get(executionId);
      if (current) return current.promise as Promise<T>;
      const controller = new AbortController();
      const promise = work(controller.signal).finally(() => running.delete(executionId));
      running.set(executionId, { promise, controller, since: performance.now() });
      return promise;
    },
    isRunning: (executionId) => running.has(executionId),
    abort(executionId, reason) {
      const current = running.get(executionId);
      current?.controller.abort(reason);
      return current !== undefined;
    },
    runningLongerThan(ms) {
      const before = performance.now() - ms;
      return [...running].filter(([, each]) => each.since < before).map(([id]) => id);
    },
  };
}
