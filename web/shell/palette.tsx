import { Dialog } from '@kobalte/core/dialog';
import { useRouter } from '@tanstack/solid-router';
import {
  createEffect,
  createMemo,
  createSignal,
  createUniqueId,
  For,
  onCleanup,
  Show,
  untrack,
} from 'solid-js';
import { isNearly } from '../../shared/finding/typing-errors.ts';
import { type Action, enterLayer, groupWords } from '../kit/actions.ts';
import type { Icon } from '../kit/button.tsx';
import { KeyHint } from '../kit/key-hint.tsx';
import { Status } from '../kit/status.tsx';
import { counted, t } from '../words/words.ts';
import { type Finder, type Found, matches, wordsOf } from './finder.ts';
import { closePalette, paletteActions, takeEarly } from './overlay-state.ts';
import { isPhone } from './window-width.ts';

interface Entry {
  id: string;
  group: string;
  label: string;
  detail?: string | undefined;
  icon?: Icon | undefined;
  keys?: string | undefined;
  /** Of what has a page: it can open in a new tab. */
  url?: string | undefined;
  run: () => void;
}

/** After which what was typed is searched for. */
const pauseMs = 80;

/** Finds actions, pages and what the finders find. The actions of the selected row come first. */
export default function Palette(props: { finder: Finder }) {
  const listId = createUniqueId();
  const [text, setText] = createSignal('');
  const [asked, setAsked] = createSignal('');
  const [active, setActive] = createSignal(0);

  createEffect(() => {
    const next = text().trim();
    const timer = setTimeout(() => setAsked(next), pauseMs);
    onCleanup(() => clearTimeout(timer));
  });
  const router = useRouter();
  const finder = untrack(() => props.finder)(asked, text);

  const then = (run: () => void) => () => {
    closePalette();
    // The dialog first returns the focus to the page.
    setTimeout(run);
  };

  const entryOf = ({ id, ...found }: Found): Entry => ({
    ...found,
    id: `${found.group}:${id}`,
    run: then(() => router.history.push(found.url)),
  });
  const choose = (entry: Entry | undefined, inNewTab: boolean) => {
    if (inNewTab && entry?.url) window.open(entry.url, '_blank', 'noopener');
    else entry?.run();
  };

  const entries = createMemo<Entry[]>(() => {
    const words = wordsOf(text());
    const all = (paletteActions() ?? []).filter(
      (action) => action.id !== 'palette' && action.inPalette !== false,
    );
    const offered = all.filter(({ label }) => matches(label, words));
    const toEntry = (each: Action): Entry => ({
      ...each,
      group: groupWords[each.group],
      run: then(each.run),
    });
    const action = (group: Action['group']): Entry[] =>
      offered.filter((each) => each.group === group).map(toEntry);
    // After everything that is called so: Enter must not do what was not meant.
    const near =
      offered.length === 0 && finder.nothing()
        ? all.filter(({ label }) => isNearly(label, words)).map(toEntry)
        : [];
    // While a search is running, the results of the previous one are shown as far as they match.
    const isSettled = asked() === text().trim();
    const found = finder
      .found()
      .filter(
        ({ label, detail = '' }) => (isSettled && !finder.outdated()) || matches(`${label} ${detail}`, words),
      )
      .map(entryOf);
    const pages = finder.pages().map(entryOf);
    const documentation = finder.documentation().map(entryOf);
    const actions = [...action('Selection'), ...action('Page')];
    // Without a text, what was looked at last comes before where one can go.
    return words.length === 0
      ? [...actions, ...pages, ...action('Go to'), ...action('General')]
      : [...actions, ...action('Go to'), ...pages, ...found, ...action('General'), ...near, ...documentation];
  });
  createEffect(() => {
    text();
    setActive(0);
  });

  const optionId = (index: number) => `${listId}-${index}`;
  const move = (by: number) => {
    const count = entries().length;
    if (count === 0) return;
    setActive((at) => (at + by + count) % count);
    document.getElementById(optionId(active()))?.scrollIntoView({ block: 'nearest' });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step !== 0) {
      event.preventDefault();
      move(step);
    } else if (event.key === 'Enter') {
      event.preventDefault();
      choose(entries()[active()], event.metaKey || event.ctrlKey);
    }
  };
  enterLayer();

  return (
    <Dialog open onOpenChange={(open) => !open && closePalette()} preventScroll={false}>
      <Dialog.Portal>
        <Dialog.Overlay class="fixed inset-0 z-60 bg-scrim" />
        <div class="pointer-events-none fixed inset-0 z-60 flex items-start justify-center px-4 pt-[12vh] max-sm:p-0">
          <Dialog.Content
            aria-label={t('Search and commands')}
            class="pointer-events-auto flex max-h-[64vh] w-150 max-w-full flex-col rounded-lg border bg-raised shadow-float outline-none max-sm:h-dvh max-sm:max-h-none max-sm:rounded-none max-sm:border-0"
          >
            <div class="flex shrink-0 items-center border-b">
              <input
                type="text"
                role="combobox"
                aria-label={t('Search executions, exceptions, tools, pages and actions')}
                aria-expanded="true"
                aria-controls={listId}
                aria-activedescendant={entries().length > 0 ? optionId(active()) : undefined}
                aria-autocomplete="list"
                autocomplete="off"
                spellcheck={false}
                placeholder={t('Search payments, IDs, exceptions, tools, pages and actions')}
                value={text()}
                onInput={(event) => setText(event.currentTarget.value)}
                onKeyDown={onKeyDown}
                // What was typed before it had the focus.
                onFocus={() => setText((typed) => typed + takeEarly())}
                class="h-11 min-w-0 flex-1 bg-transparent px-4 text-[14px] outline-none max-sm:h-13 max-sm:text-[16px]"
              />
              <Show when={isPhone()}>
                <button type="button" class="h-13 px-4 text-muted" onClick={() => closePalette()}>
                  {t('Cancel')}
                </button>
              </Show>
            </div>
            <p role="status" class="sr-only">
              {counted(entries().length, '{0} result|{0} results')}
            </p>
            <div id={listId} role="listbox" aria-label={t('Results')} class="min-h-0 overflow-auto p-1.5">
              <For each={entries()}>
                {(entry, index) => (
                  <>
                    <Show when={entries()[index() - 1]?.group !== entry.group}>
                      <div role="presentation" class="label-caps px-2 pt-2 pb-1">
                        {entry.group}
                      </div>
                    </Show>
                    {/* biome-ignore lint/a11y/useKeyWithClickEvents: the keys belong to the input, as in any combobox */}
                    {/* biome-ignore lint/a11y/useFocusableInteractive: aria-activedescendant points at it instead */}
                    <div
                      id={optionId(index())}
                      role="option"
                      aria-selected={active() === index()}
                      onMouseMove={() => setActive(index())}
                      onClick={(event) => choose(entry, event.metaKey || event.ctrlKey)}
                      class="flex h-8 cursor-default items-center gap-2 rounded-md px-2 pointer-coarse:h-11"
                      classList={{ 'bg-hover': active() === index() }}
                    >
                      <Show when={entry.icon}>
                        {(icon) => icon()({ size: 14, class: 'shrink-0 text-faint', 'aria-hidden': 'true' })}
                      </Show>
                      <span class="truncate">{entry.label}</span>
                      <Show when={entry.detail}>
                        <span class="min-w-0 flex-1 truncate font-mono text-sm text-faint">
                          {entry.detail}
                        </span>
                      </Show>
                      <span class="ml-auto flex">
                        <Show when={entry.keys}>{(keys) => <KeyHint keys={keys()} />}</Show>
                      </span>
                    </div>
                  </>
                )}
              </For>
              <Show when={entries().length === 0}>
                <p class="px-2 py-4 text-muted">
                  <Show
                    when={finder.searching()}
                    fallback={
                      finder.failed() ? t('The search failed. Type again to retry.') : t('No results.')
                    }
                  >
                    <Status kind="running" word={t('Searching')} />
                  </Show>
                </p>
              </Show>
            </div>
          </Dialog.Content>
        </div>
      </Dialog.Portal>
    </Dialog>
  );
}
