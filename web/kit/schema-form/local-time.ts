import { currentTimeZone } from '../../words/words.ts';

const withZone = /(?:[Zz]|[+-]\d{2}:\d{2})$/;

/** How far the reader's time zone is ahead of UTC at an instant. */
function offsetMs(at: Date): number {
  const zone = currentTimeZone();
  const whole = Math.floor(at.getTime() / 1000) * 1000;
  if (!zone) return -at.getTimezoneOffset() * 60_000;
  const format = new Intl.DateTimeFormat('en', {
    timeZone: zone,
    hourCycle: 'h23',
    ...{
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    },
  });
  const parts = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, Number(value)]));
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts;
  return Date.UTC(year, month - 1, day, hour, minute, second) - whole;
}

/** An instant as a `datetime-local` input shows it, in the person's time zone; null for anything else. */
export function toLocalTime(iso: string): string | null {
  if (!withZone.test(iso)) return null;
  const at = new Date(iso);
  if (Number.isNaN(at.getTime()) || at.getFullYear() < 1000) return null;
  const shown = new Date(at.getTime() + offsetMs(at));
  return shown.toISOString().slice(0, 19);
}

/** The instant of a `datetime-local` input, in UTC; empty when it has none. */
export function fromLocalTime(local: string): string {
  const asUtc = local === '' ? Number.NaN : Date.parse(`${local}Z`);
  if (Number.isNaN(asUtc)) return '';
  // Once more with the offset that is found: it may have changed between the two instants.
  const near = asUtc - offsetMs(new Date(asUtc));
  return new Date(asUtc - offsetMs(new Date(near))).toISOString().replace('.000Z', 'Z');
}

export const localTimeZone = () => currentTimeZone() ?? Intl.DateTimeFormat().resolvedOptions().timeZone;
