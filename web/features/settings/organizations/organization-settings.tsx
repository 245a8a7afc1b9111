import { createSignal, Show } from 'solid-js';
import { api } from '../../../api/trpc.ts';
import { Button } from '../../../kit/button.tsx';
import { FailureNote } from '../../../kit/failure-note.tsx';
import { createSubmission } from '../../../kit/submission.ts';
import { TextInput } from '../../../kit/text-input.tsx';
import { t } from '../../../words/words.ts';
import { ShownOnceDialog } from '../../people/parts/shown-once-dialog.tsx';

/** "Acme Payments" → "acme-payments" */
const slugOf = (name: string): string =>
  name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
    .slice(0, 63);

/** Creates an organization with its first tenant admin. Platform admins only. */
export function OrganizationSettings() {
  const [name, setName] = createSignal('');
  const [slug, setSlug] = createSignal<string>();
  const [email, setEmail] = createSignal('');
  const [made, setMade] = createSignal<{ name: string; link: string }>();
  const path = () => slug() ?? slugOf(name());
  const { busy, error, submit } = createSubmission(async () => {
    const { invitation, ...created } = await api.organizations.create.mutate({
      name: name().trim(),
      slug: path(),
      adminEmail: email().trim(),
    });
    setMade({ name: created.name, link: invitation.link });
    setName('');
    setSlug(undefined);
    setEmail('');
  });
  const issueAt = (pointer: string) => error()?.issues.find((issue) => issue.path === pointer)?.message;
  const ready = () => name().trim() !== '' && path() !== '' && email().trim() !== '';

  return (
    <div class="flex flex-col gap-3">
      <p class="text-muted">
        {t('A new organization is empty. Its first tenant admin joins by a link, and invites everyone else.')}
      </p>
      <form
        class="flex max-w-100 flex-col gap-3.5"
        onSubmit={(event) => {
          event.preventDefault();
          if (ready()) void submit();
        }}
      >
        <FailureNote failed={t('The organization was not created.')} error={error()} />
        <TextInput
          label={t('Name')}
          required
          maxLength={100}
          error={issueAt('/name')}
          value={name()}
          onInput={setName}
        />
        <TextInput
          label={t('Name in URLs')}
          required
          mono
          maxLength={63}
          error={issueAt('/slug')}
          help={t('Lowercase letters, digits and hyphens. It cannot be changed later.')}
          value={path()}
          onInput={setSlug}
        />
        <TextInput
          label={t('Email address of the first tenant admin')}
          required
          maxLength={254}
          error={issueAt('/adminEmail')}
          value={email()}
          onInput={setEmail}
        />
        <div>
          <Button type="submit" variant="primary" busy={busy()} disabled={!ready()}>
            {t('Create the organization')}
          </Button>
        </div>
      </form>
      <Show when={made()}>
        {(organization) => (
          <ShownOnceDialog
            title={t`${organization().name} was created`}
            description={t(
              'Send this link to its first tenant admin. It is not shown again, and works once, for seven days.',
            )}
            copy={t('Copy the link')}
            secret={organization().link}
            onClose={() => setMade(undefined)}
          />
        )}
      </Show>
    </div>
  );
}
