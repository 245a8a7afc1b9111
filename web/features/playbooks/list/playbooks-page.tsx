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
import { type PlaybookRow, playbookColumns } from './playbook-columns.tsx';

const from = '/t/$tenant/playbooks';

/** All playbooks of the tenant; its filters are the URL's query. */
export default function PlaybooksPage() {
  const params = useParams({ from });
  const search = useSearch({ from });
  const navigate = useNavigate({ from });
  const can = useCan();
  useTitle(() => 'Playbooks');

  const query = useInfiniteQuery(() => paged(queries.playbooks.list, { ...search(), limit: 50 }));
  const rows = createMemo(() => rowsOf(query));

  type Filters = ReturnType<typeof search>;
  const filtered = () => Object.values(search()).some((value) => value !== undefined);
  const set = (change: Partial<Filters>) =>
    void navigate({ search: (before) => ({ ...before, ...change }), replace: true });
  const clear = () => void navigate({ search: {}, replace: true });

  const create = () => void navigate({ to: '/t/$tenant/playbooks/new', params: params(), search: {} });
  useActions(() =>
    can('playbooks.write')
      ? [{ id: 'playbook:new', label: 'New playbook', keys: 'n', group: 'Page', run: create }]
      : [],
  );
  const rowActions = (playbook: PlaybookRow): Action[] => {
    if (!can('playbooks.write')) return [];
    const at = { tenant: params().tenant, playbookId: playbook.id };
    return [
      {
        id: 'row:edit',
        label: `Edit ${playbook.title}`,
        keys: 'e',
        group: 'Selection',
        run: () => void navigate({ to: '/t/$tenant/playbooks/$playbookId/edit', params: at }),
      },
    ];
  };

  return (
    <>
      <PageHeader
        title="Playbooks"
        actions={
          <Show when={can('playbooks.write')}>
            <ButtonLink
              to="/t/$tenant/playbooks/new"
              params={{ tenant: params().tenant }}
              variant="primary"
              icon={Plus}
              keys="n"
            >
              New playbook
            </ButtonLink>
          </Show>
        }
      >
        <FilterBar active={filtered()} onClear={clear}>
          <SearchBox label="Search playbooks" value={search().q} onChange={(q) => set({ q })} />
          <FilterChip
            label="Status"
            value={search().status}
            options={[
              { value: 'published', label: 'Published' },
              { value: 'draft', label: 'Draft' },
            ]}
            onChange={(value) => set({ status: value as Filters['status'] })}
          />
        </FilterBar>
      </PageHeader>
      <PageBody>
        <Show
          when={!query.isError || rows()}
          fallback={
            <ErrorState
              error={query.error}
              what="The playbooks could not be loaded"
              onRetry={() => void query.refetch()}
            />
          }
        >
          <DataTable
            label="Playbooks"
            columns={playbookColumns}
            rows={rows()}
            rowId={(playbook) => playbook.id}
            rowLink={(playbook) => ({
              to: '/t/$tenant/playbooks/$playbookId',
              params: { tenant: params().tenant, playbookId: playbook.id },
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
                    title="There are no playbooks yet"
                    action={
                      <Show when={can('playbooks.write')}>
                        <Button onClick={create}>Write the first one</Button>
                      </Show>
                    }
                  >
                    A playbook is the steps that people and tools take, in order, when something went wrong:
                    who does what, until when, and which tool runs with which input.
                  </EmptyState>
                }
              >
                <EmptyState
                  title="No playbook matches these filters"
                  action={<Button onClick={clear}>Clear filters</Button>}
                >
                  There are playbooks in this tenant, but none that fit all of them.
                </EmptyState>
              </Show>
            }
          />
        </Show>
      </PageBody>
    </>
  );
}
