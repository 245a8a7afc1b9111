import type { ApprovalStatus } from '../executions/approval-schemas.ts';
import type { ExecutionStatus, FailureCode } from '../executions/failure-codes.ts';
import { type Estimate, medianDifference, proportion, proportionDifference, quantile } from './statistics.ts';
import { type Comparison, enoughCalls, type Variant, type Verdict } from './trial-schemas.ts';

/** How many calls of a version are like this. */
export interface OutcomeCount {
  status: ExecutionStatus;
  code: FailureCode | null;
  approval: ApprovalStatus | null;
  count: number;
}

/** What is known of the calls of a version. */
export interface Observed {
  version: number;
  outcomes: readonly OutcomeCount[];
  /** In milliseconds, of calls that succeeded. */
  latencies: readonly number[];
}

/** Ended by people or by a limit that both versions share: it says nothing about either. */
const notItsDoing: ReadonlySet<FailureCode> = new Set([
  'cancelled',
  'terminated',
  'disabled',
  'rate_limited',
  'circuit_open',
]);

const isLeftOut = ({ code, approval }: OutcomeCount): boolean =>
  (code !== null && notItsDoing.has(code)) ||
  approval === 'rejected' ||
  approval === 'expired' ||
  approval === 'cancelled';

const sum = (outcomes: readonly OutcomeCount[]): number =>
  outcomes.reduce((total, { count }) => total + count, 0);

/** How many calls say something about their version, and how many of those failed. */
export function countErrors(outcomes: readonly OutcomeCount[]): { ended: number; failed: number } {
  const succeeded = sum(outcomes.filter(({ status }) => status === 'succeeded'));
  const failed = sum(outcomes.filter((each) => each.status === 'failed' && !isLeftOut(each)));
  return { ended: succeeded + failed, failed };
}

/** What the trial has shown so far; it says so when that is too little. */
export function compare(baseline: Observed, candidate: Observed, newestOnly: boolean): Comparison {
  const [before, after] = [variantOf(baseline), variantOf(candidate)];
  return {
    baseline: before,
    candidate: after,
    success: compareSuccess(before, after),
    latency: compareLatency(baseline.latencies, candidate.latencies),
    newestOnly,
  };
}

function variantOf({ version, outcomes, latencies }: Observed): Variant {
  const { ended, failed } = countErrors(outcomes);
  const failures = outcomes.filter(({ status }) => status === 'failed');
  const errors = new Map<string, Variant['errors'][number]>();
  for (const outcome of failures) {
    if (outcome.code === null) continue;
    const leftOut = isLeftOut(outcome);
    const key = `${outcome.code}/${leftOut}`;
    const count = (errors.get(key)?.count ?? 0) + outcome.count;
    errors.set(key, { code: outcome.code, count, leftOut });
  }
  const sorted = latencies.toSorted((one, other) => one - other);
  return {
    version,
    calls: sum(outcomes),
    open: sum(outcomes.filter(({ status }) => status !== 'succeeded' && status !== 'failed')),
    succeeded: ended - failed,
    failed,
    leftOut: sum(failures.filter(isLeftOut)),
    errors: [...errors.values()].toSorted((one, other) => other.count - one.count),
    successRate: ended === 0 ? null : proportion(ended - failed, ended),
    latency:
      sorted.length === 0
        ? null
        : { p50: quantile(sorted, 0.5), p95: quantile(sorted, 0.95), p99: quantile(sorted, 0.99) },
  };
}

const points = (share: number): string => `${Math.abs(Math.round(share * 1000) / 10)} points`;
const ms = (value: number): string => `${Math.abs(Math.round(value))} ms`;

function compareSuccess(baseline: Variant, candidate: Variant): Comparison['success'] {
  const [before, after] = [baseline, candidate].map((each) => each.succeeded + each.failed) as [
    number,
    number,
  ];
  if (!baseline.successRate || !candidate.successRate || Math.min(before, after) < enoughCalls)
    return notEnough(before, after, 'ended');
  const difference = proportionDifference(candidate.successRate, baseline.successRate);
  const verdict = verdictOf(difference);
  const range = `between ${signed(difference.low, points)} and ${signed(difference.high, points)}`;
  const words = {
    better: `The candidate succeeds more often: ${range}.`,
    worse: `The candidate succeeds less often: ${range}.`,
    no_difference: `No difference is shown: it may be anything ${range}.`,
  }[verdict];
  return { verdict, words, difference };
}

function compareLatency(baseline: readonly number[], candidate: readonly number[]): Comparison['latency'] {
  if (Math.min(baseline.length, candidate.length) < enoughCalls)
    return notEnough(baseline.length, candidate.length, 'succeeded');
  const [before, after] = [baseline, candidate].map((each) => each.toSorted((one, other) => one - other)) as [
    number[],
    number[],
  ];
  const difference = medianDifference(after, before);
  // Longer is worse.
  const verdict = verdictOf({ value: -difference.value, low: -difference.high, high: -difference.low });
  const range = `between ${signed(difference.low, ms)} and ${signed(difference.high, ms)}`;
  const words = {
    better: `The candidate is faster, by the median: ${range}.`,
    worse: `The candidate is slower, by the median: ${range}.`,
    no_difference: `No difference is shown: the median may differ by anything ${range}.`,
  }[verdict];
  return { verdict, words, difference };
}

const signed = (value: number, words: (value: number) => string): string =>
  `${value < 0 ? '−' : '+'}${words(value)}`;

function notEnough(baseline: number, candidate: number, how: string): Comparison['success'] {
  const words = `Not enough yet: ${baseline} calls of the baseline and ${candidate} of the candidate have ${how}; at least ${enoughCalls} of each are needed.`;
  return { verdict: 'not_enough', words, difference: null };
}

/** Shown only when the whole interval is on one side. */
function verdictOf({ low, high }: Estimate): Exclude<Verdict, 'not_enough'> {
  if (low > 0) return 'better';
  return high < 0 ? 'worse' : 'no_difference';
}

/**
 * Whether a candidate must be stopped: at least so many calls have ended, and even the lower end of the interval of its
 * error rate is above the limit, so that a few failures by chance do not stop it.
 */
export function exceedsLimit(
  outcomes: readonly OutcomeCount[],
  { errorRate, atLeast }: { errorRate: number; atLeast: number },
): (Estimate & { ended: number }) | null {
  const { ended, failed } = countErrors(outcomes);
  if (ended < atLeast || ended === 0) return null;
  const rate = proportion(failed, ended);
  return rate.low > errorRate ? { ...rate, ended } : null;
}
