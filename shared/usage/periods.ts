/** The periods that a picture may show, in hours. */
export const periods = { '24h': 24, '7d': 168, '30d': 720, '90d': 2160 } as const;
export type PeriodName = keyof typeof periods;
export const periodNames = Object.keys(periods) as [PeriodName, ...PeriodName[]];

const hourMs = 3_600_000;

export interface Span {
  from: Date;
  to: Date;
}

/** A period up to now, what it is compared with, and its parts: hours of a day, else days. */
export interface Period extends Span {
  previous: Span;
  buckets: Span[];
}

/**
 * It ends with the hour that has begun, and begins at the start of a day in this zone. Counts are kept by hours of UTC, so in
 * a zone that is half an hour off a day begins with the hour before its midnight. The period before is as long, and ends
 * so much earlier.
 */
export function periodOf(name: PeriodName, timeZone: string, now: Date): Period {
  const to = new Date(Math.floor(now.getTime() / hourMs + 1) * hourMs);
  const hours = periods[name];
  const starts = name === '24h' ? hoursBefore(to, hours) : daysBefore(now, hours / 24, timeZone);
  const buckets = starts.map((from, index) => ({ from, to: starts[index + 1] ?? to }));
  const from = starts[0]!;
  const earlier = (at: Date) => new Date(at.getTime() - hours * hourMs);
  return { from, to, previous: { from: earlier(from), to: earlier(to) }, buckets };
}

const hoursBefore = (to: Date, hours: number): Date[] =>
  Array.from({ length: hours }, (_, index) => new Date(to.getTime() - (hours - index) * hourMs));

function daysBefore(now: Date, days: number, timeZone: string): Date[] {
  const today = dayOf(now, timeZone);
  return Array.from({ length: days }, (_, index) => {
    const midnight = startOfDay(today - (days - 1 - index), timeZone);
    return new Date(Math.floor(midnight / hourMs) * hourMs);
  });
}

/** The day in this zone, as days since 1970. */
const dayOf = (at: Date, timeZone: string): number =>
  Math.floor((at.getTime() + offsetAt(at.getTime(), timeZone)) / (24 * hourMs));

/** When a day begins in this zone. */
function startOfDay(day: number, timeZone: string): number {
  const asUtc = day * 24 * hourMs;
  const guess = asUtc - offsetAt(asUtc, timeZone);
  return asUtc - offsetAt(guess, timeZone);
}

/** How far the clocks of a zone are ahead of UTC at this moment, in milliseconds. */
function offsetAt(at: number, timeZone: string): number {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  }).formatToParts(at);
  const [year, month, day, hour, minute, second] = (
    ['year', 'month', 'day', 'hour', 'minute', 'second'] as const
  ).map((type) => Number(parts.find((part) => part.type === type)?.value));
  return Date.UTC(year!, month! - 1, day, hour, minute, second) - Math.floor(at / 1000) * 1000;
}

export function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en-US', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
