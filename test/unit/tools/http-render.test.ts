import { expect, test } from 'vitest';
import { InterlockError } from '../../../shared/platform/error-codes.ts';
import type { JsonValue } from '../../../shared/platform/json.ts';
import { renderRequest, retrySafety } from '../../../shared/tools/providers/registry.ts';
import { type ToolDefinition, toolDefinitionSchema } from '../../../shared/tools/tool-definition.ts';

const tool = (config: Record<string, unknown>, more: Record<string, unknown> = {}): ToolDefinition =>
  toolDefinitionSchema.parse({
    name: 'some_tool',
    type: 'http',
    config: { url: 'https://pay.example/v1', ...config },
    ...more,
  });
const render = (config: Record<string, unknown>, input: JsonValue) => renderRequest(tool(config), input);
const issuesOf = (config: Record<string, unknown>, input: JsonValue) => {
  try {
    return render(config, input);
  } catch (error) {
    expect(error).toBeInstanceOf(InterlockError);
    return (error as InterlockError).issues!.map(({ path }) => path);
  }
};

test('inputs that no template uses go to the query of a GET and to the body of a POST', () => {
  const url = 'https://pay.example/v1/payments/{id}';
  const input = { id: 'p 1', amount: 12.5, tags: ['a', 'b'], meta: { x: 1 }, none: null };
  expect(render({ url }, input).url).toBe(
    'https://pay.example/v1/payments/p%201?amount=12.5&tags=a&tags=b&meta=%7B%22x%22%3A1%7D',
  );
  expect(render({ url, method: 'DELETE' }, { id: 1, why: 'x y' }).url).toBe(
    'https://pay.example/v1/payments/1?why=x%20y',
  );
  const post = render({ url, method: 'POST' }, input);
  expect(post).toMatchObject({
    url: 'https://pay.example/v1/payments/p%201',
    body: { amount: 12.5, tags: ['a', 'b'], meta: { x: 1 }, none: null },
    bodyType: 'json',
  });
  expect(post.headers['content-type']).toBe('application/json');
});

test('inputs that a body template does not use are added to it and never override what it sets', () => {
  const body = { currency: 'EUR', sum: '{amount}', note: 'for {id}' };
  const rendered = render({ method: 'POST', body }, { amount: 1, id: 'x', currency: 'USD', extra: true });
  expect(rendered.body).toEqual({ currency: 'EUR', sum: 1, note: 'for x', extra: true });
  const query = { url: 'https://pay.example/v1?tenant=acme', query: { limit: 10 } };
  expect(render(query, { limit: 999, tenant: 'evil', page: 2 }).url).toBe(
    'https://pay.example/v1?tenant=acme&limit=10&page=2',
  );
});

test('absent inputs drop their query key, header and body key', () => {
  const config = {
    method: 'POST',
    url: 'https://pay.example/v1?a={a}&b=1',
    query: { c: '{c}', d: ['{a}', 'x'] },
    headers: { 'X-Trace': 'id {trace}' },
    body: { e: '{e}' },
  };
  const rendered = render(config, {});
  expect(rendered).toMatchObject({ url: 'https://pay.example/v1?b=1&d=x', body: {} });
  expect(rendered.headers['X-Trace']).toBeUndefined();
});

test('no body and no inputs send no body', () => {
  const rendered = render({ method: 'POST' }, {});
  expect(rendered.body).toBeUndefined();
  expect(rendered.headers['content-type']).toBeUndefined();
  expect(render({ method: 'POST', body: {} }, {}).body).toEqual({});
});

test('a payload that is not an object becomes the body of a POST unchanged', () => {
  expect(render({ method: 'POST' }, [1, 2]).body).toEqual([1, 2]);
  expect(issuesOf({}, [1, 2])).toEqual(['']);
});

test.each([
  ['..', '/id'],
  ['.', '/id'],
  ['', '/id'],
  [null, '/id'],
  [{ a: 1 }, '/id'],
  [undefined, '/id'],
  ['\ud800', '/id'],
  ['a/b', '/id'],
  ['/', '/id'],
  ['../admin', '/id'],
  ['..\\x', '/id'],
  ['a%2fb', '/id'],
  ['a%252Fb', '/id'],
  ['a%5cb', '/id'],
  ['%2e%2e', '/id'],
  ['%252E.', '/id'],
])('the path value %j is refused with its path', (id, path) => {
  const input: JsonValue = id === undefined ? {} : { id };
  expect(issuesOf({ url: 'https://pay.example/v1/{id}/refunds' }, input)).toEqual([path]);
});

test.each([
  ['a?x=1#y', 'a%3Fx%3D1%23y'],
  ['..x', '..x'],
  ['50%', '50%25'],
  ['a\r\nb', 'a%0D%0Ab'],
  ['é 😀', '%C3%A9%20%F0%9F%98%80'],
  ['@evil.example', '%40evil.example'],
])('the path value %j stays one segment', (id, encoded) => {
  expect(render({ url: 'https://pay.example/v1/{id}/refunds' }, { id }).url).toBe(
    `https://pay.example/v1/${encoded}/refunds`,
  );
});

test('a slash is refused with the template that allows it', () => {
  expect(() => render({ url: 'https://pay.example/v1/{id}' }, { id: 'a/b' })).toThrow(
    expect.objectContaining({
      code: 'invalid_input',
      issues: [
        {
          path: '/id',
          keyword: 'template',
          message: expect.stringMatching(/^id must not contain \/.*\{\+id\}/),
        },
      ],
    }),
  );
});

test.each([
  ['a/b/c.txt', 'a/b/c.txt'],
  ['/a b/ü', '/a%20b/%C3%BC'],
  ['a?x=1#y', 'a%3Fx=1%23y'],
  ['v1:run@now;..', 'v1:run@now%3B..'],
  ['50%/x', '50%25/x'],
])('{+name} takes the segments %j', (id, encoded) => {
  expect(render({ url: 'https://files.example/v1/{+id}' }, { id })).toMatchObject({
    url: `https://files.example/v1/${encoded}`,
  });
});

test.each(['..', 'a/../b', 'a/..', './a', 'a/%2e%2e/b', 'a/%252e./b', 'a\\..\\b', 'a%2f..', '', null])(
  '{+name} refuses %j',
  (id) => expect(issuesOf({ url: 'https://files.example/v1/{+id}/x' }, { id })).toEqual(['/id']),
);

test('an input of {+name} is used up, and joins no literal to a dot segment', () => {
  const url = 'https://files.example/v1/.{+id}';
  expect(issuesOf({ url }, { id: './x' })).toEqual(['/id']);
  expect(render({ url }, { id: 'a/b' })).toMatchObject({ url: 'https://files.example/v1/.a/b' });
});

test('a value that completes `..` with literal dots is refused', () => {
  expect(issuesOf({ url: 'https://pay.example/v1/.{id}' }, { id: '.' })).toEqual(['/id']);
});

test('a header value with a line break is refused', () => {
  const config = { headers: { 'X-Note': 'n={note}' } };
  expect(issuesOf(config, { note: 'a\r\nX-Evil: 1' })).toEqual(['/note']);
  expect(issuesOf(config, { note: 'snow ☃' })).toEqual(['/note']);
  expect(render(config, { note: 'fine é' }).headers['X-Note']).toBe('n=fine é');
});

test('a content type of the definition replaces the default, in any case', () => {
  const rendered = render(
    { method: 'POST', headers: { 'Content-Type': 'application/vnd.api+json' } },
    { a: 1 },
  );
  expect(Object.entries(rendered.headers).filter(([name]) => name.toLowerCase() === 'content-type')).toEqual([
    ['Content-Type', 'application/vnd.api+json'],
  ]);
});

test('the same input renders the same request', () => {
  const config = { method: 'POST', bodyType: 'multipart' };
  expect(render(config, { a: 1, b: 'x' })).toEqual(render(config, { a: 1, b: 'x' }));
});

test('a call is safe to retry if its method or its definition says so', () => {
  for (const method of ['GET', 'HEAD', 'PUT', 'DELETE'])
    expect(retrySafety(tool({ method })).safe).toBe(true);
  for (const method of ['POST', 'PATCH']) {
    expect(retrySafety(tool({ method }))).toMatchObject({
      safe: false,
      words: expect.stringContaining('Sent once'),
    });
    expect(retrySafety(tool({ method }, { idempotent: true })).safe).toBe(true);
  }
  expect(retrySafety(toolDefinitionSchema.parse({ name: 'some_tool', type: 'dummy' })).safe).toBe(true);
});
