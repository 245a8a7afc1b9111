import { useInfiniteQuery } from '@tanstack/solid-query';
import { useNavigate, useParams, useSearch } from '@tanstack/solid-router';
import { Plus } from 'lucide-solid';
import { createMemo, Show } from 'solid-js';
import { useCan } from '../../../api/me.ts';
import { paged, rowsOf } from '../../../api/paged.ts';
import { queries } from '../../../api/trpc.ts';
import { type Action, useActions } from '../../../kit/actions.ts';
import { Button, ButtonLink } from '../../../kit/button.tsx';
import { DataTable } from '../../../kit/data-table/data-table.tsx';
import { EmptyState } from '../../../kit/empty-state.tsx';
import { ErrorState } from '../../../kit/error-state.tsx';
import { FilterBar } from '../../../kit/filter-bar/filter-bar.tsx';
import { FilterChip } from '../../../kit/filter-bar/filter-chip.tsx';
import { SearchBox } from '../../../kit/filter-bar/search-box.tsx';
import { PageBody, PageHeader } from '../../../kit/page-header.tsx';
import { useTitle } from '../../../shell/use-title.ts';
import { createEnabledSwitch } from '../parts/enabled-switch.ts';
import { toolTypeWord } from '../parts/tool-words.ts';
import { type ToolRow, toolColumns } from './tool-columns.tsx';

const from = '/t/$tenant/tools';

/** All tools that this tenant may see; its filters are the URL's query. */
export default function ToolsPage() {
  const params = useParams({ from });
  const search = useSearch({ from });
  const navigate = useNavigate({ from });
  const can = useCan();
  const enabled = createEnabledSwitch();
  useTitle(() => 'Tools');

  const query = useInfiniteQuery(() => paged(queries.tools.list, { ...search(), limit: 50 }));
  const rows = createMemo(() => rowsOf(query));
  // All that were seen so far: filtering by one must not take the others away.
  const categories = createMemo<readonly string[]>(
    (seen) => [...new Set([...seen, ...(rows() ?? []).map((tool) => tool.category)])].sort(),
    [],
  );

  type Filters = ReturnType<typeof search>;
  const filtered = () => Object.values(search()).some((value) => value !== undefined);
  const set = (change: Partial<Filters>) =>
    void navigate({ search: (before) => ({ ...before, ...change }), replace: true });
  const clear = () => void navigate({ search: {}, replace: true });

  const newTool = () => void navigate({ to: '/t/$tenant/tools/new', params: params(), search: {} });
  useActions(() =>
    can('tools.write') ? [{ id: 'tool:new', label: 'New tool', keys: 'n', group: 'Page', run: newTool }] : [],
  );
  const rowActions = (tool: ToolRow): Action[] => {
    const at = { tenant: params().tenant, toolId: tool.id };
    const actions: Action[] = [];
    if (can('tools.execute') && tool.enabled) {
      actions.push({
        id: 'row:run',
        label: `Run ${tool.name}`,
        keys: 'r',
        group: 'Selection',
        run: () => void navigate({ to: '/t/$tenant/tools/$toolId/run', params: at, search: {} }),
      });
    }
    if (tool.writable) {
      actions.push({
        id: 'row:edit',
        label: `Edit ${tool.name}`,
        keys: 'e',
        group: 'Selection',
        run: () => void navigate({ to: '/t/$tenant/tools/$toolId/edit', params: at }),
      });
    }
    if (can('tools.enable')) {
      actions.push({
        id: 'row:enabled',
        label: `Turn ${tool.name} ${tool.enabled ? 'off' : 'on'} for this tenant`,
        group: 'Selection',
        run: () => void enabled.set(tool, !tool.enabled),
      });
    }
    return actions;
  };

  return (
    <>
      <PageHeader
        title="Tools"
        actions={
          <Show when={can('tools.write')}>
            <ButtonLink
              to="/t/$tenant/tools/new"
              params={{ tenant: params().tenant }}
              variant="primary"
              icon={Plus}
              keys="n"
            >
              New tool
            </ButtonLink>
          </Show>
        }
      >
        <FilterBar active={filtered()} onClear={clear}>
          <SearchBox label="Search tools" value={search().q} onChange={(q) => set({ q })} />
          <FilterChip
            label="Scope"
            value={search().scope}
            options={[
              { value: 'tenant', label: 'Tenant' },
              { value: 'global', label: 'Global' },
            ]}
            onChange={(value) => set({ scope: value as Filters['scope'] })}
          />
          <FilterChip
            label="State"
            value={search().status}
            options={[
              { value: 'enabled', label: 'On' },
              { value: 'disabled', label: 'Off' },
            ]}
            onChange={(value) => set({ status: value as Filters['status'] })}
          />
          <FilterChip
            label="Type"
            value={search().type}
            options={['http', 'dummy'].map((value) => ({ value, label: toolTypeWord(value) }))}
            onChange={(type) => set({ type })}
          />
          <FilterChip
            label="Category"
            value={search().category}
            options={categories().map((value) => ({ value, label: value }))}
            onChange={(category) => set({ category })}
          />
        </FilterBar>
      </PageHeader>
      <PageBody>
        <Show
          when={!query.isError || rows()}
          fallback={
            <ErrorState
              error={query.error}
              what="The tools could not be loaded"
              onRetry={() => void query.refetch()}
            />
          }
        >
          <DataTable
            label="Tools"
            columns={toolColumns(enabled, () => can('tools.enable'))}
            rows={rows()}
            rowId={(tool) => tool.id}
            rowLink={(tool) => ({
              to: '/t/$tenant/tools/$toolId',
              params: { tenant: params().tenant, toolId: tool.id },
              search: {},
            })}
            rowActions={rowActions}
            hasMore={query.hasNextPage}
            loadingMore={query.isFetchingNextPage}
            onMore={() => void query.fetchNextPage()}
            empty={
              <Show
                when={filtered()}
                fallback={
                  <EmptyState
                    title="There are no tools yet"
                    action={
                      <Show when={can('tools.write')}>
                        <Button onClick={newTool}>Define the first one</Button>
                      </Show>
                    }
                  >
                    A tool is one call to another system: what it takes, what it answers, how often it may be
                    repeated. Every run of it is recorded.
                  </EmptyState>
                }
              >
                <EmptyState
                  title="No tool matches these filters"
                  action={<Button onClick={clear}>Clear filters</Button>}
                >
                  There are tools in this tenant, but none that fit all of them.
                </EmptyState>
              </Show>
            }
          />
        </Show>
      </PageBody>
    </>
  );
}
