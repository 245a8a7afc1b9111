import { For, type JSX, Show } from 'solid-js';
import { Field, type InputAttributes, inputClass } from '../field.tsx';
import { helpAt } from '../form-help/form-help.tsx';
import { Switch } from '../switch.tsx';
import { TextControl } from '../text-input.tsx';
import { useDocumentForm } from './document-form.ts';

export interface BoundProps {
  /** JSON Pointer of its value in the document. */
  pointer: string;
  label: JSX.Element;
  help?: JSX.Element;
  required?: boolean;
  /** Show the issues inside the value here too. */
  deep?: boolean;
}

/** A field with the issues of its place in the document, once the person has visited it. */
export function Bound(props: BoundProps & { children: (input: InputAttributes) => JSX.Element }) {
  const form = useDocumentForm();
  return (
    <div data-pointer={props.pointer} class="min-w-0" onFocusOut={() => form.touch(props.pointer)}>
      <Field
        label={props.label}
        help={props.help}
        required={props.required ?? false}
        helpText={helpAt(form.help, props.pointer)}
        error={form.error(props.pointer, props.deep)}
      >
        {props.children}
      </Field>
    </div>
  );
}

interface TextProps extends BoundProps {
  placeholder?: string;
  mono?: boolean;
  /** Makes it a text area. */
  rows?: number;
  /** An empty text is left out of the document. */
  optional?: boolean;
  disabled?: boolean;
  maxLength?: number;
  /** The id of a datalist. */
  list?: string;
  /** Makes the change itself. */
  onText?: (text: string) => void;
}

export function TextField(props: TextProps) {
  const form = useDocumentForm();
  const change = (text: string) =>
    props.onText
      ? props.onText(text)
      : form.set(props.pointer, props.optional && text === '' ? undefined : text);
  return (
    <Bound {...props}>
      {(input) => (
        <TextControl
          input={input}
          value={form.text(props.pointer)}
          onInput={change}
          placeholder={props.placeholder}
          mono={props.mono}
          rows={props.rows}
          spellcheck={props.rows !== undefined && !props.mono}
          disabled={props.disabled}
          maxLength={props.maxLength}
          list={props.list}
        />
      )}
    </Bound>
  );
}

export function SelectField(
  props: BoundProps & {
    options: readonly { value: string; label: string }[];
    /** Shown while the document has no value; choosing it removes the value. */
    otherwise?: string;
    value?: string;
    mono?: boolean;
    /** Makes the change itself. */
    onChange?: (value: string) => void;
  },
) {
  const form = useDocumentForm();
  const value = () => props.value ?? (form.text(props.pointer) || props.otherwise || '');
  /** A value that is none of the options is shown, not hidden. */
  const options = () =>
    value() === '' || props.options.some((option) => option.value === value())
      ? props.options
      : [...props.options, { value: value(), label: value() }];
  const change = (next: string) =>
    props.onChange
      ? props.onChange(next)
      : form.set(props.pointer, next === props.otherwise ? undefined : next);
  return (
    <Bound {...props}>
      {(input) => (
        <select
          {...input}
          value={value()}
          onChange={(event) => change(event.currentTarget.value)}
          class={`${inputClass} ${props.mono ? 'font-mono text-sm' : ''}`}
        >
          <For each={options()}>
            {(option) => (
              <option value={option.value} selected={option.value === value()}>
                {option.label}
              </option>
            )}
          </For>
        </select>
      )}
    </Bound>
  );
}

/** A switch for true and false, or with `start` for a part of the document. */
export function SwitchField(props: {
  pointer: string;
  label: string;
  help: JSX.Element;
  /** False is left out of the document. */
  optional?: boolean;
  /** A document without the field means true. */
  onByDefault?: boolean;
  /** The part that switching on adds; switching off removes it. */
  start?: () => unknown;
}) {
  const form = useDocumentForm();
  const checked = () => {
    const value = form.at(props.pointer);
    if (props.onByDefault) return value !== false;
    return props.start ? value !== undefined : value === true;
  };
  const change = (on: boolean) => {
    const off = props.start || props.optional ? undefined : false;
    form.set(props.pointer, on ? (props.start?.() ?? true) : off);
  };
  return (
    <div data-pointer={props.pointer} class="flex items-start gap-3">
      <span class="pt-0.5">
        <Switch label={props.label} checked={checked()} onChange={change} />
      </span>
      <div class="min-w-0">
        <p class="font-medium text-sm" aria-hidden="true">
          {props.label}
        </p>
        <p class="max-w-[64ch] text-faint text-sm">{props.help}</p>
        <Show when={form.error(props.pointer)}>
          {(error) => <p class="text-failed text-sm">{error()}</p>}
        </Show>
      </div>
    </div>
  );
}
