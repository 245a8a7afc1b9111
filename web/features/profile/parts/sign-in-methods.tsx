import { KeyRound, Plus } from 'lucide-solid';
import { createResource, createSignal, For, Show } from 'solid-js';
import {
  addPasskey,
  hasSecondFactor,
  listPasskeys,
  type Passkey,
  passkeysWork,
  removePasskey,
} from '../../../api/session.ts';
import { Button } from '../../../kit/button.tsx';
import { Field, inputClass } from '../../../kit/field.tsx';
import { FormDialog } from '../../../kit/form-dialog.tsx';
import { RelativeTime } from '../../../kit/relative-time.tsx';
import { toast } from '../../../shell/toasts.tsx';
import { rich, t } from '../../../words/words.ts';
import { AuthenticatorApp } from './authenticator-app.tsx';

/** The second factor and the passkeys of the signed-in person. */
export function SignInMethods() {
  const [enabled, { refetch: readFactor }] = createResource(hasSecondFactor);
  const [passkeys, { refetch: readPasskeys }] = createResource(listPasskeys);
  const [dialog, setDialog] = createSignal<{ add: true } | { remove: Passkey }>();
  const close = () => setDialog(undefined);
  const done = async (words: string) => {
    await readPasskeys();
    close();
    toast(words);
  };
  return (
    <div class="flex max-w-180 flex-col gap-5">
      <AuthenticatorApp enabled={enabled.latest} onChanged={() => void readFactor()} />
      <section aria-labelledby="passkeys" class="flex flex-col gap-2">
        <div class="flex items-center gap-2">
          <h3 id="passkeys" class="font-medium">
            {t('Passkeys')}
          </h3>
          <Show when={passkeysWork()}>
            <Button icon={Plus} class="ml-auto" onClick={() => setDialog({ add: true })}>
              {t('Add a passkey')}
            </Button>
          </Show>
        </div>
        <p class="max-w-[68ch] text-muted">
          {passkeysWork()
            ? t(
                'Sign in with the fingerprint, face or PIN of a device, or with a security key. No code is needed then.',
              )
            : t(
                'This browser cannot use passkeys at this address. They need a name, such as localhost, and https elsewhere.',
              )}
        </p>
        <Show when={(passkeys.latest ?? []).length > 0}>
          <ul class="border-t">
            <For each={passkeys.latest}>
              {(passkey) => (
                <li class="flex min-h-9 items-center gap-2 border-b">
                  <KeyRound size={14} aria-hidden="true" class="text-faint" />
                  <span class="min-w-0 flex-1 truncate">{nameOf(passkey)}</span>
                  <Show when={passkey.createdAt}>
                    {(at) => (
                      <span class="text-muted text-sm">{rich`added ${<RelativeTime at={at()} />}`}</span>
                    )}
                  </Show>
                  <Button
                    variant="quiet"
                    aria-label={t`Remove ${nameOf(passkey)}`}
                    onClick={() => setDialog({ remove: passkey })}
                  >
                    {t('Remove')}
                  </Button>
                </li>
              )}
            </For>
          </ul>
        </Show>
      </section>
      <Show when={dialog()} keyed>
        {(open) =>
          'add' in open ? (
            <AddPasskey onClose={close} onAdded={() => done(t('Passkey added'))} />
          ) : (
            <FormDialog
              title={t`Remove ${nameOf(open.remove)}?`}
              description={t('It can no longer be used to sign in. Who is signed in stays signed in.')}
              verb={t('Remove')}
              danger
              ready
              failed={t('The passkey was not removed.')}
              send={async () => {
                await removePasskey(open.remove.id);
                await done(t('Passkey removed'));
              }}
              onClose={close}
            >
              {() => null}
            </FormDialog>
          )
        }
      </Show>
    </div>
  );
}

const nameOf = ({ name }: Passkey): string => name || t('A passkey without a name');

function AddPasskey(props: { onClose: () => void; onAdded: () => Promise<void> }) {
  const [name, setName] = createSignal('');
  return (
    <FormDialog
      title={t('Add a passkey')}
      description={t('Your browser asks you to confirm with the device that you want to use.')}
      verb={t('Continue')}
      ready={name().trim() !== ''}
      failed={t('The passkey was not added.')}
      send={async () => {
        await addPasskey(name().trim());
        await props.onAdded();
      }}
      onClose={props.onClose}
    >
      {() => (
        <Field label={t('Name')} help={t('So that you know it again, such as “Work laptop”.')}>
          {(input) => (
            <input
              {...input}
              maxlength={60}
              value={name()}
              onInput={(event) => setName(event.currentTarget.value)}
              class={inputClass}
            />
          )}
        </Field>
      )}
    </FormDialog>
  );
}
