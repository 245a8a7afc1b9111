import { useQueryClient } from '@tanstack/solid-query';
import { useNavigate, useSearch } from '@tanstack/solid-router';
import { createResource, createSignal, For, onMount, Show } from 'solid-js';
import { type DemoAccount, demoAccounts, SignInError, signIn } from '../../api/session.ts';
import { Button } from '../../kit/button.tsx';
import { Field, inputClass } from '../../kit/field.tsx';
import { roleWord } from '../../shell/role-words.ts';

/** Only a path on this site, so that a link cannot redirect to another one. */
const safeReturn = (to: string | undefined): string => (to && /^\/(?![/\\])/.test(to) ? to : '/');

export default function SignInPage() {
  const search = useSearch({ from: '/sign-in' });
  const navigate = useNavigate();
  const client = useQueryClient();
  const [email, setEmail] = createSignal('');
  const [password, setPassword] = createSignal('');
  const [busy, setBusy] = createSignal(false);
  const [problem, setProblem] = createSignal<string>();
  const [accounts] = createResource(demoAccounts);
  let first: HTMLInputElement | undefined;
  onMount(() => {
    document.title = 'Sign in · Interlock';
    first?.focus();
  });

  async function submit(credentials: { email: string; password: string }): Promise<void> {
    setBusy(true);
    setProblem(undefined);
    try {
      await signIn(credentials.email, credentials.password);
      client.clear();
      await navigate({ href: safeReturn(search().to), replace: true });
    } catch (error) {
      setProblem(
        error instanceof SignInError
          ? error.message
          : 'You are not signed in. Reload the page and try again.',
      );
    } finally {
      setBusy(false);
    }
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
          <span class="font-semibold text-lg tracking-[-0.01em]">Interlock</span>
        </div>
        <h1 class="mb-4 font-semibold text-xl tracking-[-0.01em]">Sign in</h1>
        <Show when={search().ended}>
          <p role="status" class="mb-4 text-muted">
            Your session has ended. Sign in again to continue where you were.
          </p>
        </Show>
        <form
          class="flex flex-col gap-3"
          onSubmit={(event) => {
            event.preventDefault();
            void submit({ email: email(), password: password() });
          }}
        >
          <Field label="Email">
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
          <Field label="Password">
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
          <div role="alert" class="text-failed empty:hidden">
            {problem()}
          </div>
          <Button type="submit" variant="primary" busy={busy()} class="mt-1">
            Sign in
          </Button>
        </form>
        <Show when={byTenant().length > 0}>
          <section class="mt-8 border-t pt-4" aria-label="Demo accounts">
            <h2 class="font-semibold">Demo accounts</h2>
            <p class="mb-2 text-muted text-sm">This is a demo. Select an account to sign in.</p>
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
