import { useQueryClient } from '@tanstack/solid-query';
import { useParams, useSearch } from '@tanstack/solid-router';
import { createSignal, Show } from 'solid-js';
import { archivedTypes } from '../../../../shared/archived/archived-types.ts';
import { createPaged } from '../../../api/paged.ts';
import { tenantSlug } from '../../../api/tenant.ts';
import { queries, queryKey } from '../../../api/trpc.ts';
import type { Action } from '../../../kit/actions.ts';
import type { Bulk } from '../../../kit/bulk/bulk-action.ts';
import type { Column } from '../../../kit/data-table/column.tsx';
import { textColumn, timeColumn } from '../../../kit/data-table/common-columns.tsx';
import { Filter } from '../../../kit/list-page/filter.tsx';
import { createListFilters } from '../../../kit/list-page/list-filters.ts';
import { ListPage } from '../../../kit/list-page/list-page.tsx';
import { useTitle } from '../../../shell/use-title.ts';
import { counted, t } from '../../../words/words.ts';
import { type ArchivedRow, archivedWords } from '../parts/archived-words.ts';
import { RestoreDialog } from '../parts/restore-dialog.tsx';

const from = '/t/$tenant/archived';

const columns: readonly Column<ArchivedRow>[] = [
  {
    id: 'title',
    header: t('Name'),
    main: true,
    width: '36%',
    cell: (row) => <span title={row().name}>{row().title}</span>,
  },
  textColumn({ id: 'type', header: t('Type'), width: '132px' }, ({ type }) => archivedWords[type].one),
  textColumn(
    { id: 'by', header: t('Archived by'), needs: 'medium' },
    ({ archivedBy }) => archivedBy?.name ?? '–',
  ),
  timeColumn({ id: 'at', header: t('Archived'), width: '112px' }, ({ archivedAt }) => archivedAt),
];

/** What was archived of every type, newest first. */
export default function ArchivedListPage() {
  const params = useParams({ from });
  const client = useQueryClient();
  const filters = createListFilters(useSearch({ from }));
  const list = createPaged(queries.archived.list, filters.values);
  const [asked, setAsked] = createSignal<ArchivedRow>();
  useTitle(() => t('Archived'));
  const bulk: Bulk<ArchivedRow> = {
    name: ({ title }) => title,
    actions: [
      {
        id: 'restore',
        label: t('Restore'),
        about: (count) => counted(count, 'Restores {0} archived thing.|Restores {0} archived things.'),
        leaves: ({ restorable }) => (restorable ? null : t('You do not have the role to restore it.')),
        run: ({ type, id }) => archivedWords[type].restore(id),
        settled: () => void client.invalidateQueries({ queryKey: queryKey(tenantSlug()) }),
      },
    ],
  };
  const rowActions = (row: ArchivedRow): Action[] =>
    row.restorable
      ? [
          {
            id: 'row:restore',
            label: t`Restore ${row.title}`,
            keys: 'shift+r',
            group: 'Selection',
            run: () => setAsked(row),
          },
        ]
      : [];
  return (
    <>
      <ListPage
        title={t('Archived')}
        name="archived"
        list={list}
        filters={filters}
        chips={
          <Filter
            filters={filters}
            name="type"
            label={t('Type')}
            options={archivedTypes.map((value) => ({ value, label: archivedWords[value].one }))}
            show={(value) => archivedWords[value].one}
          />
        }
        columns={columns}
        rowId={({ id }) => id}
        rowLink={({ type, id }) => ({
          to: '/t/$tenant/archived/$type/$id',
          params: { tenant: params().tenant, type, id },
        })}
        rowActions={rowActions}
        bulk={(list.rows() ?? []).some(({ restorable }) => restorable) ? bulk : undefined}
        empty={{
          title: t('Nothing is archived.'),
          text: t(
            'Tools, connectors, playbooks, policies, rules, schedules and webhooks that are archived stay here and can be restored. The value of a credential is erased when it is archived, so a credential cannot.',
          ),
        }}
      />
      <Show when={asked()} keyed>
        {(row) => <RestoreDialog archived={row} onClose={() => setAsked(undefined)} />}
      </Show>
    </>
  );
}
