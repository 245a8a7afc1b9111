import { For, Show } from 'solid-js';

export interface Suggestion {
  value: string;
  label: string;
  detail?: string | undefined;
}

/** The list below a combobox. Its keys are handled by the input, see `suggestionKeys`. */
export function SuggestionList(props: {
  id: string;
  label: string;
  options: readonly Suggestion[];
  active: number;
  mono?: boolean;
  /** Above the input instead of below. */
  above?: boolean;
  /** Shown when there are no options. */
  none?: string;
  onActive: (index: number) => void;
  onChoose: (option: Suggestion) => void;
}) {
  const place = () => (props.above ? 'bottom-full mb-1' : 'top-full mt-1');
  return (
    <Show
      when={props.options.length > 0}
      fallback={<p class={`${popup} ${place()} px-3 py-2 text-muted text-sm`}>{props.none}</p>}
    >
      <div id={props.id} role="listbox" aria-label={props.label} class={`${popup} ${place()} p-1`}>
        <For each={props.options}>
          {(option, index) => (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the input handles the keys, as in any combobox
            // biome-ignore lint/a11y/useFocusableInteractive: aria-activedescendant points at it instead
            <div
              id={`${props.id}-${index()}`}
              role="option"
              aria-selected={props.active === index()}
              // The input keeps the focus.
              onMouseDown={(event) => event.preventDefault()}
              onMouseMove={() => props.onActive(index())}
              onClick={() => props.onChoose(option)}
              class="flex min-h-7 pointer-coarse:min-h-11 cursor-default items-center gap-3 rounded-sm px-2 py-0.5"
              classList={{ 'bg-hover': props.active === index() }}
            >
              <span class="min-w-0 truncate" classList={{ 'font-mono text-sm': props.mono ?? false }}>
                {option.label}
              </span>
              <span class="ml-auto max-w-[50%] shrink-0 truncate text-muted text-sm">{option.detail}</span>
            </div>
          )}
        </For>
      </div>
    </Show>
  );
}

const popup = 'absolute right-0 left-0 z-30 max-h-60 overflow-auto rounded-md border bg-raised shadow-float';

/** Handles arrow keys, Enter and Esc of an open list. @returns whether the list used the key */
export function suggestionKeys(
  event: KeyboardEvent,
  list: {
    count: number;
    active: number;
    setActive: (index: number) => void;
    choose: (index: number) => void;
    close: () => void;
  },
): boolean {
  const by = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
  if (by !== 0 && !event.altKey && list.count > 0) {
    list.setActive((list.active + by + list.count) % list.count);
    const input = event.currentTarget;
    const active = input instanceof Element && input.getAttribute('aria-activedescendant');
    if (active) document.getElementById(active)?.scrollIntoView({ block: 'nearest' });
  } else if (
    event.key === 'Enter' &&
    !event.ctrlKey &&
    !event.metaKey &&
    list.active >= 0 &&
    list.count > 0
  ) {
    list.choose(list.active);
  } else if (event.key === 'Escape') {
    list.close();
  } else {
    return false;
  }
  event.preventDefault();
  // Esc must not close a dialog around it too.
  event.stopPropagation();
  return true;
}
