import { expect, test } from 'vitest';
import { checkAttributes } from '../../../shared/exceptions/server/check-attributes.ts';
import { redactionMark } from '../../../shared/platform/redaction/redaction.ts';

const schema = {
  type: 'object',
  required: ['paymentId'],
  additionalProperties: false,
  properties: {
    paymentId: { type: 'string', pattern: '^pay_' },
    card: { type: 'object', properties: { pin: { type: 'integer', 'x-secret': true } } },
  },
};
const issuesOf = (attributes: Record<string, unknown>) => {
  try {
    return checkAttributes(attributes, schema);
  } catch (error) {
    return (error as { issues: { path: string }[] }).issues.map((issue) => issue.path);
  }
};

test('attributes without a schema stay unchanged', () => {
  expect(checkAttributes({ any: { thing: 1 } }, null)).toEqual({ any: { thing: 1 } });
});

test('every problem has a path under /attributes', () => {
  expect(issuesOf({ paymentId: 'x' })).toEqual(['/attributes/paymentId']);
  expect(issuesOf({ paymentId: 'pay_1', card: { pin: 'no' } })).toEqual(['/attributes/card/pin']);
  expect(issuesOf({})).toEqual(['/attributes/paymentId']);
});

test('secrets are replaced by a mark, and the mark may be sent back', () => {
  const stored = checkAttributes({ paymentId: 'pay_1', card: { pin: 1234 } }, schema);
  expect(stored).toEqual({ paymentId: 'pay_1', card: { pin: redactionMark } });
  expect(checkAttributes(stored, schema)).toEqual(stored);
  // Where the schema marks no secret, the mark is plain text.
  expect(issuesOf({ paymentId: redactionMark })).toEqual(['/attributes/paymentId']);
});

test('attributes that are secret as a whole are not stored', () => {
  expect(checkAttributes({ any: 'thing' }, { type: 'object', writeOnly: true })).toEqual({});
});
