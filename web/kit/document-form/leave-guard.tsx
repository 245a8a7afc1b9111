import { useBlocker } from '@tanstack/solid-router';
import { t } from '../../words/words.ts';
import { ConfirmDialog } from '../dialog.tsx';
import { useDocumentForm } from './document-form.ts';

/** Asks before unsaved changes are lost. */
export function LeaveGuard() {
  const form = useDocumentForm();
  const blocker = useBlocker({
    shouldBlockFn: () => form.dirty() && !form.saving(),
    enableBeforeUnload: () => form.dirty() && !form.saving(),
    withResolver: true,
  });
  return (
    <ConfirmDialog
      open={blocker().status === 'blocked'}
      onClose={() => blocker().reset?.()}
      onConfirm={() => {
        form.forget();
        blocker().proceed?.();
      }}
      title={t('Leave without saving?')}
      verb={t('Leave')}
      keep={t('Cancel')}
      danger
    >
      {t('Your unsaved changes are lost.')}
    </ConfirmDialog>
  );
}
