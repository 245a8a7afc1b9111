import { Plus, X } from 'lucide-solid';
import { For, type JSX, Show } from 'solid-js';
import { inSentence, t } from '../../words/words.ts';
import { Menu, MenuItem } from '../menu.tsx';

export interface FilterOption<Value extends string> {
  value: Value;
  label: JSX.Element;
}

/** One filter: dashed while it is not set, then its value and a button that removes it. */
export function FilterChip<Value extends string>(props: {
  label: string;
  value: Value | undefined;
  /** Without options the chip only shows a value that came with the link, such as an id. */
  options?: readonly FilterOption<Value>[] | undefined;
  /** Formats a value that is not among the options. */
  show?: ((value: Value) => JSX.Element) | undefined;
  onChange: (value: Value | undefined) => void;
}) {
  const shown = () => {
    const { value } = props;
    if (!value) return undefined;
    return props.options?.find((option) => option.value === value)?.label ?? props.show?.(value) ?? value;
  };
  const face = (
    <>
      <Show when={!props.value}>
        <Plus size={12} aria-hidden="true" class="text-faint" />
      </Show>
      <span class="sr-only">{t('Filter by')}</span>
      <span classList={{ 'text-muted': Boolean(props.value) }}>{props.label}</span>
      <Show when={props.value}>
        <span class="max-w-48 truncate font-medium text-text">{shown()}</span>
      </Show>
    </>
  );
  return (
    <Show when={props.value || props.options}>
      <div
        class="inline-flex h-7 items-center rounded-md border text-base"
        classList={{
          'border-line-strong border-dashed text-muted hover:bg-hover': !props.value,
          'border-line-strong bg-sunken': Boolean(props.value),
        }}
      >
        <Show when={props.options} fallback={<span class="flex items-center gap-1.5 px-2">{face}</span>}>
          {(options) => (
            <Menu triggerClass="flex h-full items-center gap-1.5 rounded-md px-2" trigger={face}>
              <For each={options()}>
                {(option) => (
                  <MenuItem
                    checked={option.value === props.value}
                    onSelect={() => props.onChange(option.value === props.value ? undefined : option.value)}
                  >
                    {option.label}
                  </MenuItem>
                )}
              </For>
            </Menu>
          )}
        </Show>
        <Show when={props.value}>
          <button
            type="button"
            aria-label={t`Remove filter ${inSentence(props.label)}`}
            onClick={() => props.onChange(undefined)}
            class="-ml-1 inline-flex h-full w-6 items-center justify-center rounded-md text-faint hover:text-text"
          >
            <X size={12} aria-hidden="true" />
          </button>
        </Show>
      </div>
    </Show>
  );
}
