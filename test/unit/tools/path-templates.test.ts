import { expect, test } from 'vitest';
import { checkHttp } from '../../../shared/tools/providers/http/check.ts';
import { httpToolSchema } from '../../../shared/tools/providers/http/config.ts';

const issuesOf = (config: Record<string, unknown>) =>
  checkHttp(
    httpToolSchema.parse({
      name: 'some_tool',
      type: 'http',
      inputSchema: { type: 'object', properties: { path: { type: 'string' } } },
      config,
    }),
  );

test('{+name} in the path is the input of that name, and no other one', () => {
  const connectorId = '9b2d7c1e-0f7e-4d8e-8a52-7a1b6d0c0001';
  expect(issuesOf({ url: 'https://files.example/v1/{+path}/meta?name={path}' })).toEqual([]);
  expect(issuesOf({ connectorId, path: '/v1/{+path}' })).toEqual([]);
  // It is used: the body need not have a place for it.
  expect(
    issuesOf({ method: 'POST', url: 'https://files.example/{+path}', bodyType: 'text', body: 'x' }),
  ).toEqual([]);
  expect(issuesOf({ url: 'https://files.example/{+other}' })).toMatchObject([
    { path: '/config/url', message: expect.stringContaining('Unknown input "other"') },
  ]);
});

test.each([
  [{ url: 'https://files.example/?q={+path}' }, '/config/url'],
  [{ url: 'https://files.example/', headers: { 'x-path': '{+path}' } }, '/config/headers/x-path'],
])('%j is refused: only the path has segments', (config, path) => {
  expect(issuesOf(config).map((issue) => issue.path)).toContain(path);
});
