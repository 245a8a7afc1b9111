import { useQueryClient } from '@tanstack/solid-query';
import { createSignal } from 'solid-js';
import { tenantSlug } from '../../../api/tenant.ts';
import { api, queryKey } from '../../../api/trpc.ts';
import { ConfirmDialog } from '../../../kit/dialog.tsx';
import { toast, toastError } from '../../../shell/toasts.tsx';
import type { Playbook } from '../parts/playbook-words.ts';

/** Asks first: a discarded draft is lost. */
export function DiscardDialog(props: { playbook: Playbook; open: boolean; onClose: () => void }) {
  const client = useQueryClient();
  const [busy, setBusy] = createSignal(false);

  async function discard(): Promise<void> {
    setBusy(true);
    try {
      await api.playbooks.discardDraft.mutate({ id: props.playbook.id });
      await client.invalidateQueries({ queryKey: queryKey(tenantSlug(), 'playbooks') });
      props.onClose();
      toast('Draft discarded');
    } catch (error) {
      toastError('The draft was not discarded', error);
    } finally {
      setBusy(false);
    }
  }

  return (
    <ConfirmDialog
      open={props.open}
      onClose={props.onClose}
      onConfirm={() => void discard()}
      title="Discard draft"
      verb="Discard"
      busy={busy()}
      danger
    >
      All changes since v{props.playbook.version} are lost. v{props.playbook.version} stays published.
    </ConfirmDialog>
  );
}
