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
const issuesOf = async (attributes: Record<string, unknown>) => {
  try {
    return await checkAttributes(attributes, schema, 'tenant');
  } catch (error) {
    return (error as { issues: { path: string }[] }).issues.map((issue) => issue.path);
  }
};

test('attributes without a schema stay unchanged', async () => {
  expect(await checkAttributes({ any: { thing: 1 } }, null, 'tenant')).toEqual({ any: { thing: 1 } });
});

test('every problem has a path under /attributes', async () => {
  expect(await issuesOf({ paymentId: 'x' })).toEqual(['/attributes/paymentId']);
  expect(await issuesOf({ paymentId: 'pay_1', card: { pin: 'no' } })).toEqual(['/attributes/card/pin']);
  expect(await issuesOf({})).toEqual(['/attributes/paymentId']);
});

test('secrets are replaced by a mark, and the mark may be sent back', async () => {
  const stored = await checkAttributes({ paymentId: 'pay_1', card: { pin: 1234 } }, schema, 'tenant');
  expect(stored).toEqual({ paymentId: 'pay_1', card: { pin: redactionMark } });
  expect(await checkAttributes(stored, schema, 'tenant')).toEqual(stored);
  // Where the schema marks no secret, the mark is plain text.
  expect(await issuesOf({ paymentId: redactionMark })).toEqual(['/attributes/paymentId']);
});

test('attributes that are secret as a whole are not stored', async () => {
  expect(await checkAttributes({ any: 'thing' }, { type: 'object', writeOnly: true }, 'tenant')).toEqual({});
});
