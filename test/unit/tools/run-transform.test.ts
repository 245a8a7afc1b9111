import { expect, test } from 'vitest';
import { runTransform, TransformError } from '../../../shared/platform/server/run-transform.ts';

const input = {
  status: 200,
  headers: { 'x-total': '2' },
  body: {
    items: [
      { id: 'a', n: 1 },
      { id: 'b', n: 2 },
    ],
  },
};

test('an expression transforms the response', async () => {
  expect(
    await runTransform(
      '{"ids": body.items.id, "sum": $sum(body.items.n), "total": $number(headers.`x-total`)}',
      input,
    ),
  ).toEqual({
    ids: ['a', 'b'],
    sum: 3,
    total: 2,
  });
  expect(await runTransform('body.items[n > 1]', input)).toEqual({ id: 'b', n: 2 });
  expect(await runTransform('body.nothing', input)).toBeNull();
  expect(await runTransform('$pad("a", -4, "#") & $pad("é", 3)', input)).toBe('###aé  ');
});

test('regular expressions work and run in linear time', async () => {
  expect(await runTransform('$replace("a1b22", /[0-9]+/, "-")', input)).toBe('a-b-');
  expect(await runTransform('$match("a1b22", /([a-z])([0-9]+)/i).groups', input)).toEqual([
    'a',
    '1',
    'b',
    '22',
  ]);
  expect(await runTransform('$split("a, b ,c", /\\s*,\\s*/)', input)).toEqual(['a', 'b', 'c']);
  const started = performance.now();
  expect(await runTransform('$contains(body, /^(a+)+$/)', { body: `${'a'.repeat(50_000)}!` })).toBe(false);
  expect(performance.now() - started).toBeLessThan(1000);
});

test.each([
  ['an endless recursion', '($f := function($n) { $f($n + 1) + 1 }; $f(0))'],
  ['an endless tail call', '($f := function($n) { $f($n + 1) }; $f(0))'],
  ['a huge list', '[1..10000000]'],
  ['a huge text', '$pad("", 1000000000)'],
  ['code in data', '$eval("1+1")'],
  ['a type error', '$number(body.items[0].id)'],
])('%s ends with an error', async (_name, expression) => {
  const started = performance.now();
  await expect(runTransform(expression, input)).rejects.toThrow(TransformError);
  expect(performance.now() - started).toBeLessThan(3000);
});

test('an error does not quote the data', async () => {
  const error = await runTransform('$number(body)', { body: 'topsecret' }).catch((caught: Error) => caught);
  expect(String(error)).toMatch(/D3030/);
  expect(String(error)).not.toContain('topsecret');
});

test('an expression cannot reach JavaScript objects outside its data', async () => {
  for (const expression of [
    '$constructor',
    'body.constructor',
    'body.__proto__',
    '$string.constructor("return 1")()',
  ]) {
    const result = await runTransform(expression, { body: {} }).catch((error: unknown) => error);
    expect(result === null || result instanceof TransformError).toBe(true);
  }
});
