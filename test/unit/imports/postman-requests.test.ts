import { expect, test } from 'vitest';
import { readPostman } from '../../../shared/imports/server/formats/read-postman.ts';

const base = 'https://shop.example';
const read = (item: unknown[], more: object = {}) => readPostman({ info: { name: 'Shop' }, item, ...more });
/** What the only request of a collection becomes. */
const configOf = (request: unknown, more: object = {}) => {
  const [operation] = read([{ name: 'One', request }], more).operations;
  return { ...(operation!.tool as { config?: object } | null)?.config, notes: operation!.notes };
};

test.each([
  ['a URL alone', `${base}/orders`, { method: 'GET', path: '/orders' }],
  [
    'a URL in parts',
    { method: 'GET', url: { protocol: 'https', host: ['shop', 'example'], path: ['orders', 'all'] } },
    { path: '/orders/all' },
  ],
  ['a URL without a scheme', { url: 'shop.example/orders' }, { path: '/orders' }],
  [
    'headers of its own',
    {
      url: base,
      header: [
        { key: 'X-Shop', value: '{{shop}}' },
        { key: 'X-Off', value: '1', disabled: true },
        { key: 'Authorization', value: 'Bearer x' },
        'no header',
      ],
    },
    { headers: { 'X-Shop': '{shop}' } },
  ],
  [
    'a form',
    {
      method: 'POST',
      url: base,
      body: {
        mode: 'urlencoded',
        urlencoded: [
          { key: 'a', value: '{{a}}' },
          { key: 'b', disabled: true },
        ],
      },
    },
    { bodyType: 'form', body: { a: '{a}' } },
  ],
  [
    'an upload',
    {
      method: 'POST',
      url: base,
      body: {
        mode: 'formdata',
        formdata: [
          { key: 'doc', type: 'file' },
          { key: 'n', value: '1' },
        ],
      },
    },
    { bodyType: 'multipart', body: { doc: '{doc}', n: '1' } },
  ],
  [
    'GraphQL',
    { method: 'POST', url: base, body: { mode: 'graphql', graphql: { query: '{ orders }' } } },
    { body: { query: '{{ orders }}' } },
  ],
  [
    'text',
    { method: 'POST', url: base, body: { mode: 'raw', raw: 'Hi {{name}}' } },
    { bodyType: 'text', body: 'Hi {name}' },
  ],
  [
    'JSON with lists',
    { method: 'PUT', url: base, body: { mode: 'raw', raw: '{"a": [1, "{{b}}"], "c": null}' } },
    { body: { a: [1, '{b}'], c: null } },
  ],
  [
    'a method that no tool sends',
    { method: 'PURGE', url: base },
    { notes: ['A tool cannot send PURGE requests'] },
  ],
  ['a URL without a host', { url: 'https://{{host}}/x' }, { notes: ['Its URL has no fixed host'] }],
])('%s', (_what, request, expected) => {
  expect(configOf(request)).toMatchObject(expected);
});

test.each([
  [
    {
      type: 'basic',
      basic: [
        { key: 'username', value: 'ana' },
        { key: 'password', value: 'p' },
      ],
    },
    { type: 'basic', username: 'ana' },
  ],
  [{ type: 'basic', basic: { username: '{{user}}' } }, { type: 'basic' }],
  [{ type: 'oauth2' }, { type: 'bearer' }],
  [
    {
      type: 'apikey',
      apikey: [
        { key: 'key', value: 'k' },
        { key: 'in', value: 'query' },
      ],
    },
    { type: 'api_key', in: 'query', name: 'k' },
  ],
  [{ type: 'apikey' }, { type: 'none' }],
  [{ type: 'hawk' }, { type: 'none' }],
])('the auth %j of a collection', (auth, expected) => {
  expect(read([{ request: base }], { auth }).connector).toMatchObject({ auth: expected });
});

test('requests of one name are told apart, variables may name others, and circles of them end', () => {
  const variable = [
    { key: 'host', value: 'shop.example' },
    { key: 'base', value: 'https://{{host}}' },
    { key: 'loop', value: '{{loop}}{{loop}}' },
  ];
  const found = read(
    [
      { name: 'A', request: '{{base}}/a?x={{loop}}' },
      { name: 'A', request: '{{base}}/b' },
      { name: 'no request' },
    ],
    {
      variable,
    },
  );
  expect([...found.operations].map(({ key }) => key)).toEqual(['A', 'A (2)']);
  expect(found.connector).toMatchObject({ baseUrl: base });
});

test('a collection with too many requests is refused in words', () => {
  expect(() => read(Array.from({ length: 5001 }, () => ({ request: base })))).toThrow(
    'more than 5000 requests',
  );
});
