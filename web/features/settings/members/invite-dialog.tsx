import { createSignal } from 'solid-js';
import type { MemberRole } from '../../../../shared/identity/roles.ts';
import { api } from '../../../api/trpc.ts';
import { FormDialog } from '../../../kit/form-dialog.tsx';
import { TextInput } from '../../../kit/text-input.tsx';
import { currentLanguage } from '../../../words/region.ts';
import { t } from '../../../words/words.ts';
import { RoleChoice } from '../../people/parts/role-choice.tsx';
import type { NewInvitation } from './member.ts';

/** Invites someone by their email address. */
export function InviteDialog(props: {
  onClose: () => void;
  onInvited: (invitation: NewInvitation) => Promise<void>;
}) {
  const [email, setEmail] = createSignal('');
  const [roles, setRoles] = createSignal<MemberRole[]>(['operator']);
  return (
    <FormDialog
      title={t('Invite someone')}
      description={t('They join by a link. You give them no more than you have yourself.')}
      verb={t('Invite')}
      ready={email().trim() !== '' && roles().length > 0}
      send={async () =>
        props.onInvited(
          await api.invitations.create.mutate({
            email: email().trim(),
            roles: roles(),
            language: currentLanguage(),
          }),
        )
      }
      failed={t('No one was invited.')}
      onClose={props.onClose}
    >
      {(issueAt) => (
        <>
          <TextInput
            label={t('Email address')}
            required
            error={issueAt('/email')}
            maxLength={254}
            placeholder="bea@example.com"
            value={email()}
            onInput={setEmail}
          />
          <RoleChoice value={roles()} onChange={setRoles} error={issueAt('/roles')} />
        </>
      )}
    </FormDialog>
  );
}
