import { createSignal, Show } from 'solid-js';
import { memberState } from '../../../../shared/people/member-state.ts';
import { entityTag } from '../../../../shared/platform/if-match.ts';
import { type Stale, staleOf } from '../../../api/stale.ts';
import { api } from '../../../api/trpc.ts';
import { FormDialog } from '../../../kit/form-dialog.tsx';
import { RelativeTime } from '../../../kit/relative-time.tsx';
import { toast } from '../../../shell/toasts.tsx';
import { rich, t } from '../../../words/words.ts';
import { isMemberRole, RoleChoice, rolesInWords } from '../../people/parts/role-choice.tsx';
import type { Member } from './member.ts';

/** Changes the roles of a member. */
export function RolesDialog(props: { member: Member; onClose: () => void; onDone: () => Promise<void> }) {
  // As they were when the dialog opened.
  const before = props.member;
  const [roles, setRoles] = createSignal(before.roles.filter(isMemberRole));
  const [stale, setStale] = createSignal<Stale<Member> | null>(null);

  async function save(): Promise<void> {
    const seen = stale()?.current ?? before;
    try {
      await api.members.setRoles.mutate({
        id: before.id,
        roles: roles(),
        ifMatch: entityTag(memberState(seen)),
      });
    } catch (error) {
      setStale((known) => staleOf<Member>(error) ?? known);
      throw error;
    }
    toast(t`Roles of ${before.name} changed`);
    await props.onDone();
  }

  return (
    <FormDialog
      title={t`Roles of ${before.name}`}
      description={t('API keys that they are accountable for do no more than they may.')}
      verb={stale() ? t('Save over that change') : t('Save')}
      ready={roles().length > 0}
      send={save}
      failed={t('The roles were not changed.')}
      onClose={props.onClose}
    >
      {(issueAt) => (
        <>
          <Show when={stale()}>
            {(now) => (
              <p class="text-muted">
                {rich`${() => now().by} changed them ${<RelativeTime at={now().at} />} to ${<strong>{rolesInWords(now().current.roles)}</strong>}.`}
              </p>
            )}
          </Show>
          <RoleChoice value={roles()} onChange={setRoles} error={issueAt('/roles')} />
        </>
      )}
    </FormDialog>
  );
}
