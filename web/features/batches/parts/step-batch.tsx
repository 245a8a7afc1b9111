import { useQueryClient } from '@tanstack/solid-query';
import { Link } from '@tanstack/solid-router';
import { Play } from 'lucide-solid';
import { createSignal, Show } from 'solid-js';
import { useCan } from '../../../api/me.ts';
import { useQuery } from '../../../api/query.ts';
import { tenantSlug } from '../../../api/tenant.ts';
import { api, queries } from '../../../api/trpc.ts';
import { Button } from '../../../kit/button.tsx';
import { QueryView } from '../../../kit/query-view.tsx';
import { Status } from '../../../kit/status.tsx';
import { toastError } from '../../../shell/toasts.tsx';
import { said } from '../../../words/said.ts';
import { t } from '../../../words/words.ts';
import { type Batch, batchShown, isOpen } from './batch-words.ts';
import { Progress } from './progress.tsx';

/** The batch of a step: how far it is, and what it waits for. */
export function StepBatch(props: { batchId: string }) {
  const client = useQueryClient();
  const can = useCan();
  const [busy, setBusy] = createSignal(false);
  const options = () => queries.batches.get({ id: props.batchId });
  const query = useQuery(() => ({
    ...options(),
    refetchInterval: ({ state }: { state: { data?: Batch } }) =>
      state.data && (isOpen(state.data) || state.data.counts.running > 0) ? 1_000 : false,
  }));
  const resume = async () => {
    if (busy()) return;
    setBusy(true);
    try {
      client.setQueryData(options().queryKey, await api.batches.resume.mutate({ id: props.batchId }));
    } catch (error) {
      toastError(t('The batch was not resumed'), error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <QueryView query={query} what={t('The batch could not be loaded')}>
      {(batch) => (
        <section aria-label={t('Batch')} class="flex flex-col gap-2 rounded-md border px-3 py-2">
          <div class="flex flex-wrap items-center gap-x-3 gap-y-1">
            <Status {...batchShown[batch().status]} />
            <Link
              to="/t/$tenant/batches/$batchId"
              params={{ tenant: tenantSlug(), batchId: props.batchId }}
              search={{}}
              class="text-accent underline underline-offset-2 hover:text-accent-hover"
            >
              {t('Open batch')}
            </Link>
          </div>
          <Show when={batch().reason}>{(reason) => <p>{said(reason())}</p>}</Show>
          <Progress batch={batch()} />
          <Show when={batch().status === 'paused' && can('tools.execute')}>
            <div>
              <Button variant="primary" icon={Play} busy={busy()} onClick={() => void resume()}>
                {t('Resume')}
              </Button>
            </div>
          </Show>
        </section>
      )}
    </QueryView>
  );
}
