import { expect, test } from 'vitest';
import { type Json, JsonText, jsonText, jsonValue, writeJson } from '../../../shared/platform/json-text.ts';
import { readJson } from '../../../shared/platform/read-json.ts';

const text = '{"price":19.90,"id":9007199254740993,"note":"say \\"hi\\""}';

test('a text is copied into what is written, digit by digit, wherever it is', () => {
  const value = { a: 1, in: new JsonText(text), list: [new JsonText('[]'), { deep: new JsonText('"x"') }] };
  expect(writeJson(value)).toBe(`{"a":1,"in":${text},"list":[[],{"deep":"x"}]}`);
  expect(writeJson(new JsonText(text))).toBe(text);
  expect(writeJson({ same: 'as ever' })).toBe('{"same":"as ever"}');
  expect(writeJson(undefined)).toBeUndefined();
});

test('JSON.stringify, which knows no texts, writes the same', () => {
  expect(JSON.stringify({ in: new JsonText(text) })).toBe(`{"in":${text}}`);
  // Also after a value that could not be written.
  const circular: Record<string, unknown> = {};
  circular.self = circular;
  expect(() => writeJson(circular)).toThrow(TypeError);
  expect(JSON.stringify([new JsonText(text)])).toBe(`[${text}]`);
});

test('nothing in a value is taken for the place of a text', () => {
  const place = (new JsonText('1') as unknown as { toJSON(): unknown }).toJSON();
  expect(place).toBe(1);
  const hostile = { $: '$&', a: '$1', in: new JsonText('"$&"') };
  expect(writeJson(hostile)).toBe('{"$":"$&","a":"$1","in":"$&"}');
});

test('a value and its text are read the same', () => {
  const value: Json = readJson(text);
  expect(writeJson(jsonValue(jsonText(value)))).toBe(text);
  expect(jsonValue(value)).toBe(value);
});
