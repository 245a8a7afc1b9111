import { useInfiniteQuery } from '@tanstack/solid-query';
import { Link, useParams } from '@tanstack/solid-router';
import { createMemo, Show } from 'solid-js';
import { paged, rowsOf } from '../../../api/paged.ts';
import { queries } from '../../../api/trpc.ts';
import { DataTable } from '../../../kit/data-table/data-table.tsx';
import { EmptyState } from '../../../kit/empty-state.tsx';
import { ErrorState } from '../../../kit/error-state.tsx';
import type { Tool } from '../parts/tool-words.ts';
import { toolExecutionColumns } from './tool-execution-columns.tsx';

/** All executions of this tool, of all its versions. */
export function ExecutionsTab(props: { tool: Tool }) {
  const params = useParams({ from: '/t/$tenant/tools/$toolId' });
  const query = useInfiniteQuery(() => paged(queries.executions.list, { toolId: props.tool.id, limit: 50 }));
  const rows = createMemo(() => rowsOf(query));
  return (
    <Show
      when={!query.isError || rows()}
      fallback={
        <ErrorState
          error={query.error}
          what="The executions could not be loaded"
          onRetry={() => void query.refetch()}
        />
      }
    >
      <div class="flex items-center justify-between px-6 py-2 text-sm">
        <span class="text-muted">All versions</span>
        <Link
          to="/t/$tenant/executions"
          params={{ tenant: params().tenant }}
          search={{ toolId: props.tool.id }}
          class="text-accent hover:text-accent-hover"
        >
          Open in Executions
        </Link>
      </div>
      <DataTable
        label={`Executions of ${props.tool.name}`}
        columns={toolExecutionColumns}
        rows={rows()}
        rowId={(execution) => execution.id}
        rowLink={(execution) => ({
          to: '/t/$tenant/executions/$executionId',
          params: { tenant: params().tenant, executionId: execution.id },
        })}
        hasMore={query.hasNextPage}
        loadingMore={query.isFetchingNextPage}
        onMore={() => void query.fetchNextPage()}
        empty={
          <EmptyState title="No executions yet.">Executions appear here as soon as they start.</EmptyState>
        }
      />
    </Show>
  );
}
