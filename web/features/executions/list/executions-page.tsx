import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/solid-query';
import { useNavigate, useParams, useSearch } from '@tanstack/solid-router';
import { createMemo, Show } from 'solid-js';
import { executionStatuses, failureCodes } from '../../../../shared/executions/failure-codes.ts';
import { queries } from '../../../api/trpc.ts';
import { Button, ButtonLink } from '../../../kit/button.tsx';
import { DataTable } from '../../../kit/data-table/data-table.tsx';
import { EmptyState } from '../../../kit/empty-state.tsx';
import { ErrorState } from '../../../kit/error-state.tsx';
import { FilterBar } from '../../../kit/filter-bar/filter-bar.tsx';
import { FilterChip } from '../../../kit/filter-bar/filter-chip.tsx';
import { SearchBox } from '../../../kit/filter-bar/search-box.tsx';
import { shortId } from '../../../kit/format.ts';
import { PageBody, PageHeader } from '../../../kit/page-header.tsx';
import { Status, statusWord } from '../../../kit/status.tsx';
import { useTitle } from '../../../shell/use-title.ts';
import { executionColumns } from '../parts/execution-columns.tsx';
import { failureWords } from '../parts/execution-words.ts';
import { TimeFilter } from './time-filter.tsx';

const from = '/t/$tenant/executions';

/** Every execution of the tenant, the latest first; its filters are the URL's query. */
export default function ExecutionsPage() {
  const params = useParams({ from });
  const search = useSearch({ from });
  const navigate = useNavigate({ from });
  useTitle(() => 'Executions');

  const query = useInfiniteQuery(() => {
    const filters = { ...search(), from: instant(search().from), to: instant(search().to), limit: 50 };
    return {
      queryKey: [...queries.executions.list(filters).queryKey, 'pages'],
      queryFn: ({ pageParam, signal }: { pageParam: string | undefined; signal: AbortSignal }) =>
        queries.executions.list({ ...filters, cursor: pageParam }).queryFn({ signal }),
      initialPageParam: undefined as string | undefined,
      getNextPageParam: (page: { nextCursor: string | null }) => page.nextCursor ?? undefined,
      placeholderData: keepPreviousData,
    };
  });
  const rows = createMemo(() =>
    query.isPending || !query.data ? undefined : query.data.pages.flatMap((page) => page.items),
  );
  // Only for the names in a menu: the page does not wait for it.
  const tools = useQuery(() => queries.tools.list({ limit: 200, scope: 'all' }));
  const toolOptions = createMemo(() =>
    (tools.isSuccess ? tools.data.items : []).map((tool) => ({ value: tool.id, label: tool.title })),
  );
  const actorOptions = createMemo(() => {
    const names = new Map((rows() ?? []).map((run) => [run.actor.id, run.actor.name]));
    return [...names].map(([value, label]) => ({ value, label }));
  });

  type Filters = ReturnType<typeof search>;
  const filtered = () => Object.values(search()).some((value) => value !== undefined);
  const set = (change: Partial<Filters>) =>
    void navigate({ search: (before) => ({ ...before, ...change }), replace: true });
  const clear = () => void navigate({ search: {}, replace: true });

  return (
    <>
      <PageHeader title="Executions">
        <FilterBar active={filtered()} onClear={clear}>
          <SearchBox label="Search executions" value={search().q} onChange={(q) => set({ q })} />
          <FilterChip
            label="Status"
            value={search().status}
            options={executionStatuses.map((value) => ({ value, label: <Status kind={value} /> }))}
            show={(value) => statusWord(value as 'failed')}
            onChange={(value) => set({ status: value as Filters['status'] })}
          />
          <FilterChip
            label="Failure"
            value={search().failureCode}
            options={failureCodes.map((value) => ({ value, label: failureWords[value] }))}
            onChange={(value) => set({ failureCode: value as Filters['failureCode'] })}
          />
          <FilterChip
            label="Tool"
            value={search().toolId}
            options={toolOptions()}
            show={shortId}
            onChange={(toolId) => set({ toolId })}
          />
          <FilterChip
            label="Started by"
            value={search().actor}
            options={actorOptions()}
            onChange={(actor) => set({ actor })}
          />
          <TimeFilter range={{ from: search().from, to: search().to }} onChange={(range) => set(range)} />
          <FilterChip
            label="Exception"
            value={search().exceptionId}
            show={shortId}
            onChange={(exceptionId) => set({ exceptionId })}
          />
        </FilterBar>
      </PageHeader>
      <PageBody>
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
          <DataTable
            label="Executions"
            columns={executionColumns}
            rows={rows()}
            rowId={(run) => run.id}
            rowLink={(run) => ({
              to: '/t/$tenant/executions/$executionId',
              params: { tenant: params().tenant, executionId: run.id },
            })}
            hasMore={query.hasNextPage}
            loadingMore={query.isFetchingNextPage}
            onMore={() => void query.fetchNextPage()}
            empty={
              <Show
                when={filtered()}
                fallback={
                  <EmptyState
                    title="Nothing has run yet"
                    action={
                      <ButtonLink to="/t/$tenant/tools" params={{ tenant: params().tenant }}>
                        Choose a tool
                      </ButtonLink>
                    }
                  >
                    Every run of a tool stands here from the moment it is asked for, with what it sent, what
                    came back and how often it was tried.
                  </EmptyState>
                }
              >
                <EmptyState
                  title="No execution matches these filters"
                  action={<Button onClick={clear}>Clear filters</Button>}
                >
                  There may be executions in this tenant, but none that fit all of them.
                </EmptyState>
              </Show>
            }
          />
        </Show>
      </PageBody>
    </>
  );
}

/** A time as the API takes it; a mistyped one in a link is left out. */
function instant(value: string | undefined): string | undefined {
  const at = value === undefined ? Number.NaN : Date.parse(value);
  return Number.isNaN(at) ? undefined : new Date(at).toISOString();
}
