import { Link, useNavigate, useParams, useSearch } from '@tanstack/solid-router';
import { createEffect, createMemo, createSignal, For, on, Show } from 'solid-js';
import { liveState } from '../../api/live.ts';
import { paged, rowsOf } from '../../api/paged.ts';
import { useInfiniteQuery, useQuery } from '../../api/query.ts';
import { type Outputs, queries } from '../../api/trpc.ts';
import { useActions } from '../../kit/actions.ts';
import { Button, ButtonLink } from '../../kit/button.tsx';
import { EmptyState } from '../../kit/empty-state.tsx';
import { ErrorState } from '../../kit/error-state.tsx';
import { createListFilters } from '../../kit/list-page/list-filters.ts';
import { PageHeader } from '../../kit/page-header.tsx';
import { SkeletonLines } from '../../kit/skeleton.tsx';
import { Tab, TabBar } from '../../kit/tabs.tsx';
import { useTitle } from '../../shell/use-title.ts';
import { isPhone } from '../../shell/window-width.ts';
import { rich, t } from '../../words/words.ts';
import { StepPanel } from '../playbooks/parts/step-panel/step-panel.tsx';
import { defaultSort, InboxFilters } from './inbox-filters.tsx';
import { groupHeadings } from './inbox-groups.ts';
import { InboxRow } from './inbox-row.tsx';
import { Notices } from './notices.tsx';
import { WaitingExecution } from './waiting-execution.tsx';

const from = '/t/$tenant/inbox';
type Item = Outputs['inbox']['list']['items'][number];
/** `execution` is the id of no run. */
const keyOf = (item: Item) =>
  'execution' in item ? `execution~${item.execution.id}` : `${item.run.id}~${item.step.id}`;
const titleOf = (item: Item | undefined) =>
  item && ('execution' in item ? t`Approve ${item.execution.toolTitle}` : item.step.title);
const scopes = [
  { id: 'mine', label: t('Mine') },
  { id: 'roles', label: t('My roles') },
  { id: 'all', label: t('All') },
] as const;

type StepItem = Extract<Item, { step: unknown }>;
type Part = { executionId: string } | { runId: string; stepId: string };

const stepItem = (item: Item): StepItem | undefined => ('step' in item ? item : undefined);
const partOf = (item: Item): Part =>
  'execution' in item ? { executionId: item.execution.id } : { runId: item.run.id, stepId: item.step.id };

/** The steps and executions that wait for people, by due date, and the selected one. */
export default function InboxPage() {
  const params = useParams({ from });
  const search = useSearch({ from });
  const navigate = useNavigate({ from });
  useTitle(() => t('Inbox'));
  const scope = createMemo(() => search().scope ?? 'roles');
  const sort = () => search().sort ?? defaultSort;
  const filters = createListFilters(search, ['scope', 'item', 'sort']);
  const count = useQuery(() => queries.inbox.count());
  const query = useInfiniteQuery(() => ({
    ...paged(queries.inbox.list, {
      scope: scope(),
      sort: sort(),
      q: search().q,
      severity: search().severity,
      type: search().type,
      overdue: search().overdue && true,
      limit: 50,
    }),
    refetchInterval: liveState() === 'live' ? 30_000 : 3_000,
  }));
  /** The step on screen, and its place in the list. */
  const [kept, setKept] = createSignal<{ item: Item; at: number } | null>(null);
  const waiting = createMemo(() => rowsOf(query));
  const isIn = (rows: readonly Item[] | undefined, item: Item) =>
    rows?.some((each) => keyOf(each) === keyOf(item)) ?? false;
  /** The selected step stays in its place after it is completed, until the person moves on. */
  const items = createMemo(() => {
    const rows = waiting();
    const stays = kept();
    return rows && stays && !isIn(rows, stays.item) ? rows.toSpliced(stays.at, 0, stays.item) : rows;
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
  // A memo: a step that is opened changes the query string too.
  const listed = createMemo(() =>
    [scope(), search().q, search().severity, search().type, search().overdue].join(),
  );
  createEffect(on(listed, () => setKept(null), { defer: true }));
  const headings = createMemo(() => groupHeadings(items() ?? [], sort()));
  createEffect(on(selected, (item) => item && setKept({ item, at: position(items() ?? []) })));

  const open = (item: Item | undefined) =>
    void navigate({
      search: (before) => ({ ...before, item: item && keyOf(item) }),
      // On a phone, "back" leads from the step to the list.
      replace: !(isPhone() && item && !search().item),
    });
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
    return rows[at + 1] ?? rows[at - 1];
  };
  /** Selects the step after the completed one. */
  const selectNext = () => {
    const item = next();
    setKept(null);
    open(item);
  };
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
                search={{ ...search(), item: undefined, scope: id === 'roles' ? undefined : id }}
                active={scope() === id}
              >
                {label} <span class="text-faint tabular-nums">{count.isSuccess ? count.data[id] : ''}</span>
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
              <ul aria-label={t('Waiting steps')} class="flex flex-col">
                <For each={rows()}>
                  {(item, at) => (
                    <>
                      <Show when={headings()[at()]}>
                        {(heading) => (
                          <li class="label-caps truncate border-b px-4 pt-2.5 pb-1">{heading()}</li>
                        )}
                      </Show>
                      <InboxRow
                        item={item}
                        waiting={isIn(waiting(), item)}
                        selected={item === selected()}
                        onOpen={() => open(item)}
                      />
                    </>
                  )}
                </For>
              </ul>
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
          <Notices tenant={params().tenant} />
        </div>
        <section
          ref={pane}
          aria-label={t('Step')}
          tabindex="-1"
          class="min-w-0 flex-1 overflow-auto px-6 py-4 outline-none max-sm:px-4"
          classList={{ 'max-sm:hidden': !search().item && (items()?.length ?? 1) > 0 }}
        >
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
              <div class="flex max-w-3xl flex-col gap-3">
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
            )}
          </Show>
        </section>
      </div>
    </>
  );
}

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
