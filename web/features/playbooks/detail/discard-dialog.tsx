import { useQueryClient } from '@tanstack/solid-query';
import { tenantSlug } from '../../../api/tenant.ts';
import { api, queryKey } from '../../../api/trpc.ts';
import { ActionDialog } from '../../../kit/action-dialog.tsx';
import { toast } from '../../../shell/toasts.tsx';
import { t } from '../../../words/words.ts';
import type { Playbook } from '../parts/playbook-words.ts';

/** Asks first: a discarded draft is lost. */
export function DiscardDialog(props: { playbook: Playbook; open: boolean; onClose: () => void }) {
  const client = useQueryClient();
  return (
    <ActionDialog
      open={props.open}
      onClose={props.onClose}
      onConfirm={async () => {
        await api.playbooks.discardDraft.mutate({ id: props.playbook.id });
        await client.invalidateQueries({ queryKey: queryKey(tenantSlug(), 'playbooks') });
        toast(t('Draft discarded'));
      }}
      title={t('Discard draft')}
      verb={t('Discard')}
      failed={t('The draft was not discarded.')}
      danger
    >{t`All changes since v${props.playbook.version} are lost. v${props.playbook.version} stays published.`}</ActionDialog>
  );
}
