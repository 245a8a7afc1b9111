import { expect, test } from 'vitest';
import { InterlockError } from '../../../shared/platform/error-codes.ts';
import type { JsonValue } from '../../../shared/platform/json.ts';
import { renderHttp } from '../../../shared/tools/providers/http/render.ts';
import { toolDefinitionSchema } from '../../../shared/tools/tool-definition.ts';

function issuesOf(config: Record<string, unknown>, input: JsonValue) {
  const tool = toolDefinitionSchema.parse({
    name: 'send',
    type: 'http',
    config: { method: 'POST', url: 'https://api.example.com/a', ...config },
  });
  try {
    renderHttp(tool as Parameters<typeof renderHttp>[0], input);
    return [];
  } catch (error) {
    if (!(error instanceof InterlockError) || error.code !== 'invalid_input') throw error;
    return error.issues?.map(({ path }) => path);
  }
}

test('base64 that is not is refused where it stands in the input', () => {
  const binary = { bodyType: 'binary', body: '{file}' };
  expect(issuesOf(binary, { file: 'aGk=' })).toEqual([]);
  expect(issuesOf(binary, { file: 'a%Gk=' })).toEqual(['/file']);
  expect(issuesOf({ bodyType: 'binary' }, 'not base64!')).toEqual(['']);
  const form = { bodyType: 'multipart', body: { scan: '{scan}', page: { data: '{page}' } } };
  expect(issuesOf(form, { scan: { data: 'aGk=' }, page: 'aGk=' })).toEqual([]);
  expect(issuesOf(form, { scan: { data: '%' }, page: '%' })).toEqual(['/scan/data', '/page']);
  expect(issuesOf({ bodyType: 'multipart' }, { scans: [{ data: 'aGk=' }, { data: 'a' }] })).toEqual([
    '/scans/1/data',
  ]);
});

test('the value of a cookie cannot add another one', () => {
  const config = { headers: { cookie: 'region={region}; plan=basic' } };
  expect(issuesOf(config, { region: 'eu' })).toEqual([]);
  for (const region of ['eu; admin=true', 'eu, a=b', 'a b', '"eu"'])
    expect(issuesOf(config, { region })).toEqual(['/region']);
});
