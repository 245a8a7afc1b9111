import { useQueryClient } from '@tanstack/solid-query';
import { useNavigate } from '@tanstack/solid-router';
import { tenantSlug } from '../../../api/tenant.ts';
import { api, queryKey } from '../../../api/trpc.ts';
import { ActionDialog } from '../../../kit/action-dialog.tsx';
import { toast } from '../../../shell/toasts.tsx';
import { type Tool, toolTitle } from '../parts/tool-words.ts';

/** Asks first: archiving cannot be undone. */
export function ArchiveDialog(props: { tool: Tool; open: boolean; onClose: () => void }) {
  const client = useQueryClient();
  const navigate = useNavigate();

  async function archive(): Promise<void> {
    const { id, name } = props.tool;
    await api.tools.archive.mutate({ id });
    await navigate({ to: '/t/$tenant/tools', params: { tenant: tenantSlug() }, search: {} });
    client.removeQueries({ queryKey: queryKey(tenantSlug(), 'tools', 'get', { id }) });
    void client.invalidateQueries({ queryKey: queryKey(tenantSlug(), 'tools') });
    toast(`${name} archived`);
  }

  return (
    <ActionDialog
      open={props.open}
      onClose={props.onClose}
      onConfirm={archive}
      title={`Archive ${toolTitle(props.tool)}`}
      verb="Archive"
      failed={`${props.tool.name} was not archived.`}
      danger
    >
      The tool disappears from all lists and can no longer be run. Its executions are kept, with their input,
      output and version.
    </ActionDialog>
  );
}
