import { expect, test } from 'vitest';
import { policyDocumentSchema } from '../../../shared/policies/policy-schemas.ts';
import { toDocument, toForm, withComparison } from '../../../web/features/settings/policies/policy-form.ts';

const amount = { name: 'amount', title: 'Amount', type: 'number' };
const note = { name: 'note', title: 'Note', type: 'string' };

test('comparisons that people choose become a condition, and all of them must hold', () => {
  expect(withComparison('', amount, '>', ' 500 ')).toBe('amount > 500');
  expect(withComparison('amount > 500', note, '=', 'say "hi"')).toBe(
    'amount > 500 and note = "say \\"hi\\""',
  );
  expect(withComparison('a = 1 or b = 2', amount, '<', '5')).toBe('(a = 1 or b = 2) and amount < 5');
  expect(withComparison('', { ...note, name: 'first name' }, '!=', 'x')).toBe('`first name` != "x"');
});

test('a policy that is opened and saved stays the same', () => {
  const document = policyDocumentSchema.parse({
    name: 'All of it',
    note: 'n',
    enabled: false,
    effect: 'require_approval',
    tools: { tag: 'money', category: 'payments' },
    roles: ['operator'],
    when: 'amount > 500',
    schema: { type: 'object' },
    hours: { days: ['mon'], from: '09:00', to: '17:00', timeZone: 'Europe/Berlin' },
    rate: { limit: 5, per: 'hour' },
    approval: { required: 2, roles: ['approver'], fourEyes: false, expiresIn: 'PT1H' },
  });
  const actor = { type: 'user' as const, id: 'a', name: 'Ana' };
  const at = '2026-03-04T10:00:00.000Z';
  const facts = {
    id: 'p',
    revision: 1,
    summary: '',
    createdBy: actor,
    createdAt: at,
    updatedBy: actor,
    updatedAt: at,
  };
  expect(toDocument(toForm({ ...document, name: 'All of it', ...facts }))).toEqual(document);
  expect(policyDocumentSchema.safeParse(toDocument(toForm(undefined))).success).toBe(true);
});
