import { expect, test } from 'vitest';
import type { JsonValue } from '../../../shared/platform/json.ts';
import { conditionFacts, evaluateConditions } from '../../../shared/policies/server/evaluate-conditions.ts';

test('a condition reads the fields that it names at the root of the input', () => {
  const fields = (text: string) => conditionFacts(text);
  expect(fields('amount > 500 and customer.country = "DE"')).toEqual({
    fields: ['amount', 'customer'],
    whole: false,
  });
  expect(fields('$count(items[price > 10]) > 3')).toEqual({ fields: ['items'], whole: false });
  expect(fields('items.(price * quantity) > 10')).toEqual({ fields: ['items'], whole: false });
  expect(fields('amount > 500 ? urgent : false')).toEqual({ fields: ['amount', 'urgent'], whole: false });
});

test('a condition that may read any field says so', () => {
  for (const text of ['$.amount > 1', '**.pin = "1"', '*.a = 1', '$string($$) = ""'])
    expect(conditionFacts(text), text).toMatchObject({ whole: true });
  expect(conditionFacts('amount >')).toHaveProperty('problem');
});

test('no value is false, and any other value than true or false is a problem', async () => {
  const inputs: JsonValue[] = [{ amount: 600 }, { amount: 5 }, {}];
  expect(await evaluateConditions('amount > 500', inputs)).toEqual([true, false, false]);
  const [wrong, failed] = [
    await evaluateConditions('amount', inputs),
    await evaluateConditions('amount > "x"', inputs),
  ];
  expect(wrong).toEqual([{ problem: expect.any(String) }, { problem: expect.any(String) }, false]);
  expect(failed[0]).toHaveProperty('problem');
});
