import { createSignal, For, Show } from 'solid-js';
import { entityTag } from '../../../../shared/platform/if-match.ts';
import { api } from '../../../api/trpc.ts';
import { Field, inputClass } from '../../../kit/field.tsx';
import { FormDialog } from '../../../kit/form-dialog.tsx';
import { t } from '../../../words/words.ts';
import type { Credential } from './credential-words.ts';
import { SecretInput } from './secret-input.tsx';

const overlaps = [
  ['0', t('None: the replaced value is erased')],
  ['3600', t('1 hour')],
  ['86400', t('1 day')],
  ['604800', t('7 days')],
] as const;

/** Replaces the value of a credential, or enters its first one. */
export function RotateDialog(props: {
  credential: Credential;
  onDone: (words: string) => Promise<void>;
  onClose: () => void;
}) {
  const [value, setValue] = createSignal<unknown>('');
  const isFirst = !props.credential.hasValue;
  const [overlap, setOverlap] = createSignal('3600');
  async function send(): Promise<void> {
    const { id, name, revision } = props.credential;
    await api.credentials.rotate.mutate({
      id,
      value: value() as string,
      overlapSeconds: isFirst ? 0 : Number(overlap()),
      ifMatch: entityTag(revision),
    });
    await props.onDone(isFirst ? t`The value of ${name} is stored` : t`${name} rotated`);
  }
  return (
    <FormDialog
      title={isFirst ? t`Enter the value of ${props.credential.name}` : t`Rotate ${props.credential.name}`}
      description={
        isFirst
          ? t`It is stored in the vault, never shown again, and sent to ${props.credential.allowedHosts.join(', ')} only.`
          : t('Every call from now on carries the new value. Tools and connectors stay as they are.')
      }
      width="560px"
      verb={isFirst ? t('Store') : t('Rotate')}
      ready={Boolean(value())}
      send={send}
      failed={isFirst ? t('The value was not stored.') : t('The credential was not rotated.')}
      onClose={props.onClose}
    >
      {(issueAt) => (
        <>
          <SecretInput
            type={props.credential.type}
            label={isFirst ? t('Value') : t('New value')}
            error={issueAt('/value')}
            onValue={setValue}
          />
          <Show when={!isFirst}>
            <Field
              label={t('Overlap')}
              help={t(
                'While it lasts, a call that the provider refuses with 401 is sent once more with the replaced value. Choose how long both are valid at the provider.',
              )}
              error={issueAt('/overlapSeconds')}
            >
              {(input) => (
                <select
                  {...input}
                  class={inputClass}
                  value={overlap()}
                  onChange={(event) => setOverlap(event.currentTarget.value)}
                >
                  <For each={overlaps}>
                    {([seconds, words]) => (
                      <option value={seconds} selected={seconds === overlap()}>
                        {words}
                      </option>
                    )}
                  </For>
                </select>
              )}
            </Field>
          </Show>
        </>
      )}
    </FormDialog>
  );
}
