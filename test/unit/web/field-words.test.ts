import { expect, test } from 'vitest';
import { validateHere } from '../../../shared/platform/server/json-schema/validate-here.ts';
import { checkValue } from '../../../web/kit/schema-form/check-value.ts';

const schema = {
  type: 'object',
  required: ['amount', 'reason'],
  properties: {
    amount: { title: 'Amount', type: 'number', minimum: 0.01, maximum: 100 },
    count: { type: 'integer', exclusiveMinimum: 0, exclusiveMaximum: 9, multipleOf: 2 },
    reason: { title: 'Reason', type: 'string', minLength: 1, maxLength: 5 },
    code: { title: 'Code', type: 'string', minLength: 3 },
    mail: { title: 'Email', type: 'string', format: 'email' },
    link: { title: 'Link', type: 'string', format: 'uri' },
    day: { title: 'Day', type: 'string', format: 'date' },
    at: { title: 'Time', type: 'string', format: 'date-time' },
    agreed: { title: 'Agreed', type: 'boolean' },
    kind: { title: 'Kind', enum: ['a', 'b'] },
    lines: {
      title: 'Lines',
      type: 'array',
      minItems: 1,
      maxItems: 2,
      items: {
        type: 'object',
        required: ['sku'],
        properties: { sku: { title: 'Article', type: 'string' }, n: { type: 'integer' } },
      },
    },
    address: { $ref: '#/definitions/address' },
  },
  definitions: {
    address: {
      title: 'Address',
      type: 'object',
      properties: { zip: { allOf: [{ title: 'Postal code', type: 'string' }] } },
    },
  },
};

test.each<[unknown, ...string[]]>([
  [{}, 'Amount is required', 'Reason is required'],
  [{ amount: 0, reason: '' }, 'Amount must be at least 0.01', 'Reason must not be empty'],
  [
    { amount: 101, reason: 'too long' },
    'Amount must be at most 100',
    'Reason must have at most 5 characters',
  ],
  [{ amount: 'x', reason: 1 }, 'Amount must be a number', 'Reason must be text'],
  [{ amount: 1, reason: 'x', code: 'ab' }, 'Code must have at least 3 characters'],
  [{ amount: 1, reason: 'x', count: 9 }, 'count must be less than 9', 'count must be a multiple of 2'],
  [{ amount: 1, reason: 'x', count: 0 }, 'count must be more than 0'],
  [{ amount: 1, reason: 'x', count: 2.5 }, 'count must be a whole number', 'count must be a multiple of 2'],
  [{ amount: 1, reason: 'x', mail: 'ana' }, 'Email must be an email address'],
  [
    { amount: 1, reason: 'x', link: 'pay.example' },
    'Link must be a URL with its scheme, such as https://example.com',
  ],
  [{ amount: 1, reason: 'x', day: 'x' }, 'Day must be a date, such as 2026-01-31'],
  [
    { amount: 1, reason: 'x', at: 'x' },
    'Time must be a date and time with a time zone, such as 2026-01-31T09:30:00Z',
  ],
  [{ amount: 1, reason: 'x', agreed: 'x' }, 'Agreed must be true or false'],
  [{ amount: 1, reason: 'x', lines: [] }, 'Lines must have at least 1 item'],
  [{ amount: 1, reason: 'x', lines: 'x' }, 'Lines must be a list'],
  [
    { amount: 1, reason: 'x', lines: [{}, { sku: 'a', n: 'x' }] },
    'Article is required',
    'lines[1].n must be a whole number',
  ],
  [{ amount: 1, reason: 'x', address: 'x' }, 'Address must be an object'],
])('the page and the server say the same of %j, in the words of the field', (value, ...messages) => {
  const told = (issues: { message: string }[]) => issues.map(({ message }) => message).sort();
  expect(told(validateHere(schema, value))).toEqual(messages.sort());
  expect(told(checkValue(schema, schema, value))).toEqual(messages.sort());
});

test('a title is found through references and branches, and one of a table is not that of its values', () => {
  expect(validateHere(schema, { amount: 1, reason: 'x', address: { zip: 1 } })).toMatchObject([
    { path: '/address/zip', message: 'Postal code must be text' },
  ]);
  const table = { additionalProperties: { title: 'Prices', type: 'number' } };
  expect(validateHere(table, { a: 'x' })).toMatchObject([{ message: 'a must be a number' }]);
  const pair = { items: [{ title: 'First', type: 'number' }] };
  expect(validateHere(pair, ['x'])).toMatchObject([{ message: 'First must be a number' }]);
  const loop = {
    $ref: '#/definitions/a',
    definitions: { a: { $ref: '#/definitions/a', title: 'Loop', type: 'object' } },
  };
  expect(checkValue(loop, loop, { x: 1 })).toEqual([]);
});
