import { useQueryClient } from '@tanstack/solid-query';
import { Link, useParams } from '@tanstack/solid-router';
import { createEffect, Show } from 'solid-js';
import { exceptionLabel } from '../../../../shared/exceptions/exception-number.ts';
import { useQuery } from '../../../api/query.ts';
import { queries } from '../../../api/trpc.ts';
import { PageHeader } from '../../../kit/page-header.tsx';
import { QueryView } from '../../../kit/query-view.tsx';
import { useTitle } from '../../../shell/use-title.ts';
import { t } from '../../../words/words.ts';
import { ExceptionDetail, runsOf } from './exception-detail.tsx';
import { timelineOf } from './timeline.tsx';

/** One exception. */
export default function ExceptionPage() {
  const params = useParams({ from: '/t/$tenant/exceptions/$exceptionId' });
  const query = useQuery(() => queries.exceptions.get({ id: params().exceptionId }));
  // What stands below it is asked for at the same time, not after it.
  const client = useQueryClient();
  createEffect(() => {
    const id = params().exceptionId;
    void client.prefetchQuery(runsOf(id));
    void client.prefetchQuery(queries.exceptions.attachments({ id }));
    void client.prefetchInfiniteQuery(timelineOf(id));
  });
  useTitle(() =>
    query.isSuccess ? `${exceptionLabel(query.data.number)} ${query.data.title}` : t('Exception'),
  );
  return (
    // Keyed: another exception starts with closed dialogs and empty forms.
    <Show when={params().exceptionId} keyed>
      <QueryView
        query={query}
        what={t('The exception could not be loaded')}
        header={<PageHeader title={t('Exception')} back={<BackLink tenant={params().tenant} />} />}
      >
        {(exception) => (
          <ExceptionDetail
            exception={exception()}
            tenant={params().tenant}
            back={<BackLink tenant={params().tenant} />}
          />
        )}
      </QueryView>
    </Show>
  );
}

const BackLink = (props: { tenant: string }) => (
  <Link to="/t/$tenant/exceptions" params={{ tenant: props.tenant }} search={{}} class="hover:text-text">
    {t('Exceptions')}
  </Link>
);
