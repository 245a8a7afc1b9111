import { createMemo, createSignal, createUniqueId, Show } from 'solid-js';
import { inputClass } from '../../../kit/field.tsx';
import { t } from '../../../words/words.ts';
import { type Suggestion, SuggestionList, suggestionKeys } from '../parts/suggestions.tsx';
import { complete, completionAt, matchingPaths } from './completion.ts';
import { useEditor } from './editor-state.ts';

/**
 * A text that may use values of the run. Paths are suggested while typing; arrow down suggests all of them. An
 * `expression` is one as a whole, a `template` is text with `${{ expressions }}`.
 */
export function ExpressionInput(props: {
  id?: string;
  'aria-describedby'?: string | undefined;
  'aria-invalid'?: 'true' | undefined;
  label?: string;
  value: string;
  onInput: (text: string) => void;
  mode: 'expression' | 'template';
  /** The step it belongs to; null: the playbook. */
  stepPath: string | null;
  /** Plain values to suggest too. */
  choices?: readonly string[];
  placeholder?: string;
  rows?: number;
}) {
  const editor = useEditor();
  const listId = createUniqueId();
  const [open, setOpen] = createSignal(false);
  const [cursor, setCursor] = createSignal(0);
  const [active, setActive] = createSignal(-1);
  let element: HTMLInputElement | HTMLTextAreaElement | undefined;

  const place = () => (open() ? completionAt(props.value, cursor(), props.mode) : null);
  const options = createMemo<Suggestion[]>(() => {
    const at = place();
    if (!at) return [];
    const paths = matchingPaths(editor.scopeOf(props.stepPath), at.typed).map(({ path, detail }) => ({
      value: path,
      label: path,
      detail,
    }));
    const typed = props.value.trim();
    const choices = at.wrap
      ? (props.choices ?? [])
          .filter((choice) => choice.startsWith(typed) && choice !== typed)
          .map((choice) => ({ value: choice, label: choice, detail: 'value' }))
      : [];
    // A choice replaces the whole text, a path only a part of it.
    return [...choices, ...paths];
  });
  const isOpen = () => open() && options().length > 0;

  const look = (show: boolean) => {
    setCursor(element?.selectionStart ?? props.value.length);
    setActive(show ? 0 : -1);
    setOpen(show);
  };
  const choose = (option: Suggestion | undefined) => {
    const at = place();
    setOpen(false);
    if (!option || !at) return;
    const next =
      option.detail === 'value'
        ? { text: option.value, cursor: option.value.length }
        : complete(props.value, at, option.value);
    props.onInput(next.text);
    element?.focus();
    element?.setSelectionRange(next.cursor, next.cursor);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (!isOpen()) {
      if (event.key === 'ArrowDown' && !event.altKey && (!props.rows || props.value === '')) {
        event.preventDefault();
        look(true);
      }
      return;
    }
    suggestionKeys(event, {
      count: options().length,
      active: active(),
      setActive,
      choose: (index) => choose(options()[index]),
      close: () => setOpen(false),
    });
  };
  const attributes = () => ({
    id: props.id,
    'aria-label': props.label,
    'aria-describedby': props['aria-describedby'],
    'aria-invalid': props['aria-invalid'],
    'aria-controls': isOpen() ? listId : undefined,
    'aria-autocomplete': 'list' as const,
    'aria-activedescendant': isOpen() && active() >= 0 ? `${listId}-${active()}` : undefined,
    autocomplete: 'off',
    spellcheck: false,
    placeholder: props.placeholder,
    value: props.value,
    onInput: (event: { currentTarget: HTMLInputElement | HTMLTextAreaElement }) => {
      const text = event.currentTarget.value;
      const at = event.currentTarget.selectionStart ?? text.length;
      props.onInput(text);
      const found = completionAt(text, at, props.mode);
      // Plain text is not interrupted: suggestions start with the beginning of a path, or of `${{`.
      const wanted =
        found && (found.typed !== '' || (!found.wrap && text[at - 1] !== ' ') || found.from < at);
      setCursor(at);
      setActive(0);
      setOpen(Boolean(wanted));
    },
    onKeyDown,
    onBlur: () => setOpen(false),
  });
  return (
    <div class="relative">
      {props.rows ? (
        <textarea
          ref={(each) => {
            element = each;
          }}
          rows={props.rows}
          {...attributes()}
          class={`${inputClass} h-auto py-1 font-mono text-sm placeholder:font-sans`}
        />
      ) : (
        <input
          ref={(each) => {
            element = each;
          }}
          type="text"
          role="combobox"
          aria-expanded={isOpen()}
          {...attributes()}
          class={`${inputClass} font-mono text-sm placeholder:font-sans`}
        />
      )}
      <Show when={isOpen()}>
        <SuggestionList
          id={listId}
          label={t('Values to use')}
          mono
          options={options()}
          active={active()}
          onActive={setActive}
          onChoose={choose}
        />
      </Show>
    </div>
  );
}
