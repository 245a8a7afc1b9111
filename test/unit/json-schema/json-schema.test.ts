import { expect, test } from 'vitest';
import { linearFormats } from '../../../shared/platform/server/json-schema/linear-formats.ts';
import {
  checkSchemaHere as checkSchema,
  compileSchema,
  validateHere as validateAgainst,
} from '../../../shared/platform/server/json-schema/validate-here.ts';
import { checkStorable, makeStorable } from '../../../shared/platform/server/json-schema.ts';
import { processorTime } from '../../support/processor-time.ts';

const refund = {
  type: 'object',
  required: ['paymentId', 'amount'],
  properties: {
    paymentId: { type: 'string', minLength: 1 },
    amount: { type: 'number', exclusiveMinimum: 0 },
  },
};
const draft2020 = 'https://json-schema.org/draft/2020-12/schema';

test('every problem of a payload has a path and a plain message', () => {
  expect(validateAgainst(refund, { paymentId: '', amount: 0 })).toEqual([
    { path: '/paymentId', message: 'paymentId must not be empty', keyword: 'minLength' },
    { path: '/amount', message: 'amount must be more than 0', keyword: 'exclusiveMinimum' },
  ]);
  expect(validateAgainst(refund, { paymentId: 'p1' })).toEqual([
    { path: '/amount', message: 'amount is required', keyword: 'required' },
  ]);
  expect(validateAgainst(refund, [])).toMatchObject([{ path: '', message: 'The value must be an object' }]);
  expect(validateAgainst(refund, { paymentId: 'p1', amount: 12.5 })).toEqual([]);
});

test('a path into lists and odd names is a JSON Pointer', () => {
  const schema = {
    properties: {
      'a/b': { items: { required: ['x~y'], additionalProperties: false, properties: { 'x~y': {} } } },
    },
  };
  expect(validateAgainst(schema, { 'a/b': [{ 'x~y': 1 }, { z: 1 }] }).map((issue) => issue.path)).toEqual([
    '/a~1b/1/x~0y',
    '/a~1b/1/z',
  ]);
});

test('inherited names are not mistaken for properties', () => {
  for (const name of ['constructor', 'toString', '__proto__', 'hasOwnProperty']) {
    expect(validateAgainst({ type: 'object', required: [name] }, {})).toHaveLength(1);
  }
  expect(validateAgainst({ additionalProperties: false, properties: {} }, { constructor: 1 })).toHaveLength(
    1,
  );
});

test('alternatives that differ only in type get one message', () => {
  expect(
    validateAgainst(
      { properties: { id: { anyOf: [{ type: 'string' }, { type: 'integer' }] } } },
      { id: true },
    ),
  ).toEqual([{ path: '/id', message: 'id must be text or a whole number', keyword: 'type' }]);
});

test('no message quotes the value', () => {
  const schema = {
    properties: { pin: { pattern: '^[0-9]{4}$', enum: ['1'], format: 'email', maxLength: 2 } },
  };
  expect(JSON.stringify(validateAgainst(schema, { pin: 'topsecret' }))).not.toContain('topsecret');
});

test('draft-07 is the default, `$schema` selects 2020-12, and other drafts are refused', () => {
  const tuple = { items: [{ type: 'string' }], additionalItems: false };
  expect(validateAgainst(tuple, ['a', 1])).toHaveLength(1);
  const prefix = { $schema: draft2020, prefixItems: [{ type: 'string' }], items: false };
  expect(validateAgainst(prefix, ['a', 1])).toHaveLength(1);
  const dependent = {
    $schema: draft2020,
    dependentRequired: { a: ['b'] },
    unevaluatedProperties: false,
    properties: { a: {} },
  };
  expect(validateAgainst(dependent, { a: 1, c: 1 }).map((issue) => issue.path)).toEqual(['/b', '/c']);
  expect(checkSchema({ $schema: 'http://json-schema.org/draft-07/schema#' })).toEqual([]);
  expect(checkSchema({ $schema: 'http://json-schema.org/draft-04/schema#' }, '/inputSchema')).toMatchObject([
    { path: '/inputSchema/$schema' },
  ]);
});

test('a pattern that would freeze a backtracking engine is matched fast', () => {
  const schema = {
    properties: { text: { type: 'string', pattern: '^(a+)+$' } },
    patternProperties: { '^(b|b)*$': { type: 'number' } },
  };
  const took = processorTime();
  expect(
    validateAgainst(schema, { text: `${'a'.repeat(100_000)}!`, [`${'b'.repeat(50_000)}c`]: 'x' }),
  ).toHaveLength(1);
  expect(took()).toBeLessThan(1000);
});

test('every format is checked fast, whatever the text', () => {
  const shapes = [
    'a',
    'a.',
    'a-',
    '0',
    '1:',
    '::',
    '%41',
    '/a',
    'http://a',
    'a@',
    '{a}',
    'P1',
    '~0/',
    '-',
    ' ',
  ];
  let checked = 0;
  for (const [name, format] of Object.entries(linearFormats())) {
    if (
      typeof format !== 'function' &&
      !(typeof format === 'object' && format !== null && 'validate' in format)
    )
      continue;
    checked++;
    const check = (typeof format === 'function' ? format : format.validate) as (value: unknown) => boolean;
    for (const shape of shapes) {
      const took = processorTime();
      check(`${shape.repeat(8000 / shape.length)}!`);
      check(shape.repeat(200_000 / shape.length));
      expect(took(), `${name} with ${shape}`).toBeLessThan(500);
    }
  }
  expect(checked).toBeGreaterThan(15);
});

test.each([
  ['email', 'a@b.example', 'a@'],
  ['uri', 'https://example.com/a?b=c#d', 'not a uri'],
  ['url', 'https://example.com', 'example'],
  ['date', '2026-02-28', '2026-02-30'],
  ['date-time', '2026-02-28T10:00:00Z', '2026-02-28'],
  ['uuid', '9b2d7c1e-0f7e-4d8e-8a52-7a1b6d0c0001', 'x'],
  ['duration', 'P1DT2H', 'P'],
  ['hostname', 'api.example.com', '-a.example'],
  ['ipv4', '10.0.0.1', '10.0.0.256'],
  ['ipv6', '2001:db8::1', ':::1'],
  ['json-pointer', '/a/b~0', 'a/b'],
])('the format %s accepts a valid text and refuses an invalid one', (format, good, bad) => {
  expect(validateAgainst({ format }, good)).toEqual([]);
  expect(validateAgainst({ format }, bad)).toHaveLength(1);
});

test('endless references end with an issue', () => {
  const endless = { anyOf: [{ $ref: '#' }, { $ref: '#' }] };
  expect(validateAgainst(endless, 1)).toHaveLength(1);
  const fan = { properties: { a: { allOf: [{ $ref: '#' }, { $ref: '#' }, { $ref: '#' }] } } };
  let deep: unknown = {};
  for (let level = 0; level < 60; level++) deep = { a: deep };
  const took = processorTime();
  expect(validateAgainst(fan, deep)).toMatchObject([{ keyword: 'schema' }]);
  expect(took()).toBeLessThan(3000);
  const hidden = {
    properties: { a: { $ref: '#/elsewhere/x' } },
    elsewhere: { x: { anyOf: [{ $ref: '#' }, { $ref: '#' }, { $ref: '#' }] } },
    type: 'object',
  };
  expect(validateAgainst(hidden, deep).length).toBeLessThanOrEqual(1);
  const tree = { properties: { left: { $ref: '#' }, right: { $ref: '#' }, value: { type: 'number' } } };
  expect(validateAgainst(tree, { left: { left: { value: 'x' } }, right: { value: 1 } })).toMatchObject([
    { path: '/left/left/value' },
  ]);
});

test('uniqueItems is fast for many objects', () => {
  const items = Array.from({ length: 50_000 }, (_, index) => ({ b: index, a: 1 }));
  const took = processorTime();
  expect(validateAgainst({ items: { type: 'object' }, uniqueItems: true }, items)).toEqual([]);
  expect(took()).toBeLessThan(2000);
  expect(validateAgainst({ uniqueItems: true }, [{ a: 1, b: 2 }, 3, { b: 2, a: 1 }])).toMatchObject([
    { path: '', message: 'The value items 0 and 2 are the same' },
  ]);
});

test.each([
  ['a type that does not exist', { properties: { a: { type: 'strin' } } }, '/inputSchema/properties/a/type'],
  [
    'a pattern with look-ahead',
    { properties: { a: { pattern: '^(?=a)' } } },
    '/inputSchema/properties/a/pattern',
  ],
  ['a broken pattern', { patternProperties: { '(': {} } }, '/inputSchema/patternProperties/('],
  ['a foreign reference', { $ref: 'https://example.com/a.json' }, '/inputSchema/$ref'],
  ['a reference to a missing definition', { items: { $ref: '#/definitions/b' } }, '/inputSchema/items/$ref'],
  ['a misspelled keyword', { properties: { a: { minimun: 1 } } }, '/inputSchema/properties/a/minimun'],
  ['a misspelled format', { format: 'emial' }, '/inputSchema/format'],
  ['an asynchronous schema', { $async: true }, '/inputSchema/$async'],
  ['required that is not a list', { required: 'a' }, '/inputSchema/required'],
  ['not an object', 'x', '/inputSchema'],
  ['too deep', deepSchema(70), '/inputSchema'],
  ['too large', { description: 'x'.repeat(300_000) }, '/inputSchema'],
])('a schema with the problem "%s" gets an issue with its path', (_name, schema, path) => {
  expect(checkSchema(schema, '/inputSchema').map((issue) => issue.path)).toContain(path);
});

test('keywords of other standards are allowed', () => {
  const schema = {
    type: 'object',
    'x-order': 1,
    properties: { a: { type: 'string', format: 'iban', example: 'x', id: 'y', writeOnly: true } },
  };
  expect(checkSchema(schema)).toEqual([]);
});

test('two schemas with the same $id do not affect each other', () => {
  const id = 'https://example.com/same.json';
  const text = compileSchema({ $id: id, type: 'string' });
  const number = compileSchema({ $id: id, type: 'number' });
  expect([text.validate('a'), number.validate(1)]).toEqual([[], []]);
  expect(compileSchema({ $id: id, type: 'string' })).toBe(text);
});

test('a value that jsonb cannot store gets an issue', () => {
  expect(checkStorable({ a: ['ok', 'b\0'] })).toMatchObject([{ path: '/a/1' }]);
  expect(checkStorable({ 'k\0': 1 })).toHaveLength(1);
  expect(checkStorable('\ud800')).toHaveLength(1);
  expect(checkStorable(JSON.parse('1e999'))).toHaveLength(1);
  expect(checkStorable('x'.repeat(50), { maxBytes: 20 })).toMatchObject([{ path: '' }]);
  expect(checkStorable(JSON.parse(`${'['.repeat(100_000)}${']'.repeat(100_000)}`))).toMatchObject([
    { path: '' },
  ]);
  expect(checkStorable({ a: [1, 'é😀', null, true] })).toEqual([]);
  expect(makeStorable({ 'a\0': 'x\0\ud800' })).toEqual({ 'a\ufffd': 'x\ufffd\ufffd' });
});

function deepSchema(levels: number): unknown {
  let schema: unknown = {};
  for (let level = 0; level < levels; level++) schema = { not: schema };
  return schema;
}
