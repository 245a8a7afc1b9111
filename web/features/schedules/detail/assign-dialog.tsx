import { useQueryClient } from '@tanstack/solid-query';
import { createSignal, For } from 'solid-js';
import { entityTag } from '../../../../shared/platform/if-match.ts';
import { useQuery } from '../../../api/query.ts';
import { api, queries } from '../../../api/trpc.ts';
import { FailureNote } from '../../../kit/failure-note.tsx';
import { Field, inputClass } from '../../../kit/field.tsx';
import { createSubmission } from '../../../kit/submission.ts';
import { SubmitDialog } from '../../../kit/submit-dialog.tsx';
import { t } from '../../../words/words.ts';
import type { Schedule } from '../parts/schedule-words.ts';

/** Makes someone else the owner. */
export function AssignDialog(props: { schedule: Schedule; onClose: () => void }) {
  const client = useQueryClient();
  const members = useQuery(() => queries.members.list());
  const [userId, setUserId] = createSignal('');
  const submission = createSubmission(async () => {
    const { id, revision } = props.schedule;
    const changed = await api.schedules.assign.mutate({ id, userId: userId(), ifMatch: entityTag(revision) });
    client.setQueryData(queries.schedules.get({ id }).queryKey, changed);
    props.onClose();
  });
  return (
    <SubmitDialog
      title={t('Change the owner')}
      description={t(
        'What the schedule starts is theirs. It is paused until they resume it, unless it is you.',
      )}
      verb={t('Change owner')}
      busy={submission.busy()}
      ready={userId() !== ''}
      onSubmit={() => void submission.submit()}
      onClose={props.onClose}
    >
      <div class="flex flex-col gap-3">
        <Field label={t('Owner')}>
          {(attributes) => (
            <select
              {...attributes}
              class={inputClass}
              value={userId()}
              onChange={(event) => setUserId(event.currentTarget.value)}
            >
              <option value="">{t('Choose a member')}</option>
              <For each={members.isSuccess ? members.data.items : []}>
                {(member) => (
                  <option value={member.id} selected={member.id === userId()}>
                    {member.name}
                  </option>
                )}
              </For>
            </select>
          )}
        </Field>
        <FailureNote failed={t('The owner was not changed.')} error={submission.error()} />
      </div>
    </SubmitDialog>
  );
}
