import { durationMs, durationWords } from '../../../shared/platform/duration.ts';

const units: Record<string, 'W' | 'D' | 'H' | 'M' | 'S'> = {
  w: 'W',
  week: 'W',
  weeks: 'W',
  d: 'D',
  day: 'D',
  days: 'D',
  h: 'H',
  hour: 'H',
  hours: 'H',
  m: 'M',
  min: 'M',
  minute: 'M',
  minutes: 'M',
  s: 'S',
  sec: 'S',
  second: 'S',
  seconds: 'S',
};

/** "4 h", "1 d 12 h", "90min" → ISO 8601. Any other text stays as it is, so that the check finds it. */
export function durationOf(text: string): string {
  const typed = text.trim();
  const upper = typed.toUpperCase();
  if (durationMs(upper) !== null) return upper;
  if (!/^(\d+\s*[a-z]+\s*)+$/i.test(typed)) return typed;
  const amounts = new Map<string, number>();
  for (const [, amount, word] of typed.matchAll(/(\d+)\s*([a-z]+)/gi)) {
    const unit = units[(word ?? '').toLowerCase()];
    if (!unit) return typed;
    amounts.set(unit, (amounts.get(unit) ?? 0) + Number(amount));
  }
  // ISO 8601 does not mix weeks with other units.
  const weeks = amounts.get('W');
  if (weeks !== undefined) {
    if (amounts.size === 1) return `P${weeks}W`;
    amounts.set('D', (amounts.get('D') ?? 0) + weeks * 7);
  }
  const part = (unit: string) => (amounts.has(unit) ? `${amounts.get(unit)}${unit}` : '');
  const time = part('H') + part('M') + part('S');
  return `P${part('D')}${time && `T${time}`}`;
}

/** In words if they are exact, otherwise the ISO text. */
export function textOfDuration(value: string): string {
  const ms = durationMs(value);
  if (ms === null) return value;
  const words = durationWords(ms);
  return durationMs(durationOf(words)) === ms ? words : value;
}
