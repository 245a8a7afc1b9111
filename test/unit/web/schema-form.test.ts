import { describe, expect, it } from 'vitest';
import { checkValue } from '../../../web/kit/schema-form/check-value.ts';
import { getAt, moveItem, sameJson, setAt } from '../../../web/kit/schema-form/json-edit.ts';
import { numberRange, patternWords } from '../../../web/kit/schema-form/rules.ts';
import { fieldOf, type JsonSchema } from '../../../web/kit/schema-form/schema-field.ts';
import {
  branchOf,
  carryOver,
  initialValue,
  secretPointers,
  withoutSecrets,
} from '../../../web/kit/schema-form/schema-values.ts';

const field = (schema: JsonSchema, root: JsonSchema = schema) => fieldOf(root, schema);

describe('a field from a schema', () => {
  it('shows scalars with their bounds and formats', () => {
    expect(field({ type: 'string', format: 'date' })).toMatchObject({ kind: 'string', format: 'date' });
    expect(field({ type: 'integer', minimum: 1, maximum: 5 })).toMatchObject({
      kind: 'number',
      integer: true,
      minimum: 1,
      maximum: 5,
    });
    expect(field({ type: 'boolean' }).kind).toBe('boolean');
    expect(field({ type: 'string', maxLength: 2000 })).toMatchObject({ format: 'multiline' });
  });

  it('masks what is marked secret, whichever mark it is', () => {
    for (const mark of [{ writeOnly: true }, { format: 'password' }, { 'x-secret': true }]) {
      expect(field({ type: 'string', ...mark })).toMatchObject({ secret: true, format: 'password' });
    }
  });

  it('reads nullable types, type arrays and null branches as one nullable field', () => {
    expect(field({ type: ['string', 'null'] })).toMatchObject({ kind: 'string', nullable: true });
    expect(field({ oneOf: [{ type: 'null' }, { type: 'number' }] })).toMatchObject({
      kind: 'number',
      nullable: true,
    });
    expect(field({ enum: ['a', null] })).toMatchObject({
      kind: 'enum',
      nullable: true,
      options: [{ value: 'a' }],
    });
    expect(field({ type: ['string', 'number'] })).toMatchObject({ kind: 'choice' });
  });

  it('follows local references and merges allOf, and says so when it cannot', () => {
    const root = {
      definitions: { money: { type: 'number', minimum: 0, title: 'Money' } },
      $defs: { both: { allOf: [{ properties: { a: { type: 'string' } } }, { required: ['a'] }] } },
    };
    expect(fieldOf(root, { $ref: '#/definitions/money', title: 'Price' })).toMatchObject({
      kind: 'number',
      title: 'Price',
      minimum: 0,
    });
    expect(fieldOf(root, { $ref: '#/$defs/both' })).toMatchObject({
      kind: 'object',
      properties: [{ name: 'a', required: true }],
    });
    expect(fieldOf(root, { $ref: 'https://example.com/x' }).kind).toBe('json');
    const circular = { $defs: { a: { $ref: '#/$defs/a' } } };
    expect(fieldOf(circular, { $ref: '#/$defs/a' }).kind).toBe('json');
  });

  it('makes a schema that contains itself one level at a time', () => {
    const tree = { type: 'object', properties: { child: { $ref: '#' }, name: { type: 'string' } } };
    const top = field(tree);
    expect(top.kind).toBe('object');
    expect(initialValue(tree, tree)).toEqual({});
  });

  it('names the branches of a choice and turns titled constants into a list', () => {
    expect(field({ oneOf: [{ const: 'a', title: 'First' }, { const: 'b' }] })).toMatchObject({
      kind: 'enum',
      options: [
        { value: 'a', label: 'First' },
        { value: 'b', label: 'b' },
      ],
    });
    const choice = field({
      anyOf: [{ properties: { kind: { const: 'card' } } }, { title: 'By bank', properties: {} }],
    });
    expect(choice).toMatchObject({ kind: 'choice', options: [{ title: 'card' }, { title: 'By bank' }] });
  });

  it('falls back to JSON for what has no better form', () => {
    expect(field({}).kind).toBe('json');
    expect(field({ type: 'array', items: [{ type: 'string' }, { type: 'number' }] }).kind).toBe('json');
    expect(field({ type: 'object', additionalProperties: { type: 'number' } })).toMatchObject({
      kind: 'object',
      values: { type: 'number' },
    });
  });
});

describe('values of a form', () => {
  const payment: JsonSchema = {
    type: 'object',
    required: ['method'],
    properties: {
      amount: { type: 'number', default: 5 },
      note: { type: 'string' },
      method: {
        oneOf: [
          {
            title: 'Card',
            type: 'object',
            required: ['type', 'number'],
            properties: {
              type: { const: 'card' },
              number: { type: 'string', writeOnly: true },
              name: { type: 'string' },
            },
          },
          {
            title: 'Bank',
            type: 'object',
            required: ['type', 'iban'],
            properties: { type: { const: 'bank' }, iban: { type: 'string' }, name: { type: 'string' } },
          },
        ],
      },
    },
  };
  const method = (payment.properties as Record<string, { oneOf: JsonSchema[] }>).method!;
  const branches = method.oneOf.map((schema) => ({ schema }));

  it('starts with defaults, constants and nothing invented', () => {
    expect(initialValue(payment, payment)).toEqual({ amount: 5, method: { type: 'card' } });
  });

  it('finds the branch a value belongs to, even while it is incomplete', () => {
    expect(branchOf(payment, branches, { type: 'bank' })).toBe(1);
    expect(branchOf(payment, branches, { iban: 'DE00' })).toBe(1);
    expect(branchOf(payment, branches, undefined)).toBe(0);
  });

  it('keeps what both branches know when the branch changes', () => {
    expect(carryOver(payment, method.oneOf[1]!, { type: 'card', name: 'Ana', number: '4242' })).toEqual({
      type: 'bank',
      name: 'Ana',
    });
  });

  it('keeps no secret in what goes to the browser’s storage, through branches, lists and maps', () => {
    const schema: JsonSchema = {
      type: 'object',
      properties: {
        ...(payment.properties as object),
        list: {
          type: 'array',
          items: { type: 'object', properties: { pin: { type: 'string', format: 'password' } } },
        },
        map: { type: 'object', additionalProperties: { type: 'string', 'x-secret': true } },
        unknown: { $ref: 'https://elsewhere.example/schema' },
      },
    };
    const kept = withoutSecrets(schema, schema, {
      amount: 1,
      method: { type: 'card', number: '4242', name: 'Ana' },
      list: [{ pin: '1', ok: true }],
      map: { a: 'x' },
      unknown: 'maybe secret',
    });
    expect(kept).toEqual({ amount: 1, method: { type: 'card', name: 'Ana' }, list: [{ ok: true }], map: {} });
    expect(secretPointers(schema, schema)).toEqual([]);
    expect(secretPointers({}, { properties: { a: { properties: { 'b/c': { writeOnly: true } } } } })).toEqual(
      ['/a/b~1c'],
    );
  });
});

describe('what the page says about a value', () => {
  const schema: JsonSchema = {
    type: 'object',
    required: ['id'],
    properties: {
      id: { type: 'string', minLength: 3 },
      mail: { type: 'string', format: 'email' },
      amount: { type: 'number', exclusiveMinimum: 0, multipleOf: 0.01 },
      tags: { type: 'array', items: { type: 'string' }, maxItems: 1 },
      size: { enum: ['s', 'm'] },
    },
  };
  const at = (value: unknown) =>
    checkValue(schema, schema, value).map((issue) => `${issue.path} ${issue.keyword}`);

  it('locates every problem by pointer', () => {
    expect(at({})).toEqual(['/id required']);
    expect(at({ id: 'ab', mail: 'x', amount: 0, tags: ['a', 1], size: 'l' })).toEqual([
      '/id minLength',
      '/mail format',
      '/amount exclusiveMinimum',
      '/tags maxItems',
      '/tags/1 type',
      '/size enum',
    ]);
  });

  it('accepts what is right, floating point included', () => {
    expect(at({ id: 'abc', amount: 19.99, tags: ['a'], size: 'm', mail: 'a@b' })).toEqual([]);
  });
});

describe('what the page says about the rules of a field', () => {
  const range = (schema: JsonSchema) => {
    const number = field({ type: 'number', ...schema });
    return number.kind === 'number' ? numberRange(number) : null;
  };

  it('gives the range of a number, with the smallest step where there is one', () => {
    expect(range({ exclusiveMinimum: 0, maximum: 5000, multipleOf: 0.01 })).toBe('0.01–5,000');
    expect(range({ type: 'integer', exclusiveMinimum: 0, exclusiveMaximum: 10 })).toBe('1–9');
    expect(range({ exclusiveMinimum: 0, maximum: 24_000 })).toBe('more than 0, up to 24,000');
    expect(range({ minimum: 1 })).toBe('1 or more');
    expect(range({ maximum: 1 })).toBe('1 or less');
    expect(range({})).toBe('');
  });

  it('shortens a pattern only where its beginning is a plain text', () => {
    expect(patternWords('^pay_[a-z0-9]+$')).toBe('pay_…');
    expect(patternWords('^v1\\.')).toBe('v1.…');
    expect(patternWords('^yes$')).toBe('yes');
    for (const pattern of ['^[A-Z]{3}$', '^ab?c$', '^ab|^cd', 'pay_', '^\\d+$', '^pay_|x'])
      expect(patternWords(pattern)).toBe(pattern);
  });
});

describe('editing JSON by pointer', () => {
  it('sets, removes and makes parents, and leaves the original alone', () => {
    const before = { a: { 'x/y': 1 }, list: [1, 2, 3] };
    expect(setAt(before, '/a/x~1y', 2)).toEqual({ a: { 'x/y': 2 }, list: [1, 2, 3] });
    expect(setAt(before, '/list/1', undefined)).toEqual({ a: { 'x/y': 1 }, list: [1, 3] });
    expect(setAt(before, '/b/c', 1)).toMatchObject({ b: { c: 1 } });
    expect(setAt(before, '/a', undefined)).toEqual({ list: [1, 2, 3] });
    expect(before).toEqual({ a: { 'x/y': 1 }, list: [1, 2, 3] });
    expect(getAt(before, '/list/2')).toBe(3);
    expect(getAt(before, '/toString')).toBeUndefined();
  });

  it('treats a property named __proto__ as data', () => {
    const next = setAt({}, '/__proto__', { polluted: true });
    expect(Object.keys(next as object)).toEqual(['__proto__']);
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });

  it('moves list items and compares documents', () => {
    expect(moveItem(['a', 'b', 'c'], 2, -1)).toEqual(['a', 'c', 'b']);
    expect(moveItem(['a'], 0, -1)).toEqual(['a']);
    expect(sameJson({ a: [1, { b: null }] }, { a: [1, { b: null }] })).toBe(true);
    expect(sameJson({ a: 1 }, { b: 1 })).toBe(false);
  });
});
