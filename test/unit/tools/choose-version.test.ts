import { v7 as uuidv7 } from 'uuid';
import { describe, expect, test } from 'vitest';
import { readJson } from '../../../shared/platform/read-json.ts';
import { getsCandidate } from '../../../shared/tools/server/choose-version.ts';
import { stickyKey } from '../../../shared/tools/tool-trial.ts';

describe('which version a key gets', () => {
  const keys = Array.from({ length: 20_000 }, () => uuidv7());
  const share = (percent: number, id: string): number =>
    keys.filter((key) => getsCandidate({ id, percent }, key)).length / keys.length;

  test('as many keys as the percent says, none at 0, all at 100', () => {
    const id = uuidv7();
    expect(share(0, id)).toBe(0);
    expect(share(100, id)).toBe(1);
    // Five standard deviations.
    for (const percent of [1, 10, 50, 99])
      expect(Math.abs(share(percent, id) - percent / 100)).toBeLessThan(
        5 * Math.sqrt(((percent / 100) * (1 - percent / 100)) / keys.length),
      );
  });

  test('the same in every process, and a greater percent takes none back', () => {
    expect(getsCandidate({ id: 'a', percent: 50 }, 'customer-1')).toBe(false);
    expect(getsCandidate({ id: 'a', percent: 50 }, 'customer-3')).toBe(true);
    const id = uuidv7();
    for (const key of keys.slice(0, 2000))
      if (getsCandidate({ id, percent: 20 }, key)) expect(getsCandidate({ id, percent: 21 }, key)).toBe(true);
  });

  test('who gets the candidate of one trial is not who gets that of the next', () => {
    const [one, two] = [uuidv7(), uuidv7()];
    const both = keys.filter(
      (key) => getsCandidate({ id: one, percent: 50 }, key) && getsCandidate({ id: two, percent: 50 }, key),
    );
    expect(Math.abs(both.length / keys.length - 0.25)).toBeLessThan(0.02);
  });
});

describe('the value that a version sticks to', () => {
  const input = readJson(
    '{"customer":{"id":"c-1","a/b":7,"large":12345678901234567890,"none":null},"ok":true,"rows":[1]}',
  );
  test.each([
    ['/customer/id', '"c-1"'],
    ['/customer/a~1b', '7'],
    ['/customer/large', '12345678901234567890'],
    ['/ok', 'true'],
    ['/rows/0', '1'],
    ['/customer', null],
    ['/rows', null],
    ['/customer/none', null],
    ['/customer/id/deeper', null],
    ['/nothing', null],
    ['/constructor', null],
    [null, null],
  ])('at %s', (stickyBy, expected) => {
    expect(stickyKey({ stickyBy }, input)).toBe(expected);
  });
});
