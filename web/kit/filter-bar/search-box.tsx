import { Search } from 'lucide-solid';
import { createEffect, createSignal, on, onCleanup, Show } from 'solid-js';
import { useActions } from '../actions.ts';
import { inputClass } from '../field.tsx';
import { KeyHint } from '../key-hint.tsx';

/** The text filter of a list. `/` focuses it, Esc clears and leaves it. */
export function SearchBox(props: {
  value: string | undefined;
  onChange: (value: string | undefined) => void;
  /** Such as "Search members". */
  label: string;
  width?: string;
}) {
  let input: HTMLInputElement | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const [text, setText] = createSignal(props.value ?? '');

  // The URL also changes without typing: back, a link, "Clear filters".
  createEffect(
    on(
      () => props.value ?? '',
      (value) => {
        if (value !== text().trim()) setText(value);
      },
      { defer: true },
    ),
  );
  onCleanup(() => clearTimeout(timer));
  const commit = () => {
    clearTimeout(timer);
    const next = text().trim();
    if (next !== (props.value ?? '')) props.onChange(next || undefined);
  };
  useActions(() => [
    {
      id: 'search',
      label: props.label,
      keys: '/',
      group: 'Page',
      run: () => input?.select(),
    },
  ]);

  return (
    <div class="relative" style={{ width: props.width ?? '240px' }}>
      <Search
        size={13}
        aria-hidden="true"
        class="pointer-events-none absolute top-2 left-2 pointer-coarse:top-[15px] text-faint"
      />
      <input
        ref={input}
        type="text"
        inputmode="search"
        aria-label={props.label}
        placeholder={props.label}
        autocomplete="off"
        spellcheck={false}
        value={text()}
        onInput={(event) => {
          setText(event.currentTarget.value);
          clearTimeout(timer);
          timer = setTimeout(commit, 180);
        }}
        onKeyDown={(event) => {
          if (event.key === 'Enter') commit();
          if (event.key === 'Escape') {
            setText('');
            commit();
            input?.blur();
          }
        }}
        class={`${inputClass} pr-7 pl-7`}
      />
      <Show when={!text()}>
        <span class="pointer-events-none absolute top-1.5 right-1.5 flex pointer-coarse:hidden">
          <KeyHint keys="/" />
        </span>
      </Show>
    </div>
  );
}
