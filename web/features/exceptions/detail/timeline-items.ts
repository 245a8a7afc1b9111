import type { Outputs } from '../../../api/trpc.ts';
import { dateFormat } from '../../../kit/format.ts';
import { t } from '../../../words/words.ts';

export type TimelineItem = Outputs['exceptions']['timeline']['items'][number];

export interface Day {
  /** `2026-11-20`, in the person's time zone. */
  id: string;
  keys: readonly string[];
}

/** Details of an execution: in the audit log, not in the timeline. */
const isDetail = (item: TimelineItem) => item.kind === 'event' && item.event.type === 'CredentialUsed';

/** Pages come newest first, their items oldest first. An item that is on two pages appears once. */
export function inOrder(pages: readonly { items: readonly TimelineItem[] }[]): Map<string, TimelineItem> {
  const items = pages.toReversed().flatMap((page) => page.items);
  return new Map(items.filter((item) => !isDetail(item)).map((item) => [item.key, item]));
}

const two = (value: number) => String(value).padStart(2, '0');
const dayOf = (at: Date) => `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;

/** Consecutive items of the same day. A day can appear twice when an item arrives late. */
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

const dayFormat = dateFormat({
  weekday: 'long',
  day: 'numeric',
  month: 'long',
  year: 'numeric',
});

/** "Today", "Yesterday", "Friday 20 November 2026". */
export function dayWords(day: string, now: number): string {
  if (day === dayOf(new Date(now))) return t('Today');
  const yesterday = new Date(now);
  yesterday.setDate(yesterday.getDate() - 1);
  if (day === dayOf(yesterday)) return t('Yesterday');
  return dayFormat.format(new Date(`${day}T12:00:00`)).replace(',', '');
}

/** A truncated payload is the beginning of its JSON, as text. */
export const isCut = (value: unknown, truncated: boolean): value is string =>
  truncated && typeof value === 'string';
