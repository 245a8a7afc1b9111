import { Key } from '@solid-primitives/keyed';
import { useQueryClient } from '@tanstack/solid-query';
import { Ellipsis, UserPlus } from 'lucide-solid';
import { createSignal, Match, Show, Switch } from 'solid-js';
import { useCan, useMe } from '../../../api/me.ts';
import { useQuery } from '../../../api/query.ts';
import { tenantSlug } from '../../../api/tenant.ts';
import { queries, queryKey } from '../../../api/trpc.ts';
import { BelowLoading } from '../../../kit/below-loading.tsx';
import { Button, buttonClass } from '../../../kit/button.tsx';
import { ColumnHeader } from '../../../kit/column-header.tsx';
import { Menu, MenuItem } from '../../../kit/menu.tsx';
import { QueryView } from '../../../kit/query-view.tsx';
import { t } from '../../../words/words.ts';
import { rolesInWords } from '../../people/parts/role-choice.tsx';
import { ShownOnceDialog } from '../../people/parts/shown-once-dialog.tsx';
import { InviteDialog } from './invite-dialog.tsx';
import type { Member, NewInvitation } from './member.ts';
import { PendingInvitations } from './pending-invitations.tsx';
import { RemoveMemberDialog } from './remove-member-dialog.tsx';
import { RolesDialog } from './roles-dialog.tsx';

type Open =
  | { what: 'invite' }
  | { what: 'link'; invitation: NewInvitation }
  | { what: 'roles' | 'remove'; member: Member };

const mailWords: Record<NewInvitation['mail'], string> = {
  sent: t('It was also sent by mail.'),
  failed: t('The mail could not be sent. Send the link yourself.'),
  not_configured: t('This deployment sends no mail. Send the link yourself.'),
};

/** The people of the organization, their roles, and who was invited. */
export function MemberSettings() {
  const can = useCan();
  const me = useMe();
  const client = useQueryClient();
  const query = useQuery(() => queries.members.list());
  const [open, setOpen] = createSignal<Open>();
  const close = () => setOpen(undefined);
  const refresh = async () => {
    await Promise.all(
      ['members', 'invitations'].map((router) =>
        client.invalidateQueries({ queryKey: queryKey(tenantSlug(), router) }),
      ),
    );
  };
  const invited = async (invitation: NewInvitation) => {
    await refresh();
    setOpen({ what: 'link', invitation });
  };
  const done = async () => {
    await refresh();
    close();
  };

  return (
    <div class="flex max-w-220 flex-col items-start gap-3">
      <p class="max-w-[68ch] text-muted">
        {t(
          'A member may do what their roles allow. Someone who loses a role or is removed loses it everywhere within ten seconds.',
        )}
      </p>
      <QueryView query={query} what={t('The members could not be loaded')}>
        {(page) => (
          <Show
            when={page().items.length > 0}
            fallback={<p class="text-muted">{t('No members yet. Invite the first one.')}</p>}
          >
            <table aria-label={t('Members')} class="w-full table-fixed border-separate border-spacing-0">
              <thead>
                <tr>
                  <ColumnHeader>{t('Name')}</ColumnHeader>
                  <ColumnHeader class="w-2/5">{t('Roles')}</ColumnHeader>
                  <Show when={can('members.write')}>
                    <th scope="col" class="h-7 w-10 border-b">
                      <span class="sr-only">{t('Change')}</span>
                    </th>
                  </Show>
                </tr>
              </thead>
              <tbody>
                <Key each={page().items} by="id">
                  {(member) => (
                    <tr>
                      <td class="border-b py-1.5 pr-3">
                        <p class="truncate font-medium">
                          {member().name}
                          <Show when={member().id === me()?.actor.id}>
                            <span class="ml-1.5 font-normal text-faint">{t('you')}</span>
                          </Show>
                        </p>
                        <p class="truncate text-muted text-sm" title={member().email}>
                          {member().email}
                        </p>
                      </td>
                      <td class="border-b py-1.5 pr-3 text-muted">{rolesInWords(member().roles)}</td>
                      <Show when={can('members.write')}>
                        <td class="border-b text-right">
                          <Menu
                            trigger={<Ellipsis size={14} aria-hidden="true" />}
                            triggerClass={buttonClass({ variant: 'quiet', iconOnly: true })}
                            label={t`More for ${member().name}`}
                            placement="bottom-end"
                          >
                            <MenuItem onSelect={() => setOpen({ what: 'roles', member: member() })}>
                              {t('Change roles')}
                            </MenuItem>
                            <MenuItem danger onSelect={() => setOpen({ what: 'remove', member: member() })}>
                              {t('Remove')}
                            </MenuItem>
                          </Menu>
                        </td>
                      </Show>
                    </tr>
                  )}
                </Key>
              </tbody>
            </table>
          </Show>
        )}
      </QueryView>
      <Show
        when={can('members.write')}
        fallback={<p class="text-faint text-sm">{t('Only tenant admins can change this.')}</p>}
      >
        <BelowLoading>
          <Button icon={UserPlus} variant="primary" onClick={() => setOpen({ what: 'invite' })}>
            {t('Invite someone')}
          </Button>
          <PendingInvitations onResent={(invitation) => void invited(invitation)} />
        </BelowLoading>
      </Show>
      <Show when={open()} keyed>
        {(at) => (
          <Switch>
            <Match when={at.what === 'invite'}>
              <InviteDialog onClose={close} onInvited={invited} />
            </Match>
            <Match when={at.what === 'link' && at.invitation}>
              {(invitation) => (
                <ShownOnceDialog
                  title={t`Invitation for ${invitation().email}`}
                  description={t('Copy the link now: it is not shown again. It works once, for seven days.')}
                  copy={t('Copy the link')}
                  secret={invitation().link}
                  onClose={close}
                >
                  {mailWords[invitation().mail]}
                </ShownOnceDialog>
              )}
            </Match>
            <Match when={at.what === 'roles' && at.member}>
              {(member) => <RolesDialog member={member()} onClose={close} onDone={done} />}
            </Match>
            <Match when={at.what === 'remove' && at.member}>
              {(member) => <RemoveMemberDialog member={member()} onClose={close} onDone={done} />}
            </Match>
          </Switch>
        )}
      </Show>
    </div>
  );
}
