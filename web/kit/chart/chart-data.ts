import { t } from '../../words/words.ts';
import { dateFormat } from '../format.ts';
/** A line, or a part of stacked bars, with a value for each place of the axis. */
export interface ChartSeries {
  label: string;
  /** A colour of `tokens.css`. */
  colour: 'succeeded' | 'failed' | 'unknown' | 'requested' | 'running' | 'accent' | 'waiting';
  values: readonly (number | null)[];
}

export interface ChartData {
  kind: 'bars' | 'lines';
  /** A part of time for each place of the axis. ISO 8601. */
  places: readonly { from: string; to: string }[];
  series: readonly ChartSeries[];
}

const hourMs = 3_600_000;

const clock = dateFormat({ hour: '2-digit', minute: '2-digit' });
const day = dateFormat({ day: '2-digit', month: 'short' });
const dayInWeek = dateFormat({ weekday: 'short', day: '2-digit', month: 'short' });

const isHour = ({ from, to }: { from: string; to: string }) => Date.parse(to) - Date.parse(from) <= hourMs;

/** "14:00" or "22 Nov", as an axis shows it. */
export const placeLabel = (place: { from: string; to: string }): string =>
  (isHour(place) ? clock : day).format(new Date(place.from));

/** "22 Nov, 14:00 to 15:00" or "Sun 22 Nov" */
export function placeWords(place: { from: string; to: string }): string {
  const from = new Date(place.from);
  if (!isHour(place)) return dayInWeek.format(from).replace(',', '');
  return t`${day.format(from)}, ${clock.format(from)} to ${clock.format(new Date(place.to))}`;
}

/** A line for each place of the axis, with exact times and numbers. */
export function chartCsv({ places, series }: ChartData): string {
  const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;
  const head = ['from', 'to', ...series.map(({ label }) => quoted(label))];
  const rows = places.map(({ from, to }, index) => [
    from,
    to,
    ...series.map(({ values }) => String(values[index] ?? '')),
  ]);
  return `${[head, ...rows].map((row) => row.join(',')).join('\r\n')}\r\n`;
}

/** Each part on top of those before it; null: it has nothing there. */
export function stacked(series: readonly ChartSeries[]): (number | null)[][] {
  const tops: number[] = [];
  return series.map(({ values }) =>
    values.map((value, index) => {
      if (!value) return null;
      tops[index] = (tops[index] ?? 0) + value;
      return tops[index];
    }),
  );
}
