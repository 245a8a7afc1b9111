import { expect, test } from 'vitest';
import {
  type ExpressionFacts,
  expressionFacts,
  typesIn,
} from '../../../shared/platform/server/expressions/expression-facts.ts';

function factsOf(text: string): ExpressionFacts {
  const read = expressionFacts(text);
  if ('problem' in read) throw new Error(read.problem);
  return read.facts;
}
/** Every plain path is a text, except one that starts with `unknown`. */
const typesOf = (text: string) =>
  typesIn(factsOf(text).type, ({ names }) => (names[0] === 'unknown' ? null : ['string']));

test.each<[string, ...string[]]>([
  ['a.b = 1', 'a.b'],
  ['a.b[0].c', 'a.b…'],
  ['a.$sum(b)', 'a…'],
  ['$$.a.b', 'a.b'],
  ['list[id = $$.a.b]', 'list…', 'a.b'],
  ['list[id = b]', 'list…'],
  ['list{kind: amount}', 'list…'],
  ['a[]', 'a…'],
  ['$map([1], function($v) { a.b })', 'a.b'],
  ['$$'],
])('%s refers to the right paths', (text, ...paths) => {
  const found = factsOf(text).references.map(({ names, whole }) => names.join('.') + (whole ? '' : '…'));
  expect(new Set(found)).toEqual(new Set(paths));
});

test.each<[string, string[] | null]>([
  ['1', ['integer']],
  ['1.5', ['number']],
  ['"x"', ['string']],
  ['true', ['boolean']],
  ['null', ['null']],
  ['a.b', ['string']],
  ['unknown.b', null],
  ['a[0]', null],
  ['a{b: c}', null],
  ['a = 1 and b', ['boolean']],
  ['a in ["x"]', ['boolean']],
  ['a & "x"', ['string']],
  ['a * 2', ['number']],
  ['-a', ['number']],
  ['[1..3]', ['array']],
  ['{"a": 1}', ['object']],
  ['a ? 1 : "x"', ['integer', 'string']],
  ['a ? 1 : unknown', null],
  ['a ? 1', null],
  ['($x := 1; "x")', ['string']],
  ['$sum(a)', null],
  ['[1, 2][0]', null],
])('the value of %s has the types %j', (text, types) => {
  expect(typesOf(text)).toEqual(types);
});

test.each<[string, unknown[] | null]>([
  ['"x"', ['x']],
  ['("x")', ['x']],
  ['a ? "x" : b ? 2 : null', ['x', 2, null]],
  ['a ? "x" : b', null],
  ['a ? "x"', null],
  ['(1; 2)', null],
  ['a', null],
])('the value of %s is one of the literals %j', (text, literals) => {
  expect(factsOf(text).literals).toEqual(literals);
});

test.each<[string, ...string[]]>([
  ['a.b = "x"', 'a.b x'],
  ['"x" != a', 'a x'],
  ['a in ["x", 1, "y"]', 'a x', 'a y'],
  ['a > "x"'],
  ['a[0] = "x"'],
  ['a = b'],
])('%s compares the right paths with texts', (text, ...comparisons) => {
  const found = factsOf(text).comparisons.map(({ names, literal }) => `${names.join('.')} ${literal}`);
  expect(found).toEqual(comparisons);
});

test('a text that is not an expression has a problem with its position', () => {
  expect(expressionFacts('a.(')).toEqual({
    problem: expect.stringMatching(/^Not a JSONata expression: .+ \(character \d+\)$/),
  });
});
