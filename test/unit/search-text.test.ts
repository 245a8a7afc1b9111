import { expect, test } from 'vitest';
import { gramsOf, idWord, jsonWords, searchBody, searchQuery } from '../../shared/search/search-text.ts';

test('every part of a word of three characters is among the hashes of a text that contains it', () => {
  const body = searchBody(['Refund pay_004711', null, 'ÄÖ 付款成功 a']);
  expect(body).toBe('refund pay_004711 äö 付款成功 a');
  const known = new Set(gramsOf(body));
  for (const word of body.split(' '))
    for (let from = 0; from < word.length; from++)
      for (let to = from + 3; to <= word.length; to++)
        for (const gram of searchQuery(word.slice(from, to)).grams) expect(known.has(gram)).toBe(true);
});

test('a query is its words, and an id is its end', () => {
  expect(searchQuery('  Refund  OK x refund ').parts).toEqual(['refund', 'ok', 'x']);
  expect(searchQuery('x OK').grams).toEqual([]);
  expect(searchQuery(' \0 ')).toEqual({ parts: [], grams: [] });
  const id = '0192f0c1-7a00-7000-8000-00000000000a';
  expect(searchQuery(id).parts).toEqual([idWord(id)]);
});

test('a long or broken text is cut and stored', () => {
  expect(searchBody(['x'.repeat(100_000)])).toHaveLength(4_000);
  expect(searchBody([`${'a '.repeat(1_998)}bc😀`]).isWellFormed()).toBe(true);
  expect(searchBody(['a\0b\ud800']).isWellFormed()).toBe(true);
});

test('the values of a JSON text are its words, without names, redacted values and what is cut off', () => {
  const json =
    '{"paymentId": "pay_\\u0031\\"x", "amount": -12.50, "pin": "[redacted]", "list": ["a", 1e3], "cut": "lo';
  expect(jsonWords(json)).toBe('pay_1"x -12.50 a 1e3');
});
