import { Link } from '@tanstack/solid-router';
import { For, Show } from 'solid-js';
import type { PeriodName } from '../../../../shared/usage/periods.ts';
import { formatExactTime } from '../../../kit/format.ts';
import { RelativeTime } from '../../../kit/relative-time.tsx';
import { localTimeZone } from '../../../kit/schema-form/local-time.ts';
import { rich, t } from '../../../words/words.ts';

const labels: Record<PeriodName, string> = {
  '24h': t('24 hours'),
  '7d': t('7 days'),
  '30d': t('30 days'),
  '90d': t('90 days'),
};
const defaultPeriod: PeriodName = '7d';

/** What every request of usage asks for. */
export const usageInputOf = (period: PeriodName | undefined) => ({
  period: period ?? defaultPeriod,
  timeZone: localTimeZone(),
});

/** The periods as links, so that each can be shared. */
export function PeriodPicker(props: { period: PeriodName | undefined }) {
  const isCurrent = (name: PeriodName) => name === (props.period ?? defaultPeriod);
  return (
    <nav aria-label={t('Period')} class="inline-flex overflow-hidden rounded-md border border-line-strong">
      <For each={Object.entries(labels) as [PeriodName, string][]}>
        {([name, label]) => (
          <Link
            to="."
            search={(before: object) => ({ ...before, period: name === defaultPeriod ? undefined : name })}
            replace
            aria-current={isCurrent(name) ? 'page' : undefined}
            class={`inline-flex h-7 items-center border-l px-2.5 first:border-l-0 hover:bg-hover ${isCurrent(name) ? 'bg-selected font-medium text-text' : 'text-muted'}`}
          >
            {label}
          </Link>
        )}
      </For>
    </nav>
  );
}

/** Until when everything is counted. */
export function Freshness(props: { usage: { asOf: string; complete: boolean } }) {
  return (
    <p class="text-faint text-sm" title={formatExactTime(props.usage.asOf)}>
      <Show
        when={props.usage.complete}
        fallback={t(
          'What happened before the last update is still being counted; these numbers grow until then.',
        )}
      >{rich`As of ${<RelativeTime at={props.usage.asOf} />}, compared with the period before`}</Show>
    </p>
  );
}
