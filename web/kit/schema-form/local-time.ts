const withZone = /(?:[Zz]|[+-]\d{2}:\d{2})$/;
const two = (value: number) => String(value).padStart(2, '0');

/** An instant as a `datetime-local` input shows it, in the person's time zone; null for anything else. */
export function toLocalTime(iso: string): string | null {
  if (!withZone.test(iso)) return null;
  const at = new Date(iso);
  if (Number.isNaN(at.getTime()) || at.getFullYear() < 1000) return null;
  const date = `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
  return `${date}T${two(at.getHours())}:${two(at.getMinutes())}:${two(at.getSeconds())}`;
}

/** The instant of a `datetime-local` input, in UTC; empty when it has none. */
export function fromLocalTime(local: string): string {
  const at = new Date(local);
  return local === '' || Number.isNaN(at.getTime()) ? '' : at.toISOString().replace('.000Z', 'Z');
}

export const localTimeZone = () => Intl.DateTimeFormat().resolvedOptions().timeZone;
