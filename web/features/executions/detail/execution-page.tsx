import { Link, useParams } from '@tanstack/solid-router';
import { Show } from 'solid-js';
import { PageHeader } from '../../../kit/page-header.tsx';
import { QueryView } from '../../../kit/query-view.tsx';
import { useTitle } from '../../../shell/use-title.ts';
import { t } from '../../../words/words.ts';
import { useExecution } from '../parts/execution-query.ts';
import { ExecutionDetail } from './execution-detail.tsx';

/** One execution, updated while it runs. */
export default function ExecutionPage() {
  const params = useParams({ from: '/t/$tenant/executions/$executionId' });
  const query = useExecution(() => params().executionId);
  useTitle(() => (query.isSuccess ? t`${query.data.toolName} execution` : t('Execution')));
  return (
    // Another execution is another page: open rows and dialogs do not carry over.
    <Show when={params().executionId} keyed>
      <QueryView
        query={query}
        what={t('The execution could not be loaded')}
        header={<PageHeader title={t('Execution')} back={<BackLink tenant={params().tenant} />} />}
      >
        {(execution) => (
          <ExecutionDetail
            execution={execution()}
            tenant={params().tenant}
            back={<BackLink tenant={params().tenant} />}
          />
        )}
      </QueryView>
    </Show>
  );
}

const BackLink = (props: { tenant: string }) => (
  <Link to="/t/$tenant/executions" params={{ tenant: props.tenant }} search={{}} class="hover:text-text">
    {t('Executions')}
  </Link>
);
