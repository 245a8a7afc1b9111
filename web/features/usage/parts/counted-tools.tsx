import { Link } from '@tanstack/solid-router';
import { createSignal, For } from 'solid-js';
import { tenantSlug } from '../../../api/tenant.ts';
import type { Outputs } from '../../../api/trpc.ts';
import { t } from '../../../words/words.ts';
import { failureRate, shownRate, shownTime } from './call-usage.tsx';
import { executionsLink } from './executions-link.ts';
import { Counted } from './figure.tsx';
import { UsageTable } from './usage-table.tsx';

type Row = Pick<
  Outputs['usage']['home']['tools'][number],
  'id' | 'name' | 'title' | 'count' | 'failed' | 'open' | 'previousCount' | 'previousFailed'
> & {
  meanMs?: number | null;
  previousMeanMs?: number | null;
  p95Ms?: number | null;
  previousP95Ms?: number | null;
};

/** Among the tools of a connector percentiles are known, among all tools the mean. */
const timeOf = ({ p95Ms, meanMs }: Row) => p95Ms ?? meanMs ?? null;

const orders = {
  failing: { label: t('Most failing'), of: (row: Row) => row.failed },
  slowest: { label: t('Slowest'), of: (row: Row) => timeOf(row) ?? 0 },
  used: { label: t('Most used'), of: (row: Row) => row.count },
} as const;
type Order = keyof typeof orders;

/** Tools or connectors with what became of their calls. */
export function CountedTools(props: {
  label: string;
  what: 'tool' | 'connector';
  rows: readonly Row[];
  span: { from: string; to: string };
  /** Only so many. */
  most?: number;
}) {
  const [order, setOrder] = createSignal<Order>('failing');
  const rows = () =>
    props.rows
      .toSorted((a, b) => orders[order()].of(b) - orders[order()].of(a) || b.count - a.count)
      .slice(0, props.most ?? 200);
  const link = (row: Row, status?: 'failed') =>
    executionsLink({
      ...(props.what === 'tool' ? { toolId: row.id } : { connectorId: row.id }),
      from: props.span.from,
      to: props.span.to,
      status,
    });
  const words = () => (props.rows.some(({ meanMs }) => meanMs !== undefined) ? t('Mean time') : 'p95');
  const name = (row: Row) => row.title || row.name || row.id;
  return (
    <>
      <fieldset class="mb-2 flex flex-wrap gap-1">
        <legend class="sr-only">{t('Order')}</legend>
        <For each={Object.entries(orders) as [Order, { label: string }][]}>
          {([each, { label }]) => (
            <button
              type="button"
              aria-pressed={order() === each}
              onClick={() => setOrder(each)}
              class="h-6 rounded-md px-2 text-muted text-sm hover:bg-hover aria-pressed:bg-selected aria-pressed:font-medium aria-pressed:text-text"
            >
              {label}
            </button>
          )}
        </For>
      </fieldset>
      <UsageTable
        label={props.label}
        rows={rows()}
        columns={[
          {
            header: props.what === 'tool' ? t('Tool') : t('Connector'),
            text: true,
            cell: (row) =>
              props.what === 'tool' ? (
                <Link
                  to="/t/$tenant/tools/$toolId"
                  params={{ tenant: tenantSlug(), toolId: row.id }}
                  search={{ tab: 'usage' }}
                  class="text-accent underline underline-offset-2"
                >
                  {name(row)}
                </Link>
              ) : (
                <Link
                  to="/t/$tenant/connectors/$connectorId"
                  params={{ tenant: tenantSlug(), connectorId: row.id }}
                  search={{ tab: 'usage' }}
                  class="text-accent underline underline-offset-2"
                >
                  {name(row)}
                </Link>
              ),
          },
          {
            header: t('Executions'),
            cell: (row) => <Counted value={row.count} label={t`${name(row)}, executions`} link={link(row)} />,
          },
          {
            header: t('Failed'),
            cell: (row) => (
              <Counted value={row.failed} label={t`${name(row)}, failed`} link={link(row, 'failed')} />
            ),
          },
          { header: t('Failure rate'), wide: true, cell: (row) => shownRate(failureRate(row)) },
          {
            header: t('Before'),
            wide: true,
            cell: (row) =>
              row.previousCount === 0 ? '–' : shownRate(row.previousFailed / row.previousCount),
          },
          { header: words(), cell: (row) => shownTime(timeOf(row)) },
          {
            header: t('Before'),
            wide: true,
            cell: ({ previousP95Ms, previousMeanMs }) => shownTime(previousP95Ms ?? previousMeanMs ?? null),
          },
        ]}
      />
    </>
  );
}
