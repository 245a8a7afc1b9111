import { Show } from 'solid-js';
import { tenantSlug } from '../../../api/tenant.ts';
import { api } from '../../../api/trpc.ts';
import { ArchiveDialog } from '../../../kit/archive-dialog.tsx';
import { toast } from '../../../shell/toasts.tsx';
import { counted, t } from '../../../words/words.ts';
import { type Playbook, playbookTitle } from '../parts/playbook-words.ts';

export const ArchivePlaybookDialog = (props: { playbook: Playbook; open: boolean; onClose: () => void }) => (
  <ArchiveDialog
    open={props.open}
    title={playbookTitle(props.playbook)}
    name={props.playbook.name}
    id={props.playbook.id}
    router="playbooks"
    list={{ to: '/t/$tenant/playbooks', params: { tenant: tenantSlug() }, search: {} }}
    archive={(row) => api.playbooks.archive.mutate(row)}
    onArchived={(name) => toast(t`${name} archived`)}
    onClose={props.onClose}
  >
    {t('The playbook disappears from all lists and can no longer be started.')}{' '}
    <Show when={props.playbook.openRuns > 0}>
      {counted(props.playbook.openRuns, 'Its open run continues.|Its {0} open runs continue.')}{' '}
    </Show>
    {t('Its versions and runs are kept.')}
  </ArchiveDialog>
);
