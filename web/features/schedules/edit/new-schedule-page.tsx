import { useQueryClient } from '@tanstack/solid-query';
import { Link, useNavigate, useParams } from '@tanstack/solid-router';
import { Show } from 'solid-js';
import { useCan, useMe } from '../../../api/me.ts';
import { api, type Inputs, queries } from '../../../api/trpc.ts';
import { EmptyState } from '../../../kit/empty-state.tsx';
import { PageBody, PageHeader } from '../../../kit/page-header.tsx';
import { useTitle } from '../../../shell/use-title.ts';
import { t } from '../../../words/words.ts';
import { newDraft } from './schedule-draft.ts';
import { ScheduleForm } from './schedule-form.tsx';

/** A new schedule. */
export default function NewSchedulePage() {
  const params = useParams({ from: '/t/$tenant/schedules/new' });
  const navigate = useNavigate();
  const client = useQueryClient();
  const can = useCan();
  const me = useMe();
  useTitle(() => t('New schedule'));
  // A request that is sent again creates nothing.
  const idempotencyKey = `page/${crypto.randomUUID()}`;
  async function create(input: Inputs['schedules']['create']): Promise<void> {
    const schedule = await api.schedules.create.mutate({ ...input, idempotencyKey });
    client.setQueryData(queries.schedules.get({ id: schedule.id }).queryKey, schedule);
    await navigate({
      to: '/t/$tenant/schedules/$scheduleId',
      params: { tenant: params().tenant, scheduleId: schedule.id },
    });
  }
  return (
    <>
      <PageHeader
        title={t('New schedule')}
        back={
          <Link
            to="/t/$tenant/schedules"
            params={{ tenant: params().tenant }}
            search={{}}
            class="hover:text-text"
          >
            {t('Schedules')}
          </Link>
        }
      />
      <Show
        when={!me() || can('schedules.write')}
        fallback={
          <EmptyState title={t('You cannot create schedules')}>
            {t('Only operators can do this. A tenant admin can give you the role.')}
          </EmptyState>
        }
      >
        <PageBody>
          <ScheduleForm
            draft={newDraft()}
            verb={t('Create schedule')}
            failed={t('Nothing was created.')}
            save={create}
          />
        </PageBody>
      </Show>
    </>
  );
}
