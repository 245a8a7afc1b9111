import { Cron } from 'croner';
import { cronOf } from './cron.ts';
import type { ScheduleSpec } from './schedule-schemas.ts';
import { localTime, offsetAt, wallToInstants } from './time-zone.ts';

// Temporal fires a stored schedule; this says beforehand when that will be. Both take clock times literally: one that does not
// exist is skipped, one that exists twice comes twice.

interface NextTimes {
  /** In order, without jitter. */
  times: Date[];
  /** Clock times before the last one that do not exist on their day: "2026-03-29T02:30". */
  skipped: string[];
  /** Clock times that come twice. */
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
  const found: number[] = [];
  const skipped: string[] = [];
  const repeated: string[] = [];
  let until = Number.POSITIVE_INFINITY;
  for (;;) {
    wall = clock.nextRun(wall);
    if (!wall || wall.getTime() > until) break;
    const instants = wallToInstants(wall.getTime(), zone);
    const name = wall.toISOString().slice(0, 16);
    const isBefore = instants.every((at) => at <= from);
    if (instants.length === 0 && wall.getTime() > from + offsetAt(from, zone) && skipped.length < mostNotes)
      skipped.push(name);
    if (!isBefore && instants.length > 1 && repeated.length < mostNotes) repeated.push(name);
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
