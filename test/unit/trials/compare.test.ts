import { describe, expect, test } from 'vitest';
import { compare, exceedsLimit, type OutcomeCount } from '../../../shared/trials/compare.ts';

const succeeded = (count: number): OutcomeCount => ({
  status: 'succeeded',
  code: null,
  approval: null,
  count,
});
const failed = (count: number, code: OutcomeCount['code'] = 'provider_error'): OutcomeCount => ({
  status: 'failed',
  code,
  approval: null,
  count,
});
const observed = (version: number, outcomes: OutcomeCount[], latencies: number[] = []) => ({
  version,
  outcomes,
  latencies,
});
const around = (ms: number, count = 60): number[] =>
  Array.from({ length: count }, (_, index) => ms + (index % 7));

describe('what a comparison says', () => {
  test('not enough yet, with how many there are', () => {
    const { success, latency } = compare(
      observed(1, [succeeded(400)], around(100, 400)),
      observed(2, [failed(19)]),
      false,
    );
    expect(success).toMatchObject({ verdict: 'not_enough', difference: null });
    expect(success.words).toBe(
      'Not enough yet: 400 calls of the baseline and 19 of the candidate have ended; at least 20 of each are needed.',
    );
    expect(latency).toMatchObject({ verdict: 'not_enough', difference: null });
    expect(compare(observed(1, []), observed(2, []), false).candidate).toMatchObject({
      calls: 0,
      successRate: null,
      latency: null,
    });
  });

  test('no difference, while the interval holds none', () => {
    const { success, latency } = compare(
      observed(1, [succeeded(95), failed(5)], around(100)),
      observed(2, [succeeded(93), failed(7)], around(100)),
      false,
    );
    expect(success.verdict).toBe('no_difference');
    expect(success.words).toMatch(/^No difference is shown: it may be anything between −\d.* and \+\d/);
    expect(latency.verdict).toBe('no_difference');
  });

  test('worse and better, on both measures', () => {
    const good = observed(1, [succeeded(198), failed(2)], around(100));
    const bad = observed(2, [succeeded(150), failed(50, 'timeout')], around(180));
    const worse = compare(good, bad, false);
    expect([worse.success.verdict, worse.latency.verdict]).toEqual(['worse', 'worse']);
    expect(worse.success.words).toMatch(/^The candidate succeeds less often: between −/);
    expect(worse.latency.words).toMatch(/^The candidate is slower, by the median: between \+/);
    const better = compare(bad, good, true);
    expect([better.success.verdict, better.latency.verdict, better.newestOnly]).toEqual([
      'better',
      'better',
      true,
    ]);
  });

  test('calls that people or limits ended are shown, and count for neither', () => {
    const outcomes: OutcomeCount[] = [
      succeeded(30),
      failed(3),
      failed(4, 'cancelled'),
      failed(5, 'rate_limited'),
      { status: 'failed', code: 'denied', approval: 'rejected', count: 6 },
      { status: 'failed', code: 'denied', approval: null, count: 2 },
      { status: 'running', code: null, approval: null, count: 7 },
    ];
    const { candidate } = compare(observed(1, [succeeded(40)]), observed(2, outcomes), false);
    expect(candidate).toMatchObject({ calls: 57, open: 7, succeeded: 30, failed: 5, leftOut: 15 });
    expect(candidate.successRate?.value).toBeCloseTo(30 / 35);
    expect(candidate.errors).toEqual([
      { code: 'denied', count: 6, leftOut: true },
      { code: 'rate_limited', count: 5, leftOut: true },
      { code: 'cancelled', count: 4, leftOut: true },
      { code: 'provider_error', count: 3, leftOut: false },
      { code: 'denied', count: 2, leftOut: false },
    ]);
  });
});

describe('a candidate that must be stopped', () => {
  const limit = { errorRate: 0.2, atLeast: 20 };
  test.each([
    ['too few have ended', [failed(19)], false],
    ['its rate is the limit', [succeeded(80), failed(20)], false],
    ['it is above, and may be by chance', [succeeded(15), failed(5)], false],
    ['it is surely above', [succeeded(12), failed(8, 'outcome_unknown')], true],
    ['people cancelled its calls', [succeeded(12), failed(80, 'cancelled')], false],
  ])('%s', (_why, outcomes, stops) => {
    expect(exceedsLimit(outcomes, limit) !== null).toBe(stops);
  });
  test('with no calls there is nothing to say', () => {
    expect(exceedsLimit([], { errorRate: 0, atLeast: 0 })).toBe(null);
  });
});
