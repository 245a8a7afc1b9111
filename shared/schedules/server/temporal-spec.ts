import {
  type CalendarSpec,
  type DayOfWeek,
  MONTHS,
  type ScheduleSpec as TemporalSpec,
} from '@temporalio/client';
import { cronFields } from '../cron.ts';
import { timesAroundChanges } from '../next-times.ts';
import type { ScheduleSpec, WeekDay } from '../schedule-schemas.ts';

const list = <T>(value: T | readonly T[]): readonly T[] => (Array.isArray(value) ? value : [value as T]);

/** The times of a schedule as Temporal takes them, and some that are none: `isTimeOf` says so. The spec is checked. */
export function temporalSpec(spec: ScheduleSpec, now: number): TemporalSpec {
  const { cron, calendar, everyMs, offsetMs, timeZone, startAt, endAt, jitterMs } = spec;
  return {
    ...(cron !== undefined && { cronExpressions: [cronFields(cron)] }),
    ...(calendar && { calendars: [temporalCalendar(calendar)] }),
    // An interval is counted from 1970: one as long as the time since then comes at this time, and not again in our days.
    intervals:
      everyMs === undefined
        ? timesAroundChanges(spec, now).map((at) => ({ every: at.getTime() }))
        : [{ every: everyMs, offset: offsetMs ?? 0 }],
    timezone: timeZone ?? 'UTC',
    ...(startAt !== undefined && { startAt: new Date(startAt) }),
    ...(endAt !== undefined && { endAt: new Date(endAt) }),
    ...(jitterMs !== undefined && { jitter: jitterMs }),
  };
}

function temporalCalendar(calendar: NonNullable<ScheduleSpec['calendar']>): CalendarSpec {
  const { minute, hour, dayOfMonth, dayOfWeek, month, year } = calendar;
  return {
    minute: minute ?? 0,
    hour: hour ?? 0,
    ...(dayOfMonth !== undefined && { dayOfMonth }),
    ...(dayOfWeek !== undefined && {
      dayOfWeek: list<WeekDay>(dayOfWeek).map((day) => day.toUpperCase() as DayOfWeek),
    }),
    ...(month !== undefined && { month: list<number>(month).map((each) => MONTHS[each - 1]!) }),
    ...(year !== undefined && { year }),
  };
}
