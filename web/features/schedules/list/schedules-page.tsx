import { useParams, useSearch } from '@tanstack/solid-router';
import { Show } from 'solid-js';
import { scheduleStatuses } from '../../../../shared/schedules/schedule-statuses.ts';
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
import { runShown, type ScheduleRow, scheduleShown } from '../parts/schedule-words.ts';

const from = '/t/$tenant/schedules';

const columns: readonly Column<ScheduleRow>[] = [
  {
    id: 'title',
    header: t('Schedule'),
    main: true,
    width: '28%',
    cell: (schedule) => <span title={schedule().title}>{schedule().title}</span>,
  },
  {
    id: 'status',
    header: t('Status'),
    width: '112px',
    cell: (schedule) => <Status {...scheduleShown[schedule().status]} />,
  },
  textColumn({ id: 'words', header: t('Times'), needs: 'medium' }, ({ words }) => words),
  textColumn({ id: 'owner', header: t('Owner'), needs: 'wide', width: '128px' }, ({ owner }) => owner.name),
  {
    id: 'last',
    header: t('Last run'),
    needs: 'medium',
    width: '120px',
    cell: (schedule) => (
      <Show when={schedule().lastRun} fallback={<span class="text-faint">–</span>}>
        {(run) => <Status {...runShown[run().status]} />}
      </Show>
    ),
  },
  timeColumn({ id: 'next', header: t('Next'), width: '104px' }, ({ nextAt }) => nextAt),
];

/** Every schedule of the tenant, newest first. */
export default function SchedulesPage() {
  const params = useParams({ from });
  const can = useCan();
  const filters = createListFilters(useSearch({ from }));
  const list = createPaged(queries.schedules.list, filters.values);
  useTitle(() => t('Schedules'));
  return (
    <ListPage
      name="schedules"
      title={t('Schedules')}
      list={list}
      filters={filters}
      chips={
        <Filter
          filters={filters}
          name="status"
          label={t('Status')}
          options={scheduleStatuses.map((value) => ({ value, label: <Status {...scheduleShown[value]} /> }))}
          show={(value) => scheduleShown[value].word ?? statusWord(scheduleShown[value].kind)}
        />
      }
      columns={columns}
      rowId={({ id }) => id}
      rowLink={({ id }) => ({
        to: '/t/$tenant/schedules/$scheduleId',
        params: { tenant: params().tenant, scheduleId: id },
      })}
      newRow={
        can('schedules.write')
          ? {
              label: t('New schedule'),
              link: { to: '/t/$tenant/schedules/new', params: { tenant: params().tenant } },
            }
          : undefined
      }
      empty={{
        text: t(
          'A schedule runs a tool, a playbook or a batch at times, such as every weekday at nine. The next times are shown before it is saved.',
        ),
      }}
    />
  );
}
