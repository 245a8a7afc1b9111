import { Bell } from 'lucide-solid';
import { For, Show } from 'solid-js';
import { useMe } from '../../api/me.ts';
import { ButtonLink } from '../../kit/button.tsx';
import { PageBody, PageHeader, Section } from '../../kit/page-header.tsx';
import { roleWord } from '../../shell/role-words.ts';
import { useTitle } from '../../shell/use-title.ts';
import { t } from '../../words/words.ts';
import { isMemberRole, roleRights } from '../people/parts/role-choice.tsx';
import { ConnectedApps } from './connected-apps.tsx';
import { NameForm } from './name-form.tsx';
import { SignInMethods } from './parts/sign-in-methods.tsx';
import { PasswordForm } from './password-form.tsx';
import { PresenceForm } from './presence-form.tsx';
import { RegionForm } from './region-form.tsx';
import { Sessions } from './sessions.tsx';

/** The signed-in person: their name, how they sign in, where they are signed in, and what they may do here. */
export default function ProfilePage() {
  const me = useMe();
  useTitle(() => t('Profile'));
  return (
    <>
      <PageHeader
        title={t('Profile')}
        aside={<span class="text-muted">{me()?.email}</span>}
        actions={
          <ButtonLink
            icon={Bell}
            to="/t/$tenant/profile/notifications"
            params={{ tenant: me()?.tenant.slug ?? '' }}
          >
            {t('Notifications')}
          </ButtonLink>
        }
      />
      <PageBody>
        <Section title={t('Name')} class="max-w-180 border-b">
          <Show when={me()} keyed fallback={<div class="h-13" />}>
            {({ actor }) => <NameForm name={actor.name} />}
          </Show>
        </Section>
        <Section title={t('Language and region')} class="max-w-180 border-b">
          <RegionForm />
        </Section>
        <Section title={t('Presence')} class="max-w-180 border-b">
          <PresenceForm />
        </Section>
        <Section title={t('Sign-in')} class="max-w-180 border-b">
          <div class="flex flex-col gap-5">
            <PasswordForm />
            <SignInMethods />
          </div>
        </Section>
        <Section title={t('Sessions')} class="max-w-180 border-b">
          <Sessions />
        </Section>
        <Section
          title={t`Connected apps in ${me()?.tenant.name ?? t('this organization')}`}
          class="max-w-180 border-b"
        >
          <ConnectedApps />
        </Section>
        <Section
          title={t`What you may do in ${me()?.tenant.name ?? t('this organization')}`}
          class="max-w-180"
        >
          <ul class="flex flex-col gap-2">
            <For each={me()?.roles}>
              {(role) => (
                <li>
                  <span class="block font-medium first-letter:uppercase">{roleWord(role)}</span>
                  <span class="block text-muted">
                    {isMemberRole(role)
                      ? roleRights[role]
                      : t('Creates organizations, and changes the tools that all of them share.')}
                  </span>
                </li>
              )}
            </For>
          </ul>
        </Section>
      </PageBody>
    </>
  );
}
