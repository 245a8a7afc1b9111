import { expect, test } from 'vitest';
import { inputOf, offeredInput, offeredOutput } from '../../../../api/mcp/offered-schema.ts';

test('an input is offered without references, dialects and marks of ours', () => {
  const schema = {
    $schema: 'http://json-schema.org/draft-07/schema#',
    $id: 'https://acme.example/refund',
    type: 'object',
    required: ['amount'],
    properties: {
      amount: { $ref: '#/definitions/money', description: 'In euros' },
      pair: { type: 'array', items: [{ type: 'string' }, true], additionalItems: false },
      secret: { type: 'string', 'x-secret': true, 'x-mcp-header': 'Leaks' },
      anything: true,
      nothing: false,
    },
    additionalProperties: false,
    definitions: { money: { type: 'number', exclusiveMinimum: 0, description: 'Money' } },
  };
  expect(offeredInput(schema)).toEqual({
    type: 'object',
    required: ['amount'],
    properties: {
      amount: { type: 'number', exclusiveMinimum: 0, description: 'In euros' },
      pair: { type: 'array', prefixItems: [{ type: 'string' }, {}], items: { not: {} } },
      secret: { type: 'string' },
      anything: {},
      nothing: { not: {} },
    },
    additionalProperties: false,
  });
});

test('a schema that contains itself, or would grow without end, is offered as far as it says something', () => {
  const tree = {
    type: 'object',
    properties: {
      root: { $ref: '#/$defs/node' },
      lost: { $ref: '#/$defs/none' },
      far: { $ref: 'https://x.example' },
    },
    $defs: { node: { type: 'object', properties: { next: { $ref: '#/$defs/node' } } } },
  };
  expect(offeredInput(tree).properties).toEqual({
    root: { type: 'object', properties: { next: {} } },
    lost: {},
    far: {},
  });
  const $defs: Record<string, unknown> = { a0: { type: 'string' } };
  for (let level = 1; level < 40; level += 1)
    $defs[`a${level}`] = {
      type: 'array',
      items: { $ref: `#/$defs/a${level - 1}` },
      contains: { $ref: `#/$defs/a${level - 1}` },
    };
  const bomb = offeredInput({ type: 'object', properties: { x: { $ref: '#/$defs/a39' } }, $defs });
  expect(JSON.stringify(bomb).length).toBeLessThan(200_000);
});

test('a choice at the root becomes one object with the properties of all branches', () => {
  const offered = offeredInput({
    type: 'object',
    properties: { id: { type: 'string' } },
    additionalProperties: false,
    allOf: [{ required: ['id'] }, { properties: { note: { type: 'string' } } }],
    oneOf: [
      { required: ['email'], properties: { email: { type: 'string' } } },
      { anyOf: [{ properties: { phone: { type: 'string' } } }], properties: { id: { type: 'integer' } } },
    ],
    if: { required: ['phone'] },
    else: { properties: { prefix: { type: 'string' } } },
  });
  expect(offered).toEqual({
    type: 'object',
    required: ['id'],
    properties: {
      id: { type: 'string' },
      note: { type: 'string' },
      email: { type: 'string' },
      phone: { type: 'string' },
      prefix: { type: 'string' },
    },
  });
});

test('a name that an object inherits is a property like others', () => {
  const offered = offeredInput({
    required: ['constructor'],
    properties: JSON.parse('{"__proto__":{"type":"string"}}'),
  });
  expect(Object.keys(offered.properties as object)).toContain('constructor');
  expect(offered.required).toEqual(['constructor']);
});

test('a tool that takes no object gets what its caller sent as `input`', () => {
  const list = { type: 'array', items: { type: 'string' } };
  expect(offeredInput(list)).toEqual({ type: 'object', properties: { input: list }, required: ['input'] });
  expect(inputOf(list, { input: ['a'] })).toEqual(['a']);
  expect(inputOf({ type: ['object', 'null'] }, { a: 1 })).toEqual({ a: 1 });
  const referred = { $ref: '#/$defs/all', $defs: { all: { type: 'object', properties: { a: {} } } } };
  expect(inputOf(referred, { a: 1 })).toEqual({ a: 1 });
});

test('an output is offered without what clients cannot compile, or what redaction may break', () => {
  const offered = offeredOutput({
    type: 'object',
    required: ['email'],
    properties: {
      email: { type: 'string', format: 'email', pattern: '(?<!x)y' },
      kind: {
        oneOf: [
          { type: 'string', const: 'a' },
          { type: 'string', enum: ['b'] },
        ],
      },
      pair: { type: 'array', items: [{ type: 'string' }] },
    },
    additionalProperties: false,
  });
  expect(offered).toEqual({
    type: 'object',
    required: ['email'],
    properties: {
      email: { type: 'string' },
      kind: { anyOf: [{ type: 'string' }, { type: 'string' }] },
      pair: { type: 'array' },
    },
  });
  expect(offeredOutput({ type: 'array' })).toBeNull();
});
