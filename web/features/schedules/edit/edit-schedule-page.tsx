import { useQueryClient } from '@tanstack/solid-query';
import { Link, useNavigate, useParams } from '@tanstack/solid-router';
import { Show } from 'solid-js';
import { entityTag } from '../../../../shared/platform/if-match.ts';
import { useQuery } from '../../../api/query.ts';
import { api, type Inputs, queries } from '../../../api/trpc.ts';
import { EmptyState } from '../../../kit/empty-state.tsx';
import { PageBody, PageHeader } from '../../../kit/page-header.tsx';
import { QueryView } from '../../../kit/query-view.tsx';
import { useTitle } from '../../../shell/use-title.ts';
import { t } from '../../../words/words.ts';
import type { Schedule } from '../parts/schedule-words.ts';
import { draftOf } from './schedule-draft.ts';
import { ScheduleForm } from './schedule-form.tsx';

/** A schedule that is changed by its owner. */
export default function EditSchedulePage() {
  const params = useParams({ from: '/t/$tenant/schedules/$scheduleId/edit' });
  const navigate = useNavigate();
  const client = useQueryClient();
  const query = useQuery(() => queries.schedules.get({ id: params().scheduleId }));
  useTitle(() => t('Edit schedule'));
  const place = () => ({
    to: '/t/$tenant/schedules/$scheduleId' as const,
    params: { tenant: params().tenant, scheduleId: params().scheduleId },
  });
  async function save({ id, revision }: Schedule, input: Inputs['schedules']['create']): Promise<void> {
    const changed = await api.schedules.update.mutate({ ...input, id, ifMatch: entityTag(revision) });
    client.setQueryData(queries.schedules.get({ id }).queryKey, changed);
    await navigate(place());
  }
  const header = () => (
    <PageHeader
      title={t('Edit schedule')}
      back={
        <Link {...place()} search={{}} class="hover:text-text">
          {t('Schedule')}
        </Link>
      }
    />
  );
  return (
    <QueryView query={query} what={t('The schedule could not be loaded')} header={header()}>
      {(schedule) => (
        <>
          {header()}
          <Show
            when={schedule().mine}
            fallback={
              <EmptyState
                title={t('You cannot change this schedule')}
              >{t`Only its owner, ${schedule().owner.name}, can: what it starts is theirs.`}</EmptyState>
            }
          >
            <Show when={schedule().id} keyed>
              {(_) => {
                // What is edited is the revision that was loaded, whatever happens meanwhile.
                const loaded = schedule();
                return (
                  <PageBody>
                    <ScheduleForm
                      draft={draftOf(loaded)}
                      verb={t('Save')}
                      failed={t('Nothing was saved.')}
                      save={(input) => save(loaded, input)}
                    />
                  </PageBody>
                );
              }}
            </Show>
          </Show>
        </>
      )}
    </QueryView>
  );
}
