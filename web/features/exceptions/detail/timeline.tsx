import { createMemo, createSignal, For, type JSX, Show } from 'solid-js';
import { liveState } from '../../../api/live.ts';
import { useInfiniteQuery } from '../../../api/query.ts';
import { queries } from '../../../api/trpc.ts';
import { Button } from '../../../kit/button.tsx';
import { QueryView } from '../../../kit/query-view.tsx';
import { useNow } from '../../../kit/relative-time.tsx';
import { t } from '../../../words/words.ts';
import { byDay, dayWords, deliveriesIn, inOrder, type TimelineItem } from './timeline-items.ts';
import { TimelineRow } from './timeline-row.tsx';

const pageSize = 100;

/** The pages of a timeline, the latest first. */
export function timelineOf(exceptionId: string) {
  const at = { id: exceptionId, limit: pageSize };
  return {
    queryKey: [...queries.exceptions.timeline(at).queryKey, 'pages'],
    queryFn: ({ pageParam, signal }: { pageParam: string | undefined; signal: AbortSignal }) =>
      queries.exceptions.timeline({ ...at, cursor: pageParam }).queryFn({ signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page: { nextCursor: string | null }) => page.nextCursor ?? undefined,
  };
}

/** Everything that happened, oldest first. Starts with the latest page; new items are added below. */
export function Timeline(props: {
  exceptionId: string;
  tenant: string;
  /** Shows a step of a run where it can be acted on. */
  onStep: (runId: string, stepId: string) => void;
  /** Below it, once it is there. */
  children: JSX.Element;
}) {
  let list: HTMLDivElement | undefined;
  const query = useInfiniteQuery(() => ({
    ...timelineOf(props.exceptionId),
    // Polls only while the live stream is lost.
    refetchInterval: () => (liveState() === 'live' ? false : 5_000),
  }));
  // By key: a refetch must not close an open row or move the text that someone reads.
  const items = createMemo(() =>
    query.isPending || !query.data ? new Map<string, TimelineItem>() : inOrder(query.data.pages),
  );
  const days = createMemo(() => byDay(items().values()), [], { equals: sameDays });
  const deliveries = createMemo(() => deliveriesIn(days(), items()));
  /** The further deliveries of a group: its first stands for them. */
  const grouped = createMemo(
    () => new Set([...deliveries().values()].flatMap((group) => group.slice(1).map(({ key }) => key))),
  );
  const dayIds = createMemo(() => days().map((day) => day.id), [], { equals: sameTexts });
  const [open, setOpen] = createSignal<ReadonlyMap<string, boolean>>(new Map());
  const now = useNow();

  /** Adds older items above without moving what is on screen. */
  async function showOlder(): Promise<void> {
    const first = list?.querySelector('li');
    const before = first?.getBoundingClientRect().top ?? 0;
    await query.fetchNextPage();
    const moved = (first?.isConnected ? first.getBoundingClientRect().top : before) - before;
    scrollerOf(list)?.scrollBy({ top: moved });
  }

  return (
    <>
      <QueryView query={query} what={t('The timeline could not be loaded')}>
        {() => (
          <div ref={list} class="flex flex-col">
            <Show when={query.hasNextPage}>
              <div class="pb-2">
                <Button busy={query.isFetchingNextPage} onClick={() => void showOlder()}>
                  {t('Show older')}
                </Button>
              </div>
            </Show>
            <For each={dayIds()}>
              {(id, index) => {
                const keys = createMemo(
                  () => (days()[index()]?.keys ?? []).filter((key) => !grouped().has(key)),
                  [],
                  { equals: sameTexts },
                );
                return (
                  <section aria-label={dayWords(id, now())}>
                    <h3 class="label-caps flex items-center gap-3 py-1.5">
                      {dayWords(id, now())}
                      <span aria-hidden="true" class="h-px flex-1 bg-line" />
                    </h3>
                    <ol>
                      <For each={keys()}>
                        {(key) => {
                          // A row that is being removed keeps its last content.
                          const item = createMemo<TimelineItem>(
                            (last) => items().get(key) ?? last,
                            items().get(key) as TimelineItem,
                          );
                          return (
                            <TimelineRow
                              item={item()}
                              deliveries={deliveries().get(key)}
                              tenant={props.tenant}
                              open={open().get(key) ?? false}
                              onToggle={() =>
                                setOpen((before) => new Map(before).set(key, !(before.get(key) ?? false)))
                              }
                              onStep={props.onStep}
                            />
                          );
                        }}
                      </For>
                    </ol>
                  </section>
                );
              }}
            </For>
          </div>
        )}
      </QueryView>
      <Show when={!query.isPending}>{props.children}</Show>
    </>
  );
}

const sameTexts = (a: readonly string[], b: readonly string[]) =>
  a.length === b.length && a.every((text, index) => text === b[index]);
const sameDays = (
  a: readonly { id: string; keys: readonly string[] }[],
  b: readonly { id: string; keys: readonly string[] }[],
) =>
  a.length === b.length &&
  a.every((day, index) => day.id === b[index]?.id && sameTexts(day.keys, b[index].keys));

function scrollerOf(element: HTMLElement | undefined): HTMLElement | undefined {
  for (let at = element?.parentElement; at; at = at.parentElement) {
    if (at.scrollHeight > at.clientHeight && /auto|scroll/.test(getComputedStyle(at).overflowY)) return at;
  }
  return undefined;
}
