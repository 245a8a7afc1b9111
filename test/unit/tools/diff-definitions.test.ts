import { describe, expect, test } from 'vitest';
import { diffDefinitions } from '../../../shared/tools/diff-definitions.ts';
import { toolDefinitionSchema } from '../../../shared/tools/tool-definition.ts';

type Json = Record<string, unknown>;
const definition = (more: Json = {}) =>
  toolDefinitionSchema.parse({
    name: 'some_tool',
    type: 'http',
    config: { url: 'https://pay.example/v1' },
    ...more,
  });
const changes = (before: Json, after: Json) =>
  diffDefinitions(definition(before), definition(after)).map(
    ({ impact, kind, path, message }) => `${impact}: ${kind} ${path}: ${message}`,
  );
const field = (schema: unknown, more: Json = {}) => ({
  type: 'object',
  properties: { a: schema },
  ...more,
});

describe('a change of one keyword', () => {
  test.each<[string, Json, Json, input: string, output: string]>([
    ['a higher lower bound', { minimum: 1 }, { minimum: 5 }, 'breaking', 'additive'],
    ['a removed lower bound', { minLength: 1 }, {}, 'additive', 'breaking'],
    ['a new upper bound', {}, { maxLength: 5 }, 'breaking', 'additive'],
    ['a higher upper bound', { maxItems: 5 }, { maxItems: 9 }, 'additive', 'breaking'],
    ['a new enum', {}, { enum: ['x'] }, 'breaking', 'additive'],
    ['a removed enum', { enum: ['x'] }, {}, 'additive', 'breaking'],
    ['fewer values', { enum: ['x', 'y'] }, { enum: ['x'] }, 'breaking', 'additive'],
    ['more types', { type: 'string' }, { type: ['string', 'null'] }, 'additive', 'breaking'],
    ['other values', { enum: ['x'] }, { enum: ['y'] }, 'breaking', 'breaking'],
    ['a closed object', {}, { additionalProperties: false }, 'breaking', 'additive'],
    ['an opened object', { additionalProperties: false }, {}, 'additive', 'breaking'],
    ['a new pattern', {}, { pattern: '^a' }, 'breaking', 'additive'],
    ['a removed pattern', { pattern: '^a' }, {}, 'additive', 'breaking'],
    ['another pattern', { pattern: '^a' }, { pattern: '^b' }, 'breaking', 'breaking'],
    ['another title', { title: 'A' }, { title: 'B' }, 'neutral', 'neutral'],
    [
      'a narrower item',
      { type: 'array', items: { minimum: 1 } },
      { type: 'array', items: { minimum: 2 } },
      'breaking',
      'additive',
    ],
  ])('the impact of %s in an input and in an output', (_, before, after, input, output) => {
    const impacts = (side: string) =>
      diffDefinitions(definition({ [side]: field(before) }), definition({ [side]: field(after) })).map(
        ({ impact }) => impact,
      );
    expect([impacts('inputSchema'), impacts('outputSchema')]).toEqual([[input], [output]]);
  });

  test('a change is described with both values, shortened', () => {
    expect(changes({ inputSchema: field({ minimum: 1 }) }, { inputSchema: field({ minimum: 5 }) })).toEqual([
      'breaking: changed /inputSchema/properties/a/minimum: minimum changed from 1 to 5',
    ]);
    expect(changes({}, { description: 'x'.repeat(80) })).toEqual([
      `neutral: changed /description: description changed from  to ${'x'.repeat(57)}…`,
    ]);
  });

  test('another order of keys is no change', () => {
    const before = field({ enum: [{ x: 1, y: [2] }] });
    expect(changes({ inputSchema: before }, { inputSchema: field({ enum: [{ y: [2], x: 1 }] }) })).toEqual(
      [],
    );
  });
});

describe('a change of properties', () => {
  const closed = { additionalProperties: false };
  test('adding a required input or removing an input of a closed object breaks senders', () => {
    expect(changes({ inputSchema: field({}) }, { inputSchema: { type: 'object', required: [] } })).toContain(
      'neutral: removed /inputSchema/properties/a: a removed',
    );
    expect(
      changes({ inputSchema: field({}, closed) }, { inputSchema: { type: 'object', ...closed } }),
    ).toContain('breaking: removed /inputSchema/properties/a: a removed');
    const added = { inputSchema: field({}, { required: ['a'] }) };
    expect(changes({ inputSchema: { type: 'object' } }, added)).toEqual([
      'breaking: added /inputSchema/properties/a: a added, required',
    ]);
  });

  test('an input that becomes required breaks senders, and an output that becomes optional breaks readers', () => {
    const [optional, required] = [field({}), field({}, { required: ['a'] })];
    expect(changes({ inputSchema: optional }, { inputSchema: required })).toEqual([
      'breaking: changed /inputSchema/required: a is now required',
    ]);
    expect(changes({ inputSchema: required }, { inputSchema: optional })).toEqual([
      'additive: changed /inputSchema/required: a is now optional',
    ]);
    expect(changes({ outputSchema: optional }, { outputSchema: required })).toEqual([
      'additive: changed /outputSchema/required: a is now required',
    ]);
    expect(changes({ outputSchema: required }, { outputSchema: optional })).toEqual([
      'breaking: changed /outputSchema/required: a is now optional',
    ]);
  });

  test('a property schema that is replaced by a boolean may break callers', () => {
    expect(changes({ inputSchema: field({}) }, { inputSchema: field(false) })).toEqual([
      'breaking: changed /inputSchema/properties/a: schema changed from {} to false',
    ]);
  });
});

test('an output schema that is added or removed may break callers', () => {
  const outputSchema = field({});
  expect(changes({}, { outputSchema })).toEqual([
    'breaking: added /outputSchema: The output is now checked: an execution fails when its output does not match',
  ]);
  expect(changes({ outputSchema }, {})).toEqual([
    'breaking: removed /outputSchema: The output is no longer checked',
  ]);
});

test('a new name may break callers; other fields and the credential do not', () => {
  const bearer = (credentialId: string) => ({ auth: { type: 'bearer', credentialId } });
  expect(
    changes(
      { name: 'before_it', tags: ['x'], ...bearer('9b2d7c1e-0f7e-4d8e-8a52-7a1b6d0c0001') },
      { name: 'after_it', category: 'pay', ...bearer('9b2d7c1e-0f7e-4d8e-8a52-7a1b6d0c0002') },
    ),
  ).toEqual(
    expect.arrayContaining([
      'breaking: changed /name: name changed from before_it to after_it',
      'neutral: changed /auth/credentialId: The credential was replaced',
      'neutral: changed /tags: tags changed from ["x"] to []',
    ]),
  );
});

test('another method or another host breaks those who rely on the call', () => {
  const http = (config: Json) => ({ config: { url: 'https://pay.example/v1', ...config } });
  expect(changes(http({ method: 'GET' }), http({ method: 'DELETE' }))).toEqual([
    'breaking: changed /config/method: method changed from GET to DELETE',
  ]);
  expect(changes(http({}), http({ url: 'https://other.example/v1' }))).toEqual([
    'neutral: changed /config/url: url changed from https://pay.example/v1 to https://other.example/v1',
    'breaking: changed /config: Calls go to other.example:443 instead of pay.example:443',
  ]);
  expect(changes(http({}), http({ url: 'https://pay.example/v2' }))).toEqual([
    'neutral: changed /config/url: url changed from https://pay.example/v1 to https://pay.example/v2',
  ]);
});

test('a new output that is required fails executions whose provider does not send it', () => {
  const outputSchema = { type: 'object' };
  expect(changes({ outputSchema }, { outputSchema: field({}, { required: ['a'] }) })).toEqual([
    'breaking: added /outputSchema/properties/a: a added, required',
  ]);
});
