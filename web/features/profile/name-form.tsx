import { useQueryClient } from '@tanstack/solid-query';
import { createSignal } from 'solid-js';
import { tenantSlug } from '../../api/tenant.ts';
import { api, queryKey } from '../../api/trpc.ts';
import { Button } from '../../kit/button.tsx';
import { FailureNote } from '../../kit/failure-note.tsx';
import { createSubmission } from '../../kit/submission.ts';
import { TextInput } from '../../kit/text-input.tsx';
import { toast } from '../../shell/toasts.tsx';
import { t } from '../../words/words.ts';

/** Changes the name by which others know the person. */
export function NameForm(props: { name: string }) {
  const client = useQueryClient();
  const [name, setName] = createSignal(props.name);
  const { busy, error, submit } = createSubmission(async () => {
    await api.me.update.mutate({ name: name().trim() });
    await client.invalidateQueries({ queryKey: queryKey(tenantSlug(), 'me') });
    toast(t('Name changed'));
  });
  const ready = () => name().trim() !== '' && name().trim() !== props.name;
  return (
    <form
      class="flex flex-col gap-2"
      onSubmit={(event) => {
        event.preventDefault();
        if (ready()) void submit();
      }}
    >
      <FailureNote failed={t('The name was not changed.')} error={error()} />
      <div class="flex items-end gap-2">
        <div class="w-full max-w-80">
          <TextInput
            label={t('The name that others see')}
            maxLength={100}
            value={name()}
            onInput={setName}
            error={error()?.issues[0]?.message}
          />
        </div>
        <Button type="submit" busy={busy()} disabled={!ready()}>
          {t('Save')}
        </Button>
      </div>
    </form>
  );
}
