import { expect, test } from 'vitest';
import { InterlockError } from '../../../shared/platform/error-codes.ts';
import type { JsonValue } from '../../../shared/platform/json.ts';
import { readJson } from '../../../shared/platform/read-json.ts';
import { checkHttp } from '../../../shared/tools/providers/http/check.ts';
import { httpToolSchema } from '../../../shared/tools/providers/http/config.ts';
import { renderHttp } from '../../../shared/tools/providers/http/render.ts';

const tool = (config: Record<string, unknown>, names: string[] = []) =>
  httpToolSchema.parse({
    name: 'search',
    type: 'http',
    inputSchema: { type: 'object', properties: Object.fromEntries(names.map((name) => [name, {}])) },
    config: { url: 'https://shop.example/v1', ...config },
  });
const queryOf = (config: Record<string, unknown>, input: JsonValue) =>
  new URL(renderHttp(tool(config), input).url).search.slice(1);
const written = (style: string, value: JsonValue) => queryOf({ queryStyles: { ids: style } }, { ids: value });

test.each([
  ['repeat', 'ids=1&ids=a%2Cb', 'ids=%7B%22k%22%3A1%2C%22n%22%3Anull%7D'],
  ['comma', 'ids=1,a%2Cb', 'ids=k,1'],
  ['space', 'ids=1%20a%2Cb', 'ids=k%201'],
  ['pipe', 'ids=1%7Ca%2Cb', 'ids=k%7C1'],
  ['tab', 'ids=1%09a%2Cb', 'ids=k%091'],
  ['brackets', 'ids%5B%5D=1&ids%5B%5D=a%2Cb', 'ids%5Bk%5D=1'],
  ['deepObject', 'ids=1&ids=a%2Cb', 'ids%5Bk%5D=1'],
  ['properties', 'ids=1&ids=a%2Cb', 'k=1'],
  ['json', 'ids=%5B1%2Cnull%2C%22a%2Cb%22%5D', 'ids=%7B%22k%22%3A1%2C%22n%22%3Anull%7D'],
])('the style %s writes lists and objects as its name says', (style, list, object) => {
  expect(written(style, [1, null, 'a,b'])).toBe(list);
  expect(written(style, { k: 1, n: null })).toBe(object);
  expect(written(style, 'one')).toBe('ids=one');
  expect(written(style, null)).toBe('');
  if (style !== 'json') expect(written(style, [])).toBe('');
});

test('brackets go as deep as the value, and numbers keep their digits', () => {
  const filter = readJson(
    '{"price": {"gt": 19.90}, "tags": ["a", ["b"]], "lines": [{"id": 9007199254740993}]}',
  );
  expect(decodeURIComponent(queryOf({ queryStyles: { filter: 'brackets' } }, { filter }))).toBe(
    'filter[price][gt]=19.90&filter[tags][]=a&filter[tags][]=["b"]&filter[lines][][id]=9007199254740993',
  );
});

test('a parameter of the definition takes the style for all of its values', () => {
  const config = { method: 'POST', query: { ids: ['{more}', 'x'] }, queryStyles: { ids: 'comma' } };
  expect(queryOf(config, { more: [1, 2] })).toBe('ids=1,2,x');
  expect(queryOf(config, {})).toBe('ids=x');
});

test.each([
  ['space', { ids: ['a b'] }, 'ids must not contain a space, which separates its values in the query'],
  ['pipe', { ids: ['a|b'] }, 'ids must not contain "|", which separates its values in the query'],
  ['properties', { ids: { limit: 9 } }, 'ids must not set the query parameter "limit"'],
  ['properties', { ids: { other: 9 }, other: 1 }, 'ids must not set the query parameter "other"'],
])('%s: a value that would say something else is refused at its place', (style, input, message) => {
  const config = { query: { limit: 5 }, queryStyles: { ids: style } };
  try {
    queryOf(config, input);
    expect.unreachable();
  } catch (error) {
    expect(error).toBeInstanceOf(InterlockError);
    expect(error).toMatchObject({ issues: [{ path: '/ids', message }] });
  }
});

test('a style of a parameter that the request does not have is an issue at its place', () => {
  const check = (config: Record<string, unknown>) =>
    checkHttp(tool({ queryStyles: { ids: 'comma' }, ...config }, ['ids'])).map(({ path }) => path);
  expect(check({})).toEqual([]);
  expect(check({ query: { ids: '{ids}' }, method: 'POST' })).toEqual([]);
  expect(check({ method: 'POST' })).toEqual(['/config/queryStyles/ids']);
  expect(check({ url: 'https://shop.example/{ids}' })).toEqual(['/config/queryStyles/ids']);
});
