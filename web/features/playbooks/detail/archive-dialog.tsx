import { useQueryClient } from '@tanstack/solid-query';
import { useNavigate } from '@tanstack/solid-router';
import { Show } from 'solid-js';
import { tenantSlug } from '../../../api/tenant.ts';
import { api, queryKey } from '../../../api/trpc.ts';
import { ActionDialog } from '../../../kit/action-dialog.tsx';
import { toast } from '../../../shell/toasts.tsx';
import { type Playbook, playbookTitle } from '../parts/playbook-words.ts';

/** Asks first: archiving cannot be undone. */
export function ArchiveDialog(props: { playbook: Playbook; open: boolean; onClose: () => void }) {
  const client = useQueryClient();
  const navigate = useNavigate();

  async function archive(): Promise<void> {
    const { id, name } = props.playbook;
    await api.playbooks.archive.mutate({ id });
    await navigate({ to: '/t/$tenant/playbooks', params: { tenant: tenantSlug() }, search: {} });
    client.removeQueries({ queryKey: queryKey(tenantSlug(), 'playbooks', 'get', { id }) });
    void client.invalidateQueries({ queryKey: queryKey(tenantSlug(), 'playbooks') });
    toast(`${name} archived`);
  }

  return (
    <ActionDialog
      open={props.open}
      onClose={props.onClose}
      onConfirm={archive}
      title={`Archive ${playbookTitle(props.playbook)}`}
      verb="Archive"
      failed={`${props.playbook.name} was not archived.`}
      danger
    >
      The playbook disappears from all lists and can no longer be started.{' '}
      <Show when={props.playbook.openRuns > 0}>
        {props.playbook.openRuns === 1
          ? 'Its open run continues. '
          : `Its ${props.playbook.openRuns} open runs continue. `}
      </Show>
      Its versions and runs are kept.
    </ActionDialog>
  );
}
