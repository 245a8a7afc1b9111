import { expect, test } from 'vitest';
import {
  bare,
  evaluateCondition,
  evaluateExpression,
  expressionsIn,
  resolveTemplate,
} from '../../../shared/platform/server/expressions.ts';

const scope = { n: 7, text: 'x', list: [1, 2] };

test('an expression has a value with and without ${{ }}, and an absent value is null', async () => {
  expect(await evaluateExpression('n + 1', scope)).toBe(8);
  expect(await evaluateExpression(' ${{ n + 1 }} ', scope)).toBe(8);
  expect(await evaluateExpression('nothing', scope)).toBeNull();
  expect(bare('${{ a }} and ${{ b }}')).toBe('${{ a }} and ${{ b }}');
});

test('a template keeps the type of a whole expression, and writes others into its text', async () => {
  const template = {
    whole: '${{ list }}',
    inside: 'n=${{ n }}, list=${{ list }}, text=${{ text }}, nothing=${{ nothing }}.',
    absent: '${{ nothing }}',
    items: ['${{ n }}', '${{ nothing }}', null, true],
  };
  expect(await resolveTemplate(template, scope)).toEqual({
    whole: [1, 2],
    inside: 'n=7, list=[1,2], text=x, nothing=.',
    items: [7, null, null, true],
  });
});

test('an expression that fails has the path of its place in the template', async () => {
  await expect(resolveTemplate({ a: ['x', '${{ n + "x" }}'] }, scope, '/input')).rejects.toMatchObject({
    name: 'ExpressionError',
    path: '/input/a/1',
  });
});

test.each(['nothing', 'n', 'list', 'text'])(
  'the condition %s is refused: it is not a boolean',
  async (text) => {
    await expect(evaluateCondition(text, scope, '/when')).rejects.toMatchObject({
      name: 'ExpressionError',
      path: '/when',
    });
    expect(await evaluateCondition(`$exists(${text})`, scope)).toBe(text !== 'nothing');
  },
);

test.each([
  ['${{ a }}', { whole: true, open: false, texts: ['a'] }],
  ['${{ a }} ${{ b }}', { whole: false, open: false, texts: ['a', 'b'] }],
  ['x ${{ a', { whole: false, open: true, texts: [] }],
  ['x', { whole: false, open: false, texts: [] }],
])('the expressions in %j are found', (template, expected) => {
  expect(expressionsIn(template)).toEqual(expected);
});
