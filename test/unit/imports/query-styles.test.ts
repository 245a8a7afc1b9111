import { expect, test } from 'vitest';
import { readOpenApi } from '../../../shared/imports/server/formats/openapi/read-openapi.ts';
import { httpToolSchema } from '../../../shared/tools/providers/http/config.ts';
import { renderHttp } from '../../../shared/tools/providers/http/render.ts';

const list = { type: 'array', items: { type: 'string' } };
const object = { type: 'object', properties: { k: { type: 'integer' } } };

/** The query that the imported operation sends. */
function queryOf(document: Record<string, unknown>, parameter: Record<string, unknown>, value: unknown) {
  const parameters = [{ name: 'ids', in: 'query', ...parameter }];
  const [operation] = readOpenApi(
    { ...document, paths: { '/x': { get: { parameters } } } },
    null,
    null,
  ).operations;
  const { config, ...tool } = operation!.tool as { config: Record<string, unknown> };
  const { path, ...own } = config;
  const parsed = httpToolSchema.parse({
    ...tool,
    auth: { type: 'none' },
    config: { ...own, url: `https://a.example${path}` },
  });
  const { url } = renderHttp(parsed, { ids: value as never });
  return decodeURIComponent(new URL(url).search);
}

test.each([
  [{ schema: list }, ['1', '2'], '?ids=1&ids=2'],
  [{ schema: list, explode: false }, ['1', '2'], '?ids=1,2'],
  [{ schema: list, style: 'spaceDelimited' }, ['1', '2'], '?ids=1 2'],
  [{ schema: list, style: 'pipeDelimited', explode: false }, ['1', '2'], '?ids=1|2'],
  [{ schema: list, style: 'pipeDelimited', explode: true }, ['1', '2'], '?ids=1&ids=2'],
  [{ schema: object, style: 'deepObject', explode: true }, { k: 1 }, '?ids[k]=1'],
  [{ schema: object }, { k: 1 }, '?k=1'],
  [{ schema: object, explode: false }, { k: 1 }, '?ids=k,1'],
  [{ content: { 'application/json': { schema: object } } }, { k: 1 }, '?ids={"k":1}'],
  [{ schema: { type: 'string' }, style: 'form', explode: false }, 'a', '?ids=a'],
])('OpenAPI %j sends what it says', (parameter, value, query) => {
  const document = { openapi: '3.1.0', info: { title: 'Shop' }, servers: [{ url: 'https://a.example' }] };
  expect(queryOf(document, parameter, value)).toBe(query);
});

test.each([
  [{}, '?ids=1,2'],
  [{ collectionFormat: 'csv' }, '?ids=1,2'],
  [{ collectionFormat: 'ssv' }, '?ids=1 2'],
  [{ collectionFormat: 'tsv' }, '?ids=1\t2'],
  [{ collectionFormat: 'pipes' }, '?ids=1|2'],
  [{ collectionFormat: 'multi' }, '?ids=1&ids=2'],
])('Swagger %j sends what it says', (parameter, query) => {
  const document = { swagger: '2.0', info: { title: 'Shop' }, host: 'a.example' };
  expect(queryOf(document, { ...list, ...parameter }, ['1', '2'])).toBe(query);
});
