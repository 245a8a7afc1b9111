import { isHourly } from './cron.ts';
import { nextTimes } from './next-times.ts';
import { type SchedulePreview, type ScheduleSpec, shownTimes } from './schedule-schemas.ts';
import { specWords } from './spec-words.ts';
import { localTime } from './time-zone.ts';

/** What a schedule will do, in words, with its next times. The spec is checked. */
export function previewSpec(spec: ScheduleSpec, after: Date, count = shownTimes): SchedulePreview {
  const { times, skipped, repeated } = nextTimes(spec, after, count);
  const zone = spec.timeZone ?? 'UTC';
  return {
    words: specWords(spec),
    times: times.map((at) => shownTime(at, spec)),
    notes: [
      ...byDay(skipped).map(
        ([day, clocks]) =>
          `On ${day}, clocks in ${zone} go forward: ${clocks} does not exist and is left out. Choose another hour if it must not be missed.`,
      ),
      ...byDay(repeated).map(
        ([day, clocks]) =>
          `On ${day}, clocks in ${zone} go back: ${clocks} comes twice. ${isHourly(spec) ? 'It runs both times.' : 'It runs the first time only.'}`,
      ),
      ...(bothDays(spec) ? ['A day must match both the day of the month and the day of the week.'] : []),
      ...(spec.jitterMs ? ['Each time is later by a random part of the jitter.'] : []),
    ],
  };
}

/** An interval has no zone of its own: it is shown in UTC. */
const shownTime = (at: Date, { everyMs, timeZone = 'UTC' }: ScheduleSpec) => ({
  at: at.toISOString(),
  local: localTime(at, everyMs === undefined ? timeZone : 'UTC'),
});

/** "2026-03-29" with "02:00, 02:15 and more" */
function byDay(walls: readonly string[]): [day: string, clocks: string][] {
  const days = Map.groupBy(walls, (wall) => wall.slice(0, 10));
  return [...days].map(([day, clocks]) => {
    const shown = clocks.slice(0, 3).map((wall) => wall.slice(11));
    return [day, shown.join(', ') + (clocks.length > shown.length ? ' and more' : '')];
  });
}

function bothDays({ cron, calendar }: ScheduleSpec): boolean {
  if (calendar) return calendar.dayOfMonth !== undefined && calendar.dayOfWeek !== undefined;
  const fields = cron?.trim().split(/\s+/) ?? [];
  return fields.length === 5 && fields[2] !== '*' && fields[4] !== '*';
}
