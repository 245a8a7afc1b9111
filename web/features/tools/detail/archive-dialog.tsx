import { tenantSlug } from '../../../api/tenant.ts';
import { api } from '../../../api/trpc.ts';
import { ArchiveDialog } from '../../../kit/archive-dialog.tsx';
import { toast } from '../../../shell/toasts.tsx';
import { t } from '../../../words/words.ts';
import { ToolUses, useToolUses } from '../parts/tool-uses.tsx';
import { type Tool, toolTitle } from '../parts/tool-words.ts';

export function ArchiveToolDialog(props: { tool: Tool; open: boolean; onClose: () => void }) {
  const uses = useToolUses(
    () => props.tool.id,
    () => props.open,
  );
  return (
    <ArchiveDialog
      open={props.open}
      title={toolTitle(props.tool)}
      name={props.tool.name}
      id={props.tool.id}
      router="tools"
      list={{ to: '/t/$tenant/tools', params: { tenant: tenantSlug() }, search: {} }}
      // The person has seen who uses it.
      archive={(row) => api.tools.archive.mutate({ ...row, force: uses.used() })}
      onArchived={(name) => toast(t`${name} archived`)}
      onClose={props.onClose}
    >
      {t(
        'The tool disappears from all lists and can no longer be executed. Its executions are kept, with their input, output and version.',
      )}
      <ToolUses uses={uses} consequence={t('Waiting steps can no longer call it.')} />
    </ArchiveDialog>
  );
}
