import { useQueryClient } from '@tanstack/solid-query';
import { Link, useNavigate, useParams, useSearch } from '@tanstack/solid-router';
import { ChevronDown, ChevronRight, ListChecks } from 'lucide-solid';
import { createEffect, createMemo, createSignal, For, on, Show } from 'solid-js';
import type { InboxGrouping } from '../../../shared/playbooks/inbox-sorts.ts';
import { liveState } from '../../api/live.ts';
import { paged, rowsOf } from '../../api/paged.ts';
import { useInfiniteQuery, useQuery } from '../../api/query.ts';
import { tenantSlug } from '../../api/tenant.ts';
import { queries, queryKey } from '../../api/trpc.ts';
import { useActions } from '../../kit/actions.ts';
import { announceChanges } from '../../kit/announcer.tsx';
import { readStored, store } from '../../kit/browser-storage.ts';
import { Button, ButtonLink } from '../../kit/button.tsx';
import { createRowPicks } from '../../kit/data-table/row-picks.ts';
import { EmptyState } from '../../kit/empty-state.tsx';
import { ErrorState } from '../../kit/error-state.tsx';
import { createListFilters } from '../../kit/list-page/list-filters.ts';
import { PageHeader } from '../../kit/page-header.tsx';
import { SkeletonLines } from '../../kit/skeleton.tsx';
import { Tab, TabBar } from '../../kit/tabs.tsx';
import { useInboxCount } from '../../shell/inbox-count.tsx';
import { useTitle } from '../../shell/use-title.ts';
import { isPhone } from '../../shell/window-width.ts';
import { rich, t } from '../../words/words.ts';
import { StepPanel } from '../playbooks/parts/step-panel/step-panel.tsx';
import { CaseContext, timelinePage } from './case-context.tsx';
import { InboxBulk } from './inbox-bulk.tsx';
import { defaultSort, InboxFilters } from './inbox-filters.tsx';
import { groupHeadings, groupOf, type Heading, orderHeadings } from './inbox-groups.ts';
import { InboxRow } from './inbox-row.tsx';
import { alikeOf, type Item, keyOf, mergeRows, refOf, stepItem } from './inbox-rows.ts';
import { Notices } from './notices.tsx';
import { WaitingExecution } from './waiting-execution.tsx';

const from = '/t/$tenant/inbox';
const titleOf = (item: Item | undefined) =>
  item && ('execution' in item ? t`Approve ${item.execution.toolTitle}` : item.step.title);
const scopes = [
  { id: 'todo', label: t('To do') },
  { id: 'mine', label: t('Mine') },
  { id: 'roles', label: t('My roles') },
  { id: 'all', label: t('All') },
] as const;

type Part = { executionId: string } | { runId: string; stepId: string };
const partOf = (item: Item): Part => ('execution' in item ? { executionId: item.execution.id } : refOf(item));
/** How long a row stays that no longer waits. */
const staysMs = 60_000;
/** The count of `todo` ends here. */
const mostTodo = 200;

/** The steps and executions that wait for people, by due date, and the selected one. */
export default function InboxPage() {
  const params = useParams({ from });
  const search = useSearch({ from });
  const navigate = useNavigate({ from });
  useTitle(() => t('Inbox'));
  const inboxCount = useInboxCount();
  announceChanges(() => (inboxCount.waiting() > 0 ? t`Inbox, waiting: ${inboxCount.words()}` : t('Inbox')));
  const scope = createMemo(() => search().scope ?? 'todo');
  const group = () => search().group;
  const sort = () => search().sort ?? defaultSort;
  const filters = createListFilters(search, ['scope', 'item', 'sort', 'group']);
  const count = useQuery(() => queries.inbox.count());
  const filter = () => ({
    scope: scope(),
    q: search().q,
    severity: search().severity,
    type: search().type,
    overdue: search().overdue && true,
  });
  const refetchInterval = () => (liveState() === 'live' ? 30_000 : 3_000);
  const [closed, setClosed] = createClosedGroups(group);
  const query = useInfiniteQuery(() => ({
    ...paged(queries.inbox.list, {
      ...filter(),
      sort: sort(),
      ...(group() && { group: group(), ...(closed().size > 0 && { without: [...closed()].join(',') }) }),
      limit: 50,
    }),
    refetchInterval: refetchInterval(),
  }));
  const groups = useQuery(() => ({
    ...queries.inbox.groups({ ...filter(), group: group() ?? 'severity' }),
    enabled: group() !== undefined,
    refetchInterval: refetchInterval(),
  }));
  /** The step on screen, and its place in the list. */
  const [kept, setKept] = createSignal<{ item: Item; at: number } | null>(null);
  /** Rows that need not stay any longer: they were acted on here, and the person has moved on. */
  const [gone, setGone] = createSignal<ReadonlySet<string>>(new Set());
  const waiting = createMemo(() => rowsOf(query));
  const isIn = (rows: readonly Item[] | undefined, item: Item) =>
    rows?.some((each) => keyOf(each) === keyOf(item)) ?? false;
  const waitingKeys = createMemo(() => new Set(waiting()?.map(keyOf)));
  // A memo: a step that is opened changes the query string too.
  const listed = createMemo(() =>
    [scope(), search().q, search().severity, search().type, search().overdue, group(), [...closed()]].join(),
  );
  /** What was on screen stays in its place when it no longer waits, until the person moves on. */
  const merged = createMemo<Item[] | undefined>((before) => {
    const rows = waiting();
    return rows && mergeRows(before ?? [], rows, gone());
  });
  const items = createMemo(() => {
    const rows = merged();
    const stays = kept();
    return rows && stays && !isIn(rows, stays.item) && !gone().has(keyOf(stays.item))
      ? rows.toSpliced(stays.at, 0, stays.item)
      : rows;
  });
  const selected = createMemo(() => {
    const rows = items() ?? [];
    const stays = kept();
    // What comes in above it does not replace the step on screen.
    const key = search().item ?? (stays && keyOf(stays.item));
    return rows.find((item) => keyOf(item) === key) ?? (search().item ? undefined : rows[0]);
  });
  const named = createMemo(() => {
    const [first, second] = search().item?.split('~') ?? [];
    if (!first || !second) return undefined;
    return first === 'execution' ? { executionId: second } : { runId: first, stepId: second };
  });
  createEffect(
    on(
      listed,
      () => {
        setKept(null);
        // Of another list, none of them stays.
        setGone(new Set((items() ?? []).map(keyOf)));
      },
      { defer: true },
    ),
  );
  const headings = createMemo(() => {
    const rows = items() ?? [];
    const by = group();
    if (!by) return orderHeadings(rows, sort());
    const found = groups.isSuccess ? groups.data.items : [];
    return groupHeadings(rows, by, { groups: found, closed: closed(), hasMore: query.hasNextPage });
  });
  const toggleGroup = (key: string) => {
    const next = new Set(closed());
    if (!next.delete(key)) next.add(key);
    setClosed(next);
  };
  const client = useQueryClient();
  /** These were completed or decided together, and the sheet has said so. */
  const completed = (rows: readonly Item[]) => {
    const here = selected();
    letGo(rows);
    if (!here || !isIn(rows, here)) return;
    setKept(null);
    open(undefined);
  };
  const refresh = () => void client.invalidateQueries({ queryKey: queryKey(tenantSlug(), 'inbox') });
  const pickable = createMemo(() => (items() ?? []).filter((item) => waitingKeys().has(keyOf(item))));
  const picks = createRowPicks<Item>(pickable, keyOf, (item) => titleOf(item) ?? '');
  /** By touch, rows are picked after "Select" or a long press. */
  const [selecting, setSelecting] = createSignal(false);
  const picking = () => selecting() || picks.rows().length > 0;
  const pick = (item: Item, range: boolean) => {
    const current = selected();
    if (range) picks.extend(current ? keyOf(current) : keyOf(item), keyOf(item));
    else picks.toggle(keyOf(item));
  };
  createEffect(on(selected, (item) => item && setKept({ item, at: position(items() ?? []) })));

  /** When each row on screen has stopped waiting. */
  const leftAt = new Map<string, number>();
  createEffect(() => {
    for (const item of items() ?? [])
      if (!waitingKeys().has(keyOf(item)) && !leftAt.has(keyOf(item))) leftAt.set(keyOf(item), Date.now());
  });
  /** What others did a while ago goes when the person moves on, never by itself. */
  const letGo = (more: readonly Item[] = []) => {
    const over = [...leftAt].flatMap(([key, at]) => (Date.now() - at > staysMs ? key : []));
    for (const key of over) leftAt.delete(key);
    const keys = [...over, ...more.map(keyOf)];
    if (keys.length > 0) setGone((all) => new Set([...all, ...keys]));
  };
  const open = (item: Item | undefined) => {
    letGo();
    void navigate({
      search: (before) => ({ ...before, item: item && keyOf(item) }),
      // On a phone, "back" leads from the step to the list.
      replace: !(isPhone() && item && !search().item),
    });
  };
  const position = (rows: Item[]) => {
    const item = selected();
    return item ? rows.indexOf(item) : -1;
  };
  const move = (by: 1 | -1) => {
    const rows = items() ?? [];
    const at = position(rows);
    const next = rows[Math.min(rows.length - 1, Math.max(0, at + by))];
    if (next) open(next);
  };
  const next = () => {
    const rows = items() ?? [];
    const at = position(rows);
    const waits = (item: Item) => waitingKeys().has(keyOf(item));
    return rows.slice(at + 1).find(waits) ?? rows.slice(0, Math.max(at, 0)).findLast(waits);
  };
  /** Selects the step after the completed one. */
  const selectNext = () => {
    const item = next();
    const before = selected();
    if (before) letGo([before]);
    setKept(null);
    open(item);
  };
  // The next one is loaded while this one is read.
  createEffect(() => {
    const item = next();
    const of = item && stepItem(item);
    if (of) {
      void client.prefetchQuery({
        ...queries.runs.step({ id: of.run.id, stepId: of.step.id }),
        staleTime: 10_000,
      });
      void client.prefetchQuery({ ...queries.runs.get({ id: of.run.id }), staleTime: 10_000 });
    }
    const id = item?.exception?.id;
    if (!id) return;
    void client.prefetchQuery({ ...queries.exceptions.get({ id }), staleTime: 10_000 });
    void client.prefetchQuery({
      ...queries.exceptions.timeline({ id, limit: timelinePage }),
      staleTime: 10_000,
    });
    void client.prefetchQuery({ ...queries.exceptions.attachments({ id }), staleTime: 10_000 });
  });
  /** Keeps the step on screen while the person acts on it. */
  const stay = () => open(selected());
  useActions(() => [
    { id: 'next', label: t('Next step'), keys: 'j', group: 'Selection', repeats: true, run: () => move(1) },
    {
      id: 'previous',
      label: t('Previous step'),
      keys: 'k',
      group: 'Selection',
      repeats: true,
      run: () => move(-1),
    },
    {
      id: 'focus',
      label: t('Focus the step'),
      keys: 'enter',
      group: 'Selection',
      inPalette: false,
      // Never a button: the next Enter would press it.
      run: () =>
        (pane?.querySelector<HTMLElement>('input:not([readonly]), select, textarea') ?? pane)?.focus(),
    },
  ]);
  const canPick = () => {
    const item = selected();
    return item && waitingKeys().has(keyOf(item)) ? item : undefined;
  };
  /** What is on screen that is the same step of the same version of a playbook, or waits for the same tool. */
  const alike = () => {
    const here = canPick();
    return here ? pickable().filter((each) => alikeOf(each) === alikeOf(here)) : [];
  };
  const groupHere = () => {
    const item = selected();
    const by = group();
    return item && by ? groupOf(item, by) : undefined;
  };
  useActions(() => [
    ...(canPick()
      ? [
          {
            id: 'pick',
            label: picks.has(keyOf(canPick()!)) ? t('Deselect this row') : t('Select this row'),
            keys: 'x',
            group: 'Selection' as const,
            run: () => picks.toggle(keyOf(canPick()!)),
          },
          {
            id: 'pick-alike',
            label: t`Select all alike (${alike().length})`,
            keys: 'shift+x',
            group: 'Selection' as const,
            run: () => picks.keep(alike()),
          },
        ]
      : []),
    ...(['j', 'k'] as const).map((key) => ({
      id: `extend-${key}`,
      label: key === 'j' ? t('Extend the selection down') : t('Extend the selection up'),
      keys: `shift+${key}`,
      group: 'Selection' as const,
      repeats: true,
      run: () => {
        const rows = items() ?? [];
        const to = rows[position(rows) + (key === 'j' ? 1 : -1)];
        const here = selected();
        if (!to || !here) return;
        picks.extend(keyOf(here), keyOf(to));
        open(to);
      },
    })),
    ...(groupHere() === undefined
      ? []
      : [
          {
            id: 'close-group',
            label: t('Close the group of the step'),
            keys: 'h',
            group: 'Selection' as const,
            run: () => {
              const key = groupHere();
              const rest = (items() ?? []).find((item) => groupOf(item, group()!) !== key);
              if (key === undefined) return;
              setKept(null);
              open(rest);
              toggleGroup(key);
            },
          },
          {
            id: 'open-groups',
            label: t('Open all groups'),
            keys: 'shift+h',
            group: 'Selection' as const,
            run: () => setClosed(new Set<string>()),
          },
        ]),
  ]);
  let pane: HTMLElement | undefined;

  return (
    <>
      <PageHeader title={t('Inbox')}>
        <TabBar label={t('Whose steps')}>
          <For each={scopes}>
            {({ id, label }) => (
              <Tab
                to={from}
                params={{ tenant: params().tenant }}
                search={{ ...search(), item: undefined, scope: id === 'todo' ? undefined : id }}
                active={scope() === id}
              >
                {label}{' '}
                <span class="text-faint tabular-nums">
                  {count.isSuccess ? count.data[id] : ''}
                  {count.isSuccess && id === 'todo' && count.data.todo >= mostTodo ? '+' : ''}
                </span>
              </Tab>
            )}
          </For>
        </TabBar>
        <div class="pt-2.5" classList={{ 'max-sm:hidden': Boolean(search().item) }}>
          <InboxFilters filters={filters} />
        </div>
      </PageHeader>
      <div class="flex min-h-0 flex-1 max-lg:flex-col">
        <div
          class="flex shrink-0 flex-col overflow-auto border-r lg:w-96"
          classList={{ 'max-sm:hidden': Boolean(search().item), 'max-sm:shrink': !search().item }}
        >
          <Show
            when={items()}
            fallback={
              query.isError ? (
                <ErrorState
                  error={query.error}
                  what={t('The inbox could not be loaded')}
                  onRetry={() => void query.refetch()}
                />
              ) : (
                <SkeletonLines lines={6} class="px-4 py-4" />
              )
            }
          >
            {(rows) => (
              <>
                <InboxBulk picks={picks} loaded={pickable()} onCompleted={completed} onChanged={refresh} />
                <Show when={pickable().length > 0}>
                  <div class="flex justify-end border-b px-2 py-1 pointer-fine:hidden">
                    <Button
                      variant="quiet"
                      icon={ListChecks}
                      aria-pressed={picking()}
                      onClick={() => {
                        picks.clear();
                        setSelecting(!picking());
                      }}
                    >
                      {picking() ? t('Done') : t('Select')}
                    </Button>
                  </div>
                </Show>
                <ul aria-label={t('Waiting steps')} class="flex flex-col">
                  {/* By key: a list that is read again keeps its rows, and a finger its place. */}
                  <For each={rows().map(keyOf)}>
                    {(key, at) => {
                      const item = createMemo<Item>(
                        (before) => (items() ?? []).find((each) => keyOf(each) === key) ?? before!,
                      );
                      const waits = () => waitingKeys().has(key);
                      return (
                        <>
                          <Headings of={headings()[at()] ?? []} onToggle={toggleGroup} />
                          <InboxRow
                            item={item()}
                            waiting={waits()}
                            selected={item() === selected()}
                            picked={waits() ? picks.has(key) : undefined}
                            picking={picking()}
                            onOpen={() => open(item())}
                            onPick={(range) => pick(item(), range)}
                          />
                        </>
                      );
                    }}
                  </For>
                  <Headings of={(group() && headings()[rows().length]) || []} onToggle={toggleGroup} />
                </ul>
              </>
            )}
          </Show>
          <Show when={query.hasNextPage}>
            <Button
              variant="quiet"
              class="m-2"
              busy={query.isFetchingNextPage}
              onClick={() => void query.fetchNextPage()}
            >
              {t('Load more')}
            </Button>
          </Show>
          {/* Where they are depends on how long the list is. */}
          <Show when={!query.isPending}>
            <Notices tenant={params().tenant} />
          </Show>
        </div>
        <section
          ref={pane}
          aria-label={t('Step')}
          tabindex="-1"
          class="min-w-0 flex-1 overflow-auto px-6 py-4 outline-none max-sm:px-4"
          classList={{ 'max-sm:hidden': !search().item && (items()?.length ?? 1) > 0 }}
        >
          <h2 class="sr-only">{t('Step')}</h2>
          <Show when={search().item}>
            <Link
              to={from}
              params={{ tenant: params().tenant }}
              search={{ ...search(), item: undefined }}
              class="mb-3 inline-flex min-h-9 items-center text-accent sm:hidden"
            >
              {t('← Inbox')}
            </Link>
          </Show>
          <Show
            when={selected()}
            fallback={
              <Show
                when={named()}
                fallback={
                  <Show when={items()?.length === 0}>
                    <EmptyState
                      title={
                        filters.active()
                          ? t('Nothing in the inbox matches these filters.')
                          : scope() === 'all'
                            ? t('Nothing is waiting.')
                            : t('Nothing is waiting for you.')
                      }
                      action={
                        <ButtonLink
                          to="/t/$tenant/exceptions"
                          params={{ tenant: params().tenant }}
                          search={{}}
                        >
                          {t('Open exceptions')}
                        </ButtonLink>
                      }
                    >
                      {t(
                        'Playbook steps that need a person and executions to approve appear here, most urgent first.',
                      )}
                    </EmptyState>
                  </Show>
                }
              >
                {(item) => (
                  <Pane
                    of={item()}
                    tenant={params().tenant}
                    next={titleOf(items()?.[0])}
                    onAct={() => {}}
                    onNext={selectNext}
                  />
                )}
              </Show>
            }
          >
            {(item) => (
              <div
                class="grid gap-x-8 gap-y-4"
                classList={{
                  'xl:grid-cols-[minmax(0,48rem)_minmax(16rem,22rem)]': Boolean(item().exception),
                }}
              >
                <div class="flex min-w-0 max-w-3xl flex-col gap-3">
                  <p class="flex flex-wrap items-center gap-x-3 text-muted text-sm">
                    <Show when={item().exception}>
                      {(exception) => (
                        <Link
                          to="/t/$tenant/exceptions/$exceptionId"
                          params={{ tenant: params().tenant, exceptionId: exception().id }}
                          search={{}}
                          class="min-w-0 truncate font-medium text-accent hover:text-accent-hover"
                        >
                          {`EX-${exception().number} ${exception().title}`}
                        </Link>
                      )}
                    </Show>
                    <Show when={stepItem(item())}>
                      {(of) => (
                        <>
                          <Link
                            to="/t/$tenant/playbook-runs/$runId"
                            params={{ tenant: params().tenant, runId: of().run.id }}
                            search={{ step: of().step.id }}
                            class="hover:text-text"
                          >
                            {rich`${() => of().run.playbookTitle} v${() => of().run.playbookVersion}, step ${() => of().step.number} of ${() => of().run.total}`}
                          </Link>
                          <Show when={of().run.paused}>
                            <span>{t('paused')}</span>
                          </Show>
                        </>
                      )}
                    </Show>
                  </p>
                  <Pane
                    of={partOf(item())}
                    tenant={params().tenant}
                    next={titleOf(next())}
                    onAct={stay}
                    onNext={selectNext}
                  />
                </div>
                {/* Another case is another comment: nothing carries over. */}
                <Show when={item().exception?.id} keyed>
                  {(exceptionId) => <CaseContext exceptionId={exceptionId} step={stepItem(item())} />}
                </Show>
              </div>
            )}
          </Show>
        </section>
      </div>
    </>
  );
}

/** The groups of a list that a person has closed, which this browser remembers. */
function createClosedGroups(group: () => InboxGrouping | undefined) {
  const place = createMemo(() => `inbox.closed.${tenantSlug()}.${group() ?? ''}`);
  const [closed, set] = createSignal<ReadonlySet<string>>(new Set());
  createEffect(
    on(place, (key) => {
      const stored = group() ? readStored(key) : null;
      set(new Set(Array.isArray(stored) ? stored.filter((each) => typeof each === 'string') : []));
    }),
  );
  const keep = (next: ReadonlySet<string>) => {
    // As many as fit into an address.
    const few = [...next].slice(-100);
    store(place(), few);
    set(new Set(few));
  };
  return [closed, keep] as const;
}

/** Headings between rows; that of a group opens and closes it. */
const Headings = (props: { of: readonly Heading[]; onToggle: (key: string) => void }) => (
  <For each={props.of}>
    {(heading) => (
      <li class="border-b">
        <Show
          when={heading.key}
          fallback={<p class="label-caps truncate px-4 pt-2.5 pb-1">{heading.label}</p>}
        >
          {(key) => (
            <button
              type="button"
              aria-expanded={!heading.closed}
              onClick={() => props.onToggle(key())}
              class="label-caps flex min-h-8 w-full items-center gap-1.5 px-3 text-left hover:bg-hover pointer-coarse:min-h-11"
            >
              {heading.closed ? (
                <ChevronRight size={14} aria-hidden="true" />
              ) : (
                <ChevronDown size={14} aria-hidden="true" />
              )}
              <span class="min-w-0 flex-1 truncate">{heading.label}</span>
              <Show when={(heading.overdue ?? 0) > 0}>
                <span class="text-failed tabular-nums">{t`${heading.overdue} overdue`}</span>
              </Show>
              <span class="tabular-nums">{heading.count}</span>
            </button>
          )}
        </Show>
      </li>
    )}
  </For>
);

/** What is selected: a step, or an execution to approve. */
function Pane(props: {
  of: Part;
  tenant: string;
  next: string | undefined;
  onAct: () => void;
  onNext: () => void;
}) {
  const step = () => ('runId' in props.of ? props.of : undefined);
  return (
    <Show
      when={step()}
      fallback={
        <Show when={'executionId' in props.of && props.of.executionId}>
          {(id) => <WaitingExecution executionId={id()} tenant={props.tenant} onAct={props.onAct} />}
        </Show>
      }
    >
      {(of) => (
        <StepPanel
          runId={of().runId}
          stepId={of().stepId}
          next={props.next}
          onAct={props.onAct}
          onNext={props.onNext}
        />
      )}
    </Show>
  );
}
