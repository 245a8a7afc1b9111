import type { Outputs } from '../../../api/trpc.ts';
import { dateFormat, formatList } from '../../../kit/format.ts';
import { counted, t } from '../../../words/words.ts';

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

const dayParts = dateFormat({ year: 'numeric', month: '2-digit', day: '2-digit', numberingSystem: 'latn' });
function dayOf(at: Date): string {
  const parts = new Map(dayParts.formatToParts(at).map(({ type, value }) => [type, value]));
  return [parts.get('year'), parts.get('month'), parts.get('day')].join('-');
}

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

export type EventItem = TimelineItem & { kind: 'event' };

const isDelivery = (item: TimelineItem | undefined): item is EventItem =>
  item?.kind === 'event' && item.event.type === 'ExceptionSeenAgain';

/** Deliveries of one webhook that follow each other on a day, by the key of the first. */
export function deliveriesIn(
  days: readonly Day[],
  items: ReadonlyMap<string, TimelineItem>,
): ReadonlyMap<string, readonly EventItem[]> {
  const found = new Map<string, EventItem[]>();
  for (const { keys } of days) {
    let group: EventItem[] = [];
    for (const key of keys) {
      const item = items.get(key);
      if (!isDelivery(item)) group = [];
      else if (group[0]?.event.actor.id === item.event.actor.id) group.push(item);
      else {
        group = [item];
        found.set(key, group);
      }
    }
  }
  return new Map([...found].filter(([, group]) => group.length > 1));
}

/** "3 deliveries of Stripe: payment_intent.failed; all handled" */
export function deliveryWords(group: readonly EventItem[]): string {
  const names = new Set(
    group.flatMap(({ event }) => (typeof event.data.event === 'string' ? event.data.event : [])),
  );
  const source = group[0]?.event.actor.name ?? '';
  return names.size === 0
    ? counted(group.length, '{0} delivery of {1}, handled|{0} deliveries of {1}, all handled', source)
    : counted(
        group.length,
        '{0} delivery of {1}: {2}; handled|{0} deliveries of {1}: {2}; all handled',
        source,
        formatList([...names]),
      );
}

const dayFormat = dateFormat({
  weekday: 'long',
  day: 'numeric',
  month: 'long',
  year: 'numeric',
  // A day is one in every zone.
  timeZone: 'UTC',
});

/** "Today", "Yesterday", "Friday 20 November 2026". */
export function dayWords(day: string, now: number): string {
  if (day === dayOf(new Date(now))) return t('Today');
  const yesterday = new Date(now);
  yesterday.setDate(yesterday.getDate() - 1);
  if (day === dayOf(yesterday)) return t('Yesterday');
  return dayFormat.format(new Date(`${day}T12:00:00Z`)).replace(',', '');
}

/** A truncated payload is the beginning of its JSON, as text. */
export const isCut = (value: unknown, truncated: boolean): value is string =>
  truncated && typeof value === 'string';
