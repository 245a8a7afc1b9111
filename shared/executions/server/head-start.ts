import type { AttemptReport, ExecutionIds } from '../execution-contract.ts';
import type { TakeCall } from './prepared-call.ts';

/** Null when the tenant has to wait for its turn: its workflow does. */
export type FirstAttempt = (ids: ExecutionIds, takeCall: TakeCall) => Promise<AttemptReport> | null;

/**
 * Begins the first attempt of an execution whose workflow has just started in this process, while its first task is
 * still on the way to the worker: this saves 4 of 8 ms. The workflow then joins the attempt or takes its report.
 */
export interface HeadStart {
  /** The executor's side. Does nothing without a worker in this process. */
  begin(ids: ExecutionIds, takeCall: TakeCall): void;
  /** Calls `joined` when the workflow has asked for its attempt: its first task is done so far. Or it is late. */
  onJoin(executionId: string, joined: () => void): void;
  /** The worker's side; null when the worker stops. */
  onBegin(attempt: FirstAttempt | null): void;
  /** The report of an attempt that ended before its workflow asked for it. */
  takeReport(executionId: string): AttemptReport | null;
}

/** A workflow that has not taken its report by then runs in another process. */
const keepReportsMs = 60_000;
/** Its first task was lost; Temporal gives it to some worker after ten seconds. */
const longestJoinMs = 5000;

export function createHeadStart(): HeadStart {
  const reports = new Map<string, { report: AttemptReport; at: number }>();
  const joins = new Map<string, () => void>();
  let attempt: FirstAttempt | null = null;

  function keep(executionId: string, report: AttemptReport): void {
    const now = performance.now();
    for (const [id, { at }] of reports) {
      if (now - at < keepReportsMs) break;
      reports.delete(id);
    }
    reports.set(executionId, { report, at: now });
  }

  return {
    begin(ids, takeCall) {
      attempt?.(ids, takeCall)?.then(
        (report) => keep(ids.executionId, report),
        // The workflow makes the attempt itself and reports the error.
        () => {},
      );
    },
    onJoin(executionId, joined) {
      if (!attempt) return joined();
      const late = setTimeout(() => joins.get(executionId)?.(), longestJoinMs).unref();
      joins.set(executionId, () => {
        clearTimeout(late);
        joins.delete(executionId);
        joined();
      });
    },
    onBegin(next) {
      attempt = next;
    },
    takeReport(executionId) {
      joins.get(executionId)?.();
      const kept = reports.get(executionId);
      reports.delete(executionId);
      return kept?.report ?? null;
    },
  };
}
