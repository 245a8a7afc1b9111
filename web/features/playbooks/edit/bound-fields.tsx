import { createEffect, createSignal, For, type JSX, on, Show } from 'solid-js';
import { durationOf, textOfDuration } from '../../../kit/document-form/duration-text.ts';
import { Field, inputClass } from '../../../kit/field.tsx';
import { Switch } from '../../../kit/switch.tsx';
import { useEditor } from './editor-state.ts';
import { ExpressionInput } from './expression-input.tsx';

export interface BoundProps {
  /** Its place in the document. */
  pointer: string;
  label: JSX.Element;
  help?: JSX.Element;
  required?: boolean;
  /** Problems inside of the value are said here too. */
  deep?: boolean;
}
export type InputAttributes = Parameters<Parameters<typeof Field>[0]['children']>[0];

/** A field that says what is wrong at its place in the document, once one has been there. */
export function Bound(props: BoundProps & { children: (input: InputAttributes) => JSX.Element }) {
  const editor = useEditor();
  return (
    <div data-pointer={props.pointer} class="min-w-0" onFocusOut={() => editor.touch(props.pointer)}>
      <Field
        label={props.label}
        help={props.help}
        required={props.required ?? false}
        error={editor.error(props.pointer, props.deep)}
      >
        {props.children}
      </Field>
    </div>
  );
}

interface TextProps extends BoundProps {
  placeholder?: string;
  mono?: boolean;
  /** More than one line. */
  rows?: number;
  /** An empty text is left out of the document. */
  optional?: boolean;
  /** The id of a datalist. */
  list?: string;
  /** Does the change itself. */
  onText?: (text: string) => void;
}

export function TextField(props: TextProps) {
  const editor = useEditor();
  const change = (text: string) =>
    props.onText
      ? props.onText(text)
      : editor.set(props.pointer, props.optional && text === '' ? undefined : text);
  const attributes = () => ({
    value: editor.text(props.pointer),
    onInput: (event: { currentTarget: { value: string } }) => change(event.currentTarget.value),
    placeholder: props.placeholder,
    autocomplete: 'off',
    spellcheck: props.rows !== undefined && !props.mono,
  });
  const face = () => (props.mono ? 'font-mono text-sm' : '');
  return (
    <Bound {...props}>
      {(input) => (
        <Show
          when={props.rows}
          fallback={
            <input
              {...input}
              {...attributes()}
              type="text"
              list={props.list}
              class={`${inputClass} ${face()}`}
            />
          }
        >
          {(rows) => (
            <textarea
              {...input}
              {...attributes()}
              rows={rows()}
              class={`${inputClass} h-auto py-1 ${face()}`}
            />
          )}
        </Show>
      )}
    </Bound>
  );
}

export function SelectField(
  props: BoundProps & {
    options: readonly { value: string; label: string }[];
    value?: string;
    onChange?: (value: string) => void;
  },
) {
  const editor = useEditor();
  const value = () => props.value ?? editor.text(props.pointer);
  return (
    <Bound {...props}>
      {(input) => (
        <select
          {...input}
          value={value()}
          onChange={(event) => {
            const next = event.currentTarget.value;
            if (props.onChange) props.onChange(next);
            else editor.set(props.pointer, next);
          }}
          class={inputClass}
        >
          <For each={props.options}>
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

/** A whole number; empty is left out of the document. */
export function NumberField(props: BoundProps & { placeholder?: string }) {
  const editor = useEditor();
  const read = (text: string): unknown => {
    const typed = text.trim();
    if (typed === '') return undefined;
    return /^\d+$/.test(typed) ? Number(typed) : text;
  };
  return (
    <Bound {...props}>
      {(input) => (
        <input
          {...input}
          type="text"
          inputmode="numeric"
          value={editor.text(props.pointer)}
          onInput={(event) => editor.set(props.pointer, read(event.currentTarget.value))}
          placeholder={props.placeholder}
          autocomplete="off"
          class={`${inputClass} text-right`}
        />
      )}
    </Bound>
  );
}

/** "4 h" for the person, `PT4H` in the document. */
export function DurationField(props: BoundProps & { placeholder?: string }) {
  const editor = useEditor();
  const [text, setText] = createSignal(textOfDuration(editor.text(props.pointer)));
  createEffect(
    on(
      () => editor.text(props.pointer),
      (value) => {
        if (durationOf(text()) !== value) setText(textOfDuration(value));
      },
      { defer: true },
    ),
  );
  return (
    <Bound {...props}>
      {(input) => (
        <input
          {...input}
          type="text"
          value={text()}
          onInput={(event) => {
            setText(event.currentTarget.value);
            editor.set(props.pointer, durationOf(event.currentTarget.value) || undefined);
          }}
          onBlur={() => setText(textOfDuration(editor.text(props.pointer)))}
          placeholder={props.placeholder ?? '4 h'}
          autocomplete="off"
          spellcheck={false}
          class={inputClass}
        />
      )}
    </Bound>
  );
}

/** An expression, or with `template` a text that may hold some. */
export function ExpressionField(
  props: BoundProps & {
    stepPath: string | null;
    template?: boolean;
    placeholder?: string;
    rows?: number;
    optional?: boolean;
  },
) {
  const editor = useEditor();
  return (
    <Bound {...props}>
      {(input) => (
        <ExpressionInput
          {...input}
          value={editor.text(props.pointer)}
          onInput={(text) => editor.set(props.pointer, props.optional && text === '' ? undefined : text)}
          mode={props.template ? 'template' : 'expression'}
          stepPath={props.stepPath}
          placeholder={props.placeholder}
          rows={props.rows}
        />
      )}
    </Bound>
  );
}

/** A switch with its meaning in words beside it; off is left out of the document. */
export function SwitchField(props: { pointer: string; label: string; help: JSX.Element }) {
  const editor = useEditor();
  return (
    <div data-pointer={props.pointer} class="flex items-start gap-3">
      <span class="pt-0.5">
        <Switch
          label={props.label}
          checked={editor.at(props.pointer) === true}
          onChange={(on) => editor.set(props.pointer, on ? true : undefined)}
        />
      </span>
      <div class="min-w-0">
        <p class="font-medium text-sm" aria-hidden="true">
          {props.label}
        </p>
        <p class="max-w-[64ch] text-faint text-sm">{props.help}</p>
        <Show when={editor.error(props.pointer)}>
          {(error) => <p class="text-failed text-sm">{error()}</p>}
        </Show>
      </div>
    </div>
  );
}
