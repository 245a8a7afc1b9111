import { describe, expect, test } from 'vitest';
import { checkSpec } from '../../../shared/schedules/check-spec.ts';
import {
  isTimeOf,
  nextTimes,
  timesAroundChanges,
  timesBetween,
} from '../../../shared/schedules/next-times.ts';
import { previewSpec } from '../../../shared/schedules/preview-spec.ts';
import type { ScheduleSpec } from '../../../shared/schedules/schedule-schemas.ts';
import { durationWords, specWords } from '../../../shared/schedules/spec-words.ts';
import { clockChanges, knownZone, localTime } from '../../../shared/schedules/time-zone.ts';

const at = (iso: string) => new Date(iso);
const times = (spec: ScheduleSpec, after: string, count: number) =>
  nextTimes(spec, at(after), count).times.map((each) => each.toISOString().replace('.000', ''));

describe('the next times of a schedule', () => {
  test('a clock time that does not exist is left out, and said', () => {
    const spec = { cron: '30 2 * * *', timeZone: 'Europe/Berlin' };
    expect(times(spec, '2026-03-27T12:00:00Z', 2)).toEqual(['2026-03-28T01:30:00Z', '2026-03-30T00:30:00Z']);
    expect(previewSpec(spec, at('2026-03-27T12:00:00Z')).notes).toEqual([
      expect.stringMatching(/^On 2026-03-29, clocks in Europe\/Berlin go forward: 02:30 does not exist/),
    ]);
    expect(previewSpec(spec, at('2026-04-01T12:00:00Z')).notes).toEqual([]);
  });

  test('a clock time that exists twice comes once, the first time', () => {
    const spec = { cron: '30 2 * * *', timeZone: 'Europe/Berlin' };
    const around = ['2026-10-25T00:30:00Z', '2026-10-26T01:30:00Z'];
    expect(times(spec, '2026-10-24T12:00:00Z', 2)).toEqual(around);
    // Also seen from between the two.
    expect(times(spec, '2026-10-25T00:45:00Z', 1)).toEqual(around.slice(1));
    expect(isTimeOf(spec, at('2026-10-25T00:30:00Z'))).toBe(true);
    expect(isTimeOf(spec, at('2026-10-25T01:30:00Z'))).toBe(false);
    expect(previewSpec(spec, at('2026-10-24T12:00:00Z')).notes).toEqual([
      expect.stringContaining('02:30 comes twice. It runs the first time only.'),
    ]);
  });

  test('an hourly one keeps its pace when clocks go back, and its times stay in order', () => {
    const spec = { cron: '*/30 * * * *', timeZone: 'America/New_York' };
    expect(times(spec, '2026-11-01T05:00:00Z', 4)).toEqual([
      '2026-11-01T05:30:00Z',
      '2026-11-01T06:00:00Z',
      '2026-11-01T06:30:00Z',
      '2026-11-01T07:00:00Z',
    ]);
    expect(previewSpec(spec, at('2026-11-01T05:00:00Z')).notes[0]).toContain('It runs both times.');
    expect(timesAroundChanges(spec, Date.parse('2026-10-01T00:00:00Z')).length).toBeGreaterThanOrEqual(4);
  });

  test('it begins and ends where it should, both included', () => {
    const spec = {
      everyMs: 3_600_000,
      offsetMs: 600_000,
      startAt: '2026-01-01T01:10:00Z',
      endAt: '2026-01-01T03:10:00Z',
    };
    const expected = ['2026-01-01T01:10:00Z', '2026-01-01T02:10:00Z', '2026-01-01T03:10:00Z'];
    expect(times(spec, '2025-12-01T00:00:00Z', 10)).toEqual(expected);
    const cron = { ...spec, everyMs: undefined, offsetMs: undefined, cron: '10 * * * *' };
    expect(times(cron, '2025-12-01T00:00:00Z', 10)).toEqual(expected);
    expect(timesBetween(cron, at(expected[0]!), at(expected[1]!), 5)).toHaveLength(2);
    expect(timesBetween(cron, at(expected[0]!), at(expected[2]!), 2)).toBeNull();
  });

  test('a day must match both its day of the month and its day of the week', () => {
    const spec = { calendar: { dayOfMonth: 1, dayOfWeek: 'monday' as const, hour: [9, 17] } };
    expect(times(spec, '2026-03-01T00:00:00Z', 2)).toEqual(['2026-06-01T09:00:00Z', '2026-06-01T17:00:00Z']);
    expect(previewSpec(spec, at('2026-03-01T00:00:00Z')).notes).toEqual([
      expect.stringContaining('must match both'),
    ]);
    expect(previewSpec({ cron: '0 9 1 * MON' }, at('2026-03-01T00:00:00Z')).notes).toHaveLength(1);
    expect(previewSpec({ everyMs: 10_000, jitterMs: 5 }, at('2026-03-01T00:00:00Z')).notes).toEqual([
      expect.stringContaining('jitter'),
    ]);
  });

  test('changes of clocks are found to the second', () => {
    const found = clockChanges('Europe/Berlin', Date.parse('2026-01-01'), Date.parse('2027-01-01'));
    expect(found.map((change) => new Date(change.at).toISOString())).toEqual([
      '2026-03-29T01:00:00.000Z',
      '2026-10-25T01:00:00.000Z',
    ]);
    expect(localTime(at('2026-01-01T00:00:00Z'), 'America/St_Johns')).toBe('2025-12-31T20:30:00-03:30');
    expect(knownZone('europe/berlin')).toBe('Europe/Berlin');
    expect([knownZone('+02:00'), knownZone('Mars/Olympus'), knownZone('')]).toEqual([null, null, null]);
  });
});

test.each<[string, ScheduleSpec]>([
  ['Every day at 09:00 (UTC)', { cron: '0 9 * * *' }],
  ['Every day at 00:00 (UTC)', { cron: '@daily' }],
  ['Every hour (UTC)', { cron: '0 * * * *' }],
  ['Every minute (UTC)', { cron: '* * * * *' }],
  ['Every 15 minutes (Europe/Berlin)', { cron: '*/15 * * * *', timeZone: 'Europe/Berlin' }],
  ['Every 2 hours (UTC)', { cron: '0 */2 * * *' }],
  ['At minute 5, 35 of every hour (UTC)', { cron: '5,35 * * * *' }],
  ['At minute 5 of every 3rd hour (UTC)', { cron: '5 */3 * * *' }],
  ['Every 20 minutes of hour 9 to 17 on Monday to Friday (UTC)', { cron: '*/20 9-17 * * 1-5' }],
  ['At 09:30 and 17:30 on Saturday and Sunday (UTC)', { cron: '30 9,17 * * SAT,7' }],
  [
    'At 06:00 on the 1st, 2nd, 3rd, 11th and 22nd in January to March (UTC)',
    { cron: '0 6 1,2,3,11,22 1-3 *' },
  ],
  ['At 06:00 in every 3rd month (UTC)', { cron: '0 6 * */3 *' }],
  ['At 06:00 on the 1st and each 2nd day from there (UTC)', { cron: '0 6 */2 * *' }],
  ['At 06:00 on every 2nd weekday from Monday to Friday (UTC)', { cron: '0 6 * * 1-5/2' }],
  ['At 00:00 on Monday if it is the 1st (UTC)', { cron: '0 0 1 * MON' }],
  ['At 12:00 on the 1st to 7th (UTC)', { cron: '0 12 1-7 * *' }],
  [
    'At 09:00 on the 24th in December of 2027 and 2028 (UTC)',
    { calendar: { hour: 9, dayOfMonth: 24, month: 12, year: [2027, 2028] } },
  ],
  ['At 00:00 on Monday and Friday (UTC)', { calendar: { dayOfWeek: ['monday', 'friday'] } }],
  ['Every hour, shifted by 10 minutes', { everyMs: 3_600_000, offsetMs: 600_000 }],
  ['Every 2 hours 30 minutes', { everyMs: 9_000_000 }],
])('%s', (words, spec) => {
  expect(specWords(spec)).toBe(words);
  expect(checkSpec(spec, at('2026-01-01T00:00:00Z'))).toEqual([]);
});

test('a duration has its units', () => {
  expect([0, 90_000, 90_061_000].map(durationWords)).toEqual([
    '0 seconds',
    '1 minute 30 seconds',
    '1 day 1 hour 1 minute 1 second',
  ]);
});

test.each([
  ['* * * *', 'needs five fields'],
  ['61 * * * *', 'Invalid value'],
  ['0 24 * * *', 'Invalid value'],
  ['5/10 * * * *', 'takes numbers'],
  ['0 0 L * *', 'takes numbers'],
  ['0 0 * * MON#1', 'takes numbers'],
  ['0 0 * * 8', 'takes numbers'],
  ['5-3 * * * *', 'larger'],
  ['0 0 31 2 *', 'has no time from now on'],
  ['60 * * * * *', 'needs five fields'],
])('the cron expression %s is refused: %s', (cron, problem) => {
  const issues = checkSpec({ cron }, at('2026-01-01T00:00:00Z'));
  expect(issues).toEqual([
    { path: '/cron', message: expect.stringContaining(problem), keyword: expect.any(String) },
  ]);
});
