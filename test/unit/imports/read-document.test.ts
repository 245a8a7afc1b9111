import { describe, expect, test } from 'vitest';
import { type ReadOptions, readDocument } from '../../../shared/imports/server/read-document.ts';
import { jsonValue } from '../../../shared/platform/json-text.ts';
import { checkSchemaHere } from '../../../shared/platform/server/json-schema/validate-here.ts';
import { checkAuth } from '../../../shared/tools/auth/registry.ts';
import { providerOf, renderRequest } from '../../../shared/tools/providers/registry.ts';
import { resolveTool } from '../../../shared/tools/resolve-tool.ts';
import type { ToolDefinitionInput } from '../../../shared/tools/tool-definition.ts';
import { toolDefinitionSchema } from '../../../shared/tools/tool-definition.ts';

type Json = Record<string, unknown>;
interface Operation {
  key: string;
  name: string;
  notes: string[];
  digest: string | null;
}

function read(document: unknown, options: Partial<ReadOptions> = {}) {
  const text = typeof document === 'string' ? document : JSON.stringify(document);
  const bytes = Buffer.from(text);
  const all = { format: null, sourceUrl: null, keys: null, ...options };
  const listed = readDocument(bytes, all);
  if ('problem' in listed) throw new Error(listed.problem);
  const operations = jsonValue(listed.operations) as unknown as Operation[];
  const whole = readDocument(bytes, { ...all, keys: operations.map(({ key }) => key) });
  if ('problem' in whole) throw new Error(whole.problem);
  const tools = jsonValue(whole.drafts) as unknown as [string, Json & { config: Json; inputSchema: Json }][];
  return { ...listed, operations, tools: new Map(tools) };
}

/** The request that a draft makes of an input, with the connector of its document. */
function requestOf(found: ReturnType<typeof read>, key: string, input: Json) {
  const draft = found.tools.get(key)!;
  const connectorId = '00000000-0000-7000-8000-000000000001';
  const config = draft.config.url === undefined ? { connectorId, ...draft.config } : draft.config;
  const written = { ...draft, config } as unknown as ToolDefinitionInput;
  const whole = toolDefinitionSchema.parse(written);
  const issues = [
    ...checkSchemaHere(whole.inputSchema, '/inputSchema'),
    ...(whole.outputSchema ? checkSchemaHere(whole.outputSchema, '/outputSchema') : []),
    ...checkAuth(whole.auth, { secretRequired: false }),
    ...providerOf(whole).check(whole),
  ];
  expect(issues).toEqual([]);
  const connector = {
    name: 'c',
    kind: 'rest',
    description: '',
    scope: 'tenant',
    headers: {},
    ...found.connector,
    auth: { type: 'none' },
  };
  return renderRequest(
    resolveTool(written, draft.config.url === undefined ? (connector as never) : null),
    input as never,
  );
}

const openapi = (paths: Json, more: Json = {}) => ({
  openapi: '3.0.0',
  info: { title: 'T' },
  servers: [{ url: 'https://{region}.api.example/v1/', variables: { region: { default: 'eu' } } }],
  paths,
  ...more,
});
const json = (schema: unknown) => ({ content: { 'application/json': { schema } } });

describe('OpenAPI', () => {
  test('parameters go where the document says, and names of two places stay apart', () => {
    const found = read(
      openapi({
        '/a/{id}': {
          post: {
            parameters: [
              { name: 'id', in: 'path', required: true, schema: { type: 'string' } },
              { name: 'id', in: 'query', schema: { type: 'integer' } },
              { name: 'X-Trace', in: 'header', schema: { type: 'string' } },
              { name: 'Authorization', in: 'header', schema: { type: 'string' } },
              {
                name: 'filter',
                in: 'query',
                style: 'deepObject',
                schema: { type: 'object', properties: { from: { type: 'string' } } },
              },
            ],
            requestBody: json({
              type: 'object',
              required: ['id'],
              properties: { id: { type: 'number' }, note: { type: 'string' } },
            }),
          },
        },
      }),
    );
    const request = requestOf(found, 'POST /a/{id}', {
      id: 'x',
      query_id: 2,
      body_id: 3,
      note: 'n',
      'X-Trace': 't',
      filter: { from: 'f' },
    });
    expect(request).toMatchObject({
      url: 'https://eu.api.example/v1/a/x?id=2&filter%5Bfrom%5D=f',
      body: { id: 3, note: 'n' },
      headers: { 'X-Trace': 't' },
    });
  });

  test('a body that is a list, a choice or a text is one input', () => {
    const found = read(
      openapi({
        '/list': { post: { requestBody: json({ type: 'array', items: { type: 'string' } }) } },
        '/choice': {
          post: {
            requestBody: json({
              oneOf: [
                { type: 'object', properties: { a: {} } },
                { type: 'object', properties: { b: {} } },
              ],
            }),
          },
        },
        '/text': { post: { requestBody: { content: { 'text/csv': {} } } } },
        '/form': {
          post: {
            requestBody: {
              content: {
                'application/x-www-form-urlencoded': { schema: { properties: { a: { type: 'string' } } } },
              },
            },
          },
        },
      }),
    );
    expect(requestOf(found, 'POST /list', { body: ['a'] }).body).toEqual(['a']);
    expect(requestOf(found, 'POST /choice', { body: { b: 1 } }).body).toEqual({ b: 1 });
    expect(requestOf(found, 'POST /text', { body: 'a;b' })).toMatchObject({
      body: 'a;b',
      bodyType: 'text',
      headers: { 'content-type': 'text/csv' },
    });
    expect(requestOf(found, 'POST /form', { a: 'b' })).toMatchObject({ body: { a: 'b' }, bodyType: 'form' });
  });

  test('inputs are checked as the document says, outputs are described', () => {
    const schema = {
      type: 'object',
      required: ['kind', 'made'],
      properties: {
        kind: { type: 'string', enum: ['a', 'b'], nullable: true },
        amount: { type: 'number', minimum: 0, exclusiveMinimum: true },
        made: { type: 'string', readOnly: true },
        code: { type: 'string', pattern: '(?=lookahead)x', format: 'int64' },
        child: { $ref: '#/components/schemas/Node' },
      },
    };
    const found = read(
      openapi(
        {
          '/n': {
            post: {
              requestBody: { required: true, ...json({ $ref: '#/components/schemas/Node' }) },
              responses: { 201: json({ $ref: '#/components/schemas/Node' }) },
            },
          },
        },
        { components: { schemas: { Node: schema } } },
      ),
    );
    const tool = found.tools.get('POST /n')!;
    expect(tool.inputSchema).toMatchObject({
      required: ['kind'],
      properties: {
        kind: { type: ['string', 'null'], enum: ['a', 'b', null] },
        amount: { exclusiveMinimum: 0 },
        code: { type: 'string' },
        child: { $ref: '#/$defs/Node' },
      },
    });
    expect(tool.inputSchema.properties).not.toHaveProperty('made');
    expect(tool.outputSchema).toMatchObject({
      $ref: '#/$defs/Node',
      $defs: {
        Node: { type: ['object', 'null'], properties: { kind: { type: ['string', 'null'] }, made: {} } },
      },
    });
    expect(JSON.stringify(tool.outputSchema)).not.toMatch(/required|enum|pattern/);
  });

  test('the auth of most operations is that of the connector; others say what they ask for', () => {
    const found = read(
      openapi(
        {
          '/a': { get: {} },
          '/b': { get: {} },
          '/open': { get: { security: [] } },
          '/other': { get: { security: [{ oauth: ['x'] }] } },
        },
        {
          security: [{ token: [] }],
          components: {
            securitySchemes: {
              token: { type: 'http', scheme: 'bearer' },
              oauth: {
                type: 'oauth2',
                flows: { clientCredentials: { tokenUrl: 'https://t.example', scopes: { x: '' } } },
              },
            },
          },
        },
      ),
    );
    expect(found.connector).toMatchObject({ auth: { type: 'bearer' } });
    expect([...found.tools.values()].map(({ auth }) => auth)).toEqual([
      { type: 'inherit' },
      { type: 'inherit' },
      { type: 'none' },
      { type: 'inherit' },
    ]);
    expect(found.operations[3]?.notes).toEqual(['It asks for oauth2, which the connector does not have']);
  });

  test('a server is absolute, relative to the document, or to be named', () => {
    const at = (servers: unknown, sourceUrl: string | null = null) =>
      read({ openapi: '3.1.0', info: {}, servers, paths: { '/a': { get: {} } } }, { sourceUrl }).connector
        ?.baseUrl;
    expect(at([{ url: 'https://a.example/' }])).toBe('https://a.example');
    expect(at([{ url: '/v2' }], 'https://a.example/docs/openapi.json')).toBe('https://a.example/v2');
    expect(at(undefined, 'https://a.example/openapi.json')).toBe('https://a.example');
    expect(at([{ url: '/v2' }])).toBe('');
    expect(at([{ url: 'ftp://a.example' }])).toBe('');
  });

  test('Swagger 2: host, body, form and separators', () => {
    const found = read({
      swagger: '2.0',
      info: { title: 'Old' },
      host: 'old.example',
      basePath: '/api',
      schemes: ['http', 'https'],
      definitions: { Pet: { type: 'object', properties: { name: { type: 'string' } } } },
      paths: {
        '/pets': {
          get: {
            parameters: [
              { name: 'tags', in: 'query', type: 'array', items: { type: 'string' } },
              {
                name: 'ids',
                in: 'query',
                type: 'array',
                items: { type: 'string' },
                collectionFormat: 'multi',
              },
            ],
          },
          post: { parameters: [{ name: 'body', in: 'body', schema: { $ref: '#/definitions/Pet' } }] },
        },
        '/files': {
          post: {
            consumes: ['multipart/form-data'],
            parameters: [{ name: 'file', in: 'formData', type: 'file', required: true }],
          },
        },
      },
    });
    expect(found.format).toBe('swagger');
    expect(requestOf(found, 'GET /pets', { tags: ['a', 'b'], ids: ['1', '2'] }).url).toBe(
      'https://old.example/api/pets?tags=a,b&ids=1&ids=2',
    );
    expect(requestOf(found, 'POST /pets', { name: 'Rex' }).body).toEqual({ name: 'Rex' });
    expect(requestOf(found, 'POST /files', { file: { data: 'YQ==' } })).toMatchObject({
      bodyType: 'multipart',
      body: { file: { data: 'YQ==' } },
    });
  });
});

test('Postman: variables become inputs, folders tags, and foreign hosts a URL of their own', () => {
  const found = read({
    info: { name: 'Shop', schema: 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json' },
    variable: [{ key: 'base', value: 'https://shop.example' }],
    auth: { type: 'bearer', bearer: [{ key: 'token', value: '{{secret}}' }] },
    item: [
      {
        name: 'Orders',
        item: [
          {
            name: 'Refund',
            request: {
              method: 'POST',
              url: { raw: '{{base}}/orders/:orderId/refunds?dry={{dry}}' },
              body: { mode: 'raw', raw: '{"amount": {{amount}}, "note": "for {{name}} {x}"}' },
            },
          },
        ],
      },
      { name: 'Elsewhere', request: { method: 'GET', url: 'https://other.example/x' } },
      { name: 'Nowhere', request: { method: 'GET', url: '{{unknown}}/x' } },
    ],
  });
  expect(found.connector).toMatchObject({ baseUrl: 'https://shop.example', auth: { type: 'bearer' } });
  const input = { orderId: 'o', dry: 'no', amount: 5, name: 'Ann' };
  expect(requestOf(found, 'Orders / Refund', input)).toMatchObject({
    url: 'https://shop.example/orders/o/refunds?dry=no',
    body: { amount: 5, note: 'for Ann {x}' },
  });
  expect(found.tools.get('Orders / Refund')).toMatchObject({ tags: ['Orders'], auth: { type: 'inherit' } });
  expect(requestOf(found, 'Elsewhere', {}).url).toBe('https://other.example/x');
});

describe('curl', () => {
  test('method, query, headers, body and the kind of the credential', () => {
    const found = read(
      `curl 'https://api.example/v1/{things}?a=1&a=2' -H 'X-Api-Key: k' -H 'Accept: application/json' -d '{"q": "{x}"}'`,
    );
    const [operation] = found.operations;
    expect(found.connector).toMatchObject({
      baseUrl: 'https://api.example',
      auth: { type: 'api_key', in: 'header', name: 'X-Api-Key', value: 'k' },
    });
    expect(requestOf(found, operation!.key, {})).toMatchObject({
      method: 'POST',
      url: 'https://api.example/v1/%7Bthings%7D?a=1&a=2',
      headers: { Accept: 'application/json' },
      body: { q: '{x}' },
    });
  });

  test.each([
    [`curl -u me:pw https://a.example`, { type: 'basic', username: 'me', password: 'pw' }],
    [
      `curl https://a.example -H 'Authorization: Basic bWU6cHc='`,
      { type: 'basic', username: 'me', password: 'pw' },
    ],
    [`curl https://a.example --oauth2-bearer t`, { type: 'bearer', token: 't' }],
    [`curl 'https://a.example?api_key=k'`, { type: 'api_key', in: 'query', name: 'api_key', value: 'k' }],
    ['curl https://a.example', { type: 'none' }],
  ])('%s', (command, auth) => {
    expect(read(command).connector?.auth).toEqual(auth);
  });

  test.each(['curl', 'curl ftp://a.example', "curl 'x", 'curl a b'])('%s is refused in words', (command) => {
    expect(() => read(command)).toThrow(/\.$/);
  });
});

test('YAML is read, and what is no document says so', () => {
  expect(read('openapi: 3.0.0\ninfo: {title: Y}\npaths:\n  /a:\n    get: {}\n').operations[0]?.key).toBe(
    'GET /a',
  );
  for (const text of ['', '[]', '42', 'a: [', '{"a": 1}', '{"openapi": "2.0"}'])
    expect(() => read(text)).toThrow(/\.$/);
  expect(readDocument(Buffer.from([0xff, 0xfe]), { format: null, sourceUrl: null, keys: null })).toEqual({
    problem: 'The document is not a text in UTF-8.',
  });
});
