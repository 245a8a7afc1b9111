import { useParams, useSearch } from '@tanstack/solid-router';
import { batchStatuses } from '../../../../shared/batches/batch-statuses.ts';
import { useCan } from '../../../api/me.ts';
import { createPaged } from '../../../api/paged.ts';
import { queries } from '../../../api/trpc.ts';
import type { Column } from '../../../kit/data-table/column.tsx';
import { textColumn, timeColumn } from '../../../kit/data-table/common-columns.tsx';
import { Filter } from '../../../kit/list-page/filter.tsx';
import { createListFilters } from '../../../kit/list-page/list-filters.ts';
import { ListPage } from '../../../kit/list-page/list-page.tsx';
import { Status, statusWord } from '../../../kit/status.tsx';
import { useTitle } from '../../../shell/use-title.ts';
import { t } from '../../../words/words.ts';
import { type BatchRow, batchShown, progressWords } from '../parts/batch-words.ts';

const from = '/t/$tenant/batches';

const columns: readonly Column<BatchRow>[] = [
  {
    id: 'title',
    header: t('Batch'),
    main: true,
    width: '34%',
    cell: (batch) => <span title={batch().title}>{batch().title}</span>,
  },
  {
    id: 'status',
    header: t('Status'),
    width: '132px',
    cell: (batch) => <Status {...batchShown[batch().status]} />,
  },
  textColumn({ id: 'progress', header: t('Calls'), needs: 'medium' }, progressWords),
  textColumn(
    { id: 'actor', header: t('Started by'), needs: 'wide', width: '128px' },
    ({ actor }) => actor.name,
  ),
  timeColumn({ id: 'created', header: t('Started'), width: '104px' }, ({ createdAt }) => createdAt),
];

/** Every batch of the tenant, newest first. */
export default function BatchesPage() {
  const params = useParams({ from });
  const can = useCan();
  const filters = createListFilters(useSearch({ from }));
  const list = createPaged(queries.batches.list, filters.values);
  useTitle(() => t('Batches'));
  return (
    <ListPage
      name="batches"
      title={t('Batches')}
      list={list}
      filters={filters}
      chips={
        <Filter
          filters={filters}
          name="status"
          label={t('Status')}
          options={batchStatuses.map((value) => ({ value, label: <Status {...batchShown[value]} /> }))}
          show={(value) => batchShown[value].word ?? statusWord(batchShown[value].kind)}
        />
      }
      columns={columns}
      rowId={({ id }) => id}
      rowLink={({ id }) => ({
        to: '/t/$tenant/batches/$batchId',
        params: { tenant: params().tenant, batchId: id },
      })}
      newRow={
        can('tools.execute')
          ? {
              label: t('New batch'),
              link: { to: '/t/$tenant/batches/new', params: { tenant: params().tenant } },
            }
          : undefined
      }
      empty={{
        text: t(
          'A batch runs one tool over many rows, such as the lines of a CSV, or several tools that use each other’s results. Every row is previewed before the first one runs.',
        ),
      }}
    />
  );
}
