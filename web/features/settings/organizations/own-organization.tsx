import { useQueryClient } from '@tanstack/solid-query';
import { createSignal, Show } from 'solid-js';
import { type Me, useMe } from '../../../api/me.ts';
import { tenantSlug } from '../../../api/tenant.ts';
import { api, queryKey } from '../../../api/trpc.ts';
import { Button } from '../../../kit/button.tsx';
import { FailureNote } from '../../../kit/failure-note.tsx';
import { createSubmission } from '../../../kit/submission.ts';
import { TextInput } from '../../../kit/text-input.tsx';
import { toast } from '../../../shell/toasts.tsx';
import { t } from '../../../words/words.ts';

/** The name of the organization that the page is about. */
export function OwnOrganization() {
  const me = useMe();
  return <Show when={me()?.tenant}>{(tenant) => <Rename tenant={tenant()} />}</Show>;
}

function Rename(props: { tenant: Me['tenant'] }) {
  const client = useQueryClient();
  const [name, setName] = createSignal(props.tenant.name);
  const { busy, error, submit } = createSubmission(async () => {
    await api.organizations.rename.mutate({ name: name().trim() });
    await client.invalidateQueries({ queryKey: queryKey(tenantSlug(), 'me') });
    toast(t('Organization renamed'));
  });
  const ready = () => name().trim() !== '' && name().trim() !== props.tenant.name;
  return (
    <form
      class="flex max-w-100 flex-col gap-3.5"
      onSubmit={(event) => {
        event.preventDefault();
        if (ready()) void submit();
      }}
    >
      <FailureNote failed={t('The organization was not renamed.')} error={error()} />
      <TextInput
        label={t('Name')}
        required
        maxLength={100}
        error={error()?.issues[0]?.message}
        help={t`Its name in URLs stays ${props.tenant.slug}.`}
        value={name()}
        onInput={setName}
      />
      <div>
        <Button type="submit" variant="primary" busy={busy()} disabled={!ready()}>
          {t('Rename')}
        </Button>
      </div>
    </form>
  );
}
