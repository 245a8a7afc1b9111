import { expect, test } from 'vitest';
import { evaluate } from '../../../shared/platform/server/expressions/evaluate.ts';
import { readPath } from '../../../shared/platform/server/expressions/read-path.ts';

const scope = {
  a: { b: { c: 'x' }, n: 0, no: false, empty: '', nothing: null, list: [{ b: 1 }], one: ['x'], none: [] },
  list: [{ b: 1 }, { b: 2 }],
  text: 'text',
  and: { x: 1 },
  true: 'yes',
  in: 1,
  null: 2,
  function: 3,
  _x1: 1.5,
};
const roots = [...Object.keys(scope), 'absent', 'constructor', '__proto__', 'toString', 'length'];
const names = [
  '',
  '.b',
  '.b.c',
  '.n',
  '.no',
  '.empty',
  '.nothing',
  '.nothing.x',
  '.list',
  '.list.b',
  '.one',
  '.none',
];
const more = [
  '.x',
  '.absent',
  '.constructor',
  '.length',
  '.__proto__',
  '.in',
  '.b.c.length',
  ' .b',
  '.b[0]',
  '.',
];

test('a path that is read in place has the value that JSONata gives it', async () => {
  let read = 0;
  for (const root of roots)
    for (const name of [...names, ...more]) {
      const found = readPath(root + name, scope);
      if (!found) continue;
      read += 1;
      expect([root + name, found]).toEqual([root + name, await evaluate(root + name, scope)]);
    }
  expect(read).toBeGreaterThan(80);
});

test.each(['1', '"x"', 'a.b', 'list.b', 'a.list', 'a.$count()', '$$.a', 'a.b.c = 1', '`a`', 'and', 'a.in'])(
  '%s is left to an isolate',
  (expression) => {
    expect(readPath(expression, scope)).toBeUndefined();
  },
);
