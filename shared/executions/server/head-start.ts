import type { Pass } from '../../limits/server/gate.ts';
import type { InsertedExecution } from '../db/executions-insert.ts';
import type { AttemptReport } from '../execution-contract.ts';
import type { TakeCall } from './prepared-call.ts';

/** The place of a first attempt in this process, and its owner. */
export interface FirstAttempt {
  /** The row names it as the owner of the attempt. */
  worker: string;
  /** Call it before each statement that may claim the attempt: the lease counts from the first one. */
  asking(): void;
  /** Makes the attempt that has been claimed; frees the place at its end. */
  make(begun: InsertedExecution, takeCall: TakeCall, pass: Pass): Promise<AttemptReport>;
  /** The attempt is not made here. Changes nothing after `make`. */
  free(): void;
}

/** Null when the tenant has to wait for its turn: its workflow does. */
export type OfferAttempt = (tenantId: string) => FirstAttempt | null;

/**
 * Lets the first attempt of an execution begin with its row, in the process that writes it. The workflow starts beside it
 * or after it, and then joins the attempt or takes its report.
 */
export interface HeadStart {
  /** The executor's side. Null without a worker in this process. */
  offer: OfferAttempt;
  /** The worker's side; null when the worker stops. */
  onOffer(offer: OfferAttempt | null): void;
  /** Keeps the report of an attempt that ended while its workflow was being started. */
  keepReport(executionId: string, report: AttemptReport): void;
  takeReport(executionId: string): AttemptReport | null;
}

/** A workflow that has not taken its report by then runs in another process. */
const keepReportsMs = 60_000;

export function createHeadStart(): HeadStart {
  const reports = new Map<string, { report: AttemptReport; at: number }>();
  let current: OfferAttempt | null = null;
  return {
    offer: (tenantId) => current?.(tenantId) ?? null,
    onOffer(offer) {
      current = offer;
    },
    keepReport(executionId, report) {
      const now = performance.now();
      for (const [id, { at }] of reports) {
        if (now - at < keepReportsMs) break;
        reports.delete(id);
      }
      reports.set(executionId, { report, at: now });
    },
    takeReport(executionId) {
      const kept = reports.get(executionId);
      reports.delete(executionId);
      return kept?.report ?? null;
    },
  };
}
