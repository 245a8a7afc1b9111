import { t } from '../words/words.ts';
/** The one format of each quantity on the pages. */

/** 512 B · 1 MiB · 1.5 KiB */
export function formatBytes(bytes: number): string {
  const units = ['B', 'KiB', 'MiB', 'GiB'];
  const power = bytes < 1 ? 0 : Math.min(units.length - 1, Math.floor(Math.log2(bytes) / 10));
  return `${Number((bytes / 1024 ** power).toFixed(1))} ${units[power]}`;
}

/** 840 ms · 2.3 s · 1 min 05 s · 2 h 03 min */
export function formatDuration(ms: number): string {
  if (Math.round(ms) < 1000) return `${Math.round(ms)} ms`;
  const seconds = ms / 1000;
  if (Math.round(seconds) < 60)
    return `${seconds < 9.95 ? seconds.toFixed(1).replace(/\.0$/, '') : Math.round(seconds)} s`;
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

const exact = new Intl.DateTimeFormat('en-GB', {
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

const clock = new Intl.DateTimeFormat('en-GB', {
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  fractionalSecondDigits: 3,
});
/** 21:44:03.120 */
export const formatClock = (iso: string): string => clock.format(new Date(iso));

const day = new Intl.DateTimeFormat('en-GB', { day: '2-digit', month: 'short' });
const dayAndYear = new Intl.DateTimeFormat('en-GB', { day: '2-digit', month: 'short', year: 'numeric' });

/** "12 s ago", "in 14 s", "3 h ago"; after a week, the date. */
export function formatRelative(iso: string, now: number): string {
  const at = new Date(iso).getTime();
  const seconds = Math.round((at - now) / 1000);
  const past = seconds <= 0;
  const size = Math.abs(seconds);
  const words = (amount: number, unit: string) => (past ? `${amount} ${unit} ago` : t`in ${amount} ${unit}`);
  if (size < 1) return 'now';
  if (size < 60) return words(size, 's');
  if (size < 3600) return words(Math.floor(size / 60), 'min');
  if (size < 86_400) return words(Math.floor(size / 3600), 'h');
  if (size < 7 * 86_400) return words(Math.floor(size / 86_400), size < 2 * 86_400 ? 'day' : 'days');
  const date = new Date(at);
  return (date.getFullYear() === new Date(now).getFullYear() ? day : dayAndYear).format(date);
}

const number = new Intl.NumberFormat('en-GB');
export const formatNumber = (value: number): string => number.format(value);

/** 0.9967 → "99.7 %"; only 1 itself is "100 %". */
export function formatRate(rate: number): string {
  if (rate === 1 || rate === 0) return `${rate * 100} %`;
  return `${Math.min(99.9, Math.max(0.1, rate * 100)).toFixed(1)} %`;
}

/** The last characters of an id. Time-ordered ids share their first ones. */
export const shortId = (id: string): string => (id.length > 12 ? `…${id.slice(-8)}` : id);
