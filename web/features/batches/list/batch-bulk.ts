import { useQueryClient } from '@tanstack/solid-query';
import { useCan } from '../../../api/me.ts';
import { tenantSlug } from '../../../api/tenant.ts';
import { api, queryKey } from '../../../api/trpc.ts';
import type { Bulk, BulkAction } from '../../../kit/bulk/bulk-action.ts';
import { counted, t } from '../../../words/words.ts';
import type { BatchRow } from '../parts/batch-words.ts';

/** Pauses, resumes and cancels several batches. */
export function createBatchBulk(): () => Bulk<BatchRow> | undefined {
  const client = useQueryClient();
  const can = useCan();
  const settled = () => void client.invalidateQueries({ queryKey: queryKey(tenantSlug(), 'batches') });
  const pause: BulkAction<BatchRow> = {
    id: 'pause',
    label: t('Pause'),
    about: (count) => t`Pauses ${counted(count, '{0} batch|{0} batches')}. Calls that have begun go on.`,
    leaves: ({ status }) => (status === 'running' ? null : t('Not running')),
    run: ({ id }) => api.batches.pause.mutate({ id }),
    settled,
  };
  const resume: BulkAction<BatchRow> = {
    id: 'resume',
    label: t('Resume'),
    about: (count) =>
      t`Resumes ${counted(count, '{0} batch|{0} batches')}. Their next calls are made as you.`,
    leaves: ({ status }) => (status === 'paused' ? null : t('Not paused')),
    run: ({ id }) => api.batches.resume.mutate({ id }),
    settled,
  };
  const cancel: BulkAction<BatchRow> = {
    id: 'cancel',
    label: t('Cancel batches'),
    about: (count) =>
      t`Cancels ${counted(count, '{0} batch|{0} batches')}. Calls that have begun go on; the others are never made.`,
    leaves: ({ status }) => (status === 'running' || status === 'paused' ? null : t('Ended')),
    run: ({ id }) => api.batches.cancel.mutate({ id }),
    settled,
  };
  return () => {
    const actions = [
      ...(can('executions.control') ? [pause] : []),
      ...(can('tools.execute') ? [resume] : []),
      ...(can('executions.control') ? [cancel] : []),
    ];
    return actions.length > 0 ? { name: ({ title }) => title, actions } : undefined;
  };
}
