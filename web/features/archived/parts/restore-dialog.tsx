import { useQueryClient } from '@tanstack/solid-query';
import { tenantSlug } from '../../../api/tenant.ts';
import { queryKey } from '../../../api/trpc.ts';
import { ActionDialog } from '../../../kit/action-dialog.tsx';
import { toast } from '../../../shell/toasts.tsx';
import { t } from '../../../words/words.ts';
import { type ArchivedRow, archivedWords } from './archived-words.ts';

/** Says what restoring does, and why it was refused. */
export function RestoreDialog(props: {
  archived: ArchivedRow;
  onRestored?: () => void;
  onClose: () => void;
}) {
  const client = useQueryClient();
  const { archived } = props;
  const words = archivedWords[archived.type];
  return (
    <ActionDialog
      open
      title={t`Restore ${archived.title}`}
      verb={t('Restore')}
      failed={t`${archived.title} was not restored.`}
      onConfirm={async () => {
        await words.restore(archived.id);
        toast(t`${archived.title} restored`);
        props.onRestored?.();
        for (const router of [words.router, 'archived'])
          void client.invalidateQueries({ queryKey: queryKey(tenantSlug(), router) });
      }}
      onClose={props.onClose}
    >
      {words.about}
    </ActionDialog>
  );
}
