import { useQueryClient } from '@tanstack/solid-query';
import { createSignal } from 'solid-js';
import { tenantSlug } from '../../../api/tenant.ts';
import { api, type Outputs, queries, queryKey } from '../../../api/trpc.ts';
import { toast, toastError } from '../../../shell/toasts.tsx';
import { t } from '../../../words/words.ts';

export type Exception = Outputs['exceptions']['get'];

/** Changes to an exception that take one click. Others have dialogs. */
export function createExceptionChanges(exception: () => Exception) {
  const client = useQueryClient();
  const [busy, setBusy] = createSignal(false);

  /** Shows the server's response and refetches the timeline and the lists. */
  const show = (next: Exception) => {
    client.setQueryData(queries.exceptions.get({ id: next.id }).queryKey, next);
    for (const procedure of ['timeline', 'list'])
      void client.invalidateQueries({ queryKey: queryKey(tenantSlug(), 'exceptions', procedure) });
  };
  async function change(failure: string, call: () => Promise<Exception>): Promise<boolean> {
    if (busy()) return false;
    setBusy(true);
    try {
      show(await call());
      return true;
    } catch (error) {
      toastError(failure, error);
      return false;
    } finally {
      setBusy(false);
    }
  }
  const id = () => exception().id;

  return {
    busy,
    show,
    assign: (assignee: string | null) =>
      change(t('The exception was not assigned'), () => api.exceptions.assign.mutate({ id: id(), assignee })),
    setStatus: (status: 'open' | 'in_progress') =>
      change(t('The status was not changed'), () =>
        api.exceptions.update.mutate({ id: id(), status, revision: exception().revision }),
      ),
    unlink: async (linkId: string) => {
      const done = await change(t('The link was not removed'), async () => {
        await api.exceptions.unlink.mutate({ id: id(), linkId });
        return api.exceptions.get.query({ id: id() });
      });
      if (done) toast(t('Link removed'));
    },
  };
}

export type ExceptionChanges = ReturnType<typeof createExceptionChanges>;
