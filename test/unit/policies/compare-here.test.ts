import { expect, test } from 'vitest';
import type { JsonValue } from '../../../shared/platform/json.ts';
import { readJson } from '../../../shared/platform/read-json.ts';
import { compareHere } from '../../../shared/policies/server/compare-here.ts';
import { evaluateConditions } from '../../../shared/policies/server/evaluate-conditions.ts';

const literals = ['500', '-1', '0.5', '"EUR"', '""', 'true', 'false'];
const values = [
  '500',
  '500.5',
  '-1',
  '0',
  '-0',
  '1e400',
  '0.50',
  '"EUR"',
  '"500"',
  '""',
  'true',
  'false',
  'null',
];
const inputs = [...values, '[500]', '{"b":500}', '{}'].map((value) => `{"a":${value},"c":{"d":${value}}}`);

test('a comparison that is made in place has the result of JSONata, in all combinations', async () => {
  const parsed = [...inputs, '{}', '[{"a":500}]', '"x"', 'null'].map((text) => readJson(text) as JsonValue);
  let here = 0;
  for (const path of ['a', 'c.d', 'a.b'])
    for (const operator of ['>', '>=', '<', '<=', '=', '!='])
      for (const literal of literals) {
        const expression = `${path} ${operator} ${literal}`;
        const there = await evaluateConditions(expression, parsed);
        for (const [index, input] of parsed.entries()) {
          const found = compareHere(expression, input);
          if (found === undefined) continue;
          here += 1;
          expect(found, `${expression} of ${JSON.stringify(input)}`).toBe(there[index]);
        }
      }
  expect(here).toBeGreaterThan(200);
});

test('what is more than a comparison is left to JSONata', () => {
  for (const expression of [
    'a > 1 and b',
    '$a > 1',
    'a[0] > 1',
    'a > b',
    '1 < a',
    'a > "x\\u0041"',
    'null = 1',
    'a in [1]',
  ])
    expect(compareHere(expression, { a: 5, b: 1, null: 1 }), expression).toBeUndefined();
  expect(compareHere('amount > 500', { amount: 600 })).toBe(true);
  expect(compareHere('amount>500', { amount: 5 })).toBe(false);
});
