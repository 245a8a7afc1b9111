import type { JsonValue } from '../../platform/json.ts';
import type { RenderedRequest } from '../../tools/providers/rendered-request.ts';
import type { ExecutionWithAttempts } from '../db/executions-read.ts';
import type { AttemptReport } from '../execution-contract.ts';
import type { ExecutionTool } from './execution-tool.ts';

/**
 * What the executor and the worker of one process tell each other, so that neither a first attempt nor its answer
 * need travel through Temporal: who waits for which execution, and which executions are being attempted here.
 */
export interface Outcomes {
  /** Resolves when the execution is settled in this process, with its row where that is at hand. Always `dispose` it. */
  wait(executionId: string): { settled: Promise<ExecutionWithAttempts | null>; dispose: () => void };
  /** Lets everybody who waits go, now and from now on: this process ends. */
  release(): void;
  /** Called right after the commit of a terminal status. */
  settled(executionId: string, row?: ExecutionWithAttempts | null): void;
  /**
   * Runs one attempt. Whoever asks while it runs gets the same promise: a workflow task that Temporal gave out
   * twice does not make a second call.
   */
  run(executionId: string, work: (signal: AbortSignal) => Promise<AttemptReport>): Promise<AttemptReport>;
  isRunning(executionId: string): boolean;
  /** Aborts the attempt that runs here, if one does. */
  abort(executionId: string, reason: AbortReason): boolean;
  /** Aborts every attempt that runs here: the time to finish is over. */
  abortAll(reason: AbortReason): void;
  /** Executions that have been at work here for longer than this. */
  runningLongerThan(ms: number): string[];
  /**
   * Begins the first attempt of an execution whose workflow has just started here, while its first task is still on
   * its way to the worker: 4 of 8 ms. The workflow then joins that attempt, or takes the report it left.
   * Does nothing without a worker in this process.
   */
  begin(ids: ExecutionIds, prepared: PreparedCall): void;
  /** The worker's side of `begin`; null when it stops. */
  onBegin(start: ((ids: ExecutionIds, prepared: PreparedCall) => Promise<AttemptReport>) | null): void;
  /** The report of an attempt that was begun and has ended before its workflow came for it. */
  takeReport(executionId: string): AttemptReport | null;
}

export interface ExecutionIds {
  tenantId: string;
  executionId: string;
}

/** What the executor has checked, opened and rendered. */
export interface PreparedCall {
  tool: ExecutionTool;
  input: JsonValue;
  request: RenderedRequest;
  secret: { credentialId: string; name: string; secret: string } | null;
  /** `performance.now()` of the check: an old one is made again. */
  checkedAt: number;
}

/** `shutdown`: this process ends, the call may be made again elsewhere if that is safe. */
export type AbortReason = 'cancelled' | 'terminated' | 'shutdown';

interface Running {
  promise: Promise<AttemptReport>;
  controller: AbortController;
  since: number;
}

type Waiter = (row: ExecutionWithAttempts | null) => void;

/** A workflow that has not come for its report by then is being run by another process. */
const keepReportsMs = 60_000;

export function createOutcomes(): Outcomes {
  const waiters = new Map<string, Set<Waiter>>();
  const running = new Map<string, Running>();
  const reports = new Map<string, { report: AttemptReport; at: number }>();
  let released = false;
  let begin: ((ids: ExecutionIds, prepared: PreparedCall) => Promise<AttemptReport>) | null = null;

  function keepReport(executionId: string, report: AttemptReport): void {
    const now = performance.now();
    for (const [id, { at }] of reports) {
      if (now - at < keepReportsMs) break;
      reports.delete(id);
    }
    reports.set(executionId, { report, at: now });
  }

  return {
    wait(executionId) {
      let resolve: Waiter = () => {};
      const settled = new Promise<ExecutionWithAttempts | null>((done) => {
        resolve = done;
      });
      if (released) resolve(null);
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
    release() {
      released = true;
      for (const set of waiters.values()) for (const resolve of set) resolve(null);
    },
    settled(executionId, row = null) {
      for (const resolve of waiters.get(executionId) ?? []) resolve(row);
    },
    run(executionId, work) {
      const current = running.get(executionId);
      if (current) return current.promise;
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
    abortAll(reason) {
      for (const { controller } of running.values()) controller.abort(reason);
    },
    runningLongerThan(ms) {
      const before = performance.now() - ms;
      return [...running].filter(([, each]) => each.since < before).map(([id]) => id);
    },
    begin(ids, prepared) {
      begin?.(ids, prepared).then(
        (report) => keepReport(ids.executionId, report),
        // The workflow comes for it and finds what is left of it.
        () => {},
      );
    },
    onBegin(start) {
      begin = start;
    },
    takeReport(executionId) {
      const kept = reports.get(executionId);
      reports.delete(executionId);
      return kept?.report ?? null;
    },
  };
}
