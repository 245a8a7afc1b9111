import { useQueryClient } from '@tanstack/solid-query';
import { useCan } from '../../../api/me.ts';
import { tenantSlug } from '../../../api/tenant.ts';
import { api, queryKey } from '../../../api/trpc.ts';
import type { Bulk, BulkAction } from '../../../kit/bulk/bulk-action.ts';
import { counted, t } from '../../../words/words.ts';
import type { ScheduleRow } from '../parts/schedule-words.ts';

/** Pauses, resumes and archives several schedules. The server refuses those that belong to someone else. */
export function createScheduleBulk(): () => Bulk<ScheduleRow> | undefined {
  const client = useQueryClient();
  const can = useCan();
  const settled = () => void client.invalidateQueries({ queryKey: queryKey(tenantSlug(), 'schedules') });
  const actions: BulkAction<ScheduleRow>[] = [
    {
      id: 'pause',
      label: t('Pause'),
      about: (count) => t`Pauses ${counted(count, '{0} schedule|{0} schedules')}. What has started goes on.`,
      leaves: ({ status }) => (status === 'active' ? null : t('Not active')),
      run: ({ id }) => api.schedules.pause.mutate({ id }),
      settled,
    },
    {
      id: 'resume',
      label: t('Resume'),
      about: (count) =>
        t`Resumes ${counted(count, '{0} schedule|{0} schedules')}. Times that have passed are not made up for.`,
      leaves: ({ status }) => (status === 'paused' ? null : t('Not paused')),
      run: ({ id }) => api.schedules.resume.mutate({ id }),
      settled,
    },
    {
      id: 'archive',
      label: t('Archive'),
      about: (count) =>
        t`Archives ${counted(count, '{0} schedule|{0} schedules')}. They can be restored for a month.`,
      leaves: ({ status }) => (status === 'archived' ? t('Already archived') : null),
      run: ({ id }) => api.schedules.archive.mutate({ id }),
      settled,
    },
  ];
  const bulk = { name: ({ title }: ScheduleRow) => title, actions };
  return () => (can('schedules.write') ? bulk : undefined);
}
