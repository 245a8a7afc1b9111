import { describe, expect, test } from 'vitest';
import {
  formatBytes,
  formatDuration,
  formatExactTime,
  formatRate,
  formatRelative,
  shortId,
  withOwnTimes,
} from '../../../web/kit/format.ts';

describe('quantities read the same everywhere', () => {
  test.each([
    [9, '9 ms'],
    [999.6, '1 s'],
    [1000, '1 s'],
    [2340, '2.3 s'],
    [9960, '10 s'],
    [31_044, '31 s'],
    [59_700, '1 min'],
    [65_000, '1 min 05 s'],
    [600_000, '10 min'],
    [7_380_000, '2 h 03 min'],
  ])('%d ms is %s', (ms, words) => {
    expect(formatDuration(ms)).toBe(words);
  });

  const now = Date.parse('2026-11-20T12:00:00Z');
  test.each([
    ['2026-11-20T12:00:00Z', 'now'],
    ['2026-11-20T11:59:48Z', '12 s ago'],
    ['2026-11-20T12:00:14Z', 'in 14 s'],
    ['2026-11-20T11:00:00Z', '1 h ago'],
    ['2026-11-19T12:00:00Z', '1 day ago'],
    ['2026-11-15T12:00:00Z', '5 days ago'],
    ['2026-10-02T12:00:00Z', '02 Oct'],
    ['2025-10-02T12:00:00Z', '02 Oct 2025'],
  ])('%s is %s', (at, words) => {
    expect(formatRelative(at, now)).toBe(words);
  });

  test('a rate is only 100 % when nothing failed', () => {
    expect([1, 0.99996, 0.9967, 0.0001, 0].map(formatRate)).toEqual([
      '100 %',
      '99.9 %',
      '99.7 %',
      '0.1 %',
      '0 %',
    ]);
  });

  test('bytes and ids are short', () => {
    expect([0, 512, 1536, 1_048_576].map(formatBytes)).toEqual(['0 B', '512 B', '1.5 KiB', '1 MiB']);
    expect(shortId('0196f4b1-22c0-7000-8000-000000001000')).toBe('…00001000');
  });
});

test('a time inside of a stored text is written as the reader writes times; what is none stays', () => {
  expect(withOwnTimes('Pay is late. It is due 2026-11-22 20:34 UTC.')).toBe(
    `Pay is late. It is due ${formatExactTime('2026-11-22T20:34:00Z')}.`,
  );
  expect(withOwnTimes('Version 2026-99-99 20:34 UTC')).toBe('Version 2026-99-99 20:34 UTC');
});
