import { expect, test } from 'vitest';
import { evaluate, resolve, syntaxProblem } from '../../../shared/platform/server/expressions/evaluate.ts';

// What runs inside isolates, here without one: budgets are those of `isolates.test.ts`.

const scope = { n: 7, text: 'x', list: [1, 2], secret: 'hunter2-hunter2' };

test.each([
  ['n + 1', 8],
  ['list', [1, 2]],
  ['nothing', null],
  ['$pad(text, 3, "-")', 'x--'],
  ['$pad(text, -3, "-")', '--x'],
  ['$pad(nothing, 3)', null],
  ['$match(text, /x/).match', 'x'],
])('%s is %j', async (expression, value) => {
  expect(await evaluate(expression, scope)).toEqual({ value });
});

test.each([
  ['n +', 'failed: JSONata error'],
  ['$eval("n")', 'failed: $eval is not available'],
  ['$pad(text, 9000000)', 'limited to a million characters'],
  ['($f := function(){ 1 + $f() }; $f())', 'it calls itself too deeply'],
  ['[1..9999999]', 'it makes a list that is too long'],
  ['secret + 1', 'failed: JSONata error T2001'],
])('%s is a problem in words, without a value', async (expression, problem) => {
  const found = await evaluate(expression, scope);
  expect(found).toEqual({ problem: expect.stringContaining(problem) });
  expect(JSON.stringify(found)).not.toContain('hunter2');
});

test('a template keeps types, leaves out what is absent, and fails at its place', async () => {
  const template = {
    whole: '${{ list }}',
    inside: 'n=${{ n }}, list=${{ list }}, nothing=${{ nothing }}.',
    absent: '${{ nothing }}',
    items: ['${{ n }}', '${{ nothing }}', null, true],
  };
  expect(await resolve(template, scope, '')).toEqual({
    value: { whole: [1, 2], inside: 'n=7, list=[1,2], nothing=.', items: [7, null, null, true] },
  });
  expect(await resolve({ a: ['x', '${{ n + "x" }}'] }, scope, '/input')).toMatchObject({
    path: '/input/a/1',
  });
  expect(await resolve('n=${{ n + "x" }}', scope, '/text')).toMatchObject({ path: '/text' });
});

test('the syntax is checked with its regular expressions', () => {
  expect(syntaxProblem('$match(text, /a+b/)')).toBeNull();
  expect(syntaxProblem('n +')).toContain('character');
  expect(syntaxProblem('$match(text, /(?=a)/)')).not.toBeNull();
});
