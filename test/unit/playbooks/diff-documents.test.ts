import { expect, test } from 'vitest';
import { diffDocuments } from '../../../shared/playbooks/diff-documents.ts';
import { parseDocument } from '../../../shared/playbooks/parse-document.ts';

type Json = Record<string, unknown>;
const step = (id: string, more: Json = {}) => ({ id, type: 'manual', title: id.toUpperCase(), ...more });
const decision = (options: Json[]) => ({ id: 'd', type: 'decision', title: 'D', options });
const option = (id: string, steps: Json[] = [], more: Json = {}) => ({ id, title: id, steps, ...more });
const document = (steps: Json[], more: Json = {}) =>
  parseDocument({ name: 'one', title: 'One', steps, ...more });

const cases: [string, ReturnType<typeof document> | null, ReturnType<typeof document>, string[]][] = [
  ['none', document([step('a')]), document([step('a')]), []],
  ['the first document', null, document([step('a')]), ['added /steps/0 A added']],
  [
    'a step added at the beginning, while the others have not moved',
    document([step('a'), step('b')]),
    document([step('n'), step('a'), step('b')]),
    ['added /steps/0 N added'],
  ],
  ['a removed step', document([step('a'), step('b')]), document([step('b')]), ['removed /steps/0 A removed']],
  [
    'one moved step, and not those that it passed',
    document([step('a'), step('b'), step('c')]),
    document([step('b'), step('c'), step('a')]),
    ['moved /steps/2 A moved from 1 to 3'],
  ],
  [
    'a step that moved into an option',
    document([step('a'), decision([option('x'), option('y')])]),
    document([decision([option('x', [step('a')]), option('y')])]),
    ['moved /steps/0/options/0/steps/0 A moved from 1 to 2'],
  ],
  [
    'changed fields',
    document([step('a', { due: 'PT4H' })], { description: '' }),
    document([step('a', { due: 'PT2H', optional: true, when: 'true' })], { description: 'Now' }),
    [
      'changed /description description set to Now',
      'changed /steps/0/due due changed from PT4H to PT2H',
      'changed /steps/0/optional optional changed from false to true',
      'changed /steps/0/when when set to true',
    ],
  ],
  [
    'a field that is no longer set',
    document([step('a', { due: 'PT4H' })]),
    document([step('a')]),
    ['changed /steps/0/due due removed (was PT4H)'],
  ],
  [
    'changed options',
    document([decision([option('x'), option('y')])]),
    document([decision([option('x', [], { end: true }), option('z')])]),
    [
      'removed /steps/0/options Option y removed',
      'changed /steps/0/options/0/end end changed from false to true',
      'added /steps/0/options/1 Option z added',
    ],
  ],
  [
    'a step of another type under the same id',
    document([step('a')]),
    document([{ id: 'a', type: 'notify', title: 'A', to: { role: 'operator' }, message: 'm' }]),
    [
      'changed /steps/0/optional optional removed (was false)',
      'changed /steps/0/type type changed from manual to notify',
      'changed /steps/0/to to set to {"role":"operator"}',
      'changed /steps/0/message message set to m',
    ],
  ],
];

test.each(cases)('the changes between two documents: %s', (_, before, after, changes) => {
  expect(diffDocuments(before, after).map(({ kind, path, message }) => `${kind} ${path} ${message}`)).toEqual(
    changes,
  );
});
