import { describe, expect, test } from 'vitest';
import { isInRanges, normalRange } from '../../../shared/identity/address-ranges.ts';

describe('ranges of addresses', () => {
  test.each([
    ['10.0.0.0/8', '10.0.0.0/8'],
    [' 192.0.2.7 ', '192.0.2.7/32'],
    ['2001:db8::1', '2001:db8::1/128'],
    ['::ffff:192.0.2.0/120', '192.0.2.0/24'],
  ])('%s is stored as %s', (range, stored) => {
    expect(normalRange(range)).toBe(stored);
  });

  test.each([
    '',
    '10',
    '10.0/8',
    '0x0a.0.0.1',
    '010.0.0.1',
    '10.0.0.0/33',
    '::ffff:0:0/90',
    'example.test',
    '*',
  ])('%s is no range', (range) => {
    expect(normalRange(range)).toBeNull();
  });

  test('an address counts as what it is, however it is written', () => {
    expect(isInRanges('::ffff:10.1.2.3', ['10.0.0.0/8'])).toBe(true);
    expect(isInRanges('::ffff:a01:203', ['10.0.0.0/8'])).toBe(true);
    expect(isInRanges('2001:0db8:0::1', ['2001:db8::/64'])).toBe(true);
    expect(isInRanges('::', ['0.0.0.0/0'])).toBe(false);
    expect(isInRanges('10.0.0.1', ['::/0'])).toBe(false);
    expect(isInRanges('', ['0.0.0.0/0', '::/0'])).toBe(false);
  });
});
