import { createSignal, Show } from 'solid-js';
import { isObject } from '../../../../../shared/platform/schema-properties.ts';
import { Button } from '../../../../kit/button.tsx';
import { Bound } from '../../../../kit/document-form/bound-fields.tsx';
import { useDocumentForm } from '../../../../kit/document-form/document-form.ts';
import { inputClass } from '../../../../kit/field.tsx';

/** A secret can be written and replaced, but never read. `field` is the property of the auth that takes it. */
export function SecretField(props: { field: string; label: string; optional?: boolean }) {
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
    form.set('/auth', { ...rest, [props.field]: '' });
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
            <span class="text-muted">A value is set. It is stored in the vault and never shown.</span>
            <Button onClick={replace}>Replace</Button>
          </p>
          <Show when={form.error(pointer()) ?? form.error('/auth/credentialId')}>
            {(error) => <p class="text-failed text-sm">{error()}</p>}
          </Show>
        </div>
      }
    >
      <div class="flex items-start gap-2">
        <div class="w-full max-w-120">
          <Bound
            pointer={pointer()}
            label={props.label}
            required={!props.optional}
            help={
              before() === undefined
                ? 'Stored in the vault when you save, and never shown again.'
                : 'Replaces the current value when you save.'
            }
          >
            {(input) => (
              <input
                {...input}
                type="password"
                value={form.text(pointer())}
                onInput={(event) => form.set(pointer(), event.currentTarget.value || undefined)}
                autocomplete="new-password"
                spellcheck={false}
                data-1p-ignore
                class={inputClass}
              />
            )}
          </Bound>
        </div>
        <Show when={before() !== undefined}>
          <Button variant="quiet" class="mt-5" onClick={cancel}>
            Keep the current value
          </Button>
        </Show>
      </div>
    </Show>
  );
}
