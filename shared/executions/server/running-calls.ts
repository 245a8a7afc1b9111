import type { AttemptReport } from '../execution-contract.ts';

/** `shutdown`: this process ends; the call may be made again elsewhere if that is safe. */
export type AbortReason = 'cancelled' | 'terminated' | 'shutdown';

/** The attempts in progress in this process. */
export interface RunningCalls {
  /**
   * Runs one attempt. A second request for the same execution gets the same promise: a workflow task that Temporal
   * delivers twice does not make a second call.
   */
  run(executionId: string, work: (signal: AbortSignal) => Promise<AttemptReport>): Promise<AttemptReport>;
  has(executionId: string): boolean;
  /** @returns whether there was an attempt to abort */
  abort(executionId: string, reason: AbortReason): boolean;
  abortAll(reason: AbortReason): void;
  /** Resolves when the attempts that run now have ended, however they end. */
  idle(): Promise<void>;
  /** Ids of executions whose attempt has been running for more than `ms` milliseconds. */
  olderThan(ms: number): string[];
}

interface RunningCall {
  report: Promise<AttemptReport>;
  controller: AbortController;
  since: number;
}

export function createRunningCalls(): RunningCalls {
  const calls = new Map<string, RunningCall>();
  return {
    run(executionId, work) {
      const current = calls.get(executionId);
      if (current) return current.report;
      const controller = new AbortController();
      const report = work(controller.signal).finally(() => calls.delete(executionId));
      calls.set(executionId, { report, controller, since: performance.now() });
      return report;
    },
    has: (executionId) => calls.has(executionId),
    abort(executionId, reason) {
      const current = calls.get(executionId);
      current?.controller.abort(reason);
      return current !== undefined;
    },
    abortAll(reason) {
      for (const { controller } of calls.values()) controller.abort(reason);
    },
    async idle() {
      await Promise.allSettled([...calls.values()].map(({ report }) => report));
    },
    olderThan(ms) {
      const before = performance.now() - ms;
      return [...calls].filter(([, { since }]) => since < before).map(([id]) => id);
    },
  };
}
