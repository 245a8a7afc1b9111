import { useQueryClient } from '@tanstack/solid-query';
import { useNavigate, useSearch } from '@tanstack/solid-router';
import { Building2, Fingerprint } from 'lucide-solid';
import { createResource, createSignal, For, onMount, Show } from 'solid-js';
import {
  beginSingleSignOn,
  type DemoAccount,
  demoAccounts,
  passkeysWork,
  SignInError,
  sendCode,
  signIn,
  signInWithPasskey,
  singleSignOn,
} from '../../api/session.ts';
import { Button } from '../../kit/button.tsx';
import { Field, inputClass } from '../../kit/field.tsx';
import { roleWord } from '../../shell/role-words.ts';
import { t } from '../../words/words.ts';

/** Only a path on this site, so that a link cannot redirect to another one. */
const safeReturn = (to: string | undefined): string => (to && /^\/(?![/\\])/.test(to) ? to : '/');

/** Why single sign-on has led back here. */
function problemWords({ problem, error }: { problem?: string | undefined; error?: string | undefined }) {
  if (problem === 'no_access')
    return t(
      'Your account has no access here: none of your groups gives a role. Ask the people who manage your groups.',
    );
  if (error === 'account_not_linked')
    return t(
      'Someone was invited under your address before, and it was never verified. Ask the people who operate Interlock to remove that account, then sign in again.',
    );
  if (problem !== undefined || error !== undefined)
    return t('Single sign-on did not succeed. You are not signed in. Try again.');
  return undefined;
}

function wordsOf(error: unknown): string {
  if (error instanceof SignInError) return error.message;
  if (error instanceof Error && error.name === 'NotAllowedError')
    return t('No passkey was used. You are not signed in.');
  return t('You are not signed in. Reload the page and try again.');
}

/** Asks for the code of a second factor. */
function CodeForm(props: {
  code: string;
  busy: boolean;
  onInput: (code: string) => void;
  onSubmit: () => void;
  onBack: () => void;
}) {
  let input: HTMLInputElement | undefined;
  onMount(() => input?.focus());
  return (
    <form
      class="flex flex-col gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        props.onSubmit();
      }}
    >
      <Field
        label={t('Code')}
        help={t('Six digits from your authenticator app, or one of your backup codes.')}
      >
        {(attributes) => (
          <input
            {...attributes}
            ref={input}
            name="code"
            inputmode="text"
            autocomplete="one-time-code"
            required
            value={props.code}
            onInput={(event) => props.onInput(event.currentTarget.value)}
            class={inputClass}
          />
        )}
      </Field>
      <Button type="submit" variant="primary" busy={props.busy} class="mt-1">
        {t('Sign in')}
      </Button>
      <Button variant="quiet" onClick={() => props.onBack()}>
        {t('Use another account')}
      </Button>
    </form>
  );
}

export default function SignInPage() {
  const navigate = useNavigate();
  const client = useQueryClient();
  const [email, setEmail] = createSignal('');
  const [password, setPassword] = createSignal('');
  const [busy, setBusy] = createSignal(false);
  const [code, setCode] = createSignal('');
  const [needsCode, setNeedsCode] = createSignal(false);
  const search = useSearch({ from: '/sign-in' });
  const [problem, setProblem] = createSignal(problemWords(search()));
  const [ways] = createResource(singleSignOn);
  // The page does not wait for it.
  const provider = () => (ways.state === 'ready' ? ways() : null);
  const [accounts] = createResource(demoAccounts);
  let first: HTMLInputElement | undefined;
  onMount(() => {
    document.title = t('Sign in · Interlock');
    first?.focus();
  });

  /** Runs one step of the sign-in. @returns once the person is signed in, or has read why not */
  async function attempt(step: () => Promise<{ needsCode: boolean } | undefined>): Promise<void> {
    if (busy()) return;
    setBusy(true);
    setProblem(undefined);
    try {
      const next = await step();
      if (next?.needsCode) {
        setNeedsCode(true);
        return;
      }
      client.clear();
      await navigate({ href: safeReturn(search().to), replace: true });
    } catch (error) {
      setProblem(wordsOf(error));
    } finally {
      setBusy(false);
    }
  }
  const submit = (credentials: { email: string; password: string }) =>
    attempt(() => signIn(credentials.email, credentials.password));
  const submitCode = () =>
    attempt(async () => {
      await sendCode(code());
      return undefined;
    });
  const withPasskey = () =>
    attempt(async () => {
      await signInWithPasskey();
      return undefined;
    });
  async function withProvider(): Promise<void> {
    setBusy(true);
    setProblem(undefined);
    // On success the browser leaves, and the buttons stay off.
    await beginSingleSignOn(safeReturn(search().to)).catch((error: unknown) => {
      setProblem(wordsOf(error));
      setBusy(false);
    });
  }
  const useAccount = (account: DemoAccount) => {
    setEmail(account.email);
    setPassword(account.password);
    void submit(account);
  };
  const byTenant = () => {
    const groups = new Map<string, DemoAccount[]>();
    for (const account of accounts.state === 'ready' ? accounts() : []) {
      groups.set(account.tenant, [...(groups.get(account.tenant) ?? []), account]);
    }
    return [...groups];
  };

  return (
    <main class="flex h-full items-start justify-center overflow-auto px-4 pt-[14vh] pb-10">
      <div class="w-80 max-w-full">
        <div class="mb-6 flex items-center gap-2.5">
          <img src="/icon.svg" alt="" width="24" height="24" />
          <span class="font-semibold text-lg tracking-[-0.01em]">{t('Interlock')}</span>
        </div>
        <h1 class="mb-4 font-semibold text-xl tracking-[-0.01em]">{t('Sign in')}</h1>
        <Show when={search().ended}>
          <p role="status" class="mb-4 text-muted">
            {t('Your session has ended. Sign in again to continue where you were.')}
          </p>
        </Show>
        <div role="alert" class="mb-3 text-failed empty:hidden">
          {problem()}
        </div>
        <Show
          when={!needsCode()}
          fallback={
            <CodeForm
              code={code()}
              onInput={setCode}
              busy={busy()}
              onSubmit={() => void submitCode()}
              onBack={() => {
                setNeedsCode(false);
                setCode('');
                setProblem(undefined);
              }}
            />
          }
        >
          <form
            class="flex flex-col gap-3"
            onSubmit={(event) => {
              event.preventDefault();
              void submit({ email: email(), password: password() });
            }}
          >
            <Field label={t('Email')}>
              {(input) => (
                <input
                  {...input}
                  ref={first}
                  type="email"
                  name="email"
                  autocomplete="username"
                  required
                  value={email()}
                  onInput={(event) => setEmail(event.currentTarget.value)}
                  class={inputClass}
                />
              )}
            </Field>
            <Field label={t('Password')}>
              {(input) => (
                <input
                  {...input}
                  type="password"
                  name="password"
                  autocomplete="current-password"
                  required
                  value={password()}
                  onInput={(event) => setPassword(event.currentTarget.value)}
                  class={inputClass}
                />
              )}
            </Field>
            <Button type="submit" variant="primary" busy={busy()} class="mt-1">
              {t('Sign in')}
            </Button>
          </form>
          <Show when={provider() || passkeysWork()}>
            <div class="mt-4 flex flex-col gap-2 border-t pt-4">
              <Show when={provider()}>
                {(it) => (
                  <Button icon={Building2} disabled={busy()} onClick={() => void withProvider()}>
                    {t`Sign in with ${it().name}`}
                  </Button>
                )}
              </Show>
              <Show when={passkeysWork()}>
                <Button icon={Fingerprint} disabled={busy()} onClick={() => void withPasskey()}>
                  {t('Sign in with a passkey')}
                </Button>
              </Show>
            </div>
          </Show>
        </Show>
        <Show when={byTenant().length > 0 && !needsCode()}>
          <section class="mt-8 border-t pt-4" aria-label={t('Demo accounts')}>
            <h2 class="font-semibold">{t('Demo accounts')}</h2>
            <p class="mb-2 text-muted text-sm">{t('This is a demo. Select an account to sign in.')}</p>
            <For each={byTenant()}>
              {([tenant, list]) => (
                <>
                  <h3 class="label-caps mt-3 mb-1">{tenant}</h3>
                  <ul class="-mx-2">
                    <For each={list}>
                      {(account) => (
                        <li>
                          <button
                            type="button"
                            disabled={busy()}
                            onClick={() => useAccount(account)}
                            class="flex h-7 w-full items-center gap-3 rounded-md px-2 text-left hover:bg-hover"
                          >
                            <span class="min-w-0 flex-1 truncate">{account.email}</span>
                            <span class="truncate text-faint text-sm">
                              {account.roles.map(roleWord).join(', ')}
                            </span>
                          </button>
                        </li>
                      )}
                    </For>
                  </ul>
                </>
              )}
            </For>
          </section>
        </Show>
      </div>
    </main>
  );
}
