import { useParams, useSearch } from '@tanstack/solid-router';
import type { RunSummary } from '../../../../shared/playbooks/run-schemas.ts';
import { runListStatuses } from '../../../../shared/playbooks/run-statuses.ts';
import { createPaged } from '../../../api/paged.ts';
import { queries } from '../../../api/trpc.ts';
import type { Column } from '../../../kit/data-table/column.tsx';
import { Filter } from '../../../kit/list-page/filter.tsx';
import { createListFilters } from '../../../kit/list-page/list-filters.ts';
import { ListPage } from '../../../kit/list-page/list-page.tsx';
import { Status } from '../../../kit/status.tsx';
import { useTitle } from '../../../shell/use-title.ts';
import { t } from '../../../words/words.ts';
import { PlaybooksTabs } from '../parts/playbooks-tabs.tsx';
import { runColumns } from '../parts/run-columns.tsx';
import { RunStatusMark } from '../parts/run-status.tsx';
import { createRunBulk } from './run-bulk.ts';

const from = '/t/$tenant/playbook-runs';

const playbookColumn: Column<RunSummary> = {
  id: 'playbook',
  header: t('Playbook'),
  main: true,
  width: '20%',
  cell: (run) => <span title={run().playbookTitle}>{run().playbookTitle}</span>,
};

/** The runs of every playbook of the tenant, newest first. */
export default function RunsPage() {
  const params = useParams({ from });
  const filters = createListFilters(useSearch({ from }));
  const bulk = createRunBulk();
  const list = createPaged(queries.runs.list, filters.values);
  useTitle(() => t('Runs of playbooks'));
  const columns = [
    playbookColumn,
    ...runColumns(() => params().tenant).map((column) => ({ ...column, main: false })),
  ];
  return (
    <ListPage
      name="runs"
      title={t('Runs')}
      list={list}
      filters={filters}
      tabs={<PlaybooksTabs tenant={params().tenant} active="runs" />}
      chips={
        <Filter
          filters={filters}
          name="status"
          label={t('Status')}
          options={runListStatuses.map((value) => ({
            value,
            label:
              value === 'open' ? (
                <Status kind="waiting" word={t('Not ended')} />
              ) : (
                <RunStatusMark run={{ status: value, paused: null }} />
              ),
          }))}
          show={(value) =>
            value === 'open' ? t('Not ended') : `${value[0]?.toUpperCase()}${value.slice(1)}`
          }
        />
      }
      columns={columns}
      rowId={({ id }) => id}
      rowLink={({ id }) => ({
        to: '/t/$tenant/playbook-runs/$runId',
        params: { tenant: params().tenant, runId: id },
        search: {},
      })}
      bulk={bulk()}
      empty={{
        text: t(
          'A run is one pass through a playbook. It starts from an exception, from the page of a playbook, or over the API.',
        ),
      }}
    />
  );
}
