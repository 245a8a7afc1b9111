import { useQueryClient } from '@tanstack/solid-query';
import { createSignal } from 'solid-js';
import { tenantSlug } from '../../../api/tenant.ts';
import { api, queryKey } from '../../../api/trpc.ts';
import { ConfirmDialog } from '../../../kit/dialog.tsx';
import { toast, toastError } from '../../../shell/toasts.tsx';
import type { Playbook } from '../parts/playbook-words.ts';

/** What was written since the published version is gone then, so it asks. */
export function DiscardDialog(props: { playbook: Playbook; open: boolean; onClose: () => void }) {
  const client = useQueryClient();
  const [busy, setBusy] = createSignal(false);

  async function discard(): Promise<void> {
    setBusy(true);
    try {
      await api.playbooks.discardDraft.mutate({ id: props.playbook.id });
      await client.invalidateQueries({ queryKey: queryKey(tenantSlug(), 'playbooks') });
      props.onClose();
      toast('The draft is gone');
    } catch (error) {
      toastError('The draft is still there', error);
    } finally {
      setBusy(false);
    }
  }

  return (
    <ConfirmDialog
      open={props.open}
      onClose={props.onClose}
      onConfirm={() => void discard()}
      title="Throw the draft away"
      verb="Throw away"
      busy={busy()}
      danger
    >
      What was changed since v{props.playbook.version} is lost. v{props.playbook.version} stays published.
    </ConfirmDialog>
  );
}
