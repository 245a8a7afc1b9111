import { offsetAt, wallToInstants } from '../schedules/time-zone.ts';

const minuteMs = 60_000;
const dayMs = 86_400_000;

/** Clock times of a person's zone, such as 22:00 to 07:00. */
export interface QuietHours {
  from: string;
  to: string;
}

export type DigestTimes = { every: 'hour' } | { every: 'day'; at: string };

const minuteOf = (time: string): number => {
  const [hour = 0, minute = 0] = time.split(':').map(Number);
  return hour * 60 + minute;
};

/** When the quiet hours that hold at an instant end; null: none hold. */
export function quietUntil(at: Date, { from, to }: QuietHours, zone: string): Date | null {
  const instant = at.getTime();
  const wall = instant + offsetAt(instant, zone);
  const midnight = Math.floor(wall / dayMs) * dayMs;
  const now = (wall - midnight) / minuteMs;
  const [begin, end] = [minuteOf(from), minuteOf(to)];
  const isQuiet = begin < end ? now >= begin && now < end : now >= begin || now < end;
  if (!isQuiet) return null;
  return nextAt(instant, midnight + end * minuteMs + (end <= now ? dayMs : 0), zone);
}

/** When the next digest is sent, later than `at`. */
export function nextDigest(at: Date, times: DigestTimes, zone: string): Date {
  const instant = at.getTime();
  const wall = instant + offsetAt(instant, zone);
  if (times.every === 'hour') return nextAt(instant, (Math.floor(wall / 3_600_000) + 1) * 3_600_000, zone);
  const today = Math.floor(wall / dayMs) * dayMs + minuteOf(times.at) * minuteMs;
  return nextAt(instant, today > wall ? today : today + dayMs, zone);
}

/** The first instant after another at which clocks show a time; where they skip it, when they have skipped it. */
function nextAt(after: number, wall: number, zone: string): Date {
  const found = wallToInstants(wall, zone).find((each) => each > after);
  return new Date(found ?? wall - Math.min(offsetAt(wall - dayMs, zone), offsetAt(wall + dayMs, zone)));
}
