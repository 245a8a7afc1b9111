import { Key } from '@solid-primitives/keyed';
import { useQueryClient } from '@tanstack/solid-query';
import { createSignal, Show } from 'solid-js';
import { useQuery } from '../../../api/query.ts';
import { tenantSlug } from '../../../api/tenant.ts';
import { api, type Outputs, queries, queryKey } from '../../../api/trpc.ts';
import { ActionDialog } from '../../../kit/action-dialog.tsx';
import { Button } from '../../../kit/button.tsx';
import { QueryView } from '../../../kit/query-view.tsx';
import { RelativeTime } from '../../../kit/relative-time.tsx';
import { toast, toastError } from '../../../shell/toasts.tsx';
import { currentLanguage } from '../../../words/region.ts';
import { t } from '../../../words/words.ts';
import { rolesInWords } from '../../people/parts/role-choice.tsx';
import type { NewInvitation } from './member.ts';

type Invitation = Outputs['invitations']['list']['items'][number];

/** Who was invited and has not joined yet. */
export function PendingInvitations(props: { onResent: (invitation: NewInvitation) => void }) {
  const client = useQueryClient();
  const query = useQuery(() => queries.invitations.list());
  const [busy, setBusy] = createSignal<string>();
  const [revoking, setRevoking] = createSignal<Invitation>();

  async function resend({ id }: Invitation): Promise<void> {
    if (busy()) return;
    setBusy(id);
    try {
      props.onResent(await api.invitations.resend.mutate({ id, language: currentLanguage() }));
    } catch (error) {
      toastError(t('The invitation was not sent again'), error);
    } finally {
      setBusy(undefined);
    }
  }
  async function revoke(): Promise<void> {
    const invitation = revoking();
    if (!invitation) return;
    await api.invitations.revoke.mutate({ id: invitation.id });
    await client.invalidateQueries({ queryKey: queryKey(tenantSlug(), 'invitations') });
    toast(t`Invitation for ${invitation.email} revoked`);
  }

  return (
    <section class="mt-3 w-full" aria-labelledby="pending-invitations">
      <h3 id="pending-invitations" class="mb-1 font-semibold">
        {t('Pending invitations')}
      </h3>
      <QueryView query={query} what={t('The invitations could not be loaded')}>
        {(page) => (
          <Show when={page().items.length > 0} fallback={<p class="text-muted">{t('No one is invited.')}</p>}>
            <ul>
              <Key each={page().items} by="id">
                {(invitation) => (
                  <li class="flex flex-wrap items-center gap-x-3 gap-y-1 border-b py-1.5">
                    <div class="min-w-0 flex-1 basis-60">
                      <p class="truncate font-medium">{invitation().email}</p>
                      <p class="text-muted text-sm">
                        {invitation().status === 'expired'
                          ? t`${rolesInWords(invitation().roles)} · invited by ${invitation().invitedBy.name} · expired `
                          : t`${rolesInWords(invitation().roles)} · invited by ${invitation().invitedBy.name} · expires `}
                        <RelativeTime at={invitation().expiresAt} />
                      </p>
                    </div>
                    <Button
                      busy={busy() === invitation().id}
                      aria-label={t`Make a new link for ${invitation().email}`}
                      onClick={() => void resend(invitation())}
                    >
                      {t('New link')}
                    </Button>
                    <Button
                      variant="danger"
                      aria-label={t`Revoke the invitation for ${invitation().email}`}
                      onClick={() => setRevoking(invitation())}
                    >
                      {t('Revoke')}
                    </Button>
                  </li>
                )}
              </Key>
            </ul>
          </Show>
        )}
      </QueryView>
      <ActionDialog
        open={revoking() !== undefined}
        title={t`Revoke the invitation for ${revoking()?.email}?`}
        verb={t('Revoke')}
        danger
        failed={t('The invitation was not revoked.')}
        onConfirm={revoke}
        onClose={() => setRevoking(undefined)}
      >
        {t('Its link stops working at once.')}
      </ActionDialog>
    </section>
  );
}
