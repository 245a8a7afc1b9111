import { For } from 'solid-js';
import { type MemberRole, memberRoles } from '../../../../shared/identity/roles.ts';
import { roleWord } from '../../../shell/role-words.ts';
import { rich, t } from '../../../words/words.ts';

/** What each role may do, in words. */
export const roleRights: Record<MemberRole, string> = {
  viewer: t('Sees everything in the organization, and changes nothing.'),
  operator: t('Executes tools, starts playbooks, and works on exceptions.'),
  approver: t('Approves and rejects what waits for an approval.'),
  tool_admin: t('Creates and changes tools, connectors and playbooks. Includes operator.'),
  tenant_admin: t('All of these, and members, API keys and settings.'),
};

/** One check box for each role. */
export function RoleChoice(props: {
  value: readonly MemberRole[];
  onChange: (roles: MemberRole[]) => void;
  error?: string | undefined;
}) {
  const toggle = (role: MemberRole) =>
    props.onChange(memberRoles.filter((each) => props.value.includes(each) !== (each === role)));
  return (
    <fieldset class="flex flex-col gap-1">
      <legend class="mb-1 font-medium text-sm">
        {rich`Roles ${<span class="ml-1 font-normal text-faint">{t('one or more')}</span>}`}
      </legend>
      <For each={memberRoles}>
        {(role) => (
          <label class="flex items-start gap-2 py-0.5">
            <input
              type="checkbox"
              class="mt-1"
              checked={props.value.includes(role)}
              onChange={() => toggle(role)}
            />
            <span class="min-w-0">
              <span class="block first-letter:uppercase">{roleWord(role)}</span>
              <span class="block text-faint text-sm">{roleRights[role]}</span>
            </span>
          </label>
        )}
      </For>
      <p class="text-failed text-sm empty:hidden">{props.error}</p>
    </fieldset>
  );
}

export const isMemberRole = (role: string): role is MemberRole =>
  (memberRoles as readonly string[]).includes(role);

/** "operator, approver" */
export const rolesInWords = (roles: readonly string[]): string => roles.map(roleWord).join(', ');
