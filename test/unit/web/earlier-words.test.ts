import { describe, expect, it } from 'vitest';
import {
  actsAgain,
  againWords,
  earlierWords,
  isUnsettled,
  resultId,
} from '../../../web/features/executions/parts/earlier-words.ts';
import type { Execution } from '../../../web/features/executions/parts/execution-words.ts';

const now = Date.parse('2026-11-20T12:00:00Z');
const earlier = (part: Partial<Execution>) => ({
  status: 'succeeded' as const,
  failure: undefined,
  output: null,
  actor: { type: 'user' as const, id: 'ana', name: 'Ana' },
  createdAt: '2026-11-20T11:57:50Z',
  completedAt: '2026-11-20T11:58:00Z',
  toolTitle: 'Refund',
  settlement: null,
  ...part,
});
const failure = (code: 'provider_error' | 'outcome_unknown', retryable: boolean) => ({
  code,
  retryable,
  message: 'The provider refused: Card expired. pay.example returned 422.',
});

describe('what an earlier execution did', () => {
  it('names a success, who started it and its result', () =>
    expect(earlierWords(earlier({ output: { refundId: 're_123', amount: 5 } }), now)).toBe(
      'Refund succeeded 2 min ago, by Ana: re_123.',
    ));
  it('says who marked it as done', () =>
    expect(
      earlierWords(
        earlier({
          settlement: {
            happened: true,
            note: 'x',
            by: { type: 'user', id: 'ben', name: 'Ben' },
            at: '2026-11-20T11:59:00Z',
          },
        }),
        now,
      ),
    ).toBe('Refund succeeded 2 min ago, marked as done by Ben.'));
  it('gives the reason of a failure', () =>
    expect(earlierWords(earlier({ status: 'failed', failure: failure('provider_error', true) }), now)).toBe(
      'Refund failed 2 min ago, by Ana: The provider refused: Card expired. pay.example returned 422.',
    ));
  it('says that it is unknown whether it happened', () =>
    expect(earlierWords(earlier({ status: 'failed', failure: failure('outcome_unknown', false) }), now)).toBe(
      'Refund was sent 2 min ago, by Ana. It is unknown whether it happened.',
    ));
  it('says that it has not ended', () =>
    expect(earlierWords(earlier({ status: 'running', completedAt: null }), now)).toContain('has not ended'));
});

describe('running it again', () => {
  it.each([
    ['an unsafe call that succeeded', undefined, false, true],
    ['an unsafe call that may have happened', failure('provider_error', false), false, true],
    ['an unsafe call that did not happen', failure('provider_error', true), false, false],
    ['a safe call', undefined, true, false],
  ] as const)('of %s is confirmed when it acts again', (_, failed, safe, again) => {
    expect(actsAgain({ failure: failed }, safe)).toBe(again);
    expect(againWords({ failure: failed }, safe)).toBe(
      again ? 'Running it again sends it again.' : 'Running it again is safe.',
    );
  });
  it('waits until an unknown outcome is settled, unless it is safe to retry', () => {
    expect(isUnsettled({ failure: failure('outcome_unknown', false) })).toBe(true);
    expect(isUnsettled({ failure: failure('outcome_unknown', true) })).toBe(false);
    expect(isUnsettled({ failure: failure('provider_error', false) })).toBe(false);
  });
});

describe('the name of a result', () => {
  it.each<[unknown, string | null]>([
    [{ amount: 5, id: 're_1', paymentId: 'pay_1' }, 're_1'],
    [{ refundId: 7 }, '7'],
    [{ refund_id: 're_2' }, 're_2'],
    [{ refund: { id: 're_3' } }, 're_3'],
    [{ a: { b: { id: 'too deep' } } }, null],
    [{ valid: true, paid: 'x' }, null],
    [['re_4'], null],
    ['re_5', null],
    [null, null],
  ])('%j → %s', (output, name) => expect(resultId(output)).toBe(name));
});
