import { cronFields } from './cron.ts';
import { type ScheduleSpec, weekDays } from './schedule-schemas.ts';

const dayNames = weekDays.map((day) => day[0]!.toUpperCase() + day.slice(1));
const monthNames = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];

const join = (words: readonly string[]): string =>
  words.length < 2 ? (words[0] ?? '') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;

/** The fields of a spec, each as lists cron has them. */
interface Fields {
  minute: string;
  hour: string;
  dayOfMonth: string;
  month: string;
  dayOfWeek: string;
  year: string;
}

function fieldsOf({ cron, calendar = {} }: ScheduleSpec): Fields {
  if (cron !== undefined) {
    const [minute = '', hour = '', dayOfMonth = '', month = '', dayOfWeek = ''] = cronFields(cron).split(' ');
    return { minute, hour, dayOfMonth, month, dayOfWeek, year: '*' };
  }
  const text = (value: unknown, other: string) => (value === undefined ? other : String(value));
  return {
    minute: text(calendar.minute, '0'),
    hour: text(calendar.hour, '0'),
    dayOfMonth: text(calendar.dayOfMonth, '*'),
    month: text(calendar.month, '*'),
    dayOfWeek: text(calendar.dayOfWeek, '*'),
    year: text(calendar.year, '*'),
  };
}

/** "Monday to Friday"; numbers and short names take their names. */
function named(field: string, names: readonly string[], first: number, unit: string): string {
  const nameOf = (value: string): string => {
    const index = names.findIndex(
      (name) => name.slice(0, 3).toLowerCase() === value.slice(0, 3).toLowerCase(),
    );
    return index >= 0 ? names[index]! : (names[(Number(value) - first) % names.length] ?? value);
  };
  return join(
    field.split(',').map((part) => {
      const [range = '', step] = part.split('/');
      const words = range.split('-').map(nameOf).join(' to ');
      if (step === undefined) return words;
      return `every ${ordinal(Number(step))} ${unit}${range === '*' ? '' : ` from ${words}`}`;
    }),
  );
}

function ordinal(value: number): string {
  const ending = { 1: 'st', 2: 'nd', 3: 'rd' }[value % 10];
  return `${value}${ending && Math.trunc((value % 100) / 10) !== 1 ? ending : 'th'}`;
}

const isNumbers = (field: string): boolean => /^\d+(?:,\d+)*$/.test(field);
const two = (value: string): string => value.padStart(2, '0');
const stepOf = (field: string): number | null => Number(/^\*\/(\d+)$/.exec(field)?.[1] ?? Number.NaN) || null;

/** "at 09:00 and 17:00", "every 15 minutes", "at minute 5 of every 2nd hour" */
function clockWords({ minute, hour }: Fields): string {
  if (isNumbers(minute) && isNumbers(hour)) {
    const times = hour.split(',').flatMap((h) => minute.split(',').map((m) => `${two(h)}:${two(m)}`));
    if (times.length <= 6) return `at ${join(times)}`;
  }
  const step = stepOf(minute);
  const minutes =
    minute === '*' || step === 1
      ? 'every minute'
      : step !== null
        ? `every ${step} minutes`
        : `at minute ${minute.replaceAll(',', ', ')}`;
  if (hour === '*')
    return minute === '0'
      ? 'every hour'
      : step !== null || minute === '*'
        ? minutes
        : `${minutes} of every hour`;
  const hours = stepOf(hour);
  if (hours !== null)
    return minute === '0' ? `every ${hours} hours` : `${minutes} of every ${ordinal(hours)} hour`;
  return `${minutes} of hour ${hour.replaceAll(',', ', ').replaceAll('-', ' to ')}`;
}

function dayWords({ dayOfMonth, month, dayOfWeek, year }: Fields): string {
  const parts: string[] = [];
  if (dayOfWeek !== '*') parts.push(`on ${named(dayOfWeek, dayNames, 0, 'weekday')}`);
  if (dayOfMonth !== '*') {
    const step = stepOf(dayOfMonth);
    const days =
      step === null
        ? join(
            dayOfMonth
              .split(',')
              .map((range) => range.replace(/\d+/g, (day) => ordinal(Number(day))).replace('-', ' to ')),
          )
        : `1st and each ${ordinal(step)} day from there`;
    parts.push(dayOfWeek === '*' ? `on the ${days}` : `if it is the ${days}`);
  }
  if (month !== '*') parts.push(`in ${named(month, monthNames, 1, 'month')}`);
  if (year !== '*') parts.push(`of ${join(year.split(','))}`);
  return parts.length === 0 ? 'every day' : parts.join(' ');
}

const units = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1000],
] as const;

/** "2 hours 30 minutes" */
export function durationWords(ms: number): string {
  let left = ms;
  const words = units.flatMap(([unit, size]) => {
    const count = Math.floor(left / size);
    left -= count * size;
    return count === 0 ? [] : [`${count} ${unit}${count === 1 ? '' : 's'}`];
  });
  return words.join(' ') || '0 seconds';
}

/** The times of a spec as a sentence: "Every day at 09:00 (Europe/Berlin)". The spec is checked. */
export function specWords(spec: ScheduleSpec): string {
  const words =
    spec.everyMs === undefined
      ? clock(spec)
      : `every ${durationWords(spec.everyMs).replace(/^1 (\w+)$/, '$1')}`;
  const shifted = spec.offsetMs ? `, shifted by ${durationWords(spec.offsetMs)}` : '';
  const zone = spec.everyMs === undefined ? ` (${spec.timeZone ?? 'UTC'})` : '';
  return words[0]!.toUpperCase() + words.slice(1) + shifted + zone;
}

function clock(spec: ScheduleSpec): string {
  const fields = fieldsOf(spec);
  const [at, on] = [clockWords(fields), dayWords(fields)];
  if (on === 'every day') return at.startsWith('at') && !at.includes('every') ? `${on} ${at}` : at;
  return `${at} ${on}`;
}
