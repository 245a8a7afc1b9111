import { expect, test } from 'vitest';
import { readBody } from '../../../shared/inbound/server/read-body.ts';
import { processorTime } from '../../support/processor-time.ts';

test('a form with as many fields as fit is read at once', () => {
  const text = Array.from({ length: 120_000 }, (_, index) => `k${index.toString(36)}=1`).join('&');
  const took = processorTime();
  expect(Object.keys(readBody('form', text) as object)).toHaveLength(120_000);
  // Quadratic work took minutes.
  expect(took()).toBeLessThan(20_000);
});

test('a field that occurs more than once is a list, and JSON in `payload` is read', () => {
  expect(readBody('form', 'a=1&b=2&a=3&payload=%7B%22n%22%3A1%7D&__proto__=x')).toEqual(
    Object.fromEntries([
      ['a', ['1', '3']],
      ['b', '2'],
      ['payload', { n: 1 }],
      ['__proto__', 'x'],
    ]),
  );
});

test('what is nested too deeply for those who read it later is refused', () => {
  const deep = (levels: number) => `${'['.repeat(levels)}1${']'.repeat(levels)}`;
  expect(readBody('json', deep(200))).toBeTruthy();
  for (const text of [deep(300), deep(500_000)])
    expect(() => readBody('json', text)).toThrow('nested deeper than 256 levels');
});
