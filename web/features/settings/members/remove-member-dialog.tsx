import { For, Show } from 'solid-js';
import { useQuery } from '../../../api/query.ts';
import { api, type Outputs, queries } from '../../../api/trpc.ts';
import { FormDialog } from '../../../kit/form-dialog.tsx';
import { QueryView } from '../../../kit/query-view.tsx';
import { toast } from '../../../shell/toasts.tsx';
import { counted, t } from '../../../words/words.ts';
import type { Member } from './member.ts';

/** Removes a member, after it has said what ends with them. */
export function RemoveMemberDialog(props: {
  member: Member;
  onClose: () => void;
  onDone: () => Promise<void>;
}) {
  const member = props.member;
  const query = useQuery(() => queries.members.get({ id: member.id }));
  return (
    <FormDialog
      title={t`Remove ${member.name}?`}
      verb={t('Remove')}
      danger
      ready={query.data !== undefined}
      send={async () => {
        await api.members.remove.mutate({ id: member.id });
        toast(t`${member.name} removed`);
        await props.onDone();
      }}
      failed={t('No one was removed.')}
      onClose={props.onClose}
    >
      {() => (
        <QueryView query={query} what={t('What ends with this member could not be loaded')}>
          {(detail) => (
            <div class="flex flex-col gap-2 text-muted">
              <p>{t`${member.email} loses access within ten seconds. What they have done stays in the records.`}</p>
              <Show when={ending(detail()).length > 0}>
                <p>{t('With them end:')}</p>
                <ul class="list-disc pl-5">
                  <For each={ending(detail())}>{(line) => <li>{line}</li>}</For>
                </ul>
              </Show>
              <Show when={detail().holds.assignedSteps > 0}>
                <p>
                  {counted(
                    detail().holds.assignedSteps,
                    'One step stays assigned to them. Reassign what should go on.|{0} steps stay assigned to them. Reassign what should go on.',
                  )}
                </p>
              </Show>
            </div>
          )}
        </QueryView>
      )}
    </FormDialog>
  );
}

function ending({ holds }: Outputs['members']['get']): string[] {
  const { apiKeys, invitations, claimedSteps } = holds;
  return [
    ...(apiKeys.length > 0 ? [t`API keys that they are accountable for: ${apiKeys.join(', ')}`] : []),
    ...(invitations.length > 0 ? [t`pending invitations: ${invitations.join(', ')}`] : []),
    ...(claimedSteps > 0
      ? [
          counted(
            claimedSteps,
            'claims on one step, which others can take|claims on {0} steps, which others can take',
          ),
        ]
      : []),
  ];
}
