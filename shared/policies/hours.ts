export const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
export type Weekday = (typeof weekdays)[number];

/** Hours of a week by the clock of a time zone; see `policyDocumentSchema`. */
export interface PolicyHours {
  days: Weekday[];
  from: string;
  to: string;
  timeZone: string;
}

/** By time zone; making one costs 50 µs. */
const clocks = new Map<string, Intl.DateTimeFormat>();

/** @throws RangeError for an unknown time zone */
function clockOf(timeZone: string): Intl.DateTimeFormat {
  const key = timeZone.toLowerCase();
  const known = clocks.get(key);
  if (known) return known;
  const options = { weekday: 'short', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const;
  const clock = new Intl.DateTimeFormat('en-US', { ...options, timeZone });
  clocks.set(key, clock);
  return clock;
}

export function isTimeZone(name: string): boolean {
  try {
    clockOf(name);
    return true;
  } catch {
    return false;
  }
}

/** Whether a moment is within the hours, by the clock on the wall there: daylight saving time moves them. */
export function isWithin({ days, from, to, timeZone }: PolicyHours, at: Date): boolean {
  const { weekday, hour, minute } = Object.fromEntries(
    clockOf(timeZone)
      .formatToParts(at)
      .map(({ type, value }) => [type, value]),
  );
  const now = `${hour}:${minute}`;
  const today = (weekdays as readonly string[]).indexOf(weekday?.toLowerCase() ?? '');
  const begins = (day: number) => days.includes(weekdays[(day + 7) % 7]!);
  if (from < to) return begins(today) && now >= from && now < to;
  return (begins(today) && now >= from) || (begins(today - 1) && now < to);
}
