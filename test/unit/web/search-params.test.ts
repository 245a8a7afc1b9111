import { expect, test } from 'vitest';
import { executeCurl } from '../../../web/features/tools/parts/curl.ts';
import { jsonTokens } from '../../../web/kit/json-tokens.ts';
import { parseSearch, stringifySearch } from '../../../web/search-params.ts';

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
