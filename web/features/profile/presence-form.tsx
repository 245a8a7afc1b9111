import { useQueryClient } from '@tanstack/solid-query';
import { Show } from 'solid-js';
import { useQuery } from '../../api/query.ts';
import { api, queries } from '../../api/trpc.ts';
import { FailureNote } from '../../kit/failure-note.tsx';
import { createSubmission } from '../../kit/submission.ts';
import { Switch } from '../../kit/switch.tsx';
import { t } from '../../words/words.ts';

/** Whether others see what the person has open. */
export function PresenceForm() {
  const client = useQueryClient();
  const query = useQuery(() => queries.presence.choice());
  const { busy, error, submit } = createSubmission(async () => {
    const hidden = query.isSuccess && !query.data.hidden;
    client.setQueryData(queries.presence.choice().queryKey, await api.presence.choose.mutate({ hidden }));
  });
  return (
    <div class="flex flex-col gap-2">
      <FailureNote failed={t('This was not changed.')} error={error()} />
      <Show when={query.isSuccess && query.data} fallback={<div class="h-10" />}>
        {(choice) => (
          <div class="flex items-start gap-3 pointer-coarse:min-h-11">
            <span class="flex h-5 items-center">
              <Switch
                label={t('Others see what I have open')}
                checked={!choice().hidden}
                busy={busy()}
                onChange={() => void submit()}
              />
            </span>
            <span>
              <span class="block">{t('Others see what I have open')}</span>
              <span class="block text-muted text-sm">
                {t(
                  'Exceptions, runs and steps, and whether you write a comment or fill in a form. It goes seconds after you close the page, and is not kept. If you hide, you still see the others.',
                )}
              </span>
            </span>
          </div>
        )}
      </Show>
    </div>
  );
}
