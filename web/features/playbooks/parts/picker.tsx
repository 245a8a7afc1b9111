import { createSignal, createUniqueId, Show } from 'solid-js';
import { inputClass } from '../../../kit/field.tsx';
import { t } from '../../../words/words.ts';
import { type Suggestion, SuggestionList, suggestionKeys } from './suggestions.tsx';

/** Chooses one of many, found by typing. */
export function Picker(props: {
  id: string;
  'aria-describedby'?: string | undefined;
  'aria-invalid'?: 'true' | undefined;
  /** The label of the list, as in "Tools". */
  label: string;
  /** The words for the choice; empty when nothing is chosen. */
  text: string;
  options: readonly Suggestion[];
  loading: boolean;
  placeholder?: string;
  mono?: boolean;
  /** Accept a text that is none of the options. */
  free?: boolean;
  onSearch: (text: string) => void;
  /** Null clears the choice. */
  onChoose: (option: Suggestion | null) => void;
}) {
  const listId = createUniqueId();
  const [typed, setTyped] = createSignal<string | null>(null);
  const [open, setOpen] = createSignal(false);
  const [active, setActive] = createSignal(0);

  const show = () => {
    setActive(0);
    setOpen(true);
  };
  const close = () => {
    setOpen(false);
    setTyped(null);
  };
  const choose = (option: Suggestion | undefined) => {
    if (option) props.onChoose(option);
    close();
  };
  const leave = () => {
    const text = typed();
    if (text !== null && props.free && text.trim() !== props.text)
      props.onChoose(text.trim() === '' ? null : { value: text.trim(), label: text.trim() });
    close();
  };
  return (
    <div class="relative">
      <input
        type="text"
        role="combobox"
        id={props.id}
        aria-describedby={props['aria-describedby']}
        aria-invalid={props['aria-invalid']}
        aria-expanded={open() && props.options.length > 0}
        aria-controls={listId}
        aria-autocomplete="list"
        aria-activedescendant={open() && props.options.length > 0 ? `${listId}-${active()}` : undefined}
        autocomplete="off"
        spellcheck={false}
        placeholder={props.placeholder}
        value={typed() ?? props.text}
        onClick={() => !open() && show()}
        onInput={(event) => {
          const text = event.currentTarget.value;
          setTyped(text);
          show();
          props.onSearch(text.trim());
          if (text.trim() === '') props.onChoose(null);
        }}
        onKeyDown={(event) => {
          if (!open()) {
            if (event.key !== 'ArrowDown' || event.altKey) return;
            event.preventDefault();
            show();
            return;
          }
          suggestionKeys(event, {
            count: props.options.length,
            active: active(),
            setActive,
            choose: (index) => choose(props.options[index]),
            close,
          });
        }}
        onBlur={leave}
        class={`${inputClass} ${props.mono ? 'font-mono text-sm placeholder:font-sans' : ''}`}
      />
      <Show when={open()}>
        <SuggestionList
          id={listId}
          label={props.label}
          options={props.options}
          active={active()}
          mono={props.mono ?? false}
          none={props.loading ? t('Searching') : t('No matches.')}
          onActive={setActive}
          onChoose={choose}
        />
      </Show>
    </div>
  );
}
