import { createSignal, Show } from 'solid-js';
import { Field, inputClass } from '../../../kit/field.tsx';
import { t } from '../../../words/words.ts';
import { hasParts } from './credential-words.ts';

/** A secret that is typed and never shown; JSON for a kind whose secret has several parts. */
export function SecretInput(props: {
  /** The kind of auth. */
  type: string;
  label: string;
  required?: boolean;
  help?: string;
  error: string | undefined;
  /** Empty while nothing usable is typed. */
  onValue: (value: unknown) => void;
}) {
  const [problem, setProblem] = createSignal<string>();
  const readParts = (text: string) => {
    try {
      props.onValue(JSON.parse(text));
      setProblem(undefined);
    } catch {
      props.onValue('');
      setProblem(text.trim() === '' ? undefined : t('Not JSON yet'));
    }
  };
  return (
    <Field
      label={props.label}
      required={props.required ?? true}
      help={hasParts(props.type) ? t('As JSON, with the parts that a tool has in its auth.') : props.help}
      error={problem() ?? props.error}
    >
      {(input) => (
        <Show
          when={hasParts(props.type)}
          fallback={
            <input
              {...input}
              type="password"
              autocomplete="new-password"
              spellcheck={false}
              data-1p-ignore
              class={inputClass}
              onInput={(event) => props.onValue(event.currentTarget.value)}
            />
          }
        >
          <textarea
            {...input}
            rows={6}
            spellcheck={false}
            class={`${inputClass} h-auto py-1 font-mono text-sm`}
            onInput={(event) => readParts(event.currentTarget.value)}
          />
        </Show>
      )}
    </Field>
  );
}
