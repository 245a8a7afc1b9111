import { expect, test } from 'vitest';
import { groupsAround, linesOf, partOf } from '../../../web/kit/json-tree/json-lines.ts';
import { processorTime } from '../../support/processor-time.ts';

const shown = (value: unknown, turned: Record<string, boolean> = {}) =>
  linesOf(value, new Map(Object.entries(turned))).map(({ kind, path, depth, last }) =>
    [kind, path, depth, last ? '' : ','].join(' ').trim(),
  );

test('two levels are open; a person opens and closes the others', () => {
  const value = { a: { b: { c: 1 } }, 'd/e': [] };
  expect(shown(value)).toEqual([
    'open  0',
    'open /a 1 ,',
    'closed /a/b 2',
    'end /a 1 ,',
    'value /d~1e 1',
    'end  0',
  ]);
  expect(shown(value, { '/a/b': true })).toContain('value /a/b/c 3');
  expect(shown(value, { '': false })).toEqual(['closed  0']);
});

test('a long document has few lines at first, and takes little time', () => {
  const rows = Array.from({ length: 20_000 }, (_, id) => ({ id, tags: ['a', 'b'], text: 'x'.repeat(200) }));
  const took = processorTime();
  expect(shown({ rows })).toEqual(['open  0', 'closed /rows 1', 'end  0']);
  const open = linesOf({ rows }, new Map([['/rows', true]]));
  expect(open).toHaveLength(20_004);
  expect(took()).toBeLessThan(1_000);
});

test('a long text is shortened, and opens as lines', () => {
  const text = `${'ä"\n'.repeat(2_000)}`;
  expect(shown({ text })).toEqual(['open  0', 'value /text 1', 'end  0']);
  const lines = linesOf({ text }, new Map([['/text', true]])).filter(({ kind }) => kind === 'text');
  expect(lines.map(({ part }) => part)).toEqual([1, 2, 3]);
  expect(`"${lines.map(({ part }) => partOf(text, part)).join('')}"`).toBe(JSON.stringify(text));
});

test('what a pointer points at is in these groups', () => {
  expect(groupsAround('/a/0/b')).toEqual(['', '/a', '/a/0']);
  expect(groupsAround('')).toEqual([]);
});
