import { describe, expect, test } from 'vitest';
import { readJson } from '../../../shared/platform/read-json.ts';
import { evaluate, resolve } from '../../../shared/platform/server/expressions/evaluate.ts';
import { readPath } from '../../../shared/platform/server/expressions/read-path.ts';

const scope = readJson(`{
  "id": 9007199254740993,
  "safe": 9007199254740991,
  "amount": 19.90,
  "items": [{"sku": "a", "id": 9007199254740995}, {"sku": "b", "id": 1.0}]
}`);

const values: [expression: string, json: string][] = [
  // Copied.
  ['id', '9007199254740993'],
  ['{"id": id, "all": [amount, safe]}', '{"id":9007199254740993,"all":[19.90,9007199254740991]}'],
  ['items[0].id', '9007199254740995'],
  ['items[sku = "a"].id', '9007199254740995'],
  ['$map(items, function($item) {$item.id})', '[9007199254740995,1]'],
  // Written into a text.
  ['"order " & id & " of " & safe', '"order 9007199254740993 of 9007199254740991"'],
  ['$string(id)', '"9007199254740993"'],
  // Compared.
  ['id = items[0].id', 'false'],
  ['id = $$.id', 'true'],
  ['id in [1, id]', 'true'],
  ['amount = 19.9', 'true'],
  ['safe = 9007199254740991', 'true'],
  // Doubles.
  ['amount * 2', '39.8'],
  ['id > 5', 'true'],
  ['$sum(items.id)', '9007199254740996'],
  ['$type(id)', '"number"'],
];

describe('numbers in expressions', () => {
  test.each(values)('%s', async (expression, json) => {
    expect(JSON.stringify(await evaluate(expression, scope))).toBe(`{"value":${json}}`);
  });

  test('a template keeps the digits of its own numbers and of what it takes', async () => {
    const template = { id: '${{ id }}', text: 'no. ${{ id }} for ${{ amount }}', fixed: readJson('1.50') };
    expect(JSON.stringify(await resolve(template, scope, ''))).toBe(
      '{"value":{"id":9007199254740993,"text":"no. 9007199254740993 for 19.90","fixed":1.50}}',
    );
  });

  test('a plain path is read in place', () => {
    expect(JSON.stringify(readPath('id', scope as object))).toBe('{"value":9007199254740993}');
    expect(readPath('id.text', scope as object)).toEqual({ value: null });
  });

  test('an expression that fails says why, whatever numbers it saw', async () => {
    expect(await evaluate('id.$foo()', scope)).toEqual({ problem: expect.stringContaining('failed') });
  });
});
