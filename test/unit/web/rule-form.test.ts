import { describe, expect, test } from 'vitest';
import { type RuleDocument, ruleDocumentSchema } from '../../../shared/rules/rule-schemas.ts';
import { type Rule, setWords, whenWords } from '../../../web/features/rules/parts/rule-words.ts';
import { toDocument, toForm } from '../../../web/features/settings/rules/rule-form.ts';

const actor = { type: 'user', id: 'ana', name: 'Ana' } as const;
const at = '2031-01-31T12:00:00.000Z';

function rule(document: object, names: Partial<Rule['names']> = {}): Rule {
  const parsed: RuleDocument = ruleDocumentSchema.parse({ name: 'A rule', ...document });
  return {
    id: 'r1',
    position: 1,
    revision: 1,
    ...parsed,
    names: { playbook: null, assignee: null, ...names },
    problem: null,
    last: null,
    createdBy: actor,
    createdAt: at,
    updatedBy: actor,
    updatedAt: at,
  };
}

describe('the form of a rule', () => {
  test('keeps every field of a rule', () => {
    const documents = [
      {
        enabled: false,
        when: { domains: ['payments'], severities: ['high'], condition: 'true' },
        stop: true,
      },
      { set: { severity: 'low', assignee: { role: 'operator' }, dueIn: 'PT90M' } },
      {
        set: {
          assignee: { user: 'a:b' },
          dueIn: 'P2D',
          playbookId: 'p1',
          input: { a: '${{ exception.id }}' },
        },
      },
    ];
    for (const document of documents) {
      const before = rule(document);
      const { name, enabled, when, set, stop } = before;
      expect(ruleDocumentSchema.parse(toDocument(toForm(before)))).toEqual({
        name,
        enabled,
        when,
        set,
        stop,
      });
    }
  });

  test('shows a duration in the largest unit of which it is a whole number', () => {
    expect(toForm(rule({ set: { dueIn: 'PT48H' } }))).toMatchObject({ due: '2', dueUnit: 'days' });
    expect(toForm(rule({ set: { dueIn: 'PT90M' } }))).toMatchObject({ due: '90', dueUnit: 'minutes' });
  });
});

describe('a rule in words', () => {
  test('says when it applies and what it sets', () => {
    const written = rule(
      {
        when: {
          domains: ['payments', 'ledger'],
          severities: ['high', 'critical'],
          condition: 'exception.x > 1',
        },
        set: { severity: 'critical', assignee: { role: 'operator' }, dueIn: 'PT4H', playbookId: 'p1' },
        stop: true,
      },
      { assignee: 'any operator', playbook: 'Look at it' },
    );
    expect(whenWords(written)).toBe(
      'Domain payments or ledger, severity high or critical, when exception.x > 1',
    );
    expect(setWords(written)).toBe(
      'severity critical · assigned to any operator · due in 4 h · starts Look at it · ends the rules',
    );
    expect(whenWords(rule({ stop: true }))).toBe('Every new exception');
  });
});
