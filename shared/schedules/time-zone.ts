const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(zone: string): Intl.DateTimeFormat {
  let format = formats.get(zone);
  if (!format) {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
    formats.set(zone, format);
  }
  return format;
}

/** How far the clocks of a zone are ahead of UTC at an instant, in milliseconds. */
export function offsetAt(instant: number, zone: string): number {
  if (zone === 'UTC') return 0;
  const at = Math.floor(instant / 1000) * 1000;
  const part: Partial<Record<Intl.DateTimeFormatPartTypes, string>> = {};
  for (const { type, value } of formatOf(zone).formatToParts(at)) part[type] = value;
  const { year, month, day, hour, minute, second } = part;
  return Date.UTC(+year!, +month! - 1, +day!, +hour!, +minute!, +second!) - at;
}

const dayMs = 86_400_000;

/**
 * The instants at which the clocks of a zone show a time: none where they skip it, two where they repeat it.
 * @param wall the clock time, as if it were in UTC
 */
export function wallToInstants(wall: number, zone: string): number[] {
  const offsets = new Set([offsetAt(wall - dayMs, zone), offsetAt(wall + dayMs, zone)]);
  return [...offsets]
    .map((offset) => wall - offset)
    .filter((instant) => wall - instant === offsetAt(instant, zone))
    .sort((a, b) => a - b);
}

/** The zone as it is written in the database of time zones; null when there is none with this name. */
export function knownZone(name: string): string | null {
  // Others take an offset such as +02:00, which Temporal does not.
  if (!/^[A-Za-z][A-Za-z0-9_+-]*(?:\/[A-Za-z0-9_+-]+)*$/.test(name)) return null;
  try {
    return new Intl.DateTimeFormat('en-US', { timeZone: name }).resolvedOptions().timeZone;
  } catch {
    return null;
  }
}

/** "2026-03-29T03:30:00+02:00" */
export function localTime(at: Date, zone: string): string {
  const offset = offsetAt(at.getTime(), zone);
  const local = new Date(at.getTime() + offset).toISOString().slice(0, 19);
  if (offset === 0) return `${local}Z`;
  const minutes = Math.abs(offset) / 60_000;
  const two = (value: number) => String(Math.trunc(value)).padStart(2, '0');
  return `${local}${offset < 0 ? '-' : '+'}${two(minutes / 60)}:${two(minutes % 60)}`;
}

/** A point at which the clocks of a zone change, with the offsets around it. */
export interface ClockChange {
  at: number;
  before: number;
  after: number;
}

/** Where the clocks of a zone change, to the second. */
export function clockChanges(zone: string, from: number, to: number): ClockChange[] {
  const found: ClockChange[] = [];
  for (let start = from; start < to; start += dayMs) {
    let [low, high] = [start, start + dayMs];
    const [before, after] = [offsetAt(low, zone), offsetAt(high, zone)];
    if (before === after) continue;
    while (high - low > 1000) {
      const middle = low + Math.floor((high - low) / 2000) * 1000;
      if (offsetAt(middle, zone) === before) low = middle;
      else high = middle;
    }
    found.push({ at: Math.floor(high / 1000) * 1000, before, after });
  }
  return found;
}
