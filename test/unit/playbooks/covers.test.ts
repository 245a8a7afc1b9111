import { describe, expect, test } from 'vitest';
import type { ShownCall } from '../../../shared/executions/preview-schemas.ts';
import { expressionFacts } from '../../../shared/platform/server/expressions/expression-facts.ts';
import { parseDocument } from '../../../shared/playbooks/parse-document.ts';
import {
  approvalsOver,
  asksAbout,
  coveredBy,
  coversPlan,
  placementOf,
} from '../../../shared/playbooks/server/checks/covers.ts';
import { changeWords, requestChanges } from '../../../shared/playbooks/server/request-changes.ts';

const call = (id: string, more: object = {}) => ({ id, type: 'call_tool', title: id, tool: 'pay', ...more });
const sign = (id: string, more: object = {}) => ({ id, type: 'approval', title: id, ...more });
const decision = (id: string, ...options: unknown[][]) => ({
  id,
  type: 'decision',
  title: id,
  options: options.map((steps, index) => ({ id: `o${index}`, title: `O ${index}`, steps })),
});
const parallel = (id: string, ...branches: unknown[][]) => ({
  id,
  type: 'parallel',
  title: id,
  branches: branches.map((steps, index) => ({ id: `b${index}`, title: `B ${index}`, steps })),
});
const documentOf = (...steps: unknown[]) => parseDocument({ name: 'pay_out', title: 'Pay out', steps });

describe('the calls that an approval covers', () => {
  const covered = (id: string, ...steps: unknown[]) => {
    const placement = placementOf(documentOf(...steps));
    return coveredBy(placement.byId.get(id)!, placement).map(({ step }) => step.id);
  };

  test.each([
    ['the next call', ['next'], [call('before'), sign('s'), call('next'), call('later')]],
    ['none, without a call after it', [], [call('before'), sign('s')]],
    ['none, when it says so', [], [sign('s', { covers: [] }), call('next')]],
    ['those that it names', ['a', 'c'], [sign('s', { covers: ['a', 'c'] }), call('a'), call('b'), call('c')]],
    [
      'the next call of its own option',
      ['mine'],
      [decision('d', [sign('s'), call('mine')], [call('other')])],
    ],
    [
      'a call after the decision, not one of another option',
      ['after'],
      [decision('d', [sign('s')], [call('other')]), call('after')],
    ],
    [
      'a call after the branches, not one beside it',
      ['after'],
      [parallel('p', [sign('s')], [call('beside')]), call('after')],
    ],
    ['a call inside a later option', ['inner'], [sign('s'), decision('d', [call('inner')], [])]],
  ])('%s', (_, expected, steps) => {
    expect(covered('s', ...steps)).toEqual(expected);
  });

  test('a call can have several approvals, and a probe needs none', () => {
    const probe = { tool: 'look', happened: 'true' };
    const placement = placementOf(documentOf(sign('one'), sign('two'), call('pay_it', { probe })));
    expect(approvalsOver('pay_it', placement).map(({ step }) => step.id)).toEqual(['one', 'two']);
    expect(approvalsOver('one', placement)).toEqual([]);
  });

  test('the plan says which requests are not known when the approval opens', () => {
    const reads = (id: string) => ({ input: { amount: `\${{ steps.${id}.output.amount }}` } });
    const document = documentOf(
      call('early'),
      sign('s', { covers: ['plain', 'of_early', 'of_plain', 'of_own'] }),
      call('plain'),
      call('of_early', reads('early')),
      call('of_plain', reads('plain')),
      call('of_own', reads('s')),
    );
    expect(coversPlan(document, expressionFacts)).toEqual([
      {
        stepId: 's',
        calls: [
          { stepId: 'plain', known: true },
          { stepId: 'of_early', known: true },
          { stepId: 'of_plain', known: false },
          { stepId: 'of_own', known: false },
        ],
      },
    ]);
  });

  test.each([
    ['${{ steps.s.outcome = "rejected" }}', true],
    ['steps.s.outcome = "rejected"', true],
    ['steps.other.outcome = "rejected"', false],
    ['input.amount > 5', false],
  ])('a condition asks about the approval: %s', (when, expected) => {
    const { step } = placementOf(documentOf(call('c', { when }))).byId.get('c')!;
    expect(asksAbout(step, 's', expressionFacts)).toBe(expected);
  });
});

describe('what differs between two requests', () => {
  const shown = (body: unknown, more: Partial<ShownCall> = {}): ShownCall => ({
    toolId: 't',
    toolVersion: 1,
    request: { method: 'POST', url: 'https://pay.test/refunds', headers: { a: '1' }, body },
    credential: null,
    timeoutMs: 1,
    deadlineMs: 1,
    maxAttempts: 1,
    repeatPolicy: '',
    ...more,
  });

  test('every place, with its values before and after', () => {
    const before = shown({ amount: 12.5, items: [{ id: 1 }, { id: 2 }], gone: true });
    const after = shown({ amount: 1250, items: [{ id: 1 }, { id: 3 }], constructor: 'new' });
    expect(requestChanges(before, after)).toEqual([
      { path: 'body.amount', from: 12.5, to: 1250 },
      { path: 'body.items.1.id', from: 2, to: 3 },
      { path: 'body.gone', from: true },
      { path: 'body.constructor', to: 'new' },
    ]);
    expect(requestChanges(before, before)).toEqual([]);
  });

  test('the tool, its version and the credential too', () => {
    const credential = { id: 'c', name: 'Live key', type: 'bearer' };
    expect(requestChanges(shown(null), shown(null, { toolId: 'u', toolVersion: 2, credential }))).toEqual([
      { path: 'tool', from: 't', to: 'u' },
      { path: 'tool version', from: 1, to: 2 },
      { path: 'credential', to: 'Live key' },
    ]);
  });

  test('values stay out of sentences, and long lists are cut', () => {
    const many = Object.fromEntries(Array.from({ length: 500 }, (_, index) => [`k${index}`, 'secret-ish']));
    const changes = requestChanges(shown({}), shown(many));
    expect(changes).toHaveLength(100);
    expect(changeWords(changes)).toBe('body.k0, body.k1, body.k2, body.k3, body.k4 and 95 more');
  });
});
