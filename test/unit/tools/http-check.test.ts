import { expect, test } from 'vitest';
import { authSchema, checkAuth } from '../../../shared/tools/auth/registry.ts';
import { checkConnector, connectorDefinitionSchema } from '../../../shared/tools/connectors/registry.ts';
import { checkConfig } from '../../../shared/tools/server/check-config.ts';
import { toolDefinitionSchema } from '../../../shared/tools/tool-definition.ts';

const inputSchema = { type: 'object', properties: { id: { type: 'string' }, amount: { type: 'number' } } };
const pathsOf = async (
  config: Record<string, unknown>,
  more: Record<string, unknown> = {},
): Promise<string[]> => {
  const definition = toolDefinitionSchema.parse({
    name: 'some_tool',
    type: 'http',
    inputSchema,
    config: { url: 'https://pay.example/v1', ...config },
    ...more,
  });
  return (await checkConfig(definition, 'tenant')).map((issue) => issue.path);
};
const connectorId = '9b2d7c1e-0f7e-4d8e-8a52-7a1b6d0c0001';

test('a valid definition has no issues', async () => {
  expect(
    await pathsOf({
      method: 'POST',
      url: 'http://127.0.0.1:4501/v1/{id}?x={amount}',
      headers: { 'x-a': '{id}' },
      transform: '$.body[status = 1].id',
    }),
  ).toEqual([]);
  expect(await pathsOf({ url: undefined, connectorId, path: '/payments/{id}' })).toEqual([]);
  expect(await pathsOf({ url: 'https://[2001:db8::1]:8443/' })).toEqual([]);
});

test.each([
  'pay.example/v1',
  '/v1',
  'ftp://pay.example',
  'file:///etc/passwd',
  'https://user:pw@pay.example/',
  'https://pay.example/#top',
  'https://{id}.example/',
  'https://pay.example:{id}/',
  'https://{id}',
  '{id}',
  'https://',
  'https://pay.example/a b',
  'https://pay.example/a\nb',
  'https://pay.example/../admin',
  'https://pay.example/%2E%2e/admin',
  'https://good.example\\@evil.example/',
  'https://pay.example/{id',
  'https://pay.example/}',
  'https://pay.example/{unknown}',
  'https://pay.example/?q={unknown}',
  'https://pay.example/{+unknown}',
  'https://pay.example/{+}',
  'https://pay.example/?q={+id}',
  'https://pay.example{+id}',
  'https://pay.example:99999/',
  'https://exa mple/',
])('the URL %j gets an issue', async (url) => {
  expect(await pathsOf({ url })).toContain('/config/url');
});

test.each([
  [{ connectorId, path: '/x' }, '/config/url'],
  [{ url: undefined }, '/config/url'],
  [{ path: '/x' }, '/config/path'],
  [{ url: undefined, connectorId, path: 'x' }, '/config/path'],
  [{ url: undefined, connectorId, path: '//evil.example' }, '/config/path'],
  [{ url: undefined, connectorId, path: '/../x' }, '/config/path'],
  [{ url: undefined, connectorId, path: '/{unknown}' }, '/config/path'],
  [{ headers: { host: 'x' } }, '/config/headers/host'],
  [{ headers: { 'Content-Length': '1' } }, '/config/headers/Content-Length'],
  [{ headers: { 'transfer-encoding': 'chunked' } }, '/config/headers/transfer-encoding'],
  [{ headers: { 'Idempotency-Key': 'x' } }, '/config/headers/Idempotency-Key'],
  [{ headers: { 'bad name': 'x' } }, '/config/headers/bad name'],
  [{ headers: { '': 'x' } }, '/config/headers/'],
  [{ headers: { 'x-a': 'a\r\nb' } }, '/config/headers/x-a'],
  [{ headers: { 'x-a': '1', 'X-A': '2' } }, '/config/headers/X-A'],
  [{ headers: { 'x-a': '{nope}' } }, '/config/headers/x-a'],
  [{ query: { a: ['x', '{nope}'] } }, '/config/query/a/1'],
  [{ method: 'POST', body: { a: [{ b: '{nope}' }] } }, '/config/body/a/0/b'],
  [{ method: 'POST', body: { a: '{"x": 1' } }, '/config/body/a'],
  [{ body: {} }, '/config/body'],
  [{ method: 'HEAD', body: {} }, '/config/body'],
  [{ method: 'POST', bodyType: 'text' }, '/config/body'],
  [{ method: 'POST', bodyType: 'binary', body: { a: 1 } }, '/config/body'],
  [{ method: 'POST', bodyType: 'form', body: [1] }, '/config/body'],
  [
    { method: 'POST', bodyType: 'multipart', headers: { 'content-type': 'x/y' } },
    '/config/headers/content-type',
  ],
  [{ transform: 'body.(' }, '/config/transform'],
  [{ transform: '$match(body, /(?=a)/)' }, '/config/transform'],
  [{ query: { amount: 10 } }, '/inputSchema/properties/amount'],
  [{ method: 'POST', body: { amount: 10 } }, '/inputSchema/properties/amount'],
  [{ method: 'POST', bodyType: 'text', body: '{id}' }, '/inputSchema/properties/amount'],
])('%j gets an issue at %s', async (config, path) => {
  expect(await pathsOf(config)).toContain(path);
});

test.each([
  [{ type: 'bearer', token: 'x' }, { headers: { authorization: 'x' } }, '/config/headers/authorization'],
  [
    { type: 'api_key', in: 'header', name: 'X-Key', value: 'x' },
    { headers: { 'x-key': 'x' } },
    '/config/headers/x-key',
  ],
  [{ type: 'api_key', in: 'query', name: 'key', value: 'x' }, { query: { key: 'x' } }, '/config/query/key'],
  [
    { type: 'api_key', in: 'query', name: 'key', value: 'x' },
    { url: 'https://pay.example/?key=1' },
    '/config/url',
  ],
  [{ type: 'api_key', in: 'query', name: 'id', value: 'x' }, {}, '/inputSchema/properties/id'],
  [
    { type: 'api_key', in: 'cookie', name: 'sid', value: 'x' },
    { headers: { Cookie: 'a=b' } },
    '/config/headers/Cookie',
  ],
])('a definition cannot set what the auth %j sets', async (auth, config, path) => {
  expect(await pathsOf(config, { auth })).toContain(path);
});

test('inputs are found through references and branches', async () => {
  const schema = {
    $ref: '#/definitions/base',
    allOf: [{ properties: { b: {} } }, { $ref: '#/definitions/more' }],
    if: { properties: { c: {} } },
    // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
    then: { properties: { d: {} } },
    definitions: {
      base: { properties: { a: {} } },
      more: { anyOf: [{ properties: { e: {} } }, { $ref: '#' }] },
    },
  };
  expect(await pathsOf({ url: 'https://pay.example/{a}/{b}/{c}/{d}/{e}' }, { inputSchema: schema })).toEqual(
    [],
  );
});

test.each([
  [{ type: 'api_key', in: 'header', name: 'Host', value: 'x' }, '/auth/name'],
  [{ type: 'api_key', in: 'header', name: 'a b', value: 'x' }, '/auth/name'],
  [{ type: 'api_key', in: 'header', name: 'x', value: 'a\r\nb' }, '/auth/value'],
  [{ type: 'api_key', in: 'cookie', name: 'a;b', value: 'x' }, '/auth/name'],
  [{ type: 'api_key', in: 'cookie', name: 'a', value: 'x;y' }, '/auth/value'],
  [{ type: 'bearer', token: 'a\nb' }, '/auth/token'],
  [{ type: 'bearer' }, '/auth/token'],
  [{ type: 'bearer', token: 'x', credentialId: connectorId }, '/auth/token'],
  [{ type: 'basic', username: 'a:b', password: 'x' }, '/auth/username'],
  [
    { type: 'oauth2_client_credentials', tokenUrl: 'auth.example', clientId: 'x', clientSecret: 'y' },
    '/auth/tokenUrl',
  ],
  [
    {
      type: 'oauth2_client_credentials',
      tokenUrl: 'https://a:b@auth.example',
      clientId: 'x',
      clientSecret: 'y',
    },
    '/auth/tokenUrl',
  ],
  [
    {
      type: 'oauth2_client_credentials',
      tokenUrl: 'https://auth.example/{id}',
      clientId: 'x',
      clientSecret: 'y',
    },
    '/auth/tokenUrl',
  ],
])('the auth %j gets an issue at %s', (auth, path) => {
  expect(checkAuth(authSchema.parse(auth)).map((issue) => issue.path)).toContain(path);
});

test('a stored secret can be kept when the caller allows it', () => {
  expect(checkAuth({ type: 'bearer' }, { secretRequired: false })).toEqual([]);
  expect(checkAuth({ type: 'none' })).toEqual([]);
});

test.each([
  [{ baseUrl: 'pay.example' }, '/baseUrl'],
  [{ baseUrl: 'https://pay.example?x=1' }, '/baseUrl'],
  [{ baseUrl: 'https://pay.example/{x}' }, '/baseUrl'],
  [{ headers: { host: 'x' } }, '/headers/host'],
  [{ headers: { 'x-a': '{x}' } }, '/headers/x-a'],
  [{ headers: { 'x-a': '}' } }, '/headers/x-a'],
  [{ auth: { type: 'bearer' } }, '/auth/token'],
  [{ auth: { type: 'bearer', token: 'x' }, headers: { Authorization: 'x' } }, '/headers/Authorization'],
])('the connector %j gets an issue at %s', (connector, path) => {
  const definition = connectorDefinitionSchema.parse({
    name: 'pay',
    baseUrl: 'https://pay.example/v1',
    ...connector,
  });
  expect(checkConnector(definition).map((issue) => issue.path)).toContain(path);
});
