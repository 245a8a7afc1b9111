import { useQueryClient } from '@tanstack/solid-query';
import { useNavigate } from '@tanstack/solid-router';
import { createSignal } from 'solid-js';
import { tenantSlug } from '../../../api/tenant.ts';
import { api, queryKey } from '../../../api/trpc.ts';
import { ConfirmDialog } from '../../../kit/dialog.tsx';
import { toast, toastError } from '../../../shell/toasts.tsx';
import { type Tool, toolTitle } from '../parts/tool-words.ts';

/** Asks first: archiving cannot be undone. */
export function ArchiveDialog(props: { tool: Tool; open: boolean; onClose: () => void }) {
  const client = useQueryClient();
  const navigate = useNavigate();
  const [busy, setBusy] = createSignal(false);

  async function archive(): Promise<void> {
    const { id, name } = props.tool;
    setBusy(true);
    try {
      await api.tools.archive.mutate({ id });
      props.onClose();
      await navigate({ to: '/t/$tenant/tools', params: { tenant: tenantSlug() }, search: {} });
      client.removeQueries({ queryKey: queryKey(tenantSlug(), 'tools', 'get', { id }) });
      await client.invalidateQueries({ queryKey: queryKey(tenantSlug(), 'tools') });
      toast(`${name} archived`);
    } catch (error) {
      toastError(`${props.tool.name} was not archived`, error);
    } finally {
      setBusy(false);
    }
  }

  return (
    <ConfirmDialog
      open={props.open}
      onClose={props.onClose}
      onConfirm={() => void archive()}
      title={`Archive ${toolTitle(props.tool)}`}
      verb="Archive"
      busy={busy()}
      danger
    >
      The tool disappears from all lists and can no longer be run. Its executions are kept, with their input,
      output and version.
    </ConfirmDialog>
  );
}
