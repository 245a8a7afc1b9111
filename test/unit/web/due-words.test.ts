import { describe, expect, it } from 'vitest';
import { dueWords, isOverdue } from '../../../web/kit/due-words.ts';

const now = Date.parse('2026-11-20T12:00:00Z');

describe('a due date', () => {
  it('is overdue only while the work is not done and the time has passed', () => {
    const at = '2026-11-20T11:59:59Z';
    expect(isOverdue({ at }, now)).toBe(true);
    expect(isOverdue({ at, done: true }, now)).toBe(false);
    expect(isOverdue({ at: '2026-11-20T12:00:01Z' }, now)).toBe(false);
    expect(isOverdue({ at: null }, now)).toBe(false);
  });

  it.each([
    ['2026-11-20T14:00:00Z', 'in 2 h'],
    ['2026-11-20T11:37:00Z', '23 min overdue'],
    ['2026-11-18T11:00:00Z', '2 days overdue'],
    ['2026-11-08T11:00:00Z', '12 days overdue'],
  ])('of %s reads %s', (at, words) => {
    expect(dueWords({ at }, now)).toBe(words);
  });

  it('of work that is done tells when it was', () => {
    expect(dueWords({ at: '2026-11-20T11:37:00Z', done: true }, now)).toBe('23 min ago');
  });
});
