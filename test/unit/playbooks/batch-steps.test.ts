import { describe, expect, test } from 'vitest';
import { quote, quoteText } from '../../../shared/platform/server/expressions/quote.ts';
import { evaluateExpression, resolveTemplate } from '../../../shared/platform/server/expressions.ts';
import { definitionOf, stepOutcomes, stepSchema } from '../../../shared/playbooks/steps/registry.ts';

const forEach = stepSchema.parse({
  id: 'each',
  type: 'for_each',
  title: 'Each',
  tool: 'look',
  items: 'input.orders',
});
const batch = stepSchema.parse({
  id: 'graph',
  type: 'batch',
  title: 'Graph',
  optional: true,
  calls: [
    { id: 'one', tool: 'look' },
    { id: 'two', tool: 'send', payload: { text: '${{ calls.one.output }}' }, when: 'input.go' },
  ],
});
const ids = (outcomes: { id: string }[]) => outcomes.map(({ id }) => id);

describe('steps with many calls', () => {
  test('an item is its own payload by default, and a person runs the calls', () => {
    expect(forEach).toMatchObject({
      payload: '${{ row }}',
      onFailure: 'stay_open',
      onCallFailure: 'stop',
      optional: false,
    });
    expect(ids(stepOutcomes(forEach))).toEqual(['run']);
    expect(ids(stepOutcomes(batch))).toEqual(['run', 'skip']);
    expect(ids(stepOutcomes(batch, 'failed'))).toEqual(['retry_failed', 'skip', 'abort']);
    expect(definitionOf(forEach).defaultRole).toBe('operator');
  });

  test('every call and every expression is known with its place', () => {
    expect(definitionOf(batch).toolCalls(batch)).toMatchObject([
      { path: '/calls/0', tool: 'look', inputAt: '/calls/0/payload', many: true },
      { path: '/calls/1', tool: 'send', inputAt: '/calls/1/payload', many: true },
    ]);
    expect(definitionOf(batch).expressions(batch)).toMatchObject([
      { path: '/calls/0/payload', atOpening: false },
      { path: '/calls/1/payload', callsOf: { one: { tool: 'look' }, two: { tool: 'send' } } },
      { path: '/calls/1/when', kind: 'condition' },
    ]);
    expect(definitionOf(forEach).expressions(forEach)).toMatchObject([
      { path: '/items', atOpening: true },
      { path: '/payload', roots: expect.arrayContaining(['row', 'item']) },
    ]);
  });

  test('the output has the status, the counts, and the calls with the outputs of their tools', () => {
    const outputOf = ({ tool }: { tool: string }) => (tool === 'look' ? { type: 'string' } : null);
    expect(definitionOf(batch).outputSchema(batch, outputOf)).toMatchObject({
      properties: {
        counts: { properties: { failed: { type: 'integer' } } },
        calls: { properties: { one: { properties: { output: { type: 'string' } } } } },
      },
    });
  });

  test('a shape that cannot be is refused', () => {
    const refused = (more: object) => stepSchema.safeParse({ ...forEach, ...more }).success === false;
    expect(refused({ concurrency: 0 })).toBe(true);
    expect(refused({ items: '' })).toBe(true);
    expect(refused({ onCallFailure: 'undo' })).toBe(true);
    expect(stepSchema.safeParse({ ...batch, calls: [] }).success).toBe(false);
  });
});

describe('data as a template', () => {
  const hostile = [
    'plain',
    '${{ calls.x.output }}',
    'before ${{ a }} after',
    '${{ never closed',
    '"quotes" \\ and \n lines ${{ "x" }} }}',
    '$${{ }} ünïcode 🎈',
  ];

  test.each(hostile)('%j resolves to itself', async (text) => {
    const scope = { calls: { x: { output: 'stolen' } }, a: 'stolen' };
    expect(await resolveTemplate({ list: [quote(text)] }, scope)).toEqual({ list: [text] });
    expect(await evaluateExpression(quoteText(text), scope)).toBe(text);
  });

  test('what holds no expression stays as it is', () => {
    const value = { a: 1, b: [true, null, 'x'], c: { d: 'y' } };
    expect(quote(value)).toEqual(value);
  });
});
