import { Dialog } from '@kobalte/core/dialog';
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
import { type Action, enterLayer, groupWords } from '../kit/actions.ts';
import type { Icon } from '../kit/button.tsx';
import { KeyHint } from '../kit/key-hint.tsx';
import { Status } from '../kit/status.tsx';
import { t } from '../words/words.ts';
import type { Finder } from './finder.ts';
import { closePalette, paletteActions } from './overlay-state.ts';

interface Entry {
  id: string;
  group: string;
  label: string;
  detail?: string | undefined;
  icon?: Icon | undefined;
  keys?: string | undefined;
  run: () => void;
}

/** Does the text contain every word of the query? */
const matches = (text: string, words: readonly string[]) =>
  words.every((word) => text.toLowerCase().includes(word));

/** Finds actions, pages and what the finders find. The actions of the selected row come first. */
export default function Palette(props: { finder: Finder }) {
  const listId = createUniqueId();
  const [text, setText] = createSignal('');
  const [asked, setAsked] = createSignal('');
  const [active, setActive] = createSignal(0);

  createEffect(() => {
    const next = text().trim();
    const timer = setTimeout(() => setAsked(next), 120);
    onCleanup(() => clearTimeout(timer));
  });
  const finder = untrack(() => props.finder)(asked);

  const then = (run: () => void) => () => {
    closePalette();
    // The dialog first returns the focus to the page.
    setTimeout(run);
  };

  const entries = createMemo<Entry[]>(() => {
    const words = text().trim().toLowerCase().split(/\s+/).filter(Boolean);
    const actions = (paletteActions() ?? []).filter(
      (action) => action.id !== 'palette' && action.inPalette !== false && matches(action.label, words),
    );
    const action = (group: Action['group']): Entry[] =>
      actions
        .filter((each) => each.group === group)
        .map((each) => ({ ...each, group: groupWords[group], run: then(each.run) }));
    // While a search is running, the results of the previous one are shown as far as they match.
    const isSettled = asked() === text().trim();
    const found = finder
      .found()
      .filter(
        ({ label, detail = '' }) => (isSettled && !finder.outdated()) || matches(`${label} ${detail}`, words),
      )
      .map(({ open, ...shown }) => ({ ...shown, id: `${shown.group}:${shown.id}`, run: then(open) }));
    return [...action('Selection'), ...action('Page'), ...action('Go to'), ...found, ...action('General')];
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
      entries()[active()]?.run();
    }
  };
  enterLayer();

  return (
    <Dialog open onOpenChange={(open) => !open && closePalette()} preventScroll={false}>
      <Dialog.Portal>
        <Dialog.Overlay class="fixed inset-0 z-60 bg-scrim" />
        <div class="pointer-events-none fixed inset-0 z-60 flex items-start justify-center px-4 pt-[12vh]">
          <Dialog.Content
            aria-label={t('Search and commands')}
            class="pointer-events-auto flex max-h-[64vh] w-150 max-w-full flex-col rounded-lg border bg-raised shadow-float outline-none"
          >
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
              class="h-11 w-full shrink-0 border-b bg-transparent px-4 text-[14px] outline-none"
            />
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
                      onClick={() => entry.run()}
                      class="flex h-8 cursor-default items-center gap-2 rounded-md px-2"
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
