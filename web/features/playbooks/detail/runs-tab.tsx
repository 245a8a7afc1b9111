import { useInfiniteQuery } from '@tanstack/solid-query';
import { useParams } from '@tanstack/solid-router';
import { createMemo, type JSX, Show } from 'solid-js';
import { paged, rowsOf } from '../../../api/paged.ts';
import { queries } from '../../../api/trpc.ts';
import { DataTable } from '../../../kit/data-table/data-table.tsx';
import { EmptyState } from '../../../kit/empty-state.tsx';
import { ErrorState } from '../../../kit/error-state.tsx';
import { type Playbook, playbookTitle } from '../parts/playbook-words.ts';
import { runColumns } from './run-columns.tsx';

/** All runs of this playbook, of all its versions. */
export function RunsTab(props: { playbook: Playbook; start?: JSX.Element }) {
  const params = useParams({ from: '/t/$tenant/playbooks/$playbookId' });
  const query = useInfiniteQuery(() =>
    paged(queries.runs.list, { playbookId: props.playbook.id, limit: 50 }),
  );
  const rows = createMemo(() => rowsOf(query));
  return (
    <Show
      when={!query.isError || rows()}
      fallback={
        <ErrorState
          error={query.error}
          what="The runs could not be loaded"
          onRetry={() => void query.refetch()}
        />
      }
    >
      <DataTable
        label={`Runs of ${playbookTitle(props.playbook)}`}
        columns={runColumns(() => params().tenant)}
        rows={rows()}
        rowId={(run) => run.id}
        rowLink={(run) => ({
          to: '/t/$tenant/playbook-runs/$runId',
          params: { tenant: params().tenant, runId: run.id },
        })}
        hasMore={query.hasNextPage}
        loadingMore={query.isFetchingNextPage}
        onMore={() => void query.fetchNextPage()}
        empty={
          <EmptyState title="No runs yet." action={props.start}>
            Runs appear here as soon as they start.
          </EmptyState>
        }
      />
    </Show>
  );
}
