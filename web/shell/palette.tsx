import { Dialog } from '@kobalte/core/dialog';
import { keepPreviousData, useQuery } from '@tanstack/solid-query';
import { useNavigate } from '@tanstack/solid-router';
import { Activity, Wrench } from 'lucide-solid';
import { createEffect, createMemo, createSignal, createUniqueId, For, onCleanup, Show } from 'solid-js';
import { queries } from '../api/trpc.ts';
import { enterLayer } from '../kit/actions.ts';
import type { Icon } from '../kit/button.tsx';
import { KeyHint } from '../kit/key-hint.tsx';
import { executionKind, Status, statusWord } from '../kit/status.tsx';
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

const looksLikeId = (text: string) => /^[0-9a-z-]{8,}$/i.test(text) && /\d/.test(text);

/** Does the text contain every word of the query? */
const matches = (text: string, words: readonly string[]) =>
  words.every((word) => text.toLowerCase().includes(word));

/** Finds tools, executions by id, pages and actions. The actions of the selected row come first. */
export default function Palette(props: { slug: string }) {
  const navigate = useNavigate();
  const listId = createUniqueId();
  const [text, setText] = createSignal('');
  const [asked, setAsked] = createSignal('');
  const [active, setActive] = createSignal(0);

  createEffect(() => {
    const next = text().trim();
    const timer = setTimeout(() => setAsked(next), 120);
    onCleanup(() => clearTimeout(timer));
  });
  const tools = useQuery(() => ({
    ...queries.tools.list({ q: asked() || undefined, limit: asked() ? 8 : 5 }),
    placeholderData: keepPreviousData,
  }));
  const execution = useQuery(() => ({
    ...queries.executions.get({ id: asked() }),
    enabled: looksLikeId(asked()),
    retry: false,
  }));

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
    const action = (group: string): Entry[] =>
      actions.filter((each) => each.group === group).map((each) => ({ ...each, run: then(each.run) }));
    const found: Entry[] = [];
    if (execution.isSuccess && looksLikeId(asked())) {
      const run = execution.data;
      found.push({
        id: `execution:${run.id}`,
        group: 'Executions',
        label: run.toolTitle,
        detail: `${statusWord(executionKind(run))} · ${run.id}`,
        icon: Activity,
        run: then(
          () =>
            void navigate({
              to: '/t/$tenant/executions/$executionId',
              params: { tenant: props.slug, executionId: run.id },
            }),
        ),
      });
    }
    // While a search is running, the tools of the previous search are shown as far as they match.
    const isCurrent = asked() === text().trim() && !tools.isPlaceholderData;
    const hits = (tools.isSuccess ? tools.data.items : [])
      .filter((tool) => isCurrent || matches(`${tool.title} ${tool.name}`, words))
      .map((tool) => ({
        id: `tool:${tool.id}`,
        group: 'Tools',
        label: tool.title,
        detail: tool.name,
        icon: Wrench,
        run: then(
          () =>
            void navigate({
              to: '/t/$tenant/tools/$toolId',
              params: { tenant: props.slug, toolId: tool.id },
            }),
        ),
      }));
    return [
      ...action('Selection'),
      ...found,
      ...action('Page'),
      ...hits,
      ...action('Go to'),
      ...action('General'),
    ];
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
            aria-label="Search and commands"
            class="pointer-events-auto flex max-h-[64vh] w-150 max-w-full flex-col rounded-lg border bg-raised shadow-float outline-none"
          >
            <input
              type="text"
              role="combobox"
              aria-label="Search tools, executions by ID, pages and actions"
              aria-expanded="true"
              aria-controls={listId}
              aria-activedescendant={entries().length > 0 ? optionId(active()) : undefined}
              aria-autocomplete="list"
              autocomplete="off"
              spellcheck={false}
              placeholder="Search tools, execution IDs, pages and actions"
              value={text()}
              onInput={(event) => setText(event.currentTarget.value)}
              onKeyDown={onKeyDown}
              class="h-11 w-full shrink-0 border-b bg-transparent px-4 text-[14px] outline-none"
            />
            <div id={listId} role="listbox" aria-label="Results" class="min-h-0 overflow-auto p-1.5">
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
                  <Show when={tools.isFetching || execution.isFetching} fallback="No results.">
                    <Status kind="running" word="Searching" />
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
