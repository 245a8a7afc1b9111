import { useQueryClient } from '@tanstack/solid-query';
import { useNavigate } from '@tanstack/solid-router';
import { createSignal, Show } from 'solid-js';
import { tenantSlug } from '../../../api/tenant.ts';
import { api, queryKey } from '../../../api/trpc.ts';
import { ConfirmDialog } from '../../../kit/dialog.tsx';
import { toast, toastError } from '../../../shell/toasts.tsx';
import { type Playbook, playbookTitle } from '../parts/playbook-words.ts';

/** Asks first: archiving cannot be undone. */
export function ArchiveDialog(props: { playbook: Playbook; open: boolean; onClose: () => void }) {
  const client = useQueryClient();
  const navigate = useNavigate();
  const [busy, setBusy] = createSignal(false);

  async function archive(): Promise<void> {
    const { id, name } = props.playbook;
    setBusy(true);
    try {
      await api.playbooks.archive.mutate({ id });
      props.onClose();
      await navigate({ to: '/t/$tenant/playbooks', params: { tenant: tenantSlug() }, search: {} });
      client.removeQueries({ queryKey: queryKey(tenantSlug(), 'playbooks', 'get', { id }) });
      await client.invalidateQueries({ queryKey: queryKey(tenantSlug(), 'playbooks') });
      toast(`${name} archived`);
    } catch (error) {
      toastError(`${props.playbook.name} was not archived`, error);
    } finally {
      setBusy(false);
    }
  }

  return (
    <ConfirmDialog
      open={props.open}
      onClose={props.onClose}
      onConfirm={() => void archive()}
      title={`Archive ${playbookTitle(props.playbook)}`}
      verb="Archive"
      busy={busy()}
      danger
    >
      The playbook disappears from all lists and can no longer be started.{' '}
      <Show when={props.playbook.openRuns > 0}>
        {props.playbook.openRuns === 1
          ? 'Its open run continues.'
          : `Its ${props.playbook.openRuns} open runs continue.`}{' '}
      </Show>
      Its versions and runs are kept.
    </ConfirmDialog>
  );
}
