import { describe, expect, test } from 'vitest';
import { inTurn, measure, percentile, ratioOf } from '../../bench/measure.ts';

describe('what a bench says of its measurements', () => {
  test('few values have quartiles too', () => {
    expect(percentile([4, 1, 3, 2], 0.5)).toBe(2.5);
    expect(percentile([1, 2, 3, 4, 5], 0.25)).toBe(2);
    expect(percentile([7], 0.95)).toBe(7);
    expect(percentile([], 0.5)).toBeNaN();
  });

  test('a ratio is taken within each round, so what slows down a whole round does not count', () => {
    expect(ratioOf([1, 10, 1], [2, 20, 2])).toEqual({ value: 0.5, quartiles: [0.5, 0.5] });
    expect(ratioOf([1, 2, 3, 4, 5], [1, 1, 1, 1, 1])).toEqual({ value: 3, quartiles: [2, 4] });
  });

  test('a round that only one of them has is left out', () => {
    expect(ratioOf([1, 2, 3], [1, 1]).value).toBe(1.5);
  });

  test('everyone begins in turn, forwards and backwards', () => {
    const orders = Array.from({ length: 6 }, (_, round) => inTurn(['a', 'b', 'c'], round).join(''));
    expect(orders).toEqual(['abc', 'cba', 'bca', 'acb', 'cab', 'bac']);
  });

  test('no more calls than asked for are made, and no more at once', async () => {
    let [open, most] = [0, 0];
    const { latencies } = await measure({ concurrency: 3, count: 10 }, async () => {
      most = Math.max(most, ++open);
      await Promise.resolve();
      open--;
    });
    expect(latencies).toHaveLength(10);
    expect(most).toBe(3);
  });
});
