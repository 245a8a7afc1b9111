import { describe, expect, it } from 'vitest';
import { failureCodes } from '../../../shared/executions/failure-codes.ts';
import {
  adviceWords,
  type Execution,
  effectWords,
  eventWord,
  failureWords,
  isOpen,
  nextWords,
} from '../../../web/features/executions/parts/execution-words.ts';

const now = Date.parse('2026-11-20T12:00:00Z');
const at = (seconds: number) => new Date(now + seconds * 1000).toISOString();
type Attempt = Execution['attempts'][number];
const attempt = (part: Partial<Attempt>): Attempt => ({
  number: 1,
  startedAt: at(-5),
  endedAt: at(-4),
  status: 'failed',
  ...part,
});
const open = (attempts: Attempt[], part: Partial<Execution> = {}) => ({
  status: 'running' as const,
  attempts,
  maxAttempts: 5,
  cancelRequestedAt: null,
  createdAt: at(-3),
  ...part,
});
const failed = (failure: Execution['failure'], attempts: Attempt[] = []) => ({
  status: 'failed' as const,
  toolName: 'refund_payment',
  failure,
  attempts,
});

describe('what happens next', () => {
  it('says which attempt failed, why, and counts down to the next', () => {
    const waiting = attempt({
      number: 2,
      willRetryAt: at(14),
      error: { code: 'provider_error', message: '503 from pay.example.' },
    });
    expect(nextWords(open([attempt({}), waiting]), now)).toBe(
      'Attempt 2 of 5 failed: 503 from pay.example; next attempt in 14 s.',
    );
    expect(nextWords(open([waiting]), now + 13_200)).toContain('next attempt in 1 s');
    expect(nextWords(open([waiting]), now + 15_000)).toContain('next attempt now');
  });

  it('says what is running, and for how long', () => {
    expect(nextWords(open([attempt({ status: 'running', endedAt: null })]), now)).toBe(
      'Attempt 1 of 5 is running for 5 s.',
    );
    expect(nextWords(open([attempt({ status: 'running' })], { maxAttempts: 1 }), now)).toContain(
      'The only attempt',
    );
    expect(nextWords(open([attempt({ status: 'running' })], { cancelRequestedAt: at(0) }), now)).toContain(
      'is being cancelled',
    );
    expect(nextWords(open([]), now)).toBe('Preparing the first attempt.');
  });

  it('says when a start takes longer than it should', () => {
    expect(nextWords(open([], { status: 'requested' }), now)).toBe('Waiting for a worker.');
    expect(nextWords(open([], { status: 'requested', createdAt: at(-20) }), now)).toContain(
      'Not started for 20 s',
    );
    expect(isOpen({ status: 'requested' })).toBe(true);
    expect(isOpen({ status: 'failed' })).toBe(false);
  });
});

describe('why it failed', () => {
  it('says that nothing was sent when nothing was', () => {
    for (const code of ['invalid_input', 'denied', 'disabled', 'rate_limited', 'internal'] as const) {
      expect(effectWords(failed({ code, message: 'm', retryable: true }))).toBe('Nothing was sent.');
    }
  });

  it('never calls a retry safe when it may have a second effect', () => {
    for (const code of failureCodes) {
      const advice = adviceWords(
        failed({ code, message: 'm', retryable: false }, [attempt({ httpStatus: 500 })]),
      );
      expect(advice, code).not.toMatch(/again is safe/);
      expect(advice, code).not.toBe('');
    }
    expect(
      effectWords(failed({ code: 'outcome_unknown', message: 'm', retryable: false }, [attempt({})])),
    ).toContain('not retried');
  });

  it('distinguishes a rejected request from a failing provider', () => {
    const refused = failed({ code: 'provider_error', message: 'm', retryable: true }, [
      attempt({ httpStatus: 422 }),
    ]);
    expect(effectWords(refused)).toContain('rejected');
    expect(adviceWords(refused)).toContain('Correct the input');
    const withReason = failed(
      {
        code: 'provider_error',
        message: 'The provider refused: Card expired. h returned 422.',
        retryable: true,
      },
      [attempt({ httpStatus: 422 })],
    );
    expect(effectWords(withReason)).toBeNull();
    expect(adviceWords(withReason)).toBe('Correct the input or the tool, then run it again.');
    const unknown = failed({ code: 'provider_error', message: 'm', retryable: true }, [
      attempt({ httpStatus: 401 }),
    ]);
    expect(adviceWords(unknown)).toContain('a credential that the provider accepts');
    const busy = failed({ code: 'provider_error', message: 'm', retryable: true }, [
      attempt({ httpStatus: 503 }),
    ]);
    expect(adviceWords(busy)).toBe('Running it again is safe.');
  });

  it('has words for every code and event', () => {
    expect(Object.keys(failureWords).toSorted()).toEqual([...failureCodes].toSorted());
    expect(eventWord('ToolExecutionCancelRequested')).toBe('Cancel requested');
    expect(eventWord('ToolExecutionSomethingNew')).toBe('Something New');
  });
});
