import { type JSX, Show } from 'solid-js';
import { Field, type InputAttributes, inputClass } from './field.tsx';

interface TextControlProps {
  value: string;
  onInput: (value: string) => void;
  type?: 'text' | 'url' | undefined;
  /** Makes it a text area. */
  rows?: number | undefined;
  mono?: boolean | undefined;
  spellcheck?: boolean | undefined;
  maxLength?: number | undefined;
  placeholder?: string | undefined;
  disabled?: boolean | undefined;
  /** The id of a datalist. */
  list?: string | undefined;
}

/** The input for a text, without a label. */
export function TextControl(props: TextControlProps & { input: InputAttributes }) {
  const attributes = () => ({
    ...props.input,
    value: props.value,
    onInput: (event: { currentTarget: { value: string } }) => props.onInput(event.currentTarget.value),
    placeholder: props.placeholder,
    maxLength: props.maxLength,
    disabled: props.disabled,
    autocomplete: 'off',
    spellcheck: props.spellcheck,
  });
  const face = () => (props.mono ? 'font-mono text-sm' : '');
  return (
    <Show
      when={props.rows}
      fallback={
        <input
          {...attributes()}
          type={props.type ?? 'text'}
          list={props.list}
          class={`${inputClass} ${face()}`}
        />
      }
    >
      {(rows) => <textarea {...attributes()} rows={rows()} class={`${inputClass} h-auto py-1 ${face()}`} />}
    </Show>
  );
}

/** A labelled input for a text. */
export const TextInput = (
  props: TextControlProps & {
    label: JSX.Element;
    required?: boolean | undefined;
    help?: string | undefined;
    error?: string | undefined;
  },
) => (
  <Field label={props.label} required={props.required} help={props.help} error={props.error}>
    {(input) => <TextControl {...props} input={input} />}
  </Field>
);
