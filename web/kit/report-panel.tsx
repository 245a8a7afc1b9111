import { ChevronRight } from 'lucide-solid';
import { createMemo, createSignal, createUniqueId, For, type JSX, onCleanup, Show } from 'solid-js';
import { type ApiError, toApiError } from '../api/api-error.ts';
import { inSentence, t } from '../words/words.ts';
import { Button } from './button.tsx';
import { FailureNote } from './failure-note.tsx';
import { inputClass } from './field.tsx';
import { Status, type StatusKind } from './status.tsx';

/** Rows that are shown at once. */
const shownAtOnce = 100;

export interface ReportWords<Item, Verdict extends string> {
  /** Names the list, such as "Past executions". */
  label: string;
  /** What the report does, before it was asked for. */
  about: string;
  /** The button. */
  verb: string;
  /** What an error means. */
  failed: string;
  /** When there was nothing to look at. */
  none: string;
  /** In the order of the filter and of the counts. */
  verdicts: readonly { verdict: Verdict; word: string; kind: StatusKind }[];
  verdictOf: (item: Item) => Verdict;
}

/** A report that is made while it is read: its counts, and a row for each item that opens to show why. */
export function ReportPanel<Item, Verdict extends string>(props: {
  words: ReportWords<Item, Verdict>;
  /** Makes it. To abort cancels the work. */
  load: (options: { signal: AbortSignal; onItems: (items: Item[]) => void }) => Promise<void>;
  /** The line of an item. */
  title: (item: Item) => JSX.Element;
  children: (item: Item) => JSX.Element;
}) {
  const [items, setItems] = createSignal<readonly Item[]>();
  const [state, setState] = createSignal<'idle' | 'running' | 'cancelled' | 'done'>('idle');
  const [error, setError] = createSignal<ApiError>();
  const [verdict, setVerdict] = createSignal<Verdict | ''>('');
  const [room, setRoom] = createSignal(shownAtOnce);
  const filterId = createUniqueId();
  let running: AbortController | undefined;
  onCleanup(() => running?.abort());

  async function start(): Promise<void> {
    running?.abort();
    const own = new AbortController();
    running = own;
    setState('running');
    setError(undefined);
    setItems([]);
    setVerdict('');
    setRoom(shownAtOnce);
    try {
      await props.load({
        signal: own.signal,
        onItems: (more) => running === own && setItems((before = []) => [...before, ...more]),
      });
      if (running === own) setState('done');
    } catch (failure) {
      if (running !== own) return;
      if (!own.signal.aborted) setError(toApiError(failure));
      setState('cancelled');
    }
  }

  const counts = createMemo(() => Map.groupBy(items() ?? [], (item) => props.words.verdictOf(item)));
  const present = () =>
    props.words.verdicts.filter((each) => counts().has(each.verdict) || each.verdict === verdict());
  const countWords = () => {
    const words = present().map(
      (each) => `${counts().get(each.verdict)?.length ?? 0} ${inSentence(each.word)}`,
    );
    return words.length === 0 ? '' : `: ${words.join(', ')}`;
  };
  const matching = createMemo(() => {
    const only = verdict();
    return only === '' ? (items() ?? []) : (counts().get(only) ?? []);
  });
  const wordsOf = (item: Item) =>
    props.words.verdicts.find((each) => each.verdict === props.words.verdictOf(item))!;

  return (
    <section aria-label={props.words.label} class="flex flex-col gap-2" aria-busy={state() === 'running'}>
      <div class="flex flex-wrap items-center gap-2">
        <Show
          when={state() === 'running'}
          fallback={<Button onClick={() => void start()}>{props.words.verb}</Button>}
        >
          <Button onClick={() => running?.abort()}>{t('Cancel')}</Button>
        </Show>
        <p class="min-w-0 flex-1 text-muted" role="status">
          <Show when={items()} fallback={props.words.about}>
            {(all) => (
              <>
                {state() === 'running'
                  ? t`${all().length} looked at so far`
                  : state() === 'cancelled'
                    ? t`${all().length} looked at, then it was ended`
                    : all().length === 0 && state() === 'done'
                      ? props.words.none
                      : t`${all().length} looked at`}
                {countWords()}
              </>
            )}
          </Show>
        </p>
      </div>
      <FailureNote failed={props.words.failed} error={error()} />
      <Show when={(items()?.length ?? 0) > 0}>
        <div class="flex items-center gap-2">
          <label for={filterId} class="font-medium text-sm">
            {t('Show')}
          </label>
          <div class="w-56">
            <select
              id={filterId}
              class={inputClass}
              value={verdict()}
              onChange={(event) => {
                setVerdict(() => event.currentTarget.value as Verdict | '');
                setRoom(shownAtOnce);
              }}
            >
              <option value="">{t`All (${items()?.length})`}</option>
              <For each={present()}>
                {(each) => (
                  <option value={each.verdict} selected={each.verdict === verdict()}>
                    {each.word} ({counts().get(each.verdict)?.length ?? 0})
                  </option>
                )}
              </For>
            </select>
          </div>
        </div>
        <ul aria-label={props.words.label} class="border-t">
          <For each={matching().slice(0, room())}>
            {(item) => (
              <li class="border-b">
                <details class="group">
                  <summary class="flex min-h-9 cursor-pointer flex-wrap items-center gap-x-3 py-1 hover:bg-hover">
                    <ChevronRight
                      size={14}
                      aria-hidden="true"
                      class="shrink-0 text-faint transition-transform group-open:rotate-90 motion-reduce:transition-none"
                    />
                    <span class="w-32 shrink-0">
                      <Status kind={wordsOf(item).kind} word={wordsOf(item).word} />
                    </span>
                    <span class="min-w-0 flex-1 basis-40">{props.title(item)}</span>
                  </summary>
                  <div class="flex flex-col gap-2 pb-3 pl-6 sm:pl-[10.75rem]">{props.children(item)}</div>
                </details>
              </li>
            )}
          </For>
        </ul>
        <Show when={matching().length > room()}>
          <div>
            <Button
              onClick={() => setRoom((before) => before + shownAtOnce)}
            >{t`Show more (${matching().length - room()} left)`}</Button>
          </div>
        </Show>
      </Show>
    </section>
  );
}
