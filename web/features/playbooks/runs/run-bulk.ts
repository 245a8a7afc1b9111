import { useQueryClient } from '@tanstack/solid-query';
import type { RunSummary } from '../../../../shared/playbooks/run-schemas.ts';
import { useCan } from '../../../api/me.ts';
import { tenantSlug } from '../../../api/tenant.ts';
import { api, queryKey } from '../../../api/trpc.ts';
import type { Bulk, BulkAction } from '../../../kit/bulk/bulk-action.ts';
import { counted, t } from '../../../words/words.ts';

const reasons = [t('Incident'), t('Maintenance'), t('Wrong data'), t('Started by mistake')];
const isOpen = ({ status }: RunSummary) => status === 'running' || status === 'waiting';

/** Pauses, resumes and cancels several runs, with the reason that their pages show. */
export function createRunBulk(): () => Bulk<RunSummary> | undefined {
  const client = useQueryClient();
  const can = useCan();
  const settled = () => {
    for (const router of ['runs', 'inbox'])
      void client.invalidateQueries({ queryKey: queryKey(tenantSlug(), router) });
  };
  const choice = {
    label: t('Reason'),
    options: reasons.map((reason) => ({ value: reason, label: reason })),
  };
  const actions: BulkAction<RunSummary>[] = [
    {
      id: 'pause',
      label: t('Pause'),
      choice,
      about: (count) =>
        t`Pauses ${counted(count, '{0} run|{0} runs')}: no step opens and none can be completed.`,
      leaves: (run) => (!isOpen(run) ? t('Ended') : run.paused ? t('Already paused') : null),
      run: ({ id }, reason) => api.runs.pause.mutate({ id, reason }),
      settled,
    },
    {
      id: 'resume',
      label: t('Resume'),
      about: (count) => t`Resumes ${counted(count, '{0} run|{0} runs')}.`,
      leaves: (run) => (isOpen(run) && run.paused ? null : t('Not paused')),
      run: ({ id }) => api.runs.resume.mutate({ id }),
      settled,
    },
    {
      id: 'cancel',
      label: t('Cancel runs'),
      choice,
      about: (count) => t`Cancels ${counted(count, '{0} run|{0} runs')}. What they have done stays.`,
      leaves: (run) => (isOpen(run) ? null : t('Ended')),
      run: ({ id }, reason) => api.runs.cancel.mutate({ id, reason }),
      settled,
    },
  ];
  const bulk = { name: ({ playbookTitle, id }: RunSummary) => `${playbookTitle} …${id.slice(-8)}`, actions };
  return () => (can('runs.control') ? bulk : undefined);
}
