import type { Outputs } from '../../../api/trpc.ts';

export type TimelineItem = Outputs['exceptions']['timeline']['items'][number];

export interface Day {
  /** 2026-11-20, where the person is. */
  id: string;
  keys: readonly string[];
}

/** Part of a tool run: the audit trail has it, and here it would only be in the way. */
const isPartOfRun = (item: TimelineItem) => item.kind === 'event' && item.event.type === 'CredentialUsed';

/** Pages come newest first, each of them oldest first; an item that moved between two reads stands once. */
export function inOrder(pages: readonly { items: readonly TimelineItem[] }[]): Map<string, TimelineItem> {
  const items = pages.toReversed().flatMap((page) => page.items);
  return new Map(items.filter((item) => !isPartOfRun(item)).map((item) => [item.key, item]));
}

const two = (value: number) => String(value).padStart(2, '0');
const dayOf = (at: Date) => `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;

/** Keys of neighbours of one day; a late item of another day stands where it happened, under its own heading. */
export function byDay(items: Iterable<TimelineItem>): Day[] {
  const days: { id: string; keys: string[] }[] = [];
  for (const { at, key } of items) {
    const day = dayOf(new Date(at));
    const last = days.at(-1);
    if (last?.id === day) last.keys.push(key);
    else days.push({ id: day, keys: [key] });
  }
  return days;
}

const dayFormat = new Intl.DateTimeFormat('en-GB', {
  weekday: 'long',
  day: 'numeric',
  month: 'long',
  year: 'numeric',
});

/** "Today", "Yesterday", "Friday 20 November 2026". */
export function dayWords(day: string, now: number): string {
  if (day === dayOf(new Date(now))) return 'Today';
  const yesterday = new Date(now);
  yesterday.setDate(yesterday.getDate() - 1);
  if (day === dayOf(yesterday)) return 'Yesterday';
  return dayFormat.format(new Date(`${day}T12:00:00`)).replace(',', '');
}

/** A payload that was cut is the beginning of its JSON, as text. */
export const isCut = (value: unknown, truncated: boolean): value is string =>
  truncated && typeof value === 'string';
