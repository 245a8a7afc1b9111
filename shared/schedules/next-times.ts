import { Cron } from 'croner';
import { cronOf, isHourly } from './cron.ts';
import type { ScheduleSpec } from './schedule-schemas.ts';
import { clockChanges, localTime, offsetAt, wallToInstants } from './time-zone.ts';

// Clock times are taken literally: one that does not exist on a day is left out. One that exists twice comes once, the first
// time, unless the schedule comes in every hour and so keeps its pace.

interface NextTimes {
  /** In order, without jitter. */
  times: Date[];
  /** Clock times before the last one that do not exist on their day: "2026-03-29T02:30". */
  skipped: string[];
  /** Clock times that exist twice on their day. */
  repeated: string[];
}

const dayMs = 86_400_000;
/** More than any change of clocks. */
const slackMs = 3 * 3_600_000;
const mostNotes = 50;

/** The times after a point, at most `count`. The spec is checked. */
export function nextTimes(spec: ScheduleSpec, after: Date, count: number): NextTimes {
  const begin = spec.startAt === undefined ? after.getTime() : Date.parse(spec.startAt) - 1;
  const from = Math.max(after.getTime(), begin);
  const end = spec.endAt === undefined ? Number.POSITIVE_INFINITY : Date.parse(spec.endAt);
  return spec.everyMs === undefined ? byClock(spec, from, end, count) : byInterval(spec, from, end, count);
}

function byInterval({ everyMs = 0, offsetMs = 0 }: ScheduleSpec, from: number, end: number, count: number) {
  const times: Date[] = [];
  for (let n = Math.floor((from - offsetMs) / everyMs) + 1; times.length < count; n += 1) {
    const at = n * everyMs + offsetMs;
    if (at > end) break;
    times.push(new Date(at));
  }
  return { times, skipped: [], repeated: [] };
}

/** Whether clocks change within a day. */
const isNearChange = (at: number, zone: string): boolean =>
  offsetAt(at - dayMs, zone) !== offsetAt(at + dayMs, zone);

function byClock(spec: ScheduleSpec, from: number, end: number, count: number): NextTimes {
  const zone = spec.timeZone ?? 'UTC';
  // Clock times, as if they were in UTC.
  const clock = new Cron(cronOf(spec), { timezone: 'UTC', domAndDow: true });
  let wall: Date | null = new Date(
    from + offsetAt(from, zone) - (isNearChange(from, zone) ? slackMs : 0) - 1000,
  );
  const hourly = isHourly(spec);
  const found: number[] = [];
  const skipped: string[] = [];
  const repeated: string[] = [];
  let until = Number.POSITIVE_INFINITY;
  for (;;) {
    wall = clock.nextRun(wall);
    if (!wall || wall.getTime() > until) break;
    const all = wallToInstants(wall.getTime(), zone);
    const instants = hourly ? all : all.slice(0, 1);
    const name = wall.toISOString().slice(0, 16);
    const isBefore = instants.every((at) => at <= from);
    if (all.length === 0 && wall.getTime() > from + offsetAt(from, zone) && skipped.length < mostNotes)
      skipped.push(name);
    if (!isBefore && all.length > 1 && repeated.length < mostNotes) repeated.push(name);
    found.push(...instants.filter((at) => at > from));
    if (instants.some((at) => at > end)) break;
    // Where clocks go back, a later clock time may come earlier.
    if (found.length >= count && until === Number.POSITIVE_INFINITY)
      until = wall.getTime() + (isNearChange(found.at(-1)!, zone) ? slackMs : 0);
  }
  const times = found
    .sort((a, b) => a - b)
    .filter((at) => at <= end)
    .slice(0, count);
  const last = times.at(-1);
  const shown = (walls: string[]) =>
    last === undefined ? [] : walls.filter((name) => name <= localTime(new Date(last), zone).slice(0, 16));
  return { times: times.map((at) => new Date(at)), skipped: shown(skipped), repeated: shown(repeated) };
}

/** The times from `from` to `to`, both included; null: more than `most`. */
export function timesBetween(spec: ScheduleSpec, from: Date, to: Date, most: number): Date[] | null {
  const bounded =
    spec.endAt !== undefined && Date.parse(spec.endAt) < to.getTime() ? spec.endAt : to.toISOString();
  const { times } = nextTimes({ ...spec, endAt: bounded }, new Date(from.getTime() - 1), most + 1);
  return times.length > most ? null : times;
}

/** Whether a schedule comes at this time. */
export const isTimeOf = (spec: ScheduleSpec, at: Date): boolean =>
  nextTimes(spec, new Date(at.getTime() - 1), 1).times[0]?.getTime() === at.getTime();

/** How far ahead Temporal is told of times around a change of clocks. */
const aheadMs = 200 * dayMs;
const mostExtra = 300;

/**
 * The times around changes of clocks in the next 200 days, for Temporal to be told of each: it leaves out some of them. (Its
 * server 1.29 misses times in the repeated hour of zones east of Greenwich, and days without a midnight.)
 */
export function timesAroundChanges(spec: ScheduleSpec, now: number): Date[] {
  if (spec.everyMs !== undefined) return [];
  return clockChanges(spec.timeZone ?? 'UTC', now - dayMs, now + aheadMs)
    .flatMap(({ at, before, after }) => {
      const shift = before - after;
      const [from, to] = shift > 0 ? [at - shift, at + shift] : [at, at + dayMs];
      return timesBetween(spec, new Date(from), new Date(to), mostExtra) ?? [];
    })
    .slice(0, mostExtra);
}
