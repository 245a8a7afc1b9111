/** The one format of each quantity on the pages: in the language, the way of writing and the time zone of the reader. */
import { counted, currentLocale, currentTimeZone, t } from '../words/words.ts';

/** A format of dates in the zone of the reader. */
export const dateFormat = (options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat =>
  new Intl.DateTimeFormat(currentLocale(), { timeZone: currentTimeZone(), ...options });

const number = new Intl.NumberFormat(currentLocale());
export const formatNumber = (value: number): string => number.format(value);

const tenths = new Intl.NumberFormat(currentLocale(), { maximumFractionDigits: 1, useGrouping: false });
const oneTenth = new Intl.NumberFormat(currentLocale(), {
  minimumFractionDigits: 1,
  maximumFractionDigits: 1,
  useGrouping: false,
});

/** 512 B · 1 MiB · 1.5 KiB */
export function formatBytes(bytes: number): string {
  const units = ['B', 'KiB', 'MiB', 'GiB'];
  const power = bytes < 1 ? 0 : Math.min(units.length - 1, Math.floor(Math.log2(bytes) / 10));
  return `${tenths.format(bytes / 1024 ** power)} ${units[power]}`;
}

/** 840 ms · 2.3 s · 1 min 05 s · 2 h 03 min */
export function formatDuration(ms: number): string {
  if (Math.round(ms) < 1000) return `${Math.round(ms)} ms`;
  const seconds = ms / 1000;
  if (Math.round(seconds) < 60) return `${seconds < 9.95 ? tenths.format(seconds) : Math.round(seconds)} s`;
  const two = (value: number) => String(value).padStart(2, '0');
  const whole = Math.round(seconds);
  const minutes = Math.floor(whole / 60);
  if (minutes < 60) {
    const rest = whole % 60;
    return rest ? t`${minutes} min ${two(rest)} s` : `${minutes} min`;
  }
  const hours = Math.floor(minutes / 60);
  return minutes % 60 ? t`${hours} h ${two(minutes % 60)} min` : `${hours} h`;
}

const exact = dateFormat({
  year: 'numeric',
  month: 'short',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  timeZoneName: 'short',
});
/** 20 Nov 2026, 21:44:03 UTC */
export const formatExactTime = (iso: string): string => exact.format(new Date(iso));

/** Times such as "2026-11-22 20:34 UTC" inside of a stored text, as the reader writes them, in their zone. */
export const withOwnTimes = (text: string): string =>
  text.replace(/\b(\d{4}-\d\d-\d\d) (\d\d:\d\d) UTC\b/g, (utc, day: string, time: string) => {
    const iso = `${day}T${time}:00Z`;
    return Number.isNaN(Date.parse(iso)) ? utc : formatExactTime(iso);
  });

const clock = dateFormat({
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  fractionalSecondDigits: 3,
});
/** 21:44:03.120 */
export const formatClock = (iso: string): string => clock.format(new Date(iso));

const day = dateFormat({ day: '2-digit', month: 'short' });
const dayAndYear = dateFormat({ day: '2-digit', month: 'short', year: 'numeric' });
const year = dateFormat({ year: 'numeric' });

/** "12 s", "3 h", "2 days": how long, in one unit, as it stands behind "in" and before "ago". */
export function formatAmount(ms: number): string {
  const seconds = Math.round(Math.abs(ms) / 1000);
  if (seconds < 60) return `${seconds} s`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min`;
  if (seconds < 86_400) return `${Math.floor(seconds / 3600)} h`;
  return counted(Math.floor(seconds / 86_400), '{0} day|{0} days');
}

/** "12 s ago", "in 14 s", "3 h ago"; after a week, the date. */
export function formatRelative(iso: string, now: number): string {
  const at = new Date(iso).getTime();
  const seconds = Math.round((at - now) / 1000);
  if (seconds === 0) return t('now');
  if (Math.abs(seconds) < 7 * 86_400)
    return seconds < 0 ? t`${formatAmount(at - now)} ago` : t`in ${formatAmount(at - now)}`;
  return (year.format(at) === year.format(now) ? day : dayAndYear).format(at);
}

/** 0.9967 → "99.7 %"; only 1 itself is "100 %". */
export function formatRate(rate: number): string {
  if (rate === 1 || rate === 0) return `${rate * 100} %`;
  return `${oneTenth.format(Math.min(99.9, Math.max(0.1, rate * 100)))} %`;
}

/** "a, b and c" */
export const formatList = (
  items: readonly string[],
  type: 'conjunction' | 'disjunction' = 'conjunction',
): string => new Intl.ListFormat(currentLocale(), { type }).format(items);

/** In the order of the reader's alphabet. */
export const compareTexts = new Intl.Collator(currentLocale(), { numeric: true }).compare;

/** The last characters of an id. Time-ordered ids share their first ones. */
export const shortId = (id: string): string => (id.length > 12 ? `…${id.slice(-8)}` : id);
