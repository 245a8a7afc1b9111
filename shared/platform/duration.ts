const iso =
  /^P(?:(\d{1,3})W|(?=\d|T\d)(?:(\d{1,4})D)?(?:T(?=\d)(?:(\d{1,5})H)?(?:(\d{1,6})M)?(?:(\d{1,7}(?:\.\d{1,3})?)S)?)?)$/;
const [second, minute, hour, day] = [1000, 60_000, 3_600_000, 86_400_000];
/** Five years. */
const maxMs = 5 * 366 * day;

/**
 * Milliseconds of an ISO 8601 duration (`PT4H`, `P1DT12H`, `P2W`); null when it is invalid or too long. Months and
 * years are not accepted, because they have no fixed length.
 */
export function durationMs(text: string): number | null {
  const match = iso.exec(text);
  if (!match) return null;
  const [weeks, days, hours, minutes, seconds] = match.slice(1).map((part) => Number(part ?? 0));
  const ms = weeks! * 7 * day + days! * day + hours! * hour + minutes! * minute + seconds! * second;
  return ms > 0 && ms <= maxMs ? Math.round(ms) : null;
}

/** A duration for people: "4 h", "1 d 12 h", "90 s". */
export function durationWords(ms: number): string {
  const units: [number, string][] = [
    [day, 'd'],
    [hour, 'h'],
    [minute, 'min'],
    [second, 's'],
  ];
  const parts: string[] = [];
  let rest = Math.round(ms / second) * second;
  for (const [size, word] of units) {
    const count = Math.floor(rest / size);
    rest -= count * size;
    if (count > 0) parts.push(`${count} ${word}`);
  }
  return parts.slice(0, 2).join(' ') || '0 s';
}
