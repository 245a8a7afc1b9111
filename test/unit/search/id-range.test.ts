import { expect, test } from 'vitest';
import { idRange } from '../../../shared/finding/id-range.ts';

test('six digits or more are the beginning of an id, with or without dashes', () => {
  expect(idRange('0192F0')).toEqual([
    '0192f000-0000-0000-0000-000000000000',
    '0192f0ff-ffff-ffff-ffff-ffffffffffff',
  ]);
  expect(idRange('0192f0c1-7a')).toEqual(idRange('0192f0c17a'));
  const whole = '0192f0c1-7a00-7000-8000-000000000001';
  expect(idRange(whole)).toEqual([whole, whole]);
});

test.each(['0192f', 'refund', '0192f0g', '', '0'.repeat(33)])('%s is none', (text) =>
  expect(idRange(text)).toBe(null),
);
