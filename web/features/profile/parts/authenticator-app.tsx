import { createSignal, For, Show } from 'solid-js';
import { renderSVG } from 'uqr';
import {
  beginSecondFactor,
  type NewSecondFactor,
  removeSecondFactor,
  renewBackupCodes,
  sendCode,
} from '../../../api/session.ts';
import { Button } from '../../../kit/button.tsx';
import { CopyButton } from '../../../kit/copy-button.tsx';
import { Dialog } from '../../../kit/dialog.tsx';
import { Field, inputClass } from '../../../kit/field.tsx';
import { FormDialog } from '../../../kit/form-dialog.tsx';
import { toast } from '../../../shell/toasts.tsx';
import { rich, t } from '../../../words/words.ts';

type Step =
  | { show: 'password'; why: 'turn on' | 'turn off' | 'renew' }
  | { show: 'secret'; factor: NewSecondFactor }
  | { show: 'codes'; codes: string[] };

const passwordWords = {
  'turn on': { title: t('Set up an authenticator app'), verb: t('Continue') },
  'turn off': { title: t('Turn off the authenticator app?'), verb: t('Turn off') },
  renew: { title: t('Renew the backup codes?'), verb: t('Renew') },
};

/** Codes of an authenticator app, asked for after the password. */
export function AuthenticatorApp(props: { enabled: boolean | undefined; onChanged: () => void }) {
  const [step, setStep] = createSignal<Step>();
  const close = () => setStep(undefined);

  async function confirmed(why: 'turn on' | 'turn off' | 'renew', password: string): Promise<void> {
    if (why === 'turn on') setStep({ show: 'secret', factor: await beginSecondFactor(password) });
    else if (why === 'renew') setStep({ show: 'codes', codes: await renewBackupCodes(password) });
    else {
      await removeSecondFactor(password);
      props.onChanged();
      close();
      toast(t('Authenticator app turned off'));
    }
  }
  const body = () => {
    const now = step();
    if (now?.show === 'password')
      return (
        <PasswordDialog
          {...passwordWords[now.why]}
          danger={now.why === 'turn off'}
          onClose={close}
          onConfirm={(password) => confirmed(now.why, password)}
        />
      );
    if (now?.show === 'secret')
      return (
        <SecretDialog
          uri={now.factor.uri}
          onClose={close}
          onVerified={() => {
            props.onChanged();
            setStep({ show: 'codes', codes: now.factor.backupCodes });
          }}
        />
      );
    return now && <BackupCodes codes={now.codes} onClose={close} />;
  };

  return (
    <section aria-labelledby="authenticator-app" class="flex flex-col gap-2">
      <div class="flex flex-wrap items-center gap-2">
        <h3 id="authenticator-app" class="font-medium">
          {t('Authenticator app')}
        </h3>
        <div class="ml-auto flex gap-2">
          <Show
            when={props.enabled}
            fallback={
              <Show when={props.enabled === false}>
                <Button onClick={() => setStep({ show: 'password', why: 'turn on' })}>{t('Set up')}</Button>
              </Show>
            }
          >
            <Button onClick={() => setStep({ show: 'password', why: 'renew' })}>
              {t('New backup codes')}
            </Button>
            <Button onClick={() => setStep({ show: 'password', why: 'turn off' })}>{t('Turn off')}</Button>
          </Show>
        </div>
      </div>
      <p class="max-w-[68ch] text-muted">
        {props.enabled
          ? t('On: after your password you enter a code of the app. Ten wrong codes lock it for 15 minutes.')
          : t('Disabled. Enable it, so that no one who learns your password can sign in with it alone.')}
      </p>
      {body()}
    </section>
  );
}

function PasswordDialog(props: {
  title: string;
  verb: string;
  danger: boolean;
  onClose: () => void;
  onConfirm: (password: string) => Promise<void>;
}) {
  const [password, setPassword] = createSignal('');
  return (
    <FormDialog
      title={props.title}
      verb={props.verb}
      danger={props.danger}
      ready
      failed={t('Nothing was changed.')}
      send={() => props.onConfirm(password())}
      onClose={props.onClose}
    >
      {() => (
        <Field label={t('Your password')} help={t('Leave it empty if you only use single sign-on.')}>
          {(input) => (
            <input
              {...input}
              type="password"
              autocomplete="current-password"
              value={password()}
              onInput={(event) => setPassword(event.currentTarget.value)}
              class={inputClass}
            />
          )}
        </Field>
      )}
    </FormDialog>
  );
}

function SecretDialog(props: { uri: string; onClose: () => void; onVerified: () => void }) {
  const [code, setCode] = createSignal('');
  const secret = () => new URL(props.uri).searchParams.get('secret') ?? '';
  return (
    <FormDialog
      title={t('Set up an authenticator app')}
      description={t('Scan the picture with the app, then enter the code that it shows.')}
      verb={t('Turn on')}
      ready={/^\d{6}$/.test(code().replace(/\s/g, ''))}
      failed={t('It is not turned on yet.')}
      send={async () => {
        await sendCode(code());
        props.onVerified();
      }}
      onClose={props.onClose}
    >
      {() => (
        <>
          <div
            role="img"
            aria-label={t('The secret as a picture for the app')}
            class="w-44 self-center rounded-md bg-white p-2"
            innerHTML={renderSVG(props.uri)}
          />
          <p class="text-muted text-sm">
            {rich`Or enter this secret by hand: ${<code class="font-mono break-all select-all">{secret()}</code>}`}
          </p>
          <Field label={t('Code')}>
            {(input) => (
              <input
                {...input}
                inputmode="numeric"
                autocomplete="one-time-code"
                value={code()}
                onInput={(event) => setCode(event.currentTarget.value)}
                class={inputClass}
              />
            )}
          </Field>
        </>
      )}
    </FormDialog>
  );
}

function BackupCodes(props: { codes: string[]; onClose: () => void }) {
  return (
    <Dialog
      open
      onClose={props.onClose}
      title={t('Backup codes')}
      description={t(
        'Each of them signs you in once, when you do not have the app. Keep them somewhere safe: they are not shown again.',
      )}
      footer={
        <>
          <div class="flex-1" />
          <CopyButton text={() => props.codes.join('\n')} label={t('Copy the backup codes')}>
            {t('Copy')}
          </CopyButton>
          <Button variant="primary" onClick={() => props.onClose()}>
            {t('Done')}
          </Button>
        </>
      }
    >
      <ul class="mx-5 mb-4 grid grid-cols-2 gap-x-4 gap-y-1 rounded-md bg-sunken px-3 py-2 font-mono text-sm">
        <For each={props.codes}>{(code) => <li class="select-all">{code}</li>}</For>
      </ul>
    </Dialog>
  );
}
