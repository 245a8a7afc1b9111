import { useQueryClient } from '@tanstack/solid-query';
import { useNavigate, useParams, useSearch } from '@tanstack/solid-router';
import { createMemo, createSignal, Show } from 'solid-js';
import { exceptionLabel } from '../../../../shared/exceptions/exception-number.ts';
import { exceptionStatuses, severities } from '../../../../shared/exceptions/exception-statuses.ts';
import { useCan, useMe } from '../../../api/me.ts';
import { createPaged } from '../../../api/paged.ts';
import { useQuery } from '../../../api/query.ts';
import { tenantSlug } from '../../../api/tenant.ts';
import { api, queries, queryKey } from '../../../api/trpc.ts';
import type { Action } from '../../../kit/actions.ts';
import { Button } from '../../../kit/button.tsx';
import { FilterChip } from '../../../kit/filter-bar/filter-chip.tsx';
import { instant, TimeFilter } from '../../../kit/filter-bar/time-filter.tsx';
import { Filter } from '../../../kit/list-page/filter.tsx';
import { createListFilters } from '../../../kit/list-page/list-filters.ts';
import { ListPage, type NewRow } from '../../../kit/list-page/list-page.tsx';
import { CsvButton } from '../../../shell/csv-button.tsx';
import { toast, toastError } from '../../../shell/toasts.tsx';
import { useTitle } from '../../../shell/use-title.ts';
import { t } from '../../../words/words.ts';
import { ExceptionStatusMark, Severity } from '../parts/severity.tsx';
import { createExceptionBulk } from './exception-bulk.ts';
import { type ExceptionRow, exceptionColumns } from './exception-columns.tsx';
import { toFilter } from './exception-views.ts';
import { NewExceptionDialog } from './new-exception-dialog.tsx';
import { SortMenu } from './sort-menu.tsx';
import { ViewTabs } from './view-tabs.tsx';

const from = '/t/$tenant/exceptions';

/** The tenant's exceptions. Without a status filter only the unresolved ones are listed. */
export default function ExceptionsPage() {
  const params = useParams({ from });
  const search = useSearch({ from });
  const filters = createListFilters(search, ['sort']);
  const navigate = useNavigate({ from });
  const client = useQueryClient();
  const can = useCan();
  const me = useMe();
  const [creating, setCreating] = createSignal(false);
  useTitle(() => t('Exceptions'));

  const wanted = () => ({
    ...toFilter(search()),
    openedFrom: instant(search().openedFrom),
    openedTo: instant(search().openedTo),
    resolvedFrom: instant(search().resolvedFrom),
    resolvedTo: instant(search().resolvedTo),
    ...(search().sort ? { sort: search().sort } : {}),
  });
  const list = createPaged(queries.exceptions.list, wanted);
  // An empty list without filters may still hide resolved exceptions.
  const any = useQuery(() => ({
    ...queries.exceptions.list({ limit: 1 }),
    enabled: list.rows()?.length === 0 && !filters.active(),
  }));
  const emptyState = () => {
    if (!any.isSuccess) return undefined;
    if (any.data.items.length === 0) {
      return {
        text: t(
          'An exception is something that went wrong, such as a failed payment or a lost shipment. It stays here until someone resolves it.',
        ),
      };
    }
    return {
      title: t('No unresolved exceptions.'),
      text: t('All exceptions are resolved.'),
      action: <Button onClick={() => filters.set({ status: 'all' })}>{t('Show all exceptions')}</Button>,
    };
  };

  // The page does not wait for the names in the menus.
  const members = useQuery(() => queries.members.list());
  const assigneeOptions = createMemo(() => [
    { value: 'me', label: t('Me') },
    { value: 'none', label: t('No one') },
    ...(members.isSuccess ? members.data.items : [])
      .filter((member) => member.id !== me()?.actor.id)
      .map((member) => ({ value: member.id, label: member.name })),
  ]);
  const domains = useQuery(() => queries.exceptions.domains());
  const domainOptions = createMemo(() =>
    (domains.isSuccess ? domains.data.items : []).map(({ name, title }) => ({ value: name, label: title })),
  );
  const status = () => (search().status === 'all' ? undefined : (search().status ?? 'unresolved'));

  const newException: NewRow = { label: t('New exception'), open: () => setCreating(true) };
  const rowLink = (id: string) => ({
    to: '/t/$tenant/exceptions/$exceptionId' as const,
    params: { tenant: params().tenant, exceptionId: id },
    search: {},
  });
  const rowActions = (exception: ExceptionRow): Action[] => {
    const mine = me()?.actor.id;
    if (!mine || !can('exceptions.write') || exception.assignee?.id === mine) return [];
    if (exception.status === 'resolved') return [];
    return [
      {
        id: 'row:mine',
        label: t`Assign ${exceptionLabel(exception.number)} to me`,
        keys: 'i',
        group: 'Selection',
        run: () => void assignToMe(exception, mine),
      },
    ];
  };
  const bulk = createExceptionBulk(() => (members.isSuccess ? members.data.items : []));
  async function assignToMe(exception: ExceptionRow, assignee: string): Promise<void> {
    const label = exceptionLabel(exception.number);
    try {
      await api.exceptions.assign.mutate({ id: exception.id, assignee });
      await client.invalidateQueries({ queryKey: queryKey(tenantSlug(), 'exceptions') });
      toast(t`${label} assigned to you`);
    } catch (error) {
      toastError(t`${label} was not assigned`, error);
    }
  }

  return (
    <>
      <ListPage
        name="exceptions"
        title={t('Exceptions')}
        list={list}
        filters={filters}
        ownViews
        tabs={<ViewTabs tenant={params().tenant} search={search()} />}
        aside={
          <>
            <SortMenu sort={search().sort} onChange={(sort) => filters.set({ sort })} />
            <CsvButton path="/api/exceptions.csv" filters={wanted()} />
          </>
        }
        chips={
          <>
            <FilterChip
              label={t('Status')}
              value={status()}
              options={[
                { value: 'unresolved', label: t('Unresolved') },
                ...exceptionStatuses.map((value) => ({
                  value,
                  label: <ExceptionStatusMark status={value} />,
                })),
              ]}
              onChange={(value) =>
                filters.set({ status: value === 'unresolved' ? undefined : (value ?? 'all') })
              }
            />
            <Filter
              filters={filters}
              name="severity"
              label={t('Severity')}
              options={severities.toReversed().map((value) => ({
                value,
                label: <Severity severity={value} />,
              }))}
            />
            <Filter filters={filters} name="assignee" label={t('Assignee')} options={assigneeOptions()} />
            <Filter
              filters={filters}
              name="due"
              label={t('Due')}
              options={[
                { value: 'overdue', label: t('Overdue') },
                { value: 'today', label: t('Today') },
                { value: 'week', label: t('Within a week') },
              ]}
            />
            <Filter filters={filters} name="domain" label={t('Domain')} options={domainOptions()} />
            <TimeFilter
              label={t('Opened')}
              range={{ from: search().openedFrom, to: search().openedTo }}
              onChange={({ from: openedFrom, to: openedTo }) => filters.set({ openedFrom, openedTo })}
            />
            <TimeFilter
              label={t('Resolved')}
              range={{ from: search().resolvedFrom, to: search().resolvedTo }}
              onChange={({ from: resolvedFrom, to: resolvedTo }) =>
                filters.set({
                  resolvedFrom,
                  resolvedTo,
                  status: resolvedFrom || resolvedTo ? 'all' : undefined,
                })
              }
            />
          </>
        }
        newRow={can('exceptions.write') ? newException : undefined}
        columns={exceptionColumns}
        rowId={(exception) => exception.id}
        rowLink={(exception) => rowLink(exception.id)}
        rowActions={rowActions}
        bulk={bulk()}
        empty={emptyState()}
      />
      <Show when={creating()}>
        <NewExceptionDialog
          onClose={() => setCreating(false)}
          onCreated={(id) => void navigate(rowLink(id))}
        />
      </Show>
    </>
  );
}
