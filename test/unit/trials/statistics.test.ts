import { describe, expect, test } from 'vitest';
import {
  medianDifference,
  proportion,
  proportionDifference,
  quantile,
} from '../../../shared/trials/statistics.ts';

const rounded = ({ low, high }: { low: number; high: number }, digits = 4): number[] =>
  [low, high].map((value) => Number(value.toFixed(digits)));
const sorted = (...values: number[]): number[] => values.toSorted((one, other) => one - other);

describe('intervals of 95 % confidence', () => {
  // Newcombe, Statistics in Medicine 17 (1998) 857–872, table I, method 3.
  test.each([
    [81, 263, 0.2553, 0.3662],
    [15, 148, 0.0624, 0.1605],
    [0, 20, 0, 0.1611],
    [1, 29, 0.0061, 0.1718],
    [29, 29, 0.883, 1],
  ])('of the proportion %i of %i', (count, of, low, high) => {
    expect(rounded(proportion(count, of))).toEqual([low, high]);
    expect(proportion(count, of).value).toBe(count / of);
  });

  // Newcombe, Statistics in Medicine 17 (1998) 873–890, table II, method 10.
  test.each([
    [56, 70, 48, 80, 0.0524, 0.3339],
    [9, 10, 3, 10, 0.1705, 0.809],
    [6, 7, 2, 7, 0.0582, 0.8062],
    [5, 56, 0, 29, -0.0381, 0.1926],
    [0, 10, 0, 20, -0.1611, 0.2775],
    [10, 10, 0, 10, 0.6075, 1],
  ])('of the difference between %i of %i and %i of %i', (one, of, other, ofOther, low, high) => {
    const difference = proportionDifference(proportion(one, of), proportion(other, ofOther));
    expect(rounded(difference)).toEqual([low, high]);
  });

  test('of the difference of two medians: the example of Bonett, ci.median2 of the package statpsych', () => {
    const one = sorted(32, 39, 26, 35, 43, 27, 40, 37, 34, 29);
    const other = sorted(36, 44, 47, 42, 49, 39, 46, 31, 33, 48);
    const difference = medianDifference(one, other);
    expect(difference.value).toBe(-8.5);
    expect(difference.low).toBeCloseTo(-16.95977, 4);
    expect(difference.high).toBeCloseTo(-0.04022524, 4);
  });

  test('of the difference of two medians holds the true one in about 95 of 100 skewed samples', () => {
    let seed = 7;
    const random = () => {
      seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
      return seed / 2_147_483_648;
    };
    // Latencies: most are short, a few very long. The medians differ by 50.
    const sample = (count: number, more: number) =>
      sorted(...Array.from({ length: count }, () => more - 100 * Math.log(1 - random())));
    let held = 0;
    for (let round = 0; round < 600; round += 1) {
      const { low, high } = medianDifference(sample(120, 50), sample(80, 0));
      if (low <= 50 && high >= 50) held += 1;
    }
    expect(held / 600).toBeGreaterThan(0.92);
    expect(held / 600).toBeLessThan(0.99);
  });

  test('of a quantile, between observations; without the bounds that there are too few for', () => {
    const hundred = Array.from({ length: 100 }, (_, index) => index + 1);
    expect(quantile(hundred, 0.5)).toEqual({ value: 50, low: 40, high: 61 });
    expect(quantile(hundred, 0.99)).toEqual({ value: 99, low: 97, high: null });
    expect(quantile([7], 0.5)).toEqual({ value: 7, low: null, high: null });
  });
});
