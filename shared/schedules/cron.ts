import { Cron } from 'croner';
import { type ScheduleSpec, weekDays } from './schedule-schemas.ts';

const shorthands = new Map(
  Object.entries({
    '@yearly': '0 0 1 1 *',
    '@monthly': '0 0 1 * *',
    '@weekly': '0 0 * * 0',
    '@daily': '0 0 * * *',
    '@hourly': '0 * * * *',
  }),
);

const months = 'jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec';
const days = 'sun|mon|tue|wed|thu|fri|sat';
const field = (value: string): string => {
  const part = `(?:(?:\\*|(?:${value})-(?:${value}))(?:/\\d{1,2})?|(?:${value}))`;
  return `${part}(?:,${part})*`;
};
/** What Temporal and croner read in the same way. */
const fiveFields = new RegExp(
  `^${['\\d{1,2}', '\\d{1,2}', '\\d{1,2}', `\\d{1,2}|${months}`, `[0-7]|${days}`].map(field).join(' ')}$`,
  'i',
);

/** The five fields of a cron expression, as Temporal takes them. */
export const cronFields = (cron: string): string =>
  shorthands.get(cron.trim().toLowerCase()) ?? cron.trim().replaceAll(/\s+/g, ' ');

const listOf = <T>(value: T | readonly T[] | undefined): readonly T[] | undefined =>
  value === undefined || Array.isArray(value) ? (value as readonly T[] | undefined) : [value as T];

/** The clock times of a spec as one pattern: second, minute, hour, day of month, month, day of week, year. */
export function cronOf({ cron, calendar = {} }: ScheduleSpec): string {
  if (cron !== undefined) return `0 ${cronFields(cron)} *`;
  const text = (values: readonly number[] | undefined, other: string) => values?.join(',') ?? other;
  return [
    '0',
    text(listOf(calendar.minute), '0'),
    text(listOf(calendar.hour), '0'),
    text(listOf(calendar.dayOfMonth), '*'),
    text(listOf(calendar.month), '*'),
    text(
      listOf(calendar.dayOfWeek)?.map((day) => weekDays.indexOf(day)),
      '*',
    ),
    text(listOf(calendar.year), '*'),
  ].join(' ');
}

/** Why it is not a cron expression; null when it is one. */
export function cronProblem(cron: string): string | null {
  const count = cron.split(' ').length;
  if (count !== 5) return `needs five fields (minute hour day-of-month month day-of-week), not ${count}`;
  if (!fiveFields.test(cron))
    return 'takes numbers, names such as MON, ranges (1-5), steps (*/15, 0-30/10) and lists (1,15)';
  try {
    new Cron(`0 ${cron} *`, { timezone: 'UTC', domAndDow: true });
    return null;
  } catch (error) {
    return (error as Error).message.replace(/^CronPattern: /, '');
  }
}

/** Whether it comes in each hour of its days: it keeps its pace when clocks go back. */
export const isHourly = (spec: ScheduleSpec): boolean =>
  /^(?:\*(?:\/1)?|0-23)$/.test(cronOf(spec).split(' ')[2]!);
