import { createEffect, createSignal, createUniqueId, type JSX, on, Show } from 'solid-js';
import { useToolForm } from '../../features/tools/edit/form-state.ts';
import { Field, inputClass } from '../field.tsx';
import { Switch } from '../switch.tsx';

interface BoundProps {
  pointer: string;
  label: JSX.Element;
  help?: JSX.Element;
  required?: boolean;
  /** Problems inside of the value are said here too. */
  deep?: boolean;
}
type InputAttributes = Parameters<Parameters<typeof Field>[0]['children']>[0];

/** A field that says what is wrong at its place in the definition, once one has been there. */
export function Bound(props: BoundProps & { children: (input: InputAttributes) => JSX.Element }) {
  const form = useToolForm();
  return (
    <div data-pointer={props.pointer} class="min-w-0" onFocusOut={() => form.touch(props.pointer)}>
      <Field
        label={props.label}
        help={props.help}
        required={props.required ?? false}
        error={form.error(props.pointer, props.deep)}
      >
        {props.children}
      </Field>
    </div>
  );
}

export function TextField(
  props: BoundProps & {
    placeholder?: string;
    mono?: boolean;
    list?: string;
    onText?: (text: string) => void;
  },
) {
  const form = useToolForm();
  return (
    <Bound {...props}>
      {(input) => (
        <input
          {...input}
          type="text"
          value={form.text(props.pointer)}
          onInput={(event) => {
            form.set(props.pointer, event.currentTarget.value);
            props.onText?.(event.currentTarget.value);
          }}
          placeholder={props.placeholder}
          list={props.list}
          autocomplete="off"
          spellcheck={false}
          class={`${inputClass} ${props.mono ? 'font-mono text-sm' : ''}`}
        />
      )}
    </Bound>
  );
}

export function TextArea(props: BoundProps & { rows?: number; mono?: boolean; placeholder?: string }) {
  const form = useToolForm();
  return (
    <Bound {...props}>
      {(input) => (
        <textarea
          {...input}
          rows={props.rows ?? 3}
          value={form.text(props.pointer)}
          onInput={(event) => form.set(props.pointer, event.currentTarget.value)}
          placeholder={props.placeholder}
          spellcheck={!props.mono}
          class={`${inputClass} h-auto py-1 ${props.mono ? 'font-mono text-sm' : ''}`}
        />
      )}
    </Bound>
  );
}

export function SelectField(
  props: BoundProps & {
    options: readonly { value: string; label: string }[];
    onChange?: (value: string) => void;
    value?: string;
  },
) {
  const form = useToolForm();
  const value = () => props.value ?? form.text(props.pointer);
  return (
    <Bound {...props}>
      {(input) => (
        <select
          {...input}
          value={value()}
          onChange={(event) => {
            const next = event.currentTarget.value;
            if (props.onChange) props.onChange(next);
            else form.set(props.pointer, next);
          }}
          class={inputClass}
        >
          {props.options.map((option) => (
            <option value={option.value} selected={option.value === value()}>
              {option.label}
            </option>
          ))}
        </select>
      )}
    </Bound>
  );
}

/** A number; `scale` is how many of the stored unit one of the shown unit is (1000: seconds kept as milliseconds). */
export function NumberField(props: BoundProps & { unit?: string; scale?: number; placeholder?: string }) {
  const form = useToolForm();
  const scale = () => props.scale ?? 1;
  const show = (value: unknown) =>
    typeof value === 'number'
      ? String(Number((value / scale()).toFixed(6)))
      : value === undefined
        ? ''
        : String(value);
  const read = (text: string): unknown => {
    const trimmed = text.trim().replace(',', '.');
    if (trimmed === '') return undefined;
    const value = Number(trimmed) * scale();
    return Number.isFinite(value) ? Number(value.toFixed(6)) : text;
  };
  const [text, setText] = createSignal(show(form.at(props.pointer)));
  createEffect(
    on(
      () => form.at(props.pointer),
      (value) => {
        if (read(text()) !== value) setText(show(value));
      },
    ),
  );
  return (
    <Bound {...props}>
      {(input) => (
        <div class="flex items-center gap-2">
          <input
            {...input}
            type="text"
            inputmode="decimal"
            value={text()}
            onInput={(event) => {
              setText(event.currentTarget.value);
              form.set(props.pointer, read(event.currentTarget.value));
            }}
            placeholder={props.placeholder}
            autocomplete="off"
            class={`${inputClass} text-right`}
          />
          <Show when={props.unit}>
            <span class="shrink-0 text-muted">{props.unit}</span>
          </Show>
        </div>
      )}
    </Bound>
  );
}

/** A switch with its meaning in words beside it. */
export function SwitchField(props: {
  pointer: string;
  label: string;
  help: JSX.Element;
  checked?: boolean;
  onChange?: (checked: boolean) => void;
}) {
  const form = useToolForm();
  const id = createUniqueId();
  const checked = () => props.checked ?? form.at(props.pointer) === true;
  return (
    <div data-pointer={props.pointer} class="flex items-start gap-3">
      <span class="pt-0.5">
        <Switch
          label={props.label}
          checked={checked()}
          onChange={(next) => (props.onChange ? props.onChange(next) : form.set(props.pointer, next))}
        />
      </span>
      <div class="min-w-0">
        <p class="font-medium text-sm" aria-hidden="true">
          {props.label}
        </p>
        <p id={id} class="max-w-[64ch] text-faint text-sm">
          {props.help}
        </p>
        <Show when={form.error(props.pointer)}>
          <p class="text-failed text-sm">{form.error(props.pointer)}</p>
        </Show>
      </div>
    </div>
  );
}

/** A part of the form under its own heading. */
export function FormSection(props: {
  id: string;
  title: string;
  lead?: JSX.Element;
  aside?: JSX.Element;
  children: JSX.Element;
}) {
  return (
    <section id={props.id} aria-labelledby={`${props.id}-title`} class="border-b px-6 pt-4 pb-6">
      <div class="mb-1 flex min-h-7 items-center gap-2">
        <h2 id={`${props.id}-title`} class="font-semibold">
          {props.title}
        </h2>
        <div class="ml-auto flex items-center gap-2 empty:hidden">{props.aside}</div>
      </div>
      <Show when={props.lead}>
        <p class="mb-3 max-w-[72ch] text-muted">{props.lead}</p>
      </Show>
      <div class="flex flex-col gap-3.5">{props.children}</div>
    </section>
  );
}
