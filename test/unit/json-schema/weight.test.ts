import { expect, test } from 'vitest';
import { sizeOf, unrolledSize, weightOf } from '../../../shared/platform/server/json-schema/weight.ts';

test.each([
  ['^[a-z]+$', 4],
  ['a{3}', 3],
  ['(ab){2,5}', 15],
  ['(a{1,30}b?){1,30}', 990],
  ['\\{3\\}[{}(]x', 5],
  ['a{', 2],
])('%s has about %i atoms when it is unrolled', (pattern, size) => {
  expect(unrolledSize(pattern)).toBeGreaterThanOrEqual(size);
  expect(unrolledSize(pattern)).toBeLessThan(size * 1.2 + 3);
});

test('a text weighs by its length, and a value by everything inside', () => {
  expect(sizeOf({ a: [1, 2], b: 'x'.repeat(160) })).toBe(15);
  expect(weightOf({ type: 'string' })).toBeLessThan(5);
  expect(weightOf({ pattern: '((a?){10}){100}' })).toBeGreaterThan(60);
});
