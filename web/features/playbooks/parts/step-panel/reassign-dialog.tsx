import { createSignal, For } from 'solid-js';
import { roles } from '../../../../../shared/identity/roles.ts';
import { useQuery } from '../../../../api/query.ts';
import { api, queries } from '../../../../api/trpc.ts';
import { Field, inputClass } from '../../../../kit/field.tsx';
import { FormDialog } from '../../../../kit/form-dialog.tsx';
import { TextInput } from '../../../../kit/text-input.tsx';
import { roleWord } from '../../../../shell/role-words.ts';
import { t } from '../../../../words/words.ts';
import type { StepView } from './step-view.ts';

/** Gives a step to another person or role. */
export function ReassignDialog(props: { step: StepView; onClose: () => void; onChanged: () => void }) {
  const members = useQuery(() => queries.members.list());
  /** `user~ben@acme.test`, `role~approver`. */
  const [to, setTo] = createSignal('');
  const [reason, setReason] = createSignal('');
  const reassign = async () => {
    const [kind, id = ''] = to().split('~');
    try {
      await api.runs.assign.mutate({
        id: props.step.runId,
        stepId: props.step.id,
        ...(kind === 'role' ? { role: id } : { user: id }),
        ...(reason().trim() ? { reason: reason().trim() } : {}),
      });
      props.onClose();
    } finally {
      props.onChanged();
    }
  };
  return (
    <FormDialog
      title={t('Reassign step')}
      verb={t('Reassign')}
      failed={t('The step was not reassigned.')}
      ready={to() !== ''}
      onClose={props.onClose}
      send={reassign}
    >
      {(issueAt) => (
        <>
          <Field label={t('To')} error={issueAt('/user') ?? issueAt('/role')}>
            {(input) => (
              <select
                {...input}
                class={inputClass}
                value={to()}
                onChange={(event) => setTo(event.currentTarget.value)}
              >
                <option value="">{t('Select a person or a role')}</option>
                <optgroup label={t('People')}>
                  <For each={members.isSuccess ? members.data.items : []}>
                    {(member) => <option value={`user~${member.email}`}>{member.name}</option>}
                  </For>
                </optgroup>
                <optgroup label={t('Roles')}>
                  <For each={roles.filter((role) => role !== 'platform_admin')}>
                    {(role) => <option value={`role~${role}`}>{t`Any ${roleWord(role)}`}</option>}
                  </For>
                </optgroup>
              </select>
            )}
          </Field>
          <TextInput label={t('Note')} error={issueAt('/reason')} value={reason()} onInput={setReason} />
        </>
      )}
    </FormDialog>
  );
}
