import { expect, test } from 'vitest';
import { groupHeadings, orderHeadings } from '../../../web/features/inbox/inbox-groups.ts';
import { type Item, keyOf, mergeRows } from '../../../web/features/inbox/inbox-rows.ts';
import { manyWords } from '../../../web/kit/bulk/many-words.ts';

const now = Date.parse('2026-05-04T12:00:00Z');
const hours = (count: number) => new Date(now + count * 3_600_000).toISOString();
// biome-ignore lint/suspicious/noExplicitAny: only what the headings read
const step = (severity: string | null, dueIn: number | null, openedIn = -1): any => ({
  step: { title: 'Check', dueAt: dueIn === null ? null : hours(dueIn), openedAt: hours(openedIn) },
  exception: severity && { id: severity, number: 7, title: 'Late', severity, domain: 'general' },
});

const words = (...[items, sort, at]: Parameters<typeof orderHeadings>) =>
  orderHeadings(items, sort, at).map(([heading]) => heading?.label ?? null);

test('what is urgent stands under its severity or as overdue, each heading once', () => {
  const items = [
    step('critical', -1),
    step('critical', null),
    step('low', -2),
    step('high', 3),
    step(null, 1),
  ];
  expect(words(items, 'urgency', now)).toEqual(['Critical', null, 'Overdue', 'High', 'Without exception']);
});

test('by due date, age and exception', () => {
  expect(words([step('low', -1), step(null, 2), step(null, 40), step(null, null)], 'due', now)).toEqual([
    'Overdue',
    'Due in a day',
    'Due later',
    'No due date',
  ]);
  expect(words([step('low', 1, -200), step('low', 1, -30), step('low', 1)], 'age', now)).toEqual([
    'Waiting for more than a week',
    'Waiting for more than a day',
    'New in the last day',
  ]);
  expect(words([step('low', 1), step('low', 2), step(null, 1)], 'case', now)).toEqual([
    'EX-7 Late',
    null,
    'Without exception',
  ]);
});

test('a list of one group has no heading', () => {
  expect(words([step('low', 1), step('low', 2)], 'severity', now)).toEqual([null, null]);
});

const groups = ['critical', 'high', 'medium', 'none'].map((key) => ({
  key,
  label: null,
  count: 3,
  overdue: 1,
}));
const shown = (items: unknown[], closed: string[], hasMore = false) =>
  // biome-ignore lint/suspicious/noExplicitAny: as above
  groupHeadings(items as any[], 'severity', { groups, closed: new Set(closed), hasMore }, now).map(
    (headings) =>
      headings.map(({ label, closed: isClosed }) => `${label}${isClosed ? ' closed' : ''}`).join(', '),
  );

test('each group has its heading once, and a closed one keeps its place', () => {
  expect(shown([step('critical', 1), step('critical', 2), step('high', 1)], [])).toEqual([
    'Critical',
    '',
    'High',
    '',
  ]);
  expect(shown([step('high', 1), step(null, 1)], ['critical', 'medium'])).toEqual([
    'Critical closed, High',
    'Medium closed, Without exception',
    '',
  ]);
  // What follows the last row that is loaded is not known yet.
  expect(shown([step('high', 1)], ['none'], true)).toEqual(['High', '']);
  expect(shown([step('high', 1)], ['none'])).toEqual(['High', 'Without exception closed']);
  expect(shown([], ['critical'])).toEqual(['Critical closed']);
  // Of a group that came after the groups were counted.
  expect(shown([step('low', 1)], [])).toEqual(['Low', '']);
});

test('a row that no longer waits stays where it was, until it may go', () => {
  const rows = ['a', 'b', 'c', 'd'].map((id) => ({
    run: { id },
    step: { id: 'check' },
  })) as unknown as Item[];
  const ids = (merged: Item[]) => merged.map((item) => ('run' in item ? item.run.id : '')).join('');
  const [a, b, c, d] = rows as [Item, Item, Item, Item];
  expect(ids(mergeRows(rows, [a, d], new Set()))).toBe('abcd');
  expect(ids(mergeRows(rows, [b, c], new Set()))).toBe('abcd');
  const fresh = { run: { id: 'e' }, step: { id: 'check' } } as unknown as Item;
  expect(ids(mergeRows(rows, [fresh, a, c], new Set()))).toBe('eabcd');
  expect(ids(mergeRows(rows, [a, d], new Set([keyOf(b)])))).toBe('acd');
});

test('what became of many steps is said in one line', () => {
  const items = [
    ...Array.from({ length: 46 }, () => ({ result: 'done' as const, by: null })),
    { result: 'already_done' as const, by: 'Ana' },
    { result: 'already_done' as const, by: 'Ana' },
    { result: 'changed' as const, by: null },
  ];
  const named = {
    done: (of: number) => `${of} completed`,
    already: (of: number, by: string) => `${of} already completed by ${by}`,
  };
  expect(manyWords(items, named)).toBe(
    '46 completed, 2 already completed by Ana and 1 changed since the preview',
  );
});
