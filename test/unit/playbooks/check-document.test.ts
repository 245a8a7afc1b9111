import { describe, expect, test } from 'vitest';
import { checkDocument, documentIssues } from '../../../shared/playbooks/server/check-document.ts';
import { parseShape } from '../../../shared/playbooks/server/check-shape.ts';
import { catalogOf, tools } from './catalog-support.ts';

type Json = Record<string, unknown>;

const manual = (id: string, more: Json = {}) => ({ id, type: 'manual', title: id, ...more });
const call = (id: string, input: Json, more: Json = {}) => ({
  id,
  type: 'call_tool',
  title: id,
  tool: 'refund',
  input,
  ...more,
});
const decision = (id: string, options: Json[], more: Json = {}) => ({
  id,
  type: 'decision',
  title: id,
  options: options.map((option) => ({ title: String(option.id), ...option })),
  ...more,
});
const parallel = (id: string, branches: Json[]) => ({
  id,
  type: 'parallel',
  title: id,
  branches: branches.map((branch) => ({ title: String(branch.id), ...branch })),
});
const wait = (id: string, more: Json) => ({ id, type: 'wait', title: id, ...more });
const sub = (playbook: string, input: Json = {}) => ({
  id: 'sub',
  type: 'playbook',
  title: 'Sub',
  playbook,
  input,
});
const good = { paymentId: 'p', amount: 5 };
const document = (steps: Json[], more: Json = {}) => ({ name: 'own_one', title: 'Own', steps, ...more });

const others = [
  {
    name: 'other_one',
    title: 'Other',
    inputSchema: { type: 'object', required: ['why'], properties: { why: { type: 'string' } } },
    steps: [manual('a')],
  },
  { name: 'back_again', title: 'Back', steps: [sub('through_it')] },
  { name: 'through_it', title: 'Through', steps: [sub('own_one')] },
];

async function check(sent: Json): Promise<string[]> {
  const parsed = parseShape(sent);
  const issues = parsed.document
    ? await documentIssues(parsed.document, catalogOf(tools, others), 'tenant')
    : parsed.issues;
  return issues.map(({ path, message }) => `${path} ${message}`);
}

const form = (properties: Json, more: Json = {}) => ({ form: { type: 'object', properties, ...more } });

describe('a valid document', () => {
  const cases: [string, Json[], Json?][] = [
    ['one step', [manual('a')]],
    [
      'the example of the API reference',
      [
        manual('check', form({ refund: { type: 'boolean' } })),
        call(
          'refund_it',
          { paymentId: '${{ exception.attributes.paymentId }}', amount: 12.5 },
          { when: '${{ steps.check.output.refund = true }}' },
        ),
      ],
    ],
    [
      'a number from an integer',
      [
        manual('a', form({ n: { type: 'integer' } })),
        call('b', { paymentId: 'p', amount: '${{ steps.a.output.n }}' }),
      ],
    ],
    [
      'an integer from a number, which may be an integer',
      [
        manual('a', form({ n: { type: 'number' } })),
        call('b', { ...good, count: '${{ steps.a.output.n }}' }),
      ],
    ],
    [
      'one of several types that fits',
      [
        manual('a', form({ n: { type: ['string', 'number'] } })),
        call('b', { paymentId: 'p', amount: '${{ steps.a.output.n }}' }),
      ],
    ],
    ['an enum with an expression', [manual('a'), call('b', { ...good, currency: '${{ input.currency }}' })]],
    ['an expression that decides a branch of a schema', [call('b', { ...good, how: '${{ input.how }}' })]],
    [
      'a pattern that a text with an expression may match',
      [call('b', { ...good, reference: 'R-${{ run.id }}' })],
    ],
    [
      'items that are expressions',
      [call('b', { ...good, tags: ['${{ run.id }}', '${{ exception.title }}'] })],
    ],
    [
      'an output without declared properties',
      [
        call('a', {}, { tool: 'anything' }),
        call('b', { paymentId: '${{ steps.a.output.deep.down }}', amount: 1 }),
      ],
    ],
    [
      'additional properties that the form allows',
      [
        manual('a', form({ x: {} }, { additionalProperties: true })),
        manual('b', { when: 'steps.a.output.y = 1' }),
      ],
    ],
    ['items of a list', [call('a', good), manual('b', { when: '$count(steps.a.output.lines.sku) > 1' })]],
    [
      'names inside a filter are those of the items',
      [call('a', good), manual('b', { when: '$exists(steps.a.output.lines[sku = "x" and other = 1])' })],
    ],
    [
      'a step inside a branch, from after it',
      [
        parallel('p', [
          { id: 'l', steps: [manual('a')] },
          { id: 'r', steps: [manual('b')] },
        ]),
        manual('c', { when: 'steps.a.outcome = "done"' }),
      ],
    ],
    [
      'a step before its container',
      [
        manual('z'),
        parallel('p', [
          { id: 'l', steps: [manual('a', { when: 'steps.z.outcome = "done"' })] },
          { id: 'r', steps: [manual('b')] },
        ]),
      ],
    ],
    [
      'an end that ends a branch alone',
      [
        parallel('p', [
          { id: 'l', steps: [decision('d', [{ id: 'x', end: true }, { id: 'y' }])] },
          { id: 'r', steps: [manual('b')] },
        ]),
        manual('c', { when: 'steps.d.outcome = "x"' }),
      ],
    ],
    [
      'a step after a decision that continues in one option',
      [decision('d', [{ id: 'x', end: true }, { id: 'y' }]), manual('b')],
    ],
    [
      'a step after a decision that may be skipped',
      [
        manual('z'),
        decision(
          'd',
          [
            { id: 'x', end: true },
            { id: 'y', end: true },
          ],
          { when: 'steps.z.outcome = "done"' },
        ),
        manual('b'),
      ],
    ],
    [
      'a choice between two options',
      [decision('d', [{ id: 'x' }, { id: 'y' }], { choose: 'exception.severity = "high" ? "x" : "y"' })],
    ],
    ['another playbook', [sub('other_one', { why: '${{ exception.title }}' })]],
    [
      'a probe that reads',
      [
        call('a', good, {
          probe: { tool: 'find_refund', input: { key: '${{ run.id }}' }, happened: 'output.found = true' },
        }),
      ],
    ],
    [
      'an event with a match',
      [wait('w', { event: 'paid', match: 'event.id = exception.id', timeout: 'P1D' })],
    ],
    ['a pinned version', [call('a', good, { version: 1 })]],
    [
      'two of three approvers',
      [
        {
          id: 'ok',
          type: 'approval',
          title: 'Ok',
          required: 2,
          assignee: { user: 'a@x.test' },
          approvers: [{ user: 'b@x.test' }, { user: 'c@x.test' }],
        },
      ],
    ],
    ['many of a role', [{ id: 'ok', type: 'approval', title: 'Ok', required: 5 }]],
    [
      'a trigger over the exception',
      [manual('a')],
      { triggers: [{ domain: 'pay', when: "exception.severity = 'high'" }] },
    ],
    [
      'an input the schema lists',
      [manual('a', { when: 'input.go = true' })],
      { inputSchema: { type: 'object', properties: { go: { type: 'boolean' } } } },
    ],
  ];
  test.each(cases)('a document with %s has no issues', async (_, steps, more) => {
    expect(await check(document(steps, more))).toEqual([]);
  });
});

describe('an invalid document', () => {
  const cases: [string, Json[], string[], Json?][] = [
    [
      'a shape',
      [{ id: 'A', type: 'manual', title: '' }],
      [
        '/steps/0/id Use lower-case letters, digits and underscores, starting with a letter',
        '/steps/0/title Too small: expected string to have >=1 characters',
      ],
    ],
    ['an unknown field', [manual('a', { colour: 1 })], ['/steps/0/colour is not a known field']],
    [
      'two steps with one id, at any depth',
      [manual('a'), decision('d', [{ id: 'x', steps: [manual('a')] }, { id: 'y' }])],
      ['/steps/1/options/0/steps/0/id Step 1 already has the id a'],
    ],
    [
      'two options with one id',
      [decision('d', [{ id: 'x' }, { id: 'x' }])],
      ['/steps/0/options/1/id x is used twice'],
    ],
    [
      'two branches with one id',
      [
        parallel('p', [
          { id: 'x', steps: [] },
          { id: 'x', steps: [] },
        ]),
      ],
      ['/steps/0/branches/1/id x is used twice'],
    ],
    [
      'an option with a reserved outcome as its id',
      [decision('d', [{ id: 'skip' }, { id: 'x' }])],
      ['/steps/0/options/0/id skip is a reserved outcome'],
    ],
    ['a wait without a subject', [wait('w', {})], ['/steps/0 Set one of for, until and event']],
    [
      'a wait with two subjects',
      [wait('w', { for: 'PT1H', event: 'paid' })],
      ['/steps/0/event Set only one of for, until and event: for is set already'],
    ],
    [
      'a match and a timeout without an event',
      [wait('w', { for: 'PT1H', match: 'true', timeout: 'PT1H' })],
      ['/steps/0/match This needs an event', '/steps/0/timeout This needs an event'],
    ],
    [
      'a reminder without a due time',
      [manual('a', { reminder: 'PT1H' })],
      ['/steps/0/reminder A reminder needs a due date: set due'],
    ],
    [
      'a reminder before it opens',
      [manual('a', { due: 'PT1H', reminder: 'PT2H' })],
      ['/steps/0/reminder The reminder must be shorter than due, or it is sent immediately'],
    ],
    [
      'more approvals than approvers',
      [
        {
          id: 'ok',
          type: 'approval',
          title: 'Ok',
          required: 2,
          assignee: { user: 'a@x.test' },
          approvers: [{ user: 'A@x.test' }, { user: 'a+two@x.test' }],
        },
      ],
      ['/steps/0/required 2 approvals are required, but only one person may approve'],
    ],
    [
      'a form that is not a schema',
      [manual('a', { form: { type: 'strnig' } })],
      [
        '/steps/0/form/type type must be one of "array", "boolean", "integer", "null", "number", "object", "string"',
        '/steps/0/form/type type must be a list',
      ],
    ],
    [
      'an input schema of a text',
      [manual('a')],
      ['/inputSchema/type An input is an object'],
      { inputSchema: { type: 'string' } },
    ],
    [
      'a person without an email address',
      [manual('a', { assignee: { user: 'ana' } })],
      ['/steps/0/assignee/user Use an email address, or an expression that gives one'],
    ],
    [
      'an expression that cannot be parsed',
      [manual('a', { when: 'a = = b' })],
      [
        '/steps/0/when Not a JSONata expression: The symbol "=" cannot be used as a unary operator (character 5)',
      ],
    ],
    [
      'an expression that is not closed',
      [call('a', { paymentId: '${{ run.id', amount: 1 })],
      ['/steps/0/input/paymentId ${{ has no closing }}'],
    ],
    [
      'an unknown name in an expression',
      [manual('a', { when: 'exeption.severity = "high"' })],
      ['/steps/0/when exeption is not available here: only exception, input, steps and run'],
    ],
    [
      'a field that no exception has',
      [manual('a', { when: 'exception.colour = "red"' })],
      [
        '/steps/0/when exception has no colour: only id, number, title, description, domain, severity, status, assignee, source, dueAt, createdAt and attributes',
      ],
    ],
    [
      'an unknown step',
      [manual('a', { when: 'steps.b.outcome = "done"' })],
      ['/steps/0/when Step b not found'],
    ],
    [
      'a step that comes after',
      [manual('a', { when: 'steps.b.outcome = "done"' }), manual('b')],
      ['/steps/0/when b comes after this step'],
    ],
    [
      'the step itself',
      [manual('a', { when: 'steps.a.outcome = "done"' })],
      ['/steps/0/when a is this step itself'],
    ],
    [
      'the step that contains it',
      [decision('d', [{ id: 'x', steps: [manual('a', { when: 'steps.d.outcome = "x"' })] }, { id: 'y' }])],
      ['/steps/0/options/0/steps/0/when d contains this step, so it has not ended'],
    ],
    [
      'another branch',
      [
        parallel('p', [
          { id: 'l', steps: [manual('a')] },
          { id: 'r', steps: [manual('b', { when: '$exists(steps.a)' })] },
        ]),
      ],
      ['/steps/0/branches/1/steps/0/when a is in another branch of p'],
    ],
    [
      'another option',
      [
        decision('d', [
          { id: 'x', steps: [manual('a')] },
          { id: 'y', steps: [manual('b', { when: '$exists(steps.a)' })] },
        ]),
      ],
      ['/steps/0/options/1/steps/0/when a is in another option of d'],
    ],
    [
      'an option that ended the run',
      [
        decision('d', [{ id: 'x', steps: [manual('a')], end: true }, { id: 'y' }]),
        manual('b', { when: '$exists(steps.a)' }),
      ],
      ['/steps/1/when a is in an option of d that ends the run: no step comes after it'],
    ],
    [
      'a step named inside a function',
      [manual('a', { when: '$count($map([1], function($v) { steps.b.output.x })) > 0' })],
      ['/steps/0/when Step b not found'],
    ],
    [
      'a step named from the top inside a filter',
      [manual('a', { when: '$exists(exception.attributes.list[id = $$.steps.b.outcome])' })],
      ['/steps/0/when Step b not found'],
    ],
    [
      'a field that no step has',
      [manual('a'), manual('b', { when: 'steps.a.ouput.x = 1' })],
      [
        '/steps/1/when steps.a has no ouput: only status, outcome, reason, completedBy, completedAt and output',
      ],
    ],
    [
      'an output property that the form lacks',
      [manual('a', form({ x: {} })), manual('b', { when: 'steps.a.output.y = 1' })],
      ['/steps/1/when steps.a.output has no y: only x'],
    ],
    [
      'an output property that the tool lacks',
      [call('a', good), manual('b', { when: 'steps.a.output.lines.price = 1' })],
      ['/steps/1/when steps.a.output.lines has no price: only sku'],
    ],
    [
      'an input property that the schema lacks',
      [manual('a', { when: 'input.stop = true' })],
      ['/steps/0/when input has no stop: only go'],
      { inputSchema: { type: 'object', properties: { go: {} } } },
    ],
    [
      'an unknown step in a message',
      [
        {
          id: 'n',
          type: 'notify',
          title: 'N',
          to: { role: 'operator' },
          message: 'Hi ${{ steps.q.outcome }}',
        },
      ],
      ['/steps/0/message Step q not found'],
    ],
    [
      'an unknown step in an assignee',
      [manual('a', { assignee: { user: '${{ steps.q.completedBy }}' } })],
      ['/steps/0/assignee/user Step q not found'],
    ],
    [
      'a trigger over a run',
      [manual('a')],
      ['/triggers/0/when steps is not available here: only exception'],
      { triggers: [{ when: 'steps.a.outcome = "done"' }] },
    ],
    ['an unknown tool', [call('a', {}, { tool: 'nothing' })], ['/steps/0/tool Tool nothing not found']],
    [
      'an archived tool',
      [call('a', {}, { tool: 'old_tool' })],
      ['/steps/0/tool The tool old_tool is archived: choose another one'],
    ],
    [
      'a tool that is disabled',
      [call('a', {}, { tool: 'off_tool' })],
      ['/steps/0/tool off_tool is disabled for this organization'],
    ],
    ['an unknown version', [call('a', good, { version: 7 })], ['/steps/0/version refund has no version 7']],
    [
      'a required input that is missing',
      [call('a', { paymentId: 'p' })],
      ['/steps/0/input/amount amount is required'],
    ],
    [
      'an input the tool does not know',
      [call('a', { ...good, colour: 1 })],
      ['/steps/0/input/colour colour is not a known property'],
    ],
    [
      'literals that do not match the schema',
      [call('a', { paymentId: '', amount: 0.5, currency: 'CHF', reference: 'X', count: '1' })],
      [
        '/steps/0/input/paymentId paymentId must not be empty',
        '/steps/0/input/amount amount must be at least 1',
        '/steps/0/input/count count must be a whole number',
        '/steps/0/input/currency currency must be one of "EUR", "USD"',
        '/steps/0/input/reference reference must match the pattern ^R-',
      ],
    ],
    [
      'literals beside an expression',
      [call('a', { paymentId: '${{ run.id }}', amount: 0, how: 'never' })],
      [
        '/steps/0/input/amount amount must be at least 1',
        '/steps/0/input/how how must be "slow"',
        '/steps/0/input/how how must be "fast"',
        '/steps/0/input/how how fits none of the alternatives',
      ],
    ],
    [
      'a text for a number',
      [call('a', { paymentId: 'p', amount: '${{ exception.title }}' })],
      ['/steps/0/input/amount amount must be a number'],
    ],
    [
      'a number for a text',
      [call('a', good), call('b', { paymentId: '${{ steps.a.output.total }}', amount: 1 })],
      ['/steps/1/input/paymentId paymentId must be text'],
    ],
    [
      'several types, none of which matches',
      [
        manual('a', form({ n: { type: ['string', 'boolean'] } })),
        call('b', { paymentId: 'p', amount: '${{ steps.a.output.n }}' }),
      ],
      ['/steps/1/input/amount amount must be a number'],
    ],
    [
      'a text with an expression for a number',
      [call('a', { paymentId: 'p', amount: '1${{ exception.number }}' })],
      ['/steps/0/input/amount amount must be a number'],
    ],
    [
      'a comparison for a number',
      [call('a', { paymentId: 'p', amount: '${{ exception.number > 1 }}' })],
      ['/steps/0/input/amount amount must be a number'],
    ],
    [
      'a secret output',
      [call('a', good), call('b', { ...good, card: '${{ steps.a.output.pin }}' })],
      ['/steps/1/input/card steps.a.output.pin is secret: it is not stored, so expressions cannot use it'],
    ],
    [
      'a secret input',
      [call('b', { ...good, card: 'x ${{ input.card }}' })],
      ['/steps/0/input/card input.card is secret: it is not stored, so expressions cannot use it'],
      { inputSchema: { type: 'object', properties: { card: { type: 'string', format: 'password' } } } },
    ],
    [
      'a probe that changes data',
      [call('a', good, { probe: { tool: 'refund', input: good, happened: 'output.total > 0' } })],
      ['/steps/0/probe/tool refund changes data: a probe must be read-only'],
    ],
    [
      'an unknown probe',
      [call('a', good, { probe: { tool: 'nothing', happened: 'true' } })],
      ['/steps/0/probe/tool Tool nothing not found'],
    ],
    [
      'a probe without its input',
      [call('a', good, { probe: { tool: 'find_refund', happened: 'output.fund = true' } })],
      ['/steps/0/probe/happened output has no fund: only found', '/steps/0/probe/input/key key is required'],
    ],
    [
      'a condition that is never true',
      [manual('a', { when: '${{ false }}' })],
      ['/steps/0/when This condition is never true'],
    ],
    [
      'a condition that gives no boolean',
      [manual('a', { when: '"yes"' })],
      ['/steps/0/when A condition must be true or false'],
    ],
    [
      'an outcome that a decision never has',
      [decision('d', [{ id: 'x' }, { id: 'y' }]), manual('b', { when: 'steps.d.outcome in ["x", "z"]' })],
      ['/steps/1/when d has no outcome z: only x, y'],
    ],
    [
      'an option that a decision lacks',
      [decision('d', [{ id: 'x' }, { id: 'y' }]), manual('b', { when: '"z" != steps.d.output.option' })],
      ['/steps/1/when d has no option z: only x, y'],
    ],
    [
      'an outcome that an approval never has',
      [{ id: 'ok', type: 'approval', title: 'Ok' }, manual('b', { when: 'steps.ok.outcome = "yes"' })],
      ['/steps/1/when ok has no outcome yes: only approved, rejected'],
    ],
    [
      'a step after a decision that always ends',
      [
        decision('d', [
          { id: 'x', end: true },
          { id: 'y', end: true },
        ]),
        manual('b'),
        manual('c'),
      ],
      ['/steps/1 This step is never reached: every option of d ends the run'],
    ],
    [
      'a step after a decision that ends inside',
      [
        decision('d', [
          { id: 'x', end: true },
          {
            id: 'y',
            steps: [
              decision('e', [
                { id: 'v', end: true },
                { id: 'w', end: true },
              ]),
            ],
          },
        ]),
        manual('b'),
      ],
      ['/steps/1 This step is never reached: every option of d ends the run'],
    ],
    [
      'a choice of an unknown option',
      [decision('d', [{ id: 'x' }, { id: 'y' }], { choose: 'exception.number > 3 ? "x" : "z"' })],
      ['/steps/0/choose d has no option z: only x, y'],
    ],
    [
      'a playbook that is not published',
      [sub('nothing')],
      ['/steps/0/playbook Published playbook nothing not found'],
    ],
    ['a playbook that runs itself', [sub('own_one')], ['/steps/0/playbook A playbook cannot run itself']],
    [
      'playbooks that run each other',
      [sub('back_again')],
      ['/steps/0/playbook back_again runs own_one: they would run each other in an endless loop'],
    ],
    [
      'an input that the other playbook would not take',
      [sub('other_one', { why: '${{ exception.number }}' })],
      ['/steps/0/input/why why must be text'],
    ],
    ['an input that the other playbook needs', [sub('other_one')], ['/steps/0/input/why why is required']],
    [
      'several problems at once',
      [call('a', {}, { tool: 'nothing' }), manual('a', { when: 'steps.z.outcome = "x"', reminder: 'PT1H' })],
      [
        '/steps/1/id Step 1 already has the id a',
        '/steps/1/reminder A reminder needs a due date: set due',
        '/steps/1/when Step z not found',
        '/steps/0/tool Tool nothing not found',
      ],
    ],
  ];
  test.each(cases)('%s is an issue with its path', async (_, steps, issues, more) => {
    expect(await check(document(steps, more))).toEqual(issues);
  });
});

test('a playbook with too many steps is refused, at whatever depth they are', async () => {
  const steps = (count: number, prefix: string) =>
    Array.from({ length: count }, (_, index) => manual(`${prefix}${index}`));
  const sent = document([
    ...steps(1000, 'a'),
    parallel('p', [
      { id: 'l', steps: steps(400, 'b') },
      { id: 'r', steps: steps(400, 'c') },
    ]),
  ]);
  expect(await check(sent)).toEqual(['/steps A playbook has at most 1500 steps; this one has 1801']);
});

test('a document with an invalid shape is refused without a look at the registry', async () => {
  const db = null as never;
  expect((await checkDocument(db, 'tenant', { steps: [] })).map(({ path }) => path)).toEqual([
    '/name',
    '/title',
    '/steps',
  ]);
  expect(await checkDocument(db, 'tenant', 'text')).toHaveLength(1);
});
