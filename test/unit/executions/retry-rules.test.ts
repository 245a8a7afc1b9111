import { describe, expect, test } from 'vitest';
import {
  type AttemptFailure,
  type AttemptSituation,
  judgeFailure,
} from '../../../shared/executions/retry-rules.ts';

const failed = (more: Partial<AttemptFailure> = {}): AttemptFailure => ({
  code: 'provider_error',
  message: 'pay.example responded with 503',
  httpStatus: 503,
  sent: 'responded',
  transient: true,
  ...more,
});
const situation = (more: Partial<AttemptSituation> = {}): AttemptSituation => ({
  attempt: 1,
  maxAttempts: 3,
  remainingMs: 60_000,
  retry: { maxAttempts: 3, initialMs: 1000, factor: 2, maxMs: 3000 },
  retrySafe: false,
  serverErrors: 'unknown',
  stopped: null,
  random: 1,
  ...more,
});
const code = (...args: Parameters<typeof judgeFailure>) => {
  const verdict = judgeFailure(...args);
  return 'failure' in verdict ? verdict.failure.code : 'retry';
};

describe('a call that is not safe to retry', () => {
  test('an unsafe call is retried when nothing was sent', () =>
    expect(code(failed({ sent: 'before', httpStatus: undefined }), situation())).toBe('retry'));
  test('an unsafe call is retried after 429 and 503 with Retry-After', () => {
    expect(code(failed({ retryAfterMs: 10 }), situation())).toBe('retry');
    expect(code(failed({ httpStatus: 429, retryAfterMs: 10 }), situation())).toBe('retry');
  });
  test('an unsafe call is not retried after any other response', () => {
    expect(code(failed(), situation())).toBe('provider_error');
    expect(code(failed({ httpStatus: 501, retryAfterMs: 10 }), situation())).toBe('provider_error');
    expect(code(failed({ httpStatus: 408, retryAfterMs: 10 }), situation())).toBe('provider_error');
  });
  test('an unsafe call that got a 5xx has an unknown outcome, unless the tool says that it was not done', () => {
    for (const httpStatus of [500, 502, 504, 507, 520]) {
      expect(code(failed({ httpStatus }), situation())).toBe('outcome_unknown');
      expect(code(failed({ httpStatus }), situation({ retrySafe: true }))).toBe('retry');
      expect(code(failed({ httpStatus }), situation({ serverErrors: 'not_done' }))).toBe('retry');
    }
    // A redirect after the request was accepted says nothing about a later 5xx.
    const accepted = failed({ httpStatus: 500, sent: 'unknown' });
    expect(code(accepted, situation({ serverErrors: 'not_done' }))).toBe('outcome_unknown');
  });
  test('an unsafe call without a response has an unknown outcome', () =>
    expect(code(failed({ sent: 'unknown', code: 'timeout' }), situation())).toBe('outcome_unknown'));
  test('a person can retry an unsafe call only when it provably had no effect', () => {
    const retryable = (more: Partial<AttemptFailure>) => {
      const verdict = judgeFailure(failed(more), situation({ attempt: 3 }));
      return 'failure' in verdict && verdict.failure.retryable;
    };
    expect(retryable({ sent: 'before' })).toBe(true);
    expect(retryable({ httpStatus: 404, transient: false })).toBe(true);
    expect(retryable({ httpStatus: 500 })).toBe(false);
    expect(retryable({ httpStatus: 503 })).toBe(false);
    expect(retryable({ sent: 'unknown' })).toBe(false);
  });
  test('an unsafe call that succeeded with an invalid response is not retryable', () => {
    for (const httpStatus of [200, 201, 204, 303]) {
      const unusable = failed({ code: 'invalid_output', httpStatus, transient: false });
      expect(judgeFailure(unusable, situation())).toMatchObject({ failure: { retryable: false } });
      const safe = situation({ retrySafe: true });
      expect(judgeFailure(unusable, safe)).toMatchObject({ failure: { retryable: true } });
    }
  });
});

describe('a call that is safe to retry', () => {
  const safe = (more: Partial<AttemptSituation> = {}) => situation({ retrySafe: true, ...more });
  test('a safe call is retried after 5xx and without a response', () => {
    expect(code(failed(), safe())).toBe('retry');
    expect(code(failed({ sent: 'unknown', code: 'timeout' }), safe())).toBe('retry');
  });
  test('a safe call ends with its own code after the last attempt', () => {
    expect(code(failed({ sent: 'unknown', code: 'timeout' }), safe({ attempt: 3 }))).toBe('timeout');
    expect(judgeFailure(failed(), safe({ attempt: 3 }))).toMatchObject({
      failure: {
        message: 'pay.example responded with 503. This was the last of 3 attempts.',
        retryable: true,
      },
    });
  });
  test('a safe call is not retried when the failure is permanent', () =>
    expect(code(failed({ httpStatus: 404, transient: false }), safe())).toBe('provider_error'));
});

describe('the wait before the next attempt', () => {
  const wait = (more: Partial<AttemptSituation>, failure: Partial<AttemptFailure> = {}) => {
    const verdict = judgeFailure(failed(failure), situation({ retrySafe: true, ...more }));
    return 'retryAfterMs' in verdict ? verdict.retryAfterMs : null;
  };
  test('the wait grows by the factor up to the cap', () =>
    expect([1, 2, 3, 4].map((attempt) => wait({ attempt, maxAttempts: 9 }))).toEqual([
      1000, 2000, 3000, 3000,
    ]));
  test('the wait is random, between half of the backoff and all of it', () => {
    expect(wait({ random: 0 })).toBe(500);
    expect(wait({ random: 0.5 })).toBe(750);
  });
  test('the wait is never shorter than Retry-After', () =>
    expect(wait({}, { retryAfterMs: 7000 })).toBe(7000));
  test('a wait that would pass the deadline is not started', () => {
    expect(wait({ remainingMs: 999 })).toBeNull();
    expect(judgeFailure(failed(), situation({ retrySafe: true, remainingMs: 999 }))).toMatchObject({
      failure: { message: expect.stringContaining('after the deadline') },
    });
  });
});

describe('a call that was stopped', () => {
  test('a stopped call is cancelled when it had no effect, and unknown when it may have had one', () => {
    const stopped = { stopped: 'cancelled' as const };
    expect(code(failed({ sent: 'before' }), situation(stopped))).toBe('cancelled');
    expect(code(failed({ sent: 'unknown' }), situation({ ...stopped, retrySafe: true }))).toBe('cancelled');
    expect(code(failed({ sent: 'unknown' }), situation(stopped))).toBe('outcome_unknown');
  });
  test('a call that a shutdown stopped is retried at once by another process, if that is safe', () => {
    const stopped = { stopped: 'shutdown' as const };
    expect(judgeFailure(failed({ sent: 'unknown' }), situation({ ...stopped, retrySafe: true }))).toEqual({
      retryAfterMs: 0,
    });
    expect(code(failed({ sent: 'unknown' }), situation(stopped))).toBe('outcome_unknown');
  });
});
