import { createMemo, For, type JSX, Show } from 'solid-js';
import { ColumnHeader } from '../../../../kit/column-header.tsx';
import { formatNumber } from '../../../../kit/format.ts';
import { said } from '../../../../words/said.ts';
import { rich, t } from '../../../../words/words.ts';
import type { ComparedTrial } from './trial-words.ts';

type Compared = ComparedTrial['comparison'];
type Variant = Compared['baseline'];
interface Range {
  value: number;
  low: number | null;
  high: number | null;
}

const verdictColour: Record<Compared['success']['verdict'], string> = {
  not_enough: 'text-muted',
  no_difference: 'text-muted',
  better: 'text-succeeded',
  worse: 'text-failed',
};
const share = (value: number): string => `${(Math.round(value * 1000) / 10).toString()} %`;
const ms = (value: number): string => `${formatNumber(Math.round(value))} ms`;

/** What came of the calls of both versions, and what that shows. Intervals are of 95 % confidence. */
export function Comparison(props: { comparison: Compared }) {
  const sides = () => [props.comparison.baseline, props.comparison.candidate];
  const longest = createMemo(() =>
    Math.max(
      1,
      ...sides().flatMap(({ latency }) =>
        latency ? Object.values(latency).map(({ value, high }) => high ?? value) : [],
      ),
    ),
  );
  return (
    <div class="flex flex-col gap-4">
      <ul aria-label={t('What it shows')} class="flex max-w-[80ch] flex-col gap-1">
        <li>
          <span class="font-medium">{t('Success:')} </span>
          <span class={verdictColour[props.comparison.success.verdict]}>
            {said(props.comparison.success.words)}
          </span>
        </li>
        <li>
          <span class="font-medium">{t('Latency:')} </span>
          <span class={verdictColour[props.comparison.latency.verdict]}>
            {said(props.comparison.latency.words)}
          </span>
        </li>
      </ul>
      <table aria-label={t('Comparison')} class="w-full table-fixed border-separate border-spacing-0">
        <thead>
          <tr>
            <ColumnHeader class="w-32 max-sm:w-20">
              <span class="sr-only">{t('Measure')}</span>
            </ColumnHeader>
            <ColumnHeader>{t`Baseline v${props.comparison.baseline.version}`}</ColumnHeader>
            <ColumnHeader>{t`Candidate v${props.comparison.candidate.version}`}</ColumnHeader>
          </tr>
        </thead>
        <tbody>
          <Row label={t('Calls')} sides={sides()}>
            {(side) => (
              <>
                {formatNumber(side.calls)}
                <span class="text-muted text-sm">{restOf(side)}</span>
              </>
            )}
          </Row>
          <Row label={t('Succeeded')} sides={sides()}>
            {(side) => <RangeBar range={side.successRate} most={1} words={share} />}
          </Row>
          <For each={['p50', 'p95', 'p99'] as const}>
            {(part) => (
              <Row label={latencyWords[part]} sides={sides()}>
                {(side) => <RangeBar range={side.latency?.[part] ?? null} most={longest()} words={ms} />}
              </Row>
            )}
          </For>
          <Row label={t('Errors')} sides={sides()}>
            {(side) => (
              <Show when={side.errors.length > 0} fallback={<span class="text-faint">{t('None')}</span>}>
                <ul>
                  <For each={side.errors}>
                    {(error) => (
                      <li classList={{ 'text-muted': error.leftOut }}>
                        <span class="tabular-nums">{formatNumber(error.count)}</span>{' '}
                        <span class="font-mono text-sm">{error.code}</span>
                        <Show when={error.leftOut}> {t('(not counted)')}</Show>
                      </li>
                    )}
                  </For>
                </ul>
              </Show>
            )}
          </Row>
        </tbody>
      </table>
      <p class="max-w-[80ch] text-muted text-sm">{rich`Only calls whose version the trial has chosen are counted${() => newest(props.comparison)}. Lines show intervals of 95 % confidence; latencies are of calls that succeeded, retries included. Calls that people ended, or that a limit held back, say nothing about a version.`}</p>
    </div>
  );
}

const latencyWords = { p50: t('Median'), p95: t('95th percentile'), p99: t('99th percentile') } as const;
const newest = ({ newestOnly }: Compared): string => (newestOnly ? t(', the newest ones') : '');

function restOf({ open, leftOut }: Variant): string {
  const parts = [
    open > 0 && t`${formatNumber(open)} open`,
    leftOut > 0 && t`${formatNumber(leftOut)} not counted`,
  ];
  const words = parts.filter(Boolean).join(', ');
  return words === '' ? '' : ` (${words})`;
}

const Row = (props: {
  label: string;
  sides: readonly Variant[];
  children: (side: Variant) => JSX.Element;
}) => (
  <tr>
    <th scope="row" class="border-b py-1.5 pr-3 text-left align-top font-normal text-muted">
      {props.label}
    </th>
    <For each={props.sides}>
      {(side) => (
        <td class="border-b py-1.5 pr-4 align-top break-words tabular-nums">{props.children(side)}</td>
      )}
    </For>
  </tr>
);

/** A value with its interval: in words, and as a line that the words stand for. */
function RangeBar(props: { range: Range | null; most: number; words: (value: number) => string }) {
  const at = (value: number) => `${Math.min(100, (100 * value) / props.most)}%`;
  const width = ({ value, low, high }: Range) =>
    `${Math.max(0.5, (100 * ((high ?? value) - (low ?? value))) / props.most)}%`;
  return (
    <Show when={props.range} fallback={<span class="text-faint">–</span>}>
      {(range) => (
        <div class="flex flex-col gap-1">
          <span>
            {props.words(range().value)}
            <Show when={range().low !== null && range().high !== null}>
              <span class="text-muted text-sm">
                {' '}
                {rich`(${() => props.words(range().low ?? 0)} to ${() => props.words(range().high ?? 0)})`}
              </span>
            </Show>
          </span>
          <span aria-hidden="true" class="relative block h-1.5 overflow-hidden rounded-sm bg-sunken">
            <span
              class="absolute inset-y-0 rounded-sm bg-accent/40"
              style={{ left: at(range().low ?? range().value), width: width(range()) }}
            />
            <span class="absolute inset-y-0 w-0.5 bg-accent" style={{ left: at(range().value) }} />
          </span>
        </div>
      )}
    </Show>
  );
}
