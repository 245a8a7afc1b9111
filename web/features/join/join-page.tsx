import { useQueryClient } from '@tanstack/solid-query';
import { Link, useNavigate } from '@tanstack/solid-router';
import { createResource, createSignal, Match, onMount, Show, Switch } from 'solid-js';
import { acceptInvitation, type Invitation, JoinError, lookAtInvitation } from '../../api/invitation.ts';
import { signIn, signOut } from '../../api/session.ts';
import { Button } from '../../kit/button.tsx';
import { RelativeTime } from '../../kit/relative-time.tsx';
import { TextInput } from '../../kit/text-input.tsx';
import { rich, t } from '../../words/words.ts';
import { PasswordInput } from '../people/parts/password-input.tsx';
import { rolesInWords } from '../people/parts/role-choice.tsx';

/** `/join#<token>`: what an invitation offers, and how to accept it, signed in or not. */
export default function JoinPage() {
  const token = location.hash.slice(1);
  const [offer, { refetch }] = createResource(() => lookAtInvitation(token));
  onMount(() => {
    document.title = t('Invitation · Interlock');
  });
  return (
    <main class="flex h-full items-start justify-center overflow-auto px-4 pt-[14vh] pb-10">
      <div class="w-90 max-w-full">
        <div class="mb-6 flex items-center gap-2.5">
          <img src="/icon.svg" alt="" width="24" height="24" />
          <span class="font-semibold text-lg tracking-[-0.01em]">{t('Interlock')}</span>
        </div>
        <Switch fallback={<p class="text-muted">{t('Loading the invitation…')}</p>}>
          <Match when={offer.state === 'errored'}>
            <h1 class="mb-2 font-semibold text-xl tracking-[-0.01em]">
              {t('This invitation cannot be opened')}
            </h1>
            <p role="alert" class="mb-4 text-muted">
              {(offer.error as Error).message}
            </p>
            <Link to="/" class="text-accent hover:text-accent-hover">
              {t('Open Interlock')}
            </Link>
          </Match>
          <Match when={offer.state === 'ready' && offer()}>
            {(found) => <Offer token={token} offer={found()} onSignedOut={() => void refetch()} />}
          </Match>
        </Switch>
      </div>
    </main>
  );
}

function Offer(props: { token: string; offer: Invitation; onSignedOut: () => void }) {
  const client = useQueryClient();
  const navigate = useNavigate();
  const [name, setName] = createSignal('');
  const [password, setPassword] = createSignal('');
  const [busy, setBusy] = createSignal(false);
  const [problem, setProblem] = createSignal<JoinError>();
  const isOther = () => props.offer.signedInAs !== null && props.offer.signedInAs !== props.offer.email;
  const isKnown = () => props.offer.hasAccount;
  const isSignedIn = () => props.offer.signedInAs === props.offer.email;
  const issueAt = (path: string) => problem()?.issues.find((issue) => issue.path === path)?.message;

  async function doing(work: () => Promise<void>): Promise<void> {
    if (busy()) return;
    setBusy(true);
    setProblem(undefined);
    try {
      await work();
    } catch (error) {
      setProblem(error instanceof JoinError ? error : new JoinError((error as Error).message));
    } finally {
      setBusy(false);
    }
  }
  const accept = () =>
    doing(async () => {
      const { email } = props.offer;
      // Someone with an account proves that it is theirs first.
      if (isKnown() && !isSignedIn()) await signIn(email, password());
      const { slug } = await acceptInvitation(
        isKnown()
          ? { token: props.token }
          : { token: props.token, name: name().trim(), password: password() },
      );
      if (!isKnown()) await signIn(email, password());
      client.clear();
      await navigate({ to: '/t/$tenant/home', params: { tenant: slug }, search: {}, replace: true });
    });
  const leave = () =>
    doing(async () => {
      await signOut();
      client.clear();
      props.onSignedOut();
    });
  const ready = () => isSignedIn() || (password() !== '' && (isKnown() || name().trim() !== ''));

  return (
    <>
      <h1 class="mb-2 font-semibold text-xl tracking-[-0.01em]">{rich`Join ${() => props.offer.organization}`}</h1>
      <p class="mb-4 text-muted">
        {rich`${() => props.offer.invitedBy} invites ${<strong class="text-text">{props.offer.email}</strong>} as ${() => rolesInWords(props.offer.roles)}. The invitation ends ${<RelativeTime at={props.offer.expiresAt} />}.`}
      </p>
      <Show
        when={!isOther()}
        fallback={
          <div class="flex flex-col items-start gap-3">
            <p>{rich`You are signed in as ${() => props.offer.signedInAs}. Sign out to accept this invitation as ${() => props.offer.email}.`}</p>
            <Button variant="primary" busy={busy()} onClick={() => void leave()}>
              {t('Sign out')}
            </Button>
          </div>
        }
      >
        <form
          class="flex flex-col gap-3"
          onSubmit={(event) => {
            event.preventDefault();
            if (ready()) void accept();
          }}
        >
          <Show when={!isKnown()}>
            <TextInput
              label={t('Your name')}
              maxLength={100}
              error={issueAt('/name')}
              value={name()}
              onInput={setName}
            />
          </Show>
          <Show when={!isSignedIn()}>
            <input
              type="email"
              name="email"
              autocomplete="username"
              value={props.offer.email}
              hidden
              readonly
            />
            <PasswordInput
              label={isKnown() ? t`The password of ${props.offer.email}` : t('Choose a password')}
              autocomplete={isKnown() ? 'current-password' : 'new-password'}
              error={issueAt('/password')}
              help={isKnown() ? undefined : t('Ten characters or more, and not a common password.')}
              value={password()}
              onInput={setPassword}
            />
          </Show>
          <div role="alert" class="text-failed empty:hidden">
            {problem()?.issues.length === 0 ? problem()?.message : undefined}
          </div>
          <div>
            <Button type="submit" variant="primary" busy={busy()} disabled={!ready()}>
              {isKnown() && !isSignedIn() ? t('Sign in and join') : t('Join')}
            </Button>
          </div>
        </form>
      </Show>
    </>
  );
}
