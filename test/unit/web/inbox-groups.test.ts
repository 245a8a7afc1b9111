import { expect, test } from 'vitest';
import { groupHeadings } from '../../../web/features/inbox/inbox-groups.ts';

const now = Date.parse('2026-05-04T12:00:00Z');
const hours = (count: number) => new Date(now + count * 3_600_000).toISOString();
// biome-ignore lint/suspicious/noExplicitAny: only what the headings read
const step = (severity: string | null, dueIn: number | null, openedIn = -1): any => ({
  step: { title: 'Check', dueAt: dueIn === null ? null : hours(dueIn), openedAt: hours(openedIn) },
  exception: severity && { id: severity, number: 7, title: 'Late', severity, domain: 'general' },
});

test('what is urgent stands under its severity or as overdue, each heading once', () => {
  const items = [
    step('critical', -1),
    step('critical', null),
    step('low', -2),
    step('high', 3),
    step(null, 1),
  ];
  expect(groupHeadings(items, 'urgency', now)).toEqual([
    'Critical',
    null,
    'Overdue',
    'High',
    'Without exception',
  ]);
});

test('by due date, age and exception', () => {
  expect(
    groupHeadings([step('low', -1), step(null, 2), step(null, 40), step(null, null)], 'due', now),
  ).toEqual(['Overdue', 'Due in a day', 'Due later', 'No due date']);
  expect(groupHeadings([step('low', 1, -200), step('low', 1, -30), step('low', 1)], 'age', now)).toEqual([
    'Waiting for more than a week',
    'Waiting for more than a day',
    'New in the last day',
  ]);
  expect(groupHeadings([step('low', 1), step('low', 2), step(null, 1)], 'case', now)).toEqual([
    'EX-7 Late',
    null,
    'Without exception',
  ]);
});

test('a list of one group has no heading', () => {
  expect(groupHeadings([step('low', 1), step('low', 2)], 'severity', now)).toEqual([null, null]);
});
