import { expect, test } from 'vitest';
import { validateHere as validateAgainst } from '../../../shared/platform/server/json-schema/validate-here.ts';

const $schema = 'https://json-schema.org/draft/2020-12/schema';
const numbers = Array.from({ length: 25 }, (_, index) => index);

test.each<[Record<string, unknown>, unknown, ...string[]]>([
  [{ dependencies: { a: ['b'] } }, { a: 1 }, '/b: b is required when a is given'],
  [{ $schema, dependentRequired: { a: ['b'] } }, { a: 1 }, '/b: b is required when a is given'],
  [
    { $schema, properties: { a: {} }, unevaluatedProperties: false },
    { b: 1 },
    '/b: b is not a known property',
  ],
  [
    { propertyNames: { maxLength: 2 } },
    { abc: 1 },
    '/abc: abc must have at most 2 characters',
    '/abc: abc has a name that is not allowed',
  ],
  [{ multipleOf: 5 }, 7, ': The value must be a multiple of 5'],
  [{ exclusiveMaximum: 5 }, 5, ': The value must be less than 5'],
  [{ minLength: 3 }, 'a', ': The value must have at least 3 characters'],
  [{ maxLength: 1 }, 'ab', ': The value must have at most 1 character'],
  [{ minItems: 1 }, [], ': The value must have at least 1 item'],
  [{ maxItems: 2 }, [1, 2, 3], ': The value must have at most 2 items'],
  [{ minProperties: 1 }, {}, ': The value must have at least 1 property'],
  [{ maxProperties: 2 }, { a: 1, b: 2, c: 3 }, ': The value must have at most 2 properties'],
  [{ format: 'email' }, 'a@', ': The value must be an email address'],
  [{ const: 'x'.repeat(80) }, 'y', `: The value must be "${'x'.repeat(59)}…`],
  [{ enum: numbers }, -1, `: The value must be one of ${numbers.slice(0, 20).join(', ')} …`],
  [{ not: { type: 'string' } }, 'a', ': The value has a form that is not allowed'],
  [{ properties: { a: false } }, { a: 1 }, '/a: a is not allowed'],
  [{ oneOf: [{ minimum: 1 }, { minimum: 2 }] }, 3, ': The value fits more than one of the alternatives'],
  [
    { anyOf: [{ minimum: 5 }, { type: 'string' }] },
    3,
    ': The value must be at least 5',
    ': The value must be text',
    ': The value fits none of the alternatives',
  ],
  [
    // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
    { if: { required: ['a'] }, then: { required: ['b'] }, else: { required: ['c'] } },
    { a: 1 },
    '/b: b is required',
  ],
  [
    { contains: { type: 'string' } },
    [1],
    '/0: [0] must be text',
    ': The value must contain at least 1 valid item(s)',
  ],
  [{ type: ['null', 'array'] }, 1, ': The value must be null or a list'],
  [
    { properties: { list: { items: { properties: { a: { type: 'boolean' } } } } } },
    { list: [{ a: 1 }] },
    '/list/0/a: list[0].a must be true or false',
  ],
])('the schema %j explains why %j is invalid', (schema, value, ...issues) => {
  const found = validateAgainst(schema, value).map(({ path, message }) => `${path}: ${message}`);
  expect(found.toSorted()).toEqual(issues.toSorted());
});

test('there are at most a hundred issues', () => {
  const value = Array.from({ length: 150 }, () => 'x');
  expect(validateAgainst({ items: { type: 'number' } }, value)).toHaveLength(100);
});
