import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/solid-query';
import { useNavigate, useParams, useSearch } from '@tanstack/solid-router';
import { Plus } from 'lucide-solid';
import { createMemo, createSignal, Show } from 'solid-js';
import { exceptionLabel } from '../../../../shared/exceptions/exception-number.ts';
import { exceptionStatuses, severities } from '../../../../shared/exceptions/exception-schemas.ts';
import { useCan, useMe } from '../../../api/me.ts';
import { paged, rowsOf } from '../../../api/paged.ts';
import { tenantSlug } from '../../../api/tenant.ts';
import { api, queries, queryKey } from '../../../api/trpc.ts';
import { type Action, useActions } from '../../../kit/actions.ts';
import { Button } from '../../../kit/button.tsx';
import { DataTable } from '../../../kit/data-table/data-table.tsx';
import { EmptyState } from '../../../kit/empty-state.tsx';
import { ErrorState } from '../../../kit/error-state.tsx';
import { FilterBar } from '../../../kit/filter-bar/filter-bar.tsx';
import { FilterChip } from '../../../kit/filter-bar/filter-chip.tsx';
import { SearchBox } from '../../../kit/filter-bar/search-box.tsx';
import { PageBody, PageHeader } from '../../../kit/page-header.tsx';
import { toast, toastError } from '../../../shell/toasts.tsx';
import { useTitle } from '../../../shell/use-title.ts';
import { ExceptionStatusMark, Severity } from '../parts/severity.tsx';
import { type ExceptionRow, exceptionColumns } from './exception-columns.tsx';
import { toFilter } from './exception-views.ts';
import { NewExceptionDialog } from './new-exception-dialog.tsx';
import { SortMenu } from './sort-menu.tsx';
import { ViewTabs } from './view-tabs.tsx';

const from = '/t/$tenant/exceptions';

/** The tenant's exceptions; its filters are the URL's query, and a view is one of those under a name. */
export default function ExceptionsPage() {
  const params = useParams({ from });
  const search = useSearch({ from });
  const navigate = useNavigate({ from });
  const client = useQueryClient();
  const can = useCan();
  const me = useMe();
  const [creating, setCreating] = createSignal(false);
  useTitle(() => 'Exceptions');

  const query = useInfiniteQuery(() =>
    paged(queries.exceptions.list, {
      ...toFilter(search()),
      ...(search().sort ? { sort: search().sort } : {}),
      limit: 50,
    }),
  );
  const rows = createMemo(() => rowsOf(query));
  // "None exist" and "none match" are different things to say.
  const any = useQuery(() => ({
    ...queries.exceptions.list({ limit: 1 }),
    enabled: rows()?.length === 0,
  }));
  const noneExist = () => any.isSuccess && any.data.items.length === 0;
  // Only for the names in a menu: the page does not wait for them.
  const members = useQuery(() => queries.members.list());
  const assigneeOptions = createMemo(() => [
    { value: 'me', label: 'Me' },
    { value: 'none', label: 'Nobody' },
    ...(members.isSuccess ? members.data.items : [])
      .filter((member) => member.id !== me()?.actor.id)
      .map((member) => ({ value: member.id, label: member.name })),
  ]);
  const domains = useQuery(() => queries.exceptions.domains());
  const domainOptions = createMemo<readonly { value: string; label: string }[]>(() =>
    (domains.isSuccess ? domains.data.items : []).map(({ name, title }) => ({ value: name, label: title })),
  );

  type Filters = ReturnType<typeof search>;
  const filtered = () =>
    Object.entries(search()).some(([key, value]) => key !== 'sort' && value !== undefined);
  const set = (change: Partial<Filters>) =>
    void navigate({ search: (before) => ({ ...before, ...change }), replace: true });
  const clear = () => void navigate({ search: (before) => ({ sort: before.sort }), replace: true });
  const showAll = () => void navigate({ search: { status: 'all' }, replace: true });
  const status = () => (search().status === 'all' ? undefined : (search().status ?? 'unresolved'));

  const open = (id: string) =>
    void navigate({
      to: '/t/$tenant/exceptions/$exceptionId',
      params: { tenant: params().tenant, exceptionId: id },
      search: {},
    });
  useActions(() =>
    can('exceptions.write')
      ? [
          {
            id: 'exception:new',
            label: 'New exception',
            keys: 'n',
            group: 'Page',
            run: () => setCreating(true),
          },
        ]
      : [],
  );
  const rowActions = (exception: ExceptionRow): Action[] => {
    const mine = me()?.actor.id;
    if (!mine || !can('exceptions.write') || exception.assignee?.id === mine) return [];
    if (exception.status === 'resolved') return [];
    return [
      {
        id: 'row:mine',
        label: `Assign ${exceptionLabel(exception.number)} to me`,
        keys: 'i',
        group: 'Selection',
        run: () => void assignToMe(exception, mine),
      },
    ];
  };
  async function assignToMe(exception: ExceptionRow, assignee: string): Promise<void> {
    const label = exceptionLabel(exception.number);
    try {
      await api.exceptions.assign.mutate({ id: exception.id, assignee });
      await client.invalidateQueries({ queryKey: queryKey(tenantSlug(), 'exceptions') });
      toast(`${label} is yours`);
    } catch (error) {
      toastError(`${label} was not assigned`, error);
    }
  }

  return (
    <>
      <PageHeader
        title="Exceptions"
        actions={
          <Show when={can('exceptions.write')}>
            <Button variant="primary" icon={Plus} keys="n" onClick={() => setCreating(true)}>
              New exception
            </Button>
          </Show>
        }
      >
        <ViewTabs tenant={params().tenant} search={search()} />
        <div class="pt-2.5">
          <FilterBar
            active={filtered()}
            onClear={clear}
            aside={<SortMenu sort={search().sort} onChange={(sort) => set({ sort })} />}
          >
            <SearchBox label="Search exceptions" value={search().q} onChange={(q) => set({ q })} />
            <FilterChip
              label="Status"
              value={status()}
              options={[
                { value: 'unresolved', label: 'Not resolved' },
                ...exceptionStatuses.map((value) => ({
                  value,
                  label: <ExceptionStatusMark status={value} />,
                })),
              ]}
              onChange={(value) =>
                set({ status: value === 'unresolved' ? undefined : ((value ?? 'all') as Filters['status']) })
              }
            />
            <FilterChip
              label="Severity"
              value={search().severity}
              options={severities.toReversed().map((value) => ({
                value,
                label: <Severity severity={value} />,
              }))}
              onChange={(value) => set({ severity: value as Filters['severity'] })}
            />
            <FilterChip
              label="Assignee"
              value={search().assignee}
              options={assigneeOptions()}
              onChange={(assignee) => set({ assignee })}
            />
            <FilterChip
              label="Due"
              value={search().due}
              options={[
                { value: 'overdue', label: 'Overdue' },
                { value: 'today', label: 'Today' },
                { value: 'week', label: 'Within a week' },
              ]}
              onChange={(value) => set({ due: value as Filters['due'] })}
            />
            <FilterChip
              label="Domain"
              value={search().domain}
              options={domainOptions()}
              onChange={(domain) => set({ domain })}
            />
          </FilterBar>
        </div>
      </PageHeader>
      <PageBody>
        <Show
          when={!query.isError || rows()}
          fallback={
            <ErrorState
              error={query.error}
              what="The exceptions could not be loaded"
              onRetry={() => void query.refetch()}
            />
          }
        >
          <DataTable
            label="Exceptions"
            columns={exceptionColumns}
            rows={rows()}
            rowId={(exception) => exception.id}
            rowLink={(exception) => ({
              to: '/t/$tenant/exceptions/$exceptionId',
              params: { tenant: params().tenant, exceptionId: exception.id },
              search: {},
            })}
            rowActions={rowActions}
            hasMore={query.hasNextPage}
            loadingMore={query.isFetchingNextPage}
            onMore={() => void query.fetchNextPage()}
            empty={
              <Show when={any.isSuccess}>
                <Show
                  when={noneExist()}
                  fallback={
                    <EmptyState
                      title={filtered() ? 'No exception matches these filters' : 'Nothing is open'}
                      action={<Button onClick={showAll}>Show all exceptions</Button>}
                    >
                      <Show when={filtered()} fallback="Every exception of this tenant is resolved.">
                        There are exceptions in this tenant, but none that fit all of them.
                      </Show>
                    </EmptyState>
                  }
                >
                  <EmptyState
                    title="There are no exceptions yet"
                    action={
                      <Show when={can('exceptions.write')}>
                        <Button onClick={() => setCreating(true)}>Open the first one</Button>
                      </Show>
                    }
                  >
                    An exception is something that went wrong: a payment that failed, a shipment that is lost.
                    Here stands what people and tools do about it, until it is resolved.
                  </EmptyState>
                </Show>
              </Show>
            }
          />
        </Show>
      </PageBody>
      <Show when={creating()}>
        <NewExceptionDialog onClose={() => setCreating(false)} onCreated={open} />
      </Show>
    </>
  );
}
