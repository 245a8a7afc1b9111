import { expect, test } from 'vitest';
import { executeCurl } from '../../../web/features/tools/parts/curl.ts';
import { jsonTokens } from '../../../web/kit/json-tokens.ts';
import {
  oneOf,
  parseSearch,
  positiveInt,
  searchOf,
  stringifySearch,
  text,
} from '../../../web/search-params.ts';

test('filters are plain strings in the URL', () => {
  const search = { status: 'failed', q: 'pay & ship', tag: ['a', 'b'], page: 2, none: undefined, empty: '' };
  expect(stringifySearch(search)).toBe('?status=failed&q=pay+%26+ship&tag=a&tag=b&page=2');
  expect(parseSearch(stringifySearch(search))).toEqual({
    status: 'failed',
    q: 'pay & ship',
    tag: ['a', 'b'],
    page: '2',
  });
  expect(stringifySearch({})).toBe('');
});

test('an invalid or unknown filter is ignored, and the others hold', () => {
  const read = searchOf({ q: text, status: oneOf(['open', 'failed']), from: positiveInt });
  expect(read(parseSearch('?q=pay&status=failed&from=3&utm=x'))).toStrictEqual({
    q: 'pay',
    status: 'failed',
    from: 3,
  });
  expect(read({ q: '' })).toStrictEqual({ q: '' });
  // Named as undefined: the router keeps the original of what is not named.
  expect(read(parseSearch('?q=a&q=b&status=closed&from=none'))).toStrictEqual({
    q: undefined,
    status: undefined,
    from: undefined,
  });
  expect(read({})).toStrictEqual({});
  expect(read({ q: 'x'.repeat(200) }).q).toHaveLength(200);
  expect(read({ q: 'x'.repeat(201) }).q).toBeUndefined();
  expect(read({ status: 'toString' }).status).toBeUndefined();
  expect([1, '7', '1e2'].map((from) => read({ from }).from)).toEqual([1, 7, 100]);
  for (const from of [0, -1, 1.5, '', ' ', null, undefined, '2 or 3', '9007199254740993', 'Infinity', {}])
    expect(read({ from }), String(from)).toEqual({ from: undefined });
});

test('coloured JSON is the same text', () => {
  const text = JSON.stringify({ a: 'x "quoted" \\', b: [1, -2.5e3, true, null], 'c:d': 'e' }, null, 2);
  const tokens = jsonTokens(text);
  expect(tokens.map((token) => token.text).join('')).toBe(text);
  expect(tokens.filter((token) => token.kind === 'key').map((token) => token.text)).toEqual([
    '"a"',
    '"b"',
    '"c:d"',
  ]);
  expect(
    jsonTokens('not json')
      .map((token) => token.text)
      .join(''),
  ).toBe('not json');
});

test('a copied command survives quotes in the payload', () => {
  const command = executeCurl({
    origin: 'https://interlock.example',
    toolId: 't1',
    payload: { note: "Ana's refund" },
  });
  expect(command).toContain(`-d '{"payload":{"note":"Ana'\\''s refund"}}'`);
  expect(command).toContain('Authorization: Bearer $API_KEY');
  expect(command).toContain('https://interlock.example/api/tools/t1/execute');
});
