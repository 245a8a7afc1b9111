import { describe, expect, test } from 'vitest';
import { isTimeZone, periodNames, periodOf } from '../../../shared/usage/periods.ts';
import { percentilesOf } from '../../../shared/usage/time-bins.ts';

const hour = 3_600_000;

describe('a period', () => {
  test.each(
    periodNames.flatMap((name) =>
      ['UTC', 'Europe/Berlin', 'Asia/Kolkata', 'America/St_Johns'].map((zone) => [name, zone] as const),
    ),
  )('%s in %s is its parts without a gap, and the one before is as long', (name, zone) => {
    const now = new Date('2026-11-22T16:34:11Z');
    const { from, to, previous, buckets } = periodOf(name, zone, now);
    expect(to).toEqual(new Date('2026-11-22T17:00:00Z'));
    expect(buckets[0]!.from).toEqual(from);
    expect(buckets.at(-1)!.to).toEqual(to);
    for (const [index, bucket] of buckets.entries()) {
      expect(bucket.from.getTime() % hour).toBe(0);
      expect(bucket.from.getTime()).toBeLessThan(bucket.to.getTime());
      if (index > 0) expect(bucket.from).toEqual(buckets[index - 1]!.to);
    }
    expect(previous.to.getTime() - previous.from.getTime()).toBe(to.getTime() - from.getTime());
    expect(previous.to.getTime()).toBeLessThanOrEqual(from.getTime());
  });

  test('begins each day at its midnight, also when the clocks change', () => {
    const starts = periodOf('7d', 'Europe/Berlin', new Date('2026-03-31T12:00:00Z')).buckets.map(({ from }) =>
      from.toISOString(),
    );
    expect(starts.slice(-4)).toEqual([
      '2026-03-27T23:00:00.000Z',
      '2026-03-28T23:00:00.000Z',
      '2026-03-29T22:00:00.000Z',
      '2026-03-30T22:00:00.000Z',
    ]);
  });

  test('knows time zones from other words', () => {
    expect([isTimeZone('Asia/Kolkata'), isTimeZone('Nowhere')]).toEqual([true, false]);
  });
});

describe('a percentile', () => {
  test('is within 2 % of the exact one for any times', () => {
    const growth = 1.02 / 0.98;
    for (const [low, spread] of [
      [1, 50],
      [200, 3],
      [90_000, 4000],
    ] as const) {
      const times = Array.from({ length: 999 }, (_, i) => low * (1 + (((i * 7919) % 999) / 999) * spread));
      const bins = new Map<number, number>();
      for (const ms of times) {
        const bin = ms <= 1 ? 0 : Math.ceil(Math.log(ms) / Math.log(growth));
        bins.set(bin, (bins.get(bin) ?? 0) + 1);
      }
      const sorted = times.toSorted((a, b) => a - b);
      for (const share of [0.5, 0.95, 0.99]) {
        const exact = sorted[Math.ceil(999 * share) - 1]!;
        expect(Math.abs(percentilesOf(bins, [share])[0]! - exact) / exact).toBeLessThan(
          0.0205 + 0.05 / exact,
        );
      }
    }
  });

  test('of nothing is none', () => {
    expect(percentilesOf(new Map([[3, 0]]), [0.5])).toEqual([null]);
  });
});
