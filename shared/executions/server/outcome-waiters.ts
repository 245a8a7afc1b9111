import type { ExecutionWithAttempts } from '../db/executions-read.ts';

/** Null when the caller of `settled` did not have the row. */
type SettledRow = ExecutionWithAttempts | null;

/** Callers in this process who wait for an execution to end. */
export interface OutcomeWaiters {
  /** Resolves when the execution is settled in this process. Always call `dispose`. */
  wait(executionId: string): { settled: Promise<SettledRow>; dispose: () => void };
  /** Call it right after the commit of a final status. */
  settled(executionId: string, row?: SettledRow): void;
  /** Resolves every wait, now and from now on: this process ends. */
  release(): void;
}

export function createOutcomeWaiters(): OutcomeWaiters {
  const waiters = new Map<string, Set<(row: SettledRow) => void>>();
  let released = false;
  return {
    wait(executionId) {
      const { promise, resolve } = Promise.withResolvers<SettledRow>();
      if (released) resolve(null);
      const set = waiters.get(executionId) ?? new Set();
      set.add(resolve);
      waiters.set(executionId, set);
      return {
        settled: promise,
        dispose: () => {
          set.delete(resolve);
          if (set.size === 0 && waiters.get(executionId) === set) waiters.delete(executionId);
        },
      };
    },
    settled(executionId, row = null) {
      for (const resolve of waiters.get(executionId) ?? []) resolve(row);
    },
    release() {
      released = true;
      for (const set of waiters.values()) for (const resolve of set) resolve(null);
    },
  };
}
