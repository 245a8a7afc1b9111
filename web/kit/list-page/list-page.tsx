import { type LinkProps, useNavigate } from '@tanstack/solid-router';
import { Download, Plus } from 'lucide-solid';
import { createEffect, createMemo, createSignal, type JSX, lazy, on, Show, Suspense } from 'solid-js';
import type { ArchivedType } from '../../../shared/archived/archived-types.ts';
import { type ApiError, toApiError } from '../../api/api-error.ts';
import type { PagedRows } from '../../api/paged.ts';
import { inSentence, t } from '../../words/words.ts';
import { useActions } from '../actions.ts';
import type { Bulk } from '../bulk/bulk-action.ts';
import { BulkBar } from '../bulk/bulk-bar.tsx';
import { Button, ButtonLink } from '../button.tsx';
import type { DataTableProps } from '../data-table/data-table.tsx';
import { createRowPicks } from '../data-table/row-picks.ts';
import { saveFile } from '../download.ts';
import { EmptyState } from '../empty-state.tsx';
import { FailureNote } from '../failure-note.tsx';
import { FilterBar } from '../filter-bar/filter-bar.tsx';
import { SearchBox } from '../filter-bar/search-box.tsx';
import { MenuItem, MenuSeparator } from '../menu.tsx';
import { PageBody, PageHeader } from '../page-header.tsx';
import { ArchivedLink } from './archived-link.tsx';
import type { ListFilters } from './list-filters.ts';
import { createListLook, defaultLook, sameLook, shownColumns } from './list-look.ts';
import { LookMenu } from './look-menu.tsx';
import { createOpenView } from './open-view.ts';
import { loadedRows } from './paged-list.tsx';
import { PagedTable } from './paged-table.tsx';
import { rowsCsv } from './rows-csv.ts';
import { createSavedViews, type ViewList } from './saved-views.ts';
import { ViewItems, type ViewTask } from './view-items.tsx';
import { setFilters } from './view-list.ts';

const ViewTasks = lazy(() => import('./view-tasks.tsx'));

/** More rows are not for a table that a person opens. */
const mostInCsv = 10_000;

/** How a new row is made: a link to its page, or something that opens here. */
export type NewRow = { label: string } & ({ link: LinkProps } | { open: () => void });

/** A page that lists all rows of one kind: title, count, search, filters, and a table that loads page by page. */
export function ListPage<Row, Search extends { q?: string | undefined }>(
  props: Omit<DataTableProps<Row>, 'rows' | 'label' | 'picks' | 'compact'> & {
    /** What the rows are, such as "Members". */
    title: string;
    /** Under which its views are saved, in every language. */
    name: ViewList;
    list: PagedRows<Row>;
    filters: ListFilters<Search>;
    /** The filters' chips, beside the search box. */
    chips: JSX.Element;
    /** At the end of the line of filters, such as the sort order. */
    aside?: JSX.Element;
    /** Above the filters. */
    tabs?: JSX.Element;
    /** The page has a CSV of its own. */
    ownCsv?: boolean;
    /** What can be archived of these rows: the filters end with a link to it. */
    archived?: ArchivedType | undefined;
    /** Offered as a button, by the key `n` and where the list is empty. Undefined if the person may not. */
    newRow?: NewRow | undefined;
    /** What can be done to several rows; undefined where nothing can. */
    bulk?: Bulk<Row> | undefined;
    /** Beside the button for a new row. */
    actions?: JSX.Element;
    /** Shown when no filter is set and there are no rows. Undefined while that is not known yet. */
    empty: { title?: string; text: string; action?: JSX.Element } | undefined;
  },
) {
  const navigate = useNavigate();
  const plural = () => inSentence(props.title);
  const openNew = (row: NewRow) =>
    'open' in row ? row.open() : void navigate(row.link as Parameters<typeof navigate>[0]);
  useActions(() => {
    const { newRow } = props;
    return newRow
      ? [{ id: 'row:new', label: newRow.label, keys: 'n', group: 'Page', run: () => openNew(newRow) }]
      : [];
  });

  const { name } = props;
  const view = createListLook(name);
  const views = createSavedViews(name);
  const current = createOpenView(views, props.filters, view);
  const [task, setTask] = createSignal<ViewTask>();
  const shownFilters = () => setFilters(props.filters.values());
  const content = () => ({
    filters: shownFilters(),
    hiddenColumns: [...view.look().hidden],
    density: view.look().density,
  });
  const [csvFailed, setCsvFailed] = createSignal<ApiError>();
  const download = async () => {
    setCsvFailed(undefined);
    try {
      const rows = await props.list.readAll(mostInCsv);
      saveFile(`${name}.csv`, rowsCsv(rows), 'text/csv');
    } catch (error) {
      setCsvFailed(toApiError(error));
    }
  };
  useActions(() =>
    props.ownCsv
      ? []
      : [
          {
            id: 'list:csv',
            label: t('Download this list as CSV'),
            group: 'Page',
            run: () => void download(),
          },
        ],
  );
  const savable = () => Object.keys(shownFilters()).length > 0 || !sameLook(view.look(), defaultLook);
  useActions(() =>
    savable() && (!current.view() || current.changed())
      ? [
          {
            id: 'list:save-view',
            label: t('Save as a view'),
            keys: 'v',
            group: 'Page',
            run: () => setTask({ do: 'new' }),
          },
        ]
      : [],
  );
  useActions(() =>
    (views.all() ?? []).map((each) => ({
      id: `view:${each.id}`,
      label: t`Open view ${each.name}`,
      group: 'Page' as const,
      run: () => current.open(each),
    })),
  );
  const columns = createMemo(() => shownColumns(props.columns, view.look()));
  const picks = createRowPicks(
    () => props.list.rows() ?? [],
    (row) => props.rowId(row),
    (row) => props.bulk?.name(row) ?? props.rowId(row),
  );
  const canPick = () => Boolean(props.bulk && props.bulk.actions.length > 0);
  // Other filters make another list.
  const listed = createMemo(() => JSON.stringify(props.filters.values()));
  createEffect(on(listed, picks.clear, { defer: true }));

  return (
    <>
      <PageHeader
        title={props.title}
        aside={<Count list={props.list} />}
        actions={
          <>
            {props.actions}
            <NewRowButton row={props.newRow} variant="primary" />
          </>
        }
      >
        {props.tabs}
        <div classList={{ 'pt-2.5': Boolean(props.tabs) }}>
          <FilterBar
            active={props.filters.active()}
            onClear={props.filters.clear}
            aside={
              <div class="flex flex-wrap items-center justify-end gap-1">
                {props.aside}
                <LookMenu look={view} columns={props.columns}>
                  <ViewItems
                    views={views}
                    current={current}
                    savable={savable()}
                    onTask={setTask}
                    onCopyLink={({ id }) =>
                      void navigator.clipboard.writeText(`${location.origin}${location.pathname}?view=${id}`)
                    }
                  />
                  <Show when={!props.ownCsv}>
                    <MenuItem icon={Download} onSelect={() => void download()}>
                      {t('Download this list as CSV')}
                    </MenuItem>
                    <MenuSeparator />
                  </Show>
                </LookMenu>
              </div>
            }
          >
            <SearchBox
              label={t`Search ${plural()}`}
              value={props.filters.values().q}
              onChange={(q) => props.filters.set({ q } as Partial<Search>)}
            />
            {props.chips}
            <Show when={props.archived}>{(type) => <ArchivedLink type={type()} />}</Show>
          </FilterBar>
        </div>
      </PageHeader>
      <Show when={canPick() && props.bulk}>
        {(bulk) => <BulkBar picks={picks} loaded={props.list.rows()?.length ?? 0} actions={bulk().actions} />}
      </Show>
      <Suspense>
        <Show when={task()} keyed>
          {(chosen) => (
            <ViewTasks
              task={chosen}
              views={views}
              current={current}
              content={content()}
              onClose={() => setTask(undefined)}
            />
          )}
        </Show>
      </Suspense>
      <Show when={csvFailed()}>
        {(error) => (
          <div class="px-6 py-2 max-sm:px-4">
            <FailureNote failed={t('The list was not downloaded.')} error={error()} />
          </div>
        )}
      </Show>
      <PageBody>
        <PagedTable
          label={props.title}
          plural={plural()}
          list={props.list}
          columns={columns()}
          compact={view.look().density === 'compact'}
          picks={canPick() ? picks : undefined}
          rowId={props.rowId}
          rowLink={props.rowLink}
          rowActions={props.rowActions}
          empty={
            <Show
              when={!props.filters.active()}
              fallback={
                <EmptyState
                  title={t`No ${plural()} match these filters.`}
                  action={<Button onClick={() => props.filters.clear()}>{t('Clear filters')}</Button>}
                />
              }
            >
              <Show when={props.empty}>
                {(empty) => (
                  <EmptyState
                    title={empty().title ?? t`No ${plural()} yet.`}
                    action={empty().action ?? <NewRowButton row={props.newRow} />}
                  >
                    {empty().text}
                  </EmptyState>
                )}
              </Show>
            </Show>
          }
        />
      </PageBody>
    </>
  );
}

/** How many rows are loaded; "50+" where more can be loaded. */
function Count(props: { list: PagedRows<unknown> }) {
  return (
    <Show when={loadedRows(props.list)}>
      {(count) => (
        <span class="text-faint tabular-nums">
          <span class="sr-only">{t('Shown:')} </span>
          {count()}
          {props.list.hasMore() ? '+' : ''}
        </span>
      )}
    </Show>
  );
}

function NewRowButton(props: { row: NewRow | undefined; variant?: 'primary' }) {
  const look = { icon: Plus, keys: 'n', variant: props.variant };
  return (
    <Show when={props.row} keyed>
      {(row) =>
        'link' in row ? (
          <ButtonLink {...row.link} {...look}>
            {row.label}
          </ButtonLink>
        ) : (
          <Button {...look} onClick={row.open}>
            {row.label}
          </Button>
        )
      }
    </Show>
  );
}
