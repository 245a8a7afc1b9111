import { Show } from 'solid-js';
import { Chart } from '../../../kit/chart/chart.tsx';
import type { ChartData } from '../../../kit/chart/chart-data.ts';
import { formatDuration, formatNumber } from '../../../kit/format.ts';
import { t } from '../../../words/words.ts';

interface Bucket {
  from: string;
  to: string;
  count: number;
  succeeded: number;
  failed: number;
  unknown: number;
  open: number;
  p50Ms?: number | null;
  p95Ms?: number | null;
}
type Open = (place: { from: string; to: string }) => void;

/** How many calls there were, by what came of them. */
export function OutcomeChart(props: { buckets: readonly Bucket[]; onOpen: Open }) {
  const data = (): ChartData => {
    const of = (value: (bucket: Bucket) => number) => props.buckets.map(value);
    return {
      kind: 'bars',
      places: props.buckets,
      series: [
        { label: t('Succeeded'), colour: 'succeeded', values: of(({ succeeded }) => succeeded) },
        { label: t('Failed'), colour: 'failed', values: of(({ failed, unknown }) => failed - unknown) },
        { label: t('Outcome unknown'), colour: 'unknown', values: of(({ unknown }) => unknown) },
        { label: t('Not ended'), colour: 'requested', values: of(({ open }) => open) },
      ],
    };
  };
  return (
    <Chart title={t('Executions by outcome')} data={data()} format={formatNumber} onOpen={props.onOpen} />
  );
}

/** How long calls took. */
export function TimeChart(props: { buckets: readonly Bucket[]; onOpen: Open }) {
  const data = (): ChartData => ({
    kind: 'lines',
    places: props.buckets,
    series: [
      {
        label: t('Half took at most'),
        colour: 'accent',
        values: props.buckets.map(({ p50Ms }) => p50Ms ?? null),
      },
      {
        label: t('95 % at most'),
        colour: 'unknown',
        values: props.buckets.map(({ p95Ms }) => p95Ms ?? null),
      },
    ],
  });
  return (
    <Show when={props.buckets.some(({ p50Ms }) => (p50Ms ?? null) !== null)}>
      <Chart title={t('Time to the outcome')} data={data()} format={formatDuration} onOpen={props.onOpen} />
    </Show>
  );
}
