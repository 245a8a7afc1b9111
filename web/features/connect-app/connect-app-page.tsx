import { useQueryClient } from '@tanstack/solid-query';
import { useNavigate, useParams } from '@tanstack/solid-router';
import { createEffect, createResource, createSignal, For, Match, Show, Switch } from 'solid-js';
import { type AppScope, appScopes } from '../../../shared/identity/app-scopes.ts';
import type { AppRequest } from '../../../shared/people/app-schemas.ts';
import { AppRequestError, answerAppRequest, readAppRequest } from '../../api/app-request.ts';
import { signOut } from '../../api/session.ts';
import { createArming } from '../../kit/arming.ts';
import { Button } from '../../kit/button.tsx';
import { Field, inputClass } from '../../kit/field.tsx';
import { lastTenant } from '../../shell/last-tenant.ts';
import { rich, t } from '../../words/words.ts';
import { scopeWords } from '../people/parts/app-list.tsx';
import { ConnectAppFrame, headingClass } from './connect-app-frame.tsx';

/** `/connect-app/<request>`: what an app asks for. Nothing is decided by opening the page. */
export default function ConnectAppPage() {
  const params = useParams({ from: '/connect-app/$uid' });
  const navigate = useNavigate();
  const [request] = createResource(() => params().uid, readAppRequest);
  createEffect(() => {
    if (request.state === 'ready' && request().person === null)
      void navigate({ to: '/sign-in', search: { to: `/connect-app/${params().uid}` }, replace: true });
  });
  return (
    <ConnectAppFrame title={t('Connect an app')}>
      <Switch fallback={<p class="text-muted">{t('Loading the request…')}</p>}>
        <Match when={request.state === 'errored'}>
          <h1 class={headingClass}>{t('This request cannot be opened')}</h1>
          <p role="alert" class="text-muted">
            {(request.error as Error).message}
          </p>
        </Match>
        <Match when={request.state === 'ready' && request()}>
          {(found) => (
            <Show when={found().person}>
              {(person) => <Question uid={params().uid} request={found()} person={person()} />}
            </Show>
          )}
        </Match>
      </Switch>
    </ConnectAppFrame>
  );
}

function Question(props: { uid: string; request: AppRequest; person: NonNullable<AppRequest['person']> }) {
  const client = useQueryClient();
  const navigate = useNavigate();
  const organizations = () => props.request.organizations;
  const before = lastTenant();
  const first = organizations().find(({ slug }) => slug === before) ?? organizations()[0];
  const [tenant, setTenant] = createSignal(first?.slug ?? '');
  const [left, setLeft] = createSignal<AppScope[]>([]);
  const [busy, setBusy] = createSignal<'allow' | 'deny' | 'leave'>();
  const [problem, setProblem] = createSignal('');
  const mayGive = () => organizations().find(({ slug }) => slug === tenant())?.scopes ?? [];
  const given = () => mayGive().filter((scope) => !left().includes(scope));
  const armed = createArming(() => `${props.uid} ${tenant()}`);
  const name = () => props.request.app.name ?? t('An app without a name');

  /** While the browser goes on, the buttons stay off. */
  async function doing(what: 'allow' | 'deny' | 'leave', work: () => Promise<void>): Promise<void> {
    if (busy()) return;
    setBusy(what);
    setProblem('');
    try {
      await work();
    } catch (error) {
      setProblem(error instanceof AppRequestError ? error.message : (error as Error).message);
      setBusy(undefined);
    }
  }
  const allow = () =>
    doing('allow', async () => {
      const answer = { allow: true, person: props.person.id, tenant: tenant(), scopes: given() } as const;
      location.assign((await answerAppRequest(props.uid, answer)).to);
    });
  const deny = () =>
    doing('deny', async () => {
      location.assign((await answerAppRequest(props.uid, { allow: false })).to);
    });
  const leave = () =>
    doing('leave', async () => {
      await signOut();
      client.clear();
      await navigate({ to: '/sign-in', search: { to: `/connect-app/${props.uid}` }, replace: true });
    });

  return (
    <>
      <h1 class={headingClass}>{rich`Let ${name} act for you?`}</h1>
      <p class="mb-4 text-muted">
        {rich`The app calls itself that; Interlock has not checked it. After your answer the browser goes to ${<strong class="break-all text-text">{props.request.app.host}</strong>}`}
        {rich`${<Show when={isThisComputer(props.request.app.host)}>{t(', a program on this computer')}</Show>}. Allow it only if you have just connected it yourself.`}
      </p>
      <form
        class="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          if (armed() && given().length > 0) void allow();
        }}
      >
        <Show
          when={organizations().length > 1}
          fallback={<p>{rich`In ${<strong>{organizations()[0]?.name ?? t('no organization')}</strong>}`}</p>}
        >
          <Field label={t('Organization')} help={t('The app reaches this one only.')}>
            {(input) => (
              <select
                {...input}
                class={inputClass}
                value={tenant()}
                onChange={(event) => setTenant(event.currentTarget.value)}
              >
                <For each={organizations()}>
                  {({ slug, name }) => (
                    <option value={slug} selected={slug === tenant()}>
                      {name}
                    </option>
                  )}
                </For>
              </select>
            )}
          </Field>
        </Show>
        <fieldset class="flex flex-col gap-1">
          <legend class="mb-1 font-medium text-sm">{t('It may')}</legend>
          <For each={appScopes.filter((scope) => props.request.scopes.includes(scope))}>
            {(scope) => (
              <label class="flex items-start gap-2 py-0.5">
                <input
                  type="checkbox"
                  class="mt-1"
                  checked={given().includes(scope)}
                  disabled={!mayGive().includes(scope)}
                  onChange={(event) =>
                    setLeft((all) =>
                      event.currentTarget.checked ? all.filter((each) => each !== scope) : [...all, scope],
                    )
                  }
                />
                <span class="min-w-0">
                  <span class="block">{scopeWords[scope].title}</span>
                  <span class="block text-muted text-sm">
                    {mayGive().includes(scope)
                      ? scopeWords[scope].help
                      : t('Your roles do not allow it, so the app cannot either.')}
                  </span>
                </span>
              </label>
            )}
          </For>
        </fieldset>
        <p class="text-muted text-sm">
          {t(
            'It never does more than your roles allow at that moment. Policies, approvals and limits hold as for you. You can end it at any time in your profile.',
          )}
        </p>
        <p role="alert" class="text-failed empty:hidden">
          {problem()}
        </p>
        <div class="flex flex-wrap gap-2">
          <Button
            type="submit"
            variant="primary"
            armed={armed()}
            busy={busy() === 'allow'}
            disabled={busy() !== undefined || given().length === 0}
          >
            {t('Allow')}
          </Button>
          <Button busy={busy() === 'deny'} disabled={busy() !== undefined} onClick={() => void deny()}>
            {t('Deny')}
          </Button>
        </div>
      </form>
      <p class="mt-6 border-t pt-3 text-muted text-sm">
        {rich`You are signed in as ${<span class="break-all text-text">{props.person.email}</span>}.`}{' '}
        <button
          type="button"
          class="text-accent hover:text-accent-hover"
          disabled={busy() !== undefined}
          onClick={() => void leave()}
        >
          {t('Use another account')}
        </button>
      </p>
    </>
  );
}

const isThisComputer = (host: string): boolean => ['localhost', '127.0.0.1', '[::1]'].includes(host);
