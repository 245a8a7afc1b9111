import { expect, test } from 'vitest';
import { exampleValue } from '../../../web/kit/schema-table/example-value.ts';
import { schemaRows } from '../../../web/kit/schema-table/schema-rows.ts';

const schema = {
  type: 'object',
  required: ['paymentId', 'to'],
  definitions: { address: { type: 'object', required: ['city'], properties: { city: { type: 'string' } } } },
  properties: {
    paymentId: { type: 'string', pattern: '^pay_', description: 'The payment' },
    amount: { type: 'number', exclusiveMinimum: 0, default: 5 },
    pin: { type: 'string', writeOnly: true },
    to: { $ref: '#/definitions/address' },
    lines: {
      type: 'array',
      maxItems: 3,
      items: { type: 'object', properties: { sku: { enum: ['a', 'b'] } } },
    },
  },
};

test('a schema reads as rows, nested properties below their parent', () => {
  expect(
    schemaRows(schema).map(({ path, type, required, secret, rules }) => [
      path,
      type,
      required,
      secret,
      rules,
    ]),
  ).toEqual([
    ['/paymentId', 'string', true, false, ['matches ^pay_']],
    ['/amount', 'number', false, false, ['more than 0', 'default 5']],
    ['/pin', 'string', false, true, []],
    ['/to', 'object', true, false, []],
    ['/to/city', 'string', true, false, []],
    ['/lines', 'array of object', false, false, ['3 items or fewer']],
    ['/lines/0/sku', 'value', false, false, ['one of a, b']],
  ]);
});

test('a schema that refers to itself ends', () => {
  const tree = { type: 'object', properties: { child: { $ref: '#' }, loop: { $ref: '#/properties/loop' } } };
  expect(schemaRows(tree).length).toBeLessThan(40);
});

test('an example has what is required, and the schema’s own values where it has them', () => {
  expect(exampleValue(schema)).toEqual({ paymentId: '', to: { city: '' } });
  expect(exampleValue({ ...schema, required: ['amount', 'lines'] })).toEqual({ amount: 5, lines: [] });
});
