import { describe, expect, it } from 'vitest';
import {
  addProperty,
  kindOf,
  moveProperty,
  nameProblem,
  removeProperty,
  renameProperty,
  rowsOf,
  setKeyword,
  setKind,
  setNullable,
  setProperty,
  setRequired,
  setSecret,
} from '../../../web/kit/schema-editor/property-rows.ts';
import type { JsonSchema } from '../../../web/kit/schema-form/schema-field.ts';

const schema: JsonSchema = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  type: 'object',
  required: ['id', 'amount'],
  properties: {
    id: { type: 'string', description: 'Payment', pattern: '^p_' },
    amount: { type: 'number', exclusiveMinimum: 0 },
    when: { type: ['string', 'null'], format: 'date' },
    size: { enum: ['s', 'm'] },
    card: { type: 'object', properties: { pin: { type: 'string', writeOnly: true } } },
    odd: { oneOf: [{ type: 'string' }, { type: 'number' }] },
  },
  additionalProperties: false,
};

describe('a table of properties', () => {
  it('shows each property with its kind', () => {
    expect(rowsOf(schema)?.map((row) => [row.name, row.kind, row.required, row.nullable])).toEqual([
      ['id', 'text', true, false],
      ['amount', 'number', true, false],
      ['when', 'date', false, true],
      ['size', 'choice', false, false],
      ['card', 'object', false, false],
      ['odd', 'json', false, false],
    ]);
  });

  it('leaves what it cannot show to the text', () => {
    expect(rowsOf({ type: 'object', oneOf: [] })).toBeNull();
    expect(rowsOf({ type: 'array' })).toBeNull();
    expect(rowsOf({ type: 'object', required: ['ghost'] })).toBeNull();
    expect(rowsOf({ type: 'object', properties: { a: true } })).toBeNull();
    expect(rowsOf({})).toEqual([]);
  });

  it('renames in place, in `required` too, and keeps all it does not show', () => {
    const next = renameProperty(schema, 'id', 'paymentId');
    expect(Object.keys(next.properties as object)[0]).toBe('paymentId');
    expect(next).toMatchObject({
      required: ['paymentId', 'amount'],
      additionalProperties: false,
      $schema: schema.$schema,
    });
    expect(renameProperty(next, 'paymentId', 'id')).toEqual(schema);
    expect(renameProperty(schema, 'id', 'amount')).toBe(schema);
    expect(nameProblem(schema, 'id', '')).toContain('Enter a name');
    expect(nameProblem(schema, 'id', 'a}')).toContain('braces');
  });

  it('adds, removes and moves without losing the rest', () => {
    const added = addProperty(schema);
    expect(added.name).toBe('field');
    expect(addProperty(added.schema).name).toBe('field2');
    expect(removeProperty(added.schema, 'field')).toEqual(schema);
    expect(removeProperty(schema, 'id').required).toEqual(['amount']);
    expect(Object.keys(moveProperty(schema, 'amount', -1).properties as object).slice(0, 2)).toEqual([
      'amount',
      'id',
    ]);
    expect(moveProperty(moveProperty(schema, 'amount', -1), 'amount', 1)).toEqual(schema);
  });

  it('switches required off and on without a trace', () => {
    expect(setRequired(setRequired(schema, 'id', false), 'id', true)).toEqual(schema);
    expect(setRequired({ properties: { a: {} }, required: ['a'] }, 'a', false)).toEqual({
      properties: { a: {} },
    });
  });

  it('changes a kind and keeps what describes the property', () => {
    expect(setKind({ type: 'string', description: 'd', pattern: 'x' }, 'integer')).toEqual({
      type: 'integer',
      description: 'd',
    });
    expect(setKind({ type: 'number', minimum: 1 }, 'integer')).toEqual({ type: 'integer', minimum: 1 });
    expect(setKind({ type: ['string', 'null'] }, 'boolean')).toEqual({ type: ['boolean', 'null'] });
    expect(kindOf(setKind({ type: 'string' }, 'list'))).toBe('list');
  });

  it('sets and takes off keywords, secrets and null', () => {
    expect(setKeyword({ type: 'string', minLength: 1 }, 'minLength', undefined)).toEqual({ type: 'string' });
    expect(setSecret(setSecret({ type: 'string' }, true), false)).toEqual({ type: 'string' });
    expect(setSecret({ type: 'string', format: 'password', 'x-secret': true }, false)).toEqual({
      type: 'string',
    });
    expect(setNullable(setNullable({ type: 'string', enum: ['a'] }, true), false)).toEqual({
      type: 'string',
      enum: ['a'],
    });
    expect(setProperty(schema, 'size', { type: 'string' })).toMatchObject({
      properties: { size: { type: 'string' } },
    });
  });
});
