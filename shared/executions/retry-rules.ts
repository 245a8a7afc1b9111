import type { SentState } from '../platform/http/sent-state.ts';
import type { Retry } from '../tools/tool-definition.ts';
import type { Failure, FailureCode } from './failure-codes.ts';

/** How one attempt failed, as far as a retry depends on it. */
export interface AttemptFailure {
  code: Extract<FailureCode, 'provider_error' | 'timeout' | 'rate_limited' | 'denied' | 'invalid_output'>;
  message: string;
  httpStatus?: number;
  sent: SentState;
  transient: boolean;
  retryAfterMs?: number;
}

export interface AttemptSituation {
  attempt: number;
  maxAttempts: number;
  /** Milliseconds until the deadline over all attempts. */
  remainingMs: number;
  retry: Retry;
  /** Whether the call may be made again although an earlier one may have taken effect. */
  retrySafe: boolean;
  /** What the tool says about a 5xx. */
  serverErrors: 'unknown' | 'not_done';
  /** Why the call was stopped from our side, if it was. */
  stopped: 'cancelled' | 'terminated' | 'shutdown' | null;
  /** 0 ≤ random < 1 */
  random: number;
}

export type AttemptVerdict = { retryAfterMs: number } | { failure: Failure };

/**
 * Decides whether a failed attempt is retried. Only two kinds of calls are retried: those that take effect only once,
 * and those that certainly had no effect.
 */
export function judgeFailure(failure: AttemptFailure, situation: AttemptSituation): AttemptVerdict {
  const { retrySafe, stopped } = situation;
  const failed = { ...failure, sent: effectOf(failure, situation) };
  const harmless = retrySafe || failed.sent === 'before';
  if (stopped === 'cancelled' || stopped === 'terminated') {
    if (failed.sent === 'unknown' && !retrySafe)
      return { failure: unknownOutcome(`${stoppedWords[stopped]} during the call.`) };
    return { failure: { code: stopped, message: `${stoppedWords[stopped]}.`, retryable: harmless } };
  }
  if (failed.sent === 'unknown' && !retrySafe) return { failure: unknownOutcome(`${failed.message}.`) };

  const mayRetry =
    stopped === 'shutdown' ? harmless : failed.transient && (harmless || refusedForNow(failed));
  if (mayRetry && situation.attempt < situation.maxAttempts) {
    const delay = stopped === 'shutdown' ? 0 : retryDelay(failed, situation);
    if (delay < situation.remainingMs) return { retryAfterMs: delay };
    const wait = `The next attempt would be ${formatDuration(delay)} from now, after the deadline`;
    return { failure: { code: failed.code, message: `${failed.message}. ${wait}.`, retryable: true } };
  }
  const count = situation.attempt > 1 ? ` This was the last of ${situation.attempt} attempts.` : '';
  const retryable = harmless || wasRefused(failed);
  return { failure: { code: failed.code, message: `${failed.message}.${count}`, retryable } };
}

/** With these a server says that it did not begin. With any other 5xx it, or what it calls, may have done its work. */
const notBegun = new Set([501, 503, 505]);

/** What a response says about the effect of its request: a 5xx may hide one. */
function effectOf(
  { sent, httpStatus = 0 }: AttemptFailure,
  { serverErrors }: AttemptSituation,
): AttemptFailure['sent'] {
  if (sent !== 'responded' || httpStatus < 500) return sent;
  if (serverErrors === 'not_done') return 'before';
  return notBegun.has(httpStatus) ? 'responded' : 'unknown';
}

const stoppedWords = { cancelled: 'Cancelled', terminated: 'Terminated in Temporal' } as const;

export function unknownOutcome(what: string): Failure {
  const message = `${what} Outcome unknown: check with the provider before executing it again.`;
  return { code: 'outcome_unknown', message, retryable: false };
}

/** A 4xx means that it was not done. A 2xx with an invalid response means that it was, and a redirect may. */
function wasRefused({ sent, httpStatus = 500 }: AttemptFailure): boolean {
  return sent === 'responded' && httpStatus >= 400 && httpStatus < 500;
}

/** 429 and 503 with Retry-After mean that nothing was done. */
function refusedForNow(failed: AttemptFailure): boolean {
  return (
    failed.sent === 'responded' &&
    failed.retryAfterMs !== undefined &&
    (failed.httpStatus === 429 || failed.httpStatus === 503)
  );
}

/** Exponential with a cap; a random half of it spreads the load. Never earlier than the provider asks. */
function retryDelay(failed: AttemptFailure, { attempt, retry, random }: AttemptSituation): number {
  const whole = Math.min(retry.maxMs, retry.initialMs * retry.factor ** (attempt - 1));
  return Math.ceil(Math.max(failed.retryAfterMs ?? 0, whole * (0.5 + random / 2)));
}

/** "320 ms", "4.2 s" */
export function formatDuration(ms: number): string {
  return ms < 1000 ? `${Math.round(ms)} ms` : `${Math.round(ms / 100) / 10} s`;
}
