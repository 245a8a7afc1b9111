import type { Logger } from 'pino';
import type { Database } from '../../platform/db/database.ts';
import { outOfScope } from '../../platform/server/work-scope.ts';
import { forgetOwedStarts } from '../db/owed-starts.ts';

/**
 * The workflows that executions of this process still need, because their first attempts began before. Each has a row in
 * `owed_start` until its start is known to have taken effect; the sweep starts what this process does not.
 */
export interface OwedStarts {
  /** Whether another execution may begin before its workflow: false while too many could not be started. */
  mayBegin(): boolean;
  /** A start is in progress. Nothing waits for it but `idle`. */
  watch(starting: Promise<unknown>): void;
  /** The workflow has started. Its row goes with the next batch. */
  started(executionId: string): void;
  /** It could not be started; the sweep will. */
  failed(): void;
  /** Some workflow has started, so others will too. */
  recovered(): void;
  /** Resolves when no start is in progress, and the rows of what has started are gone or could not be removed. */
  idle(): Promise<void>;
}

const batchMs = 250;

/** @param bound how many starts in a row may fail before first attempts wait for their workflow again */
export function createOwedStarts(db: Database, log: Logger, bound: number): OwedStarts {
  let failures = 0;
  let ids: string[] = [];
  const inProgress = new Set<Promise<unknown>>();
  let flushing: Promise<void> | null = null;
  let due = false;

  async function removeAll(): Promise<void> {
    while (ids.length > 0) {
      const batch = ids;
      ids = [];
      // The sweep finds these workflows started, and removes the rows.
      await db
        .system((connection) => forgetOwedStarts(connection, batch))
        .catch((error: unknown) => log.warn({ err: error }, 'started workflows could not be recorded'));
    }
  }

  function flush(): Promise<void> {
    flushing ??= removeAll().finally(() => {
      flushing = null;
    });
    return flushing;
  }

  return {
    mayBegin: () => failures < bound,
    watch(starting) {
      inProgress.add(starting);
      const ended = () => inProgress.delete(starting);
      starting.then(ended, ended);
    },
    started(executionId) {
      ids.push(executionId);
      if (due) return;
      due = true;
      setTimeout(() => {
        due = false;
        void outOfScope(flush);
      }, batchMs).unref();
    },
    failed() {
      failures += 1;
    },
    recovered() {
      failures = 0;
    },
    async idle() {
      await Promise.allSettled(inProgress);
      await flush();
    },
  };
}
