import { Link, useParams } from '@tanstack/solid-router';
import { Show } from 'solid-js';
import { useQuery } from '../../../api/query.ts';
import { queries } from '../../../api/trpc.ts';
import { PageHeader } from '../../../kit/page-header.tsx';
import { QueryView } from '../../../kit/query-view.tsx';
import { useTitle } from '../../../shell/use-title.ts';
import { t } from '../../../words/words.ts';
import { type Batch, isOpen } from '../parts/batch-words.ts';
import { BatchDetail } from './batch-detail.tsx';

/** One batch, updated while it runs. */
export default function BatchPage() {
  const params = useParams({ from: '/t/$tenant/batches/$batchId' });
  const query = useQuery(() => ({
    ...queries.batches.get({ id: params().batchId }),
    // Its calls have events of their own; how they are counted here is written a moment later.
    refetchInterval: ({ state }: { state: { data?: Batch } }) =>
      state.data &&
      (isOpen(state.data) ||
        state.data.counts.running > 0 ||
        state.data.undo.some(({ status }) => status === 'running'))
        ? 1_000
        : false,
  }));
  useTitle(() => (query.isSuccess ? query.data.title : t('Batch')));
  const back = () => (
    <Link to="/t/$tenant/batches" params={{ tenant: params().tenant }} search={{}} class="hover:text-text">
      {t('Batches')}
    </Link>
  );
  return (
    <Show when={params().batchId} keyed>
      <QueryView
        query={query}
        what={t('The batch could not be loaded')}
        header={<PageHeader title={t('Batch')} back={back()} />}
      >
        {(batch) => <BatchDetail batch={batch()} tenant={params().tenant} back={back()} />}
      </QueryView>
    </Show>
  );
}
