import { expect, test } from 'vitest';
import { blockRows, blocksBetween, rowAt, topOf } from '../../../web/kit/row-heights.ts';

const even = { estimate: 36, measured: new Map<number, number>() };

test('a row begins where those before it end, as far as they were laid out', () => {
  expect(topOf(even, 100_000)).toBe(3_600_000);
  const uneven = { estimate: 36, measured: new Map([[1, 2_000]]) };
  expect(topOf(uneven, blockRows)).toBe(720);
  expect(topOf(uneven, blockRows * 1.5)).toBe(1_720);
  expect(topOf(uneven, blockRows * 2)).toBe(2_720);
});

test('the blocks of a part of the table are those that it touches', () => {
  expect(blocksBetween(even, 100_000, { top: -500, bottom: 700 })).toEqual({ first: 0, last: 0 });
  expect(blocksBetween(even, 100_000, { top: 720, bottom: 1_441 })).toEqual({ first: 1, last: 2 });
  expect(blocksBetween(even, 45, { top: 900, bottom: 90_000 })).toEqual({ first: 1, last: 2 });
  // Beyond the end, as after rows were removed.
  expect(blocksBetween(even, 45, { top: 90_000, bottom: 91_000 })).toEqual({ first: 2, last: 2 });
  expect(blocksBetween(even, 0, { top: 0, bottom: 900 })).toEqual({ first: 0, last: 0 });
  const uneven = { estimate: 36, measured: new Map([[0, 3_000]]) };
  expect(blocksBetween(uneven, 100, { top: 2_900, bottom: 3_100 })).toEqual({ first: 0, last: 1 });
});

test('the row at a height is the one that is drawn there', () => {
  expect(rowAt(even, 100_000, 3_600_010)).toBe(100_000 - 1);
  expect(rowAt(even, 100_000, 36 * 777 + 35)).toBe(777);
  expect(rowAt(even, 100, -500)).toBe(0);
  const uneven = { estimate: 36, measured: new Map([[1, 2_000]]) };
  for (const row of [5, 20, 25, 39, 40, 77]) expect(rowAt(uneven, 100, topOf(uneven, row) + 1)).toBe(row);
});
