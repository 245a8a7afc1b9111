import { expect, test } from 'vitest';
import { createFailureCounts } from '../../../shared/limits/server/failure-counts.ts';
import { hasFailed } from '../../../shared/limits/server/gate.ts';
import { callLimitsSchema } from '../../../shared/tools/call-limits.ts';
import type { CallResult } from '../../../shared/tools/server/provider.ts';

const settings = (more: object) => callLimitsSchema.parse({ circuitBreaker: more }).circuitBreaker;

test('failures in a row open a breaker, a success begins the count again, and hosts count apart', () => {
  const failures = createFailureCounts(() => 0);
  const count = (key: string, failed: boolean) =>
    failures.count(key, failed, settings({ consecutiveFailures: 3 }), 1);
  expect([count('a', true), count('a', true), count('a', false)]).toEqual([null, null, null]);
  expect([count('a', true), count('a', true), count('b', true)]).toEqual([null, null, null]);
  expect(count('a', true)).toBe('3 calls in a row failed');
  // From the beginning.
  expect(count('a', true)).toBeNull();
});

test('a share of the latest calls opens a breaker, once there are enough of them', () => {
  let now = 0;
  const failures = createFailureCounts(() => now);
  const rule = settings({ consecutiveFailures: 1000, failurePercent: 50, minCalls: 6 });
  const count = (failed: boolean) => failures.count('a', failed, rule, 1);
  expect([true, false, true, false, true].map(count)).toEqual([null, null, null, null, null]);
  now = 31_000;
  expect([true, false, true, false, false].map(count)).toEqual([null, null, null, null, null]);
  expect(count(true)).toBe('3 of 6 calls in 30 s failed');
});

test('a change of limits or of a breaker begins the count again', () => {
  const failures = createFailureCounts(() => 0);
  const rule = settings({ consecutiveFailures: 2 });
  expect(failures.count('a', true, rule, 1)).toBeNull();
  expect(failures.count('a', true, rule, 2)).toBeNull();
  expect(failures.count('a', true, rule, 2)).toBe('2 calls in a row failed');
});

test.each<[string, CallResult, boolean | null]>([
  ['a response', { ok: true, output: null }, false],
  ['a 404', failed({ httpStatus: 404 }), false],
  ['a 429', failed({ httpStatus: 429 }), false],
  ['a 429 that says when', failed({ httpStatus: 429, retryAfterMs: 1000 }), true],
  ['a 500', failed({ httpStatus: 500 }), true],
  ['a timeout', failed({ code: 'timeout' }), true],
  ['no connection', failed({}), true],
  ['a refusal of the egress guard', failed({ code: 'denied', transient: false }), null],
  ['an error of ours', failed({ transient: false }), null],
])('of its host, %s says what it says', (_what, result, expected) => {
  expect(hasFailed(result)).toBe(expected);
});

function failed(more: Partial<Extract<CallResult, { ok: false }>>): CallResult {
  return { ok: false, code: 'provider_error', message: 'failed', sent: 'unknown', transient: true, ...more };
}
