import { Link, useParams } from '@tanstack/solid-router';
import { Show } from 'solid-js';
import { useQuery } from '../../../api/query.ts';
import { queries } from '../../../api/trpc.ts';
import { PageHeader } from '../../../kit/page-header.tsx';
import { QueryView } from '../../../kit/query-view.tsx';
import { useTitle } from '../../../shell/use-title.ts';
import { t } from '../../../words/words.ts';
import { ScheduleDetail } from './schedule-detail.tsx';

/** One schedule: its next times and its last runs. */
export default function SchedulePage() {
  const params = useParams({ from: '/t/$tenant/schedules/$scheduleId' });
  const query = useQuery(() => queries.schedules.get({ id: params().scheduleId }));
  useTitle(() => (query.isSuccess ? query.data.title : t('Schedule')));
  const back = () => (
    <Link to="/t/$tenant/schedules" params={{ tenant: params().tenant }} search={{}} class="hover:text-text">
      {t('Schedules')}
    </Link>
  );
  return (
    <Show when={params().scheduleId} keyed>
      <QueryView
        query={query}
        what={t('The schedule could not be loaded')}
        header={<PageHeader title={t('Schedule')} back={back()} />}
      >
        {(schedule) => <ScheduleDetail schedule={schedule()} tenant={params().tenant} back={back()} />}
      </QueryView>
    </Show>
  );
}
