import { type LinkProps, useNavigate } from '@tanstack/solid-router';
import { Show } from 'solid-js';
import { tenantSlug } from '../../../api/tenant.ts';
import type { Outputs } from '../../../api/trpc.ts';
import { Chart } from '../../../kit/chart/chart.tsx';
import type { ChartData } from '../../../kit/chart/chart-data.ts';
import { formatDuration, formatNumber, formatRate } from '../../../kit/format.ts';
import { t } from '../../../words/words.ts';
import { OutcomeChart } from '../../usage/parts/call-charts.tsx';
import { failureRate } from '../../usage/parts/call-usage.tsx';
import { executionsLink } from '../../usage/parts/executions-link.ts';
import { Figure, Figures } from '../../usage/parts/figure.tsx';

type Usage = Outputs['usage']['home'];
type Span = { from: string; to: string };

const exceptionsLink = (search: Record<string, string>) =>
  ({
    to: '/t/$tenant/exceptions',
    params: { tenant: tenantSlug() },
    search: { status: 'all', ...search },
  }) as LinkProps;
const resolvedIn = ({ from, to }: Span) => exceptionsLink({ resolvedFrom: from, resolvedTo: to });
const openedIn = ({ from, to }: Span) => exceptionsLink({ openedFrom: from, openedTo: to });

/** How much was done in the period and what came of it. */
export function Pictures(props: { usage: Usage }) {
  const navigate = useNavigate();
  const go = (link: LinkProps) => void navigate(link as Parameters<typeof navigate>[0]);
  const calls = () => props.usage.calls;
  const span = () => ({ from: props.usage.period.from, to: props.usage.period.to });
  const cases = () => props.usage.exceptions;
  const exceptions = (): ChartData => ({
    kind: 'lines',
    places: cases().buckets,
    series: [
      { label: t('Opened'), colour: 'accent', values: cases().buckets.map(({ opened }) => opened) },
      { label: t('Resolved'), colour: 'succeeded', values: cases().buckets.map(({ resolved }) => resolved) },
    ],
  });
  return (
    <section aria-label={t('In this period')} class="px-6 max-sm:px-4 py-4">
      <Figures>
        <Figure
          label={t('Executions')}
          value={calls().total.count}
          previous={calls().previous.count}
          link={executionsLink(span())}
        />
        <Figure
          label={t('Failed')}
          value={calls().total.failed}
          previous={calls().previous.failed}
          rise="bad"
          link={executionsLink({ ...span(), status: 'failed' })}
        />
        <Figure
          label={t('Failure rate')}
          value={failureRate(calls().total)}
          previous={failureRate(calls().previous)}
          format={formatRate}
          rise="bad"
          link={executionsLink({ ...span(), status: 'failed' })}
        />
        <Figure
          label={t('Mean time')}
          value={calls().total.meanMs}
          previous={calls().previous.meanMs}
          format={formatDuration}
          rise="bad"
          link={executionsLink(span())}
        />
        <Figure
          label={t('Exceptions opened')}
          value={cases().total.opened}
          previous={cases().previous.opened}
          rise="bad"
          link={openedIn(span())}
        />
        <Figure
          label={t('Resolved')}
          value={cases().total.resolved}
          previous={cases().previous.resolved}
          rise="good"
          link={resolvedIn(span())}
        />
        <Figure
          label={t('Half resolved within')}
          value={cases().total.p50Ms}
          previous={cases().previous.p50Ms}
          format={formatDuration}
          rise="bad"
          link={resolvedIn(span())}
        />
        <Show when={props.usage.pausedHosts > 0}>
          <Figure
            label={t('Hosts paused now')}
            value={props.usage.pausedHosts}
            previous={null}
            link={
              {
                to: '/t/$tenant/settings/$section',
                params: { tenant: tenantSlug(), section: 'limits' },
              } as LinkProps
            }
          />
        </Show>
      </Figures>
      <div class="mt-6 grid gap-6 xl:grid-cols-2">
        <OutcomeChart buckets={calls().buckets} onOpen={({ from, to }) => go(executionsLink({ from, to }))} />
        <Chart
          title={t('Exceptions opened and resolved')}
          data={exceptions()}
          format={formatNumber}
          onOpen={(place) => go(openedIn(place))}
        />
      </div>
    </section>
  );
}
