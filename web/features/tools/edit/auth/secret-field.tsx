import { createSignal, type JSX, Show } from 'solid-js';
import { isObject } from '../../../../../shared/platform/schema-properties.ts';
import { Button } from '../../../../kit/button.tsx';
import { Bound } from '../../../../kit/document-form/bound-fields.tsx';
import { useDocumentForm } from '../../../../kit/document-form/document-form.ts';
import { inputClass } from '../../../../kit/field.tsx';
import { t } from '../../../../words/words.ts';

/**
 * A secret can be written and replaced, but never read.
 * @param props.field the property of the auth that takes it
 * @param props.start what it is before anything is typed
 * @param props.children the inputs; `help` says what becomes of what is typed
 */
export function SecretBox(props: {
  field: string;
  label: string;
  start: unknown;
  children: (help: string) => JSX.Element;
}) {
  const form = useDocumentForm();
  const pointer = () => `/auth/${props.field}`;
  const auth = (): Record<string, unknown> => {
    const value = form.at('/auth');
    return isObject(value) ? value : {};
  };
  /** The tool's current credential, so that a replacement can be cancelled. */
  const [before, setBefore] = createSignal(auth().credentialId);
  const replace = () => {
    const { credentialId, ...rest } = auth();
    setBefore(() => credentialId);
    form.set('/auth', { ...rest, [props.field]: props.start });
  };
  const cancel = () => {
    const { [props.field]: _typed, ...rest } = auth();
    form.set('/auth', { ...rest, credentialId: before() });
  };
  return (
    <Show
      when={auth().credentialId === undefined}
      fallback={
        <div data-pointer={pointer()}>
          <p class="font-medium text-sm">{props.label}</p>
          <p class="flex items-center gap-3">
            <span class="text-muted">{t('A value is set. It is stored in the vault and never shown.')}</span>
            <Button onClick={replace}>{t('Replace')}</Button>
          </p>
          <Show when={form.error(pointer()) ?? form.error('/auth/credentialId')}>
            {(error) => <p class="text-failed text-sm">{error()}</p>}
          </Show>
        </div>
      }
    >
      <div class="flex items-start gap-2">
        <div class="flex w-full max-w-120 flex-col gap-3.5">
          {props.children(
            before() === undefined
              ? t('Stored in the vault when you save, and never shown again.')
              : t('Replaces the current value when you save.'),
          )}
          <Show when={typeof props.start === 'object' && form.error(pointer())}>
            {(error) => <p class="text-failed text-sm">{error()}</p>}
          </Show>
        </div>
        <Show when={before() !== undefined}>
          <Button variant="quiet" class="mt-5" onClick={cancel}>
            {t('Keep the current value')}
          </Button>
        </Show>
      </div>
    </Show>
  );
}

/** A secret of one line. `field` is the property of the auth that takes it. */
export function SecretField(props: { field: string; label: string; optional?: boolean }) {
  return (
    <SecretBox field={props.field} label={props.label} start="">
      {(help) => (
        <SecretInput
          pointer={`/auth/${props.field}`}
          label={props.label}
          help={help}
          required={!props.optional}
        />
      )}
    </SecretBox>
  );
}

/** The input of a secret text, whose characters are not shown. */
export function SecretInput(props: { pointer: string; label: string; help?: string; required?: boolean }) {
  const form = useDocumentForm();
  return (
    <Bound
      pointer={props.pointer}
      label={props.label}
      required={props.required ?? false}
      {...(props.help !== undefined && { help: props.help })}
    >
      {(input) => (
        <input
          {...input}
          type="password"
          value={form.text(props.pointer)}
          onInput={(event) => form.set(props.pointer, event.currentTarget.value || undefined)}
          autocomplete="new-password"
          spellcheck={false}
          data-1p-ignore
          class={inputClass}
        />
      )}
    </Bound>
  );
}
