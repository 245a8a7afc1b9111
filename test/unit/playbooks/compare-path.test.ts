import { describe, expect, test } from 'vitest';
import { comparePath, type HappenedStep, type WouldStep } from '../../../shared/playbooks/compare-path.ts';

const happened = (stepId: string, more: Partial<HappenedStep> = {}): HappenedStep => ({
  stepId,
  title: stepId.toUpperCase(),
  type: 'manual',
  skipped: false,
  outcome: 'done',
  issues: [],
  ...more,
});
const would = (stepId: string, more: Partial<WouldStep> = {}): WouldStep => ({
  stepId,
  title: stepId.toUpperCase(),
  type: 'manual',
  result: 'would_wait',
  message: 'Waits for any operator',
  issues: [],
  ...more,
});
const whole = { whole: true, known: () => true };
const issue = { path: '/amount', message: 'must be number', keyword: 'type' };

describe('the path of a past case', () => {
  test('is the same where the same steps take place', () => {
    const compared = comparePath(
      [happened('a'), happened('b', { skipped: true })],
      [would('a'), would('b', { result: 'would_skip' })],
      whole,
    );
    expect(compared).toMatchObject({ verdict: 'same', differsAt: null, reason: null, steps: [] });
    expect(compared.path).toEqual({ happened: ['a'], would: ['a'] });
  });

  test.each([
    [
      'one that was skipped takes place',
      [happened('a', { skipped: true })],
      [would('a')],
      'A would take place',
    ],
    [
      'one that took place is skipped',
      [happened('a')],
      [would('a', { result: 'would_skip' })],
      'A would not take place',
    ],
    ['one is gone', [happened('a')], [], 'A no longer takes place'],
    ['one ends otherwise', [happened('a')], [would('a', { outcome: 'other' })], 'A would end otherwise'],
  ])('differs where %s', (_name, before, after, reason) => {
    expect(comparePath(before, after, whole)).toMatchObject({
      verdict: 'differs',
      differsAt: 'a',
      reason: expect.stringContaining(reason),
    });
  });

  test('says of a step that did not exist then that it is new', () => {
    const compared = comparePath([], [would('a')], { whole: true, known: () => false });
    expect(compared).toMatchObject({
      verdict: 'differs',
      reason: expect.stringContaining('a new step'),
      steps: [{ isNew: true, happened: 'not_reached', would: 'reached' }],
    });
  });

  test('is not compared behind the end of a run that was cancelled', () => {
    const compared = comparePath([happened('a')], [would('a'), would('b')], {
      whole: false,
      known: () => true,
    });
    expect(compared.verdict).toBe('same');
  });

  test('breaks by a new problem, and not by one that there was', () => {
    const broken = would('a', { issues: [issue] });
    expect(comparePath([happened('a')], [broken], whole)).toMatchObject({
      verdict: 'would_break',
      reason: 'A: /amount must be number',
    });
    expect(comparePath([happened('a', { issues: [issue] })], [broken], whole).verdict).toBe('same');
  });

  test('is unknown where it depends on what no one has answered', () => {
    const open = would('a', { result: 'unknown', message: 'Depends on a decision' });
    expect(comparePath([happened('a')], [open], whole)).toMatchObject({
      verdict: 'unknown',
      reason: 'A: Depends on a decision',
    });
  });
});
