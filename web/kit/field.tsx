import { createUniqueId, type JSX, Show } from 'solid-js';
import { said } from '../words/said.ts';
import { t } from '../words/words.ts';
import { createHelpMark, type FieldHelp, useFormHelp } from './form-help/form-help.tsx';

/** The look of every one-line input and select. */
export const inputClass =
  'h-7 w-full min-w-0 pointer-coarse:min-h-11 pointer-coarse:text-[16px] rounded-md border border-line-strong bg-bg px-2 text-base text-text hover:border-faint ' +
  'disabled:opacity-60 aria-invalid:border-failed';

/** What links an input to its label, help and error. */
export interface InputAttributes {
  id: string;
  'aria-describedby': string | undefined;
  'aria-invalid': 'true' | undefined;
}

/** A label with its input, help and error, linked for screen readers. */
export function Field(props: {
  label: JSX.Element;
  help?: JSX.Element;
  error?: string | undefined;
  required?: boolean | undefined;
  /** What `?` opens beside it; left out: what its form says of this label. */
  helpText?: FieldHelp | undefined;
  children: (input: InputAttributes) => JSX.Element;
}) {
  const id = createUniqueId();
  const ofForm = useFormHelp();
  const help = () => props.helpText ?? (typeof props.label === 'string' ? ofForm[props.label] : undefined);
  const mark = createHelpMark(help, () => props.label);
  const described = () =>
    [props.help ? `${id}-help` : '', props.error ? `${id}-error` : ''].filter(Boolean).join(' ') || undefined;
  return (
    <div ref={mark.listen} class="flex flex-col gap-1">
      <div class="flex min-h-5 items-center gap-1">
        <label for={id} class="text-sm font-medium">
          {props.label}
          <Show when={props.required}>
            <span class="ml-1 font-normal text-faint">{t('required')}</span>
          </Show>
        </label>
        <mark.Mark />
      </div>
      <mark.Text />
      {props.children({
        id,
        get 'aria-describedby'() {
          return described();
        },
        get 'aria-invalid'() {
          return props.error ? ('true' as const) : undefined;
        },
      })}
      <Show when={props.error}>
        <p id={`${id}-error`} class="text-sm text-failed">
          {said(props.error)}
        </p>
      </Show>
      <Show when={props.help}>
        <p id={`${id}-help`} class="text-sm text-faint">
          {props.help}
        </p>
      </Show>
    </div>
  );
}
